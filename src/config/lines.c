/* SPDX-License-Identifier: MIT
 * Lines, counted and stripped.
 */
#include "config/lines.h"

#include "core/blank.h"

void lines_init(struct lines *lines, const char *text, size_t len)
{
    *lines = (struct lines){.text = text, .len = len};
}

/* The bytes up to the line's end. */
static size_t line_length(const char *text, size_t len)
{
    size_t at = 0;
    while (at < len && text[at] != '\n' && text[at] != '\r')
        at++;
    return at;
}

bool lines_next(struct lines *lines, struct line *out)
{
    if (lines->at >= lines->len)
        return false;
    const char *start = lines->text + lines->at;
    size_t left = lines->len - lines->at, len = line_length(start, left);
    bool pair = left - len >= 2 && start[len] == '\r' && start[len + 1] == '\n';
    lines->at += len + (len < left) + pair;
    lines->number++;
    *out = line_strip(start, len);
    return true;
}

struct line line_strip(const char *text, size_t len)
{
    for (size_t blank; (blank = blank_at(text, len)) > 0; len -= blank)
        text += blank;
    for (size_t blank; (blank = blank_before(text, len)) > 0;)
        len -= blank;
    return (struct line){text, len};
}
