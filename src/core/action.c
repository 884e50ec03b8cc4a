/* SPDX-License-Identifier: MIT */
#include "core/action.h"

#include <string.h>

static const struct action_info actions[ACTION_COUNT] = {
#define ACTION_ROW(id, name, keys, context, hint, help) [id] = {name, keys, context, hint, help},
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

bool action_moves(enum action action)
{
    switch (action) {
    case ACTION_UP:
    case ACTION_DOWN:
    case ACTION_PAGE_UP:
    case ACTION_PAGE_DOWN:
    case ACTION_FIRST:
    case ACTION_LAST:
        return true;
    default:
        return false;
    }
}

static const struct {
    const char *name, *words;
} contexts[CONTEXT_COUNT] = {
#define CONTEXT_ROW(id, name, words) [id] = {name, words},
    CONTEXT_TABLE(CONTEXT_ROW)
#undef CONTEXT_ROW
};

const char *context_name(enum context context)
{
    return contexts[context].name;
}

const char *context_words(enum context context)
{
    return contexts[context].words;
}

bool contexts_meet(enum context a, enum context b)
{
    return !((a == CONTEXT_LIST && b == CONTEXT_LOG) || (a == CONTEXT_LOG && b == CONTEXT_LIST));
}
