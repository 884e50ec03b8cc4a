/* SPDX-License-Identifier: MIT */
#include "config/child_hidden.h"

#include <stdlib.h>
#include <string.h>

void child_hide(struct child_hidden *hidden, const char *name)
{
    for (size_t i = 0; i < hidden->count; i++)
        if (strcmp(hidden->names[i], name) == 0)
            return;
    char **more = reallocarray(hidden->names, hidden->count + 1, sizeof *more), *copy = strdup(name);
    if (more)
        hidden->names = more;
    if (more && copy)
        more[hidden->count++] = copy;
    else
        free(copy);
}

void child_hidden_free(struct child_hidden *hidden)
{
    for (size_t i = 0; i < hidden->count; i++)
        free(hidden->names[i]);
    free(hidden->names);
    *hidden = (struct child_hidden){NULL, 0};
}

bool child_is_hidden(const struct child_hidden *hidden, const char *variable)
{
    size_t len = strcspn(variable, "=");
    for (size_t i = 0; hidden && i < hidden->count; i++)
        if (strncmp(hidden->names[i], variable, len) == 0 && hidden->names[i][len] == '\0')
            return true;
    return false;
}
