/* SPDX-License-Identifier: MIT
 * The name that somebody who mistyped one probably meant.
 */
#ifndef SCANDECK_CORE_SUGGEST_H
#define SCANDECK_CORE_SUGGEST_H

#include <stddef.h>

/* Writes " (did you mean 'NAME'?)", or "" when nothing is near. */
void suggest_words(char *dst, size_t size, const char *typed, const char *const *names, size_t count);

#endif
