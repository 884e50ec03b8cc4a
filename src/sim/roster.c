/* SPDX-License-Identifier: MIT
 * Who is who: the twelve instances that a newcomer meets, and an endless supply of further ones.
 */
#include "sim/roster.h"

#include <stdio.h>
#include <string.h>

#include "sim/dice.h"

#define FIRST_ID UINT64_C(7103000001)
#define TOKEN_CHARS 50
#define LIFE_BEFORE_MS 18000000 /* what it is now it has been for 5 hours */
#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* Started together, the ones that link by themselves pass every phase within a minute. */
static const struct {
    const char *label;
    const char *fate;
    bool autolink;
} cast[] = {
    {"sales-eu", "patient", false},  {"sales-us", "linked", false}, {"support", "links-2", true},
    {"shop-01", "one-code", true},   {"shop-02", "brief", true},    {"shop-03", "error", true},
    {"shop-04", "passkey", true},    {"shop-05", "refused", true},  {"shop-06", "offline", true},
    {"shop-07", "starting", true},   {"shop-08", "suspended", false}, {"lab", "blocked", false},
};

static bool is_cast(const struct fate *fate)
{
    for (size_t i = 0; i < COUNT(cast); i++)
        if (strcmp(cast[i].fate, fate->name) == 0)
            return true;
    return false;
}

/* The fate number `left` of those that the cast leaves over, or NULL when there are fewer. */
static const struct fate *left_over(size_t left)
{
    for (size_t i = 0; i < fate_count(); i++)
        if (!is_cast(fate_at(i)) && left-- == 0)
            return fate_at(i);
    return NULL;
}

static size_t left_over_count(void)
{
    size_t count = 0;
    while (left_over(count))
        count++;
    return count;
}

static void choose_part(struct actor *actor, size_t index)
{
    const size_t named = COUNT(cast) + left_over_count();
    if (index < COUNT(cast)) {
        actor->born = fate_named(cast[index].fate);
        actor->autolink = cast[index].autolink;
        snprintf(actor->label, sizeof actor->label, "%s", cast[index].label);
    } else if (index < named) {
        actor->born = left_over(index - COUNT(cast));
        snprintf(actor->label, sizeof actor->label, "%s", actor->born->name);
    } else {
        actor->born = fate_at((index - named) % fate_count());
        snprintf(actor->label, sizeof actor->label, "%s-%zu", actor->born->name, index + 1);
    }
    actor->fate = actor->born;
}

void roster_enter(struct actor *actor, size_t index)
{
    *actor = (struct actor){.seed = FIRST_ID + index, .qr_at = ACTOR_NEVER};
    snprintf(actor->phone, sizeof actor->phone, "7900%07u", (unsigned)((1234500 + index) % 10000000));
    choose_part(actor, index);
    snprintf(actor->id, sizeof actor->id, "%llu", (unsigned long long)actor->seed);
    struct dice dice = dice_seed(actor->seed, 0);
    dice_text(&dice, actor->token, TOKEN_CHARS, "0123456789abcdef");
    actor->form = index % 2 == 0 ? WACODE_NEW : WACODE_OLD;
    actor->state = actor->born->born;
    actor->next = FATE_NOT_AUTHORIZED;
    actor->next_at = (int64_t)actor->born->settles_s * 1000;
    actor_remember(actor, -LIFE_BEFORE_MS);
}
