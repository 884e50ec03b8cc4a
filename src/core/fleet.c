/* SPDX-License-Identifier: MIT */
#include "core/fleet.h"

#include <stdlib.h>
#include <string.h>

#include "core/text.h"

#define ROOM_FIRST 16

static bool make_room(struct fleet *fleet)
{
    size_t room = fleet->room ? 2 * fleet->room : ROOM_FIRST;
    if (fleet->count < fleet->room)
        return true;
    struct instance **more = reallocarray(fleet->items, room, sizeof *more);
    if (!more)
        return false;
    fleet->items = more;
    fleet->room = room;
    return true;
}

struct instance *fleet_add(struct fleet *fleet)
{
    struct instance *it = make_room(fleet) ? calloc(1, sizeof *it) : NULL;
    if (!it)
        return NULL;
    it->tag = fleet->next_tag++;
    return fleet->items[fleet->count++] = it;
}

static void instance_free(struct instance *it)
{
    free(it->label);
    free(it->id);
    text_wipe(it->token);
    free(it->problem);
    free(it->code);
    free(it->held_code);
    free(it->details);
    free(it);
}

void fleet_remove(struct fleet *fleet, struct instance *instance)
{
    size_t at = 0;
    while (at < fleet->count && fleet->items[at] != instance)
        at++;
    if (at == fleet->count)
        return;
    fleet->count--;
    memmove(&fleet->items[at], &fleet->items[at + 1], (fleet->count - at) * sizeof *fleet->items);
    instance_free(instance);
}

void fleet_free(struct fleet *fleet)
{
    for (size_t i = 0; i < fleet->count; i++)
        instance_free(fleet->items[i]);
    free(fleet->items);
    *fleet = (struct fleet){0};
}

struct instance *fleet_by_tag(const struct fleet *fleet, unsigned tag)
{
    /* Until one is removed, the place is the tag. */
    if (tag < fleet->count && fleet->items[tag]->tag == tag)
        return fleet->items[tag];
    for (size_t i = 0; i < fleet->count; i++)
        if (fleet->items[i]->tag == tag)
            return fleet->items[i];
    return NULL;
}

struct instance *fleet_find(const struct fleet *fleet, const char *name)
{
    for (size_t i = 0; i < fleet->count; i++)
        if (strcmp(fleet->items[i]->label, name) == 0)
            return fleet->items[i];
    for (size_t i = 0; i < fleet->count; i++)
        if (strcmp(fleet->items[i]->id, name) == 0)
            return fleet->items[i];
    return NULL;
}

void fleet_tally_add(struct fleet_tally *tally, const struct instance *instance)
{
    if (instance->leaving)
        return;
    tally->of[phase_group(instance->link.phase)]++;
    tally->count++;
}

void instance_set_code(struct instance *instance, char *code, size_t len)
{
    free(instance->code);
    instance->code = code;
    instance->code_len = code ? len : 0;
    instance->code_serial++;
}

void instance_hold_code(struct instance *instance, char *code, size_t len)
{
    free(instance->held_code);
    instance->held_code = code;
    instance->held_len = code ? len : 0;
}

void instance_take_held_code(struct instance *instance)
{
    if (!instance->held_code)
        return;
    instance_set_code(instance, instance->held_code, instance->held_len);
    instance->held_code = NULL;
    instance->held_len = 0;
}

bool instance_await_details(struct instance *instance)
{
    if (!instance->details)
        instance->details = calloc(1, sizeof *instance->details);
    if (!instance->details)
        return false;
    instance->details->awaited = WIRE_DETAILS_METHODS;
    instance->details->problem[0] = '\0';
    return true;
}
