/* SPDX-License-Identifier: MIT
 * Edit distance over short names.
 */
#include "core/suggest.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#define NAME_MAX_BYTES 32 /* no name of ours is longer */
#define BEGINNING_MIN 3 /* letters of a name that was not written to its end */

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

static bool same(char a, char b)
{
    return tolower((unsigned char)a) == tolower((unsigned char)b);
}

/* How many letters must be changed, added, left out, or swapped with their neighbour (Damerau's distance, with three rows of memory). */
static size_t distance(const char *a, const char *b)
{
    size_t rows[3][NAME_MAX_BYTES + 1], len = strlen(b);
    for (size_t j = 0; j <= len; j++)
        rows[0][j] = j;
    for (size_t i = 1; a[i - 1]; i++) {
        size_t *row = rows[i % 3], *above = rows[(i - 1) % 3], *higher = rows[(i + 1) % 3];
        row[0] = i;
        for (size_t j = 1; j <= len; j++) {
            row[j] = least(least(above[j] + 1, row[j - 1] + 1), above[j - 1] + !same(a[i - 1], b[j - 1]));
            if (i > 1 && j > 1 && same(a[i - 1], b[j - 2]) && same(a[i - 2], b[j - 1]))
                row[j] = least(row[j], higher[j - 2] + 1);
        }
    }
    return rows[strlen(a) % 3][len];
}

/* A word of which so much is changed is another word: "foo" is no "hook", "list" no "link". */
static size_t most_changes(size_t len)
{
    return len < 3 ? 0 : (len + 2) / 4;
}

static size_t changes(const char *typed, const char *name)
{
    size_t len = strlen(typed);
    bool begun = len >= BEGINNING_MIN && strncasecmp(typed, name, len) == 0;
    size_t d = distance(typed, name);
    return begun ? least(d, 1) : d;
}

static const char *suggest_name(const char *typed, const char *const *names, size_t count)
{
    size_t typed_len = strlen(typed), fewest = most_changes(typed_len) + 1;
    const char *nearest = NULL;
    if (typed_len == 0 || typed_len > NAME_MAX_BYTES)
        return NULL;
    for (size_t i = 0; i < count; i++) {
        if (!names[i] || strlen(names[i]) > NAME_MAX_BYTES)
            continue;
        size_t d = changes(typed, names[i]);
        if (d < fewest) {
            nearest = names[i];
            fewest = d;
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
