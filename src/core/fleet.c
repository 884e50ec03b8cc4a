/* SPDX-License-Identifier: MIT */
#include "core/fleet.h"

#include <stdlib.h>
#include <string.h>

#include "core/text.h"

int fleet_init(struct fleet *fleet, size_t count)
{
    fleet->items = calloc(count ? count : 1, sizeof *fleet->items);
    fleet->count = fleet->items ? count : 0;
    return fleet->items != NULL;
}

void fleet_truncate(struct fleet *fleet, size_t count)
{
    for (size_t i = count; i < fleet->count; i++) {
        struct instance *it = &fleet->items[i];
        free(it->label);
        free(it->id);
        text_wipe(it->token);
        free(it->problem);
        free(it->code);
    }
    fleet->count = count;
}

void fleet_free(struct fleet *fleet)
{
    fleet_truncate(fleet, 0);
    free(fleet->items);
    fleet->items = NULL;
}

struct instance *fleet_find(const struct fleet *fleet, const char *name)
{
    for (size_t i = 0; i < fleet->count; i++)
        if (strcmp(fleet->items[i].label, name) == 0)
            return &fleet->items[i];
    for (size_t i = 0; i < fleet->count; i++)
        if (strcmp(fleet->items[i].id, name) == 0)
            return &fleet->items[i];
    return NULL;
}

void instance_set_code(struct instance *instance, char *code, size_t len)
{
    free(instance->code);
    instance->code = code;
    instance->code_len = code ? len : 0;
    instance->code_serial++;
}
