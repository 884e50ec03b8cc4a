/* SPDX-License-Identifier: MIT
 * A configuration in a folder of its own, and the complaints about it.
 */
#ifndef SCANDECK_TESTS_CONFIG_RIG_H
#define SCANDECK_TESTS_CONFIG_RIG_H

#include <stdbool.h>
#include <stddef.h>

#include "config/config.h"

struct fixture {
    char folder[64];
    char path[96];
    struct config config;
    struct config_errors errors;
};

/* For cmocka: *state is a struct fixture. */
int config_rig_set_up(void **state);
int config_rig_tear_down(void **state);
/* Writes the file, for the owner's eyes only. */
void write_file(struct fixture *it, const char *bytes, size_t len);
bool read_text(struct fixture *it, const char *text);
/* The text is refused, and the complaints are these lines, each "LINE: words" (the file's name is left out). */
void assert_complaints(struct fixture *it, const char *text, const char *expected);

#endif
