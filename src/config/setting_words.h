/* SPDX-License-Identifier: MIT
 * The words that the value of an option may be, or be made of.
 */
#ifndef SCANDECK_CONFIG_SETTING_WORDS_H
#define SCANDECK_CONFIG_SETTING_WORDS_H

#include "config/setting.h"

/* The value of an option of kind WORDS that has none of them. */
#define NO_WORDS "none"

struct words {
    const char *const *words;
    size_t count;
};

/* Those of an option that takes words. */
const struct words *setting_words(enum setting setting);
/* Which of them this is, to *at; `value` need not end behind `len`. */
bool words_find(const struct words *list, const char *value, size_t len, size_t *at);
/* Writes the words of a set (a bit each), or NO_WORDS. */
void words_spell(char *dst, size_t size, const struct words *list, unsigned set);
/* Writes all of them, with commas and `last` before the last one; returns how many bytes that takes. */
size_t words_join(char *dst, size_t size, const struct words *list, const char *last);

#endif
