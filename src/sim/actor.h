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
    unsigned phone; /* the last 7 digits of the number that links it */
};

enum fate_state actor_state(struct actor *actor, int64_t now);
bool actor_is_linked(struct actor *actor, int64_t now);
/* The word that stands in `stateInstance`. */
const char *actor_state_word(struct actor *actor, int64_t now);

/* What a websocket opened now will say. */
const struct fate_step *actor_script(struct actor *actor, int64_t now);

/* A phone linked it: `starting` for a while, then authorized. Linked already: nothing happens. */
void actor_link(struct actor *actor, int64_t now);
/* False while it is starting: the service says so instead. */
bool actor_logout(struct actor *actor, int64_t now);
void actor_reboot(struct actor *actor, int64_t now);

#endif
