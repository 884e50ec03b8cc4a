/* SPDX-License-Identifier: MIT */
#include "core/surrogate.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#define ESCAPE_LEN 6 /* \uXXXX */

enum half { HALF_NONE, HALF_HIGH, HALF_LOW };

/* Which half of a pair the escape at `at` is. */
static enum half half_at(const char *json, size_t len, size_t at)
{
    if (at + ESCAPE_LEN > len || json[at] != '\\' || json[at + 1] != 'u' || (json[at + 2] != 'd' && json[at + 2] != 'D'))
        return HALF_NONE;
    if (json[at + 3] && strchr("89abAB", json[at + 3]))
        return HALF_HIGH;
    return json[at + 3] && strchr("cdefCDEF", json[at + 3]) ? HALF_LOW : HALF_NONE;
}

/* The next escape without its partner, from `i` on; `len` when there is none. */
static size_t next_lone(const char *json, size_t len, size_t i)
{
    while (i < len) {
        enum half half = half_at(json, len, i);
        bool paired = half == HALF_HIGH && half_at(json, len, i + ESCAPE_LEN) == HALF_LOW;
        if (half != HALF_NONE && !paired)
            return i;
        i += paired ? 2 * ESCAPE_LEN : json[i] == '\\' ? 2 : 1;
    }
    return len;
}

char *surrogate_mend(const char *json, size_t len)
{
    size_t at = next_lone(json, len, 0);
    char *copy = at < len ? malloc(len + 1) : NULL;
    if (!copy)
        return NULL;
    memcpy(copy, json, len);
    copy[len] = '\0';
    for (; at < len; at = next_lone(json, len, at + ESCAPE_LEN))
        memcpy(copy + at, "\\ufffd", ESCAPE_LEN);
    return copy;
}
