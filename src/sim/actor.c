/* SPDX-License-Identifier: MIT
 * Life of a simulated instance. States are settled when somebody asks, so that an idle one costs nothing.
 */
#include "sim/actor.h"

#define SECOND 1000
#define LOGOUT_S 2
#define REBOOT_S 5

static void settle(struct actor *actor, int64_t now)
{
    if (actor->next_at == 0 || now < actor->next_at)
        return;
    actor->state = actor->next;
    actor->next_at = 0;
}

static void plan(struct actor *actor, enum fate_state next, int64_t now, unsigned seconds)
{
    actor->next = next;
    actor->next_at = now + (int64_t)seconds * SECOND;
    settle(actor, now);
}

enum fate_state actor_state(struct actor *actor, int64_t now)
{
    settle(actor, now);
    return actor->state;
}

bool actor_is_linked(struct actor *actor, int64_t now)
{
    const enum fate_state state = actor_state(actor, now);
    return state == FATE_AUTHORIZED || state == FATE_SUSPENDED;
}

const char *actor_state_word(struct actor *actor, int64_t now)
{
    static const char *const words[] = {[FATE_NOT_AUTHORIZED] = "notAuthorized",
                                        [FATE_STARTING] = "starting",
                                        [FATE_AUTHORIZED] = "authorized",
                                        [FATE_SUSPENDED] = "suspended",
                                        [FATE_BLOCKED] = "blocked"};
    return words[actor_state(actor, now)];
}

const struct fate_step *actor_script(struct actor *actor, int64_t now)
{
    if (actor_is_linked(actor, now))
        return fate_linked_steps;
    if (actor->state == FATE_STARTING)
        return fate_starting_steps;
    return actor->fate->steps;
}

void actor_link(struct actor *actor, int64_t now)
{
    if (actor_is_linked(actor, now))
        return;
    actor->state = FATE_STARTING;
    plan(actor, FATE_AUTHORIZED, now, actor->fate->links_s);
}

bool actor_logout(struct actor *actor, int64_t now)
{
    const enum fate_state state = actor_state(actor, now);
    if (state == FATE_STARTING)
        return false;
    const bool heals = actor->fate->steps[0].say == SAY_ERROR_AUTH;
    if (state != FATE_NOT_AUTHORIZED || heals)
        actor->fate = fate_patient();
    plan(actor, FATE_NOT_AUTHORIZED, now, LOGOUT_S);
    return true;
}

void actor_reboot(struct actor *actor, int64_t now)
{
    settle(actor, now);
    const enum fate_state after = actor->next_at ? actor->next : actor->state;
    actor->state = FATE_STARTING;
    plan(actor, after, now, REBOOT_S);
}
