/* SPDX-License-Identifier: MIT
 * A text cut into lines, the way libinih wants to be fed.
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

/* A line without blanks at its ends; points into the text. */
struct line {
    const char *text;
    size_t len;
};

/* Starts behind a byte order mark, if there is one. */
void lines_init(struct lines *lines, const char *text, size_t len);
/* False past the last line. LF and CRLF end a line. */
bool lines_next(struct lines *lines, struct line *out);

#endif
