/* SPDX-License-Identifier: MIT
 * Names of environment variables that no child gets, because they hold tokens.
 */
#ifndef SCANDECK_CONFIG_CHILD_HIDDEN_H
#define SCANDECK_CONFIG_CHILD_HIDDEN_H

#include <stdbool.h>
#include <stddef.h>

/* Without repetition. */
struct child_hidden {
    char **names;
    size_t count;
};

/* Adds a name; one that finds no memory is left out. */
void child_hide(struct child_hidden *hidden, const char *name);
/* Whether "NAME=value" is hidden; `hidden` may be NULL. */
bool child_is_hidden(const struct child_hidden *hidden, const char *variable);
void child_hidden_free(struct child_hidden *hidden);

#endif
