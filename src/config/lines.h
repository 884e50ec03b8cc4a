/* SPDX-License-Identifier: MIT
 * A text cut into lines.
 */
#ifndef SCANDECK_CONFIG_LINES_H
#define SCANDECK_CONFIG_LINES_H

#include <stdbool.h>
#include <stddef.h>

struct lines {
    const char *text; /* borrowed */
    size_t len, at;
    unsigned number; /* of the line last taken, from 1 */
};

/* A line without blanks at its ends, be they of any script; points into the text. */
struct line {
    const char *text;
    size_t len;
};

void lines_init(struct lines *lines, const char *text, size_t len);
/* False past the last line. LF, CRLF and a CR alone end a line. */
bool lines_next(struct lines *lines, struct line *out);
/* A stretch of text without the blanks at its ends. */
struct line line_strip(const char *text, size_t len);

#endif
