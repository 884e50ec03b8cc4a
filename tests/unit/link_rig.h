/* SPDX-License-Identifier: MIT
 * A linking machine driven by hand: every event is one call, every effect can be looked at. For the tests of link*.c.
 */
#ifndef SCANDECK_TESTS_LINK_RIG_H
#define SCANDECK_TESTS_LINK_RIG_H

#include "core/link.h"

struct world {
    struct link link;
    struct link_effects fx;
    int64_t now;
};

#define CODE "{\"type\":\"qrCode\",\"message\":\"aGk=\"}"
#define ACCOUNT "{\"type\":\"accountData\",\"wid\":\"79001234567@c.us\",\"pushname\":\"Ann\"}"

struct world new_world(unsigned renewals, unsigned tries);
void step(struct world *w, const struct link_event *event);
void simple(struct world *w, enum link_event_kind kind);
/* What the service says: a frame of the websocket, an answer to a call, a state, a close frame. */
void frame(struct world *w, const char *text);
void reply(struct world *w, enum method method, unsigned status, const char *body);
void state_is(struct world *w, const char *state);
void closed(struct world *w, unsigned code);
/* Moves to the machine's next deadline and ticks. */
void wait_on(struct world *w);
/* What the newest step did. */
bool did(const struct world *w, enum link_effect_kind kind);
bool called(const struct world *w, enum method method);
const struct link_effect *reported(const struct world *w, enum report report);
/* Ticks until the call is under way, 90 s at most; until the socket is being opened, a minute at most. */
void wait_for_call(struct world *w, enum method method);
void wait_for_connect(struct world *w);
/* From the order to link to a session; in a world of its own with 2 renewals. */
void open_session(struct world *w);
struct world in_session(void);

#endif
