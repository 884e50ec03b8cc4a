/* SPDX-License-Identifier: MIT
 * What stands between words and is not seen, in any script: pasted text is full of it.
 */
#ifndef SCANDECK_CORE_BLANK_H
#define SCANDECK_CORE_BLANK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Whether a code point is a blank of whatever width, or a mark of none (U+200B, bidi marks, U+FEFF). Line ends LF and CR are none. */
bool blank_is(uint32_t code);
/* The bytes of the blank at the start of the text; 0 = there is none. */
size_t blank_at(const char *text, size_t len);
/* The bytes of the blank at the end of the text; 0 = there is none. */
size_t blank_before(const char *text, size_t len);

#endif
