/* SPDX-License-Identifier: MIT
 * Edit distance over short names.
 */
#include "core/suggest.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#define NAME_MAX_BYTES 32 /* no name of ours is longer */

static size_t least(size_t a, size_t b, size_t c)
{
    size_t smaller = a < b ? a : b;
    return smaller < c ? smaller : c;
}

/* Levenshtein's distance with one row of memory. */
static size_t distance(const char *a, const char *b)
{
    size_t row[NAME_MAX_BYTES + 1], len = strlen(b);
    for (size_t j = 0; j <= len; j++)
        row[j] = j;
    for (size_t i = 0; a[i]; i++) {
        size_t diagonal = row[0];
        row[0] = i + 1;
        for (size_t j = 1; j <= len; j++) {
            size_t above = row[j];
            size_t differs = tolower((unsigned char)a[i]) != tolower((unsigned char)b[j - 1]);
            row[j] = least(above + 1, row[j - 1] + 1, diagonal + differs);
            diagonal = above;
        }
    }
    return row[len];
}

static const char *suggest_name(const char *typed, const char *const *names, size_t count)
{
    size_t typed_len = strlen(typed);
    const char *nearest = NULL;
    size_t nearest_distance = typed_len / 3 + 2; /* more than that much changed is another word */
    if (typed_len == 0 || typed_len > NAME_MAX_BYTES)
        return NULL;
    for (size_t i = 0; i < count; i++) {
        if (!names[i] || strlen(names[i]) > NAME_MAX_BYTES)
            continue;
        size_t d = distance(typed, names[i]);
        if (d < nearest_distance && d < strlen(names[i])) {
            nearest = names[i];
            nearest_distance = d;
        }
    }
    return nearest;
}

void suggest_words(char *dst, size_t size, const char *typed, const char *const *names, size_t count)
{
    const char *name = suggest_name(typed, names, count);
    if (name)
        snprintf(dst, size, " (did you mean '%s'?)", name);
    else
        dst[0] = '\0';
}
