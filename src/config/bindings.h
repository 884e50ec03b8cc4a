/* SPDX-License-Identifier: MIT
 * The section [keys]: which keys the operator wants.
 */
#ifndef SCANDECK_CONFIG_BINDINGS_H
#define SCANDECK_CONFIG_BINDINGS_H

#include "config/complaints.h"
#include "config/config.h"
#include "core/keymap.h"

/* Adds "action = key names" from the given line to config->keys, or complains: unknown action, given twice. */
void bindings_take(struct config *config, const char *action, const char *keys, unsigned line,
                   struct complaints *complaints);

/* Complains of unknown key names and of keys that two actions want, and puts config->keys into an order in which
 * keymap_bind takes them: "logout = q" may stand above the "quit = Q" that frees the key. */
void bindings_check(struct config *config, struct complaints *complaints);

/* The keys in force: the defaults with config->keys on top. */
void bindings_make_keymap(struct keymap *map, const struct config *config);

#endif
