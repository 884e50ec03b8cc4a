/* SPDX-License-Identifier: MIT
 * Life of a simulated instance. States are settled when somebody asks, so that an idle one costs nothing.
 */
#include "sim/actor.h"

#include <stdio.h>
#include <string.h>

#define SECOND 1000
#define LOGOUT_S 2
#define REBOOT_S 5
#define QR_TURN_MS 20000
#define QR_LIFE_MS 21000
/* Nobody shows the code of an instance that was not asked for so long. */
#define QR_ATTENTION_MS 10000

void actor_remember(struct actor *actor, int64_t at)
{
    if (actor->past_count == ACTOR_PAST_MAX) {
        memmove(actor->past, actor->past + 1, (ACTOR_PAST_MAX - 1) * sizeof *actor->past);
        actor->past_count--;
    }
    actor->past[actor->past_count++] = (struct actor_past){actor->state, at};
}

static void become(struct actor *actor, enum fate_state state, int64_t at)
{
    if (actor->state == state)
        return;
    actor->state = state;
    actor_remember(actor, at);
}

static void settle(struct actor *actor, int64_t now)
{
    if (actor->next_at == 0 || now < actor->next_at)
        return;
    become(actor, actor->next, actor->next_at);
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

const char *fate_state_word(enum fate_state state)
{
    static const char *const words[] = {[FATE_NOT_AUTHORIZED] = "notAuthorized",
                                        [FATE_STARTING] = "starting",
                                        [FATE_AUTHORIZED] = "authorized",
                                        [FATE_SUSPENDED] = "suspended",
                                        [FATE_BLOCKED] = "blocked"};
    return words[state];
}

const char *actor_state_word(struct actor *actor, int64_t now)
{
    return fate_state_word(actor_state(actor, now));
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
    actor->pairing_until = 0;
    actor->qr_at = ACTOR_NEVER;
    actor->wants_passkey = false;
    become(actor, FATE_STARTING, now);
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
    actor->pairing_until = 0;
    actor->qr_at = ACTOR_NEVER;
    become(actor, FATE_STARTING, now);
    plan(actor, after, now, REBOOT_S);
}

bool actor_turn_qr(struct actor *actor, int64_t now)
{
    actor->qr_asked_at = now;
    if (actor->qr_at != ACTOR_NEVER && now - actor->qr_at < QR_TURN_MS)
        return false;
    actor->qr_at = now;
    return true;
}

void actor_pair(struct actor *actor, const char *number, int64_t now)
{
    snprintf(actor->phone, sizeof actor->phone, "%s", number);
    actor->pairing_until = now + ACTOR_PAIRING_MS;
}

bool actor_answer(struct actor *actor, int64_t now)
{
    const bool shows_qr = actor->qr_at != ACTOR_NEVER && now - actor->qr_at <= QR_LIFE_MS &&
                          now - actor->qr_asked_at <= QR_ATTENTION_MS;
    if (actor_state(actor, now) != FATE_NOT_AUTHORIZED || !(shows_qr || now < actor->pairing_until || actor->wants_passkey))
        return false;
    actor_link(actor, now);
    return true;
}
