/* SPDX-License-Identifier: MIT
 * Characters however a text writes them. Only for redact.c.
 */
#ifndef SCANDECK_CORE_UNESCAPE_H
#define SCANDECK_CORE_UNESCAPE_H

#include <stddef.h>
#include <stdint.h>

/* The character at the start of the text: sets *code (a fullwidth one as its ASCII twin) and returns the bytes it takes, at least 1
 * as long as len > 0. Read are UTF-8 and the escapes of URLs (%41, %u0041), of JSON, C and the shell (\u0041, \u{41}, \U00000041, \x41,
 * \101, \n) and of HTML (&#65; &#x41; &amp;), also where one escape is written with others (%2541, \\u0041). An entity whose name is
 * not known is a blank. */
size_t unescape_next(const char *text, size_t len, uint32_t *code);

#endif
