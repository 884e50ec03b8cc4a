/* SPDX-License-Identifier: MIT */
#include "core/action.h"

#include <string.h>

static const struct action_info actions[ACTION_COUNT] = {
#define ACTION_ROW(id, name, keys, hint, help) [id] = {name, keys, hint, help},
    ACTION_TABLE(ACTION_ROW)
#undef ACTION_ROW
};

const struct action_info *action_info(enum action action)
{
    return &actions[action];
}

enum action action_find(const char *name)
{
    for (int i = 0; i < ACTION_COUNT; i++)
        if (strcmp(actions[i].name, name) == 0)
            return (enum action)i;
    return ACTION_NONE;
}
