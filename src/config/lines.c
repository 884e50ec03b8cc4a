/* SPDX-License-Identifier: MIT
 * Lines, counted and stripped.
 */
#include "config/lines.h"

#include <string.h>

#define BYTE_ORDER_MARK "\xEF\xBB\xBF"

void lines_init(struct lines *lines, const char *text, size_t len)
{
    size_t mark = strlen(BYTE_ORDER_MARK);
    *lines = (struct lines){.text = text, .len = len};
    if (len >= mark && memcmp(text, BYTE_ORDER_MARK, mark) == 0)
        lines->at = mark;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\v' || c == '\f';
}

bool lines_next(struct lines *lines, struct line *out)
{
    if (lines->at >= lines->len)
        return false;
    const char *start = lines->text + lines->at;
    const char *end = memchr(start, '\n', lines->len - lines->at);
    size_t len = end ? (size_t)(end - start) : lines->len - lines->at;
    lines->at += len + (end != NULL);
    lines->number++;
    while (len > 0 && is_blank(*start))
        start++, len--;
    while (len > 0 && is_blank(start[len - 1]))
        len--;
    *out = (struct line){start, len};
    return true;
}
