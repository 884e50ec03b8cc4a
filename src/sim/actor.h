/* SPDX-License-Identifier: MIT
 * One simulated instance: who it is and how its state changes with simulated time. Pure; time comes in.
 */
#ifndef SCANDECK_SIM_ACTOR_H
#define SCANDECK_SIM_ACTOR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sim/fate.h"
#include "sim/wacode.h"

#define ACTOR_PAST_MAX 8
#define ACTOR_PAIRING_MS 150000 /* how long a pairing code can be typed [D] */

struct actor_past {
    enum fate_state state;
    int64_t at; /* when it began */
};

/* Times are simulated milliseconds since the simulator began. */
struct actor {
    char label[32];
    char id[16];
    char token[64];
    bool autolink;
    const struct fate *born; /* the fate it began with */
    const struct fate *fate; /* the one it follows now: a logout makes it patient */
    enum fate_state state;
    enum fate_state next; /* what `state` becomes at next_at */
    int64_t next_at;      /* 0 = nothing planned */
    uint64_t seed;
    uint64_t codes; /* made so far; each is different */
    enum wacode_form form;
    char phone[16]; /* the number that links it */
    int64_t qr_at;       /* when the code that `qr` shows was made; ACTOR_NEVER = none */
    int64_t qr_asked_at; /* when it was asked for last */
    int64_t pairing_until; /* a pairing code lives so long */
    bool wants_passkey;  /* WhatsApp asked for one */
    struct actor_past past[ACTOR_PAST_MAX]; /* oldest first */
    size_t past_count;
};

#define ACTOR_NEVER INT64_MIN

enum fate_state actor_state(struct actor *actor, int64_t now);
bool actor_is_linked(struct actor *actor, int64_t now);
/* The word that stands in `stateInstance`. */
const char *actor_state_word(struct actor *actor, int64_t now);

const char *fate_state_word(enum fate_state state);

/* What a websocket opened now will say. */
const struct fate_step *actor_script(struct actor *actor, int64_t now);

/* A phone linked it: `starting` for a while, then authorized. Linked already: nothing happens. */
void actor_link(struct actor *actor, int64_t now);
/* False while it is starting: the service says so instead. */
bool actor_logout(struct actor *actor, int64_t now);
void actor_reboot(struct actor *actor, int64_t now);

/* Puts the state as it is into its history. */
void actor_remember(struct actor *actor, int64_t at);
/* Somebody asks `qr`: true when a new code is due, each 20 s. */
bool actor_turn_qr(struct actor *actor, int64_t now);
/* A pairing code was given for this number. */
void actor_pair(struct actor *actor, const char *number, int64_t now);
/* The phone, or its owner's browser, answers what waits without a websocket: a code shown by `qr`, a pairing code, a
 * passkey. False when nothing does. */
bool actor_answer(struct actor *actor, int64_t now);

#endif
