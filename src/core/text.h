/* SPDX-License-Identifier: MIT
 * Text that came from outside: cleaned once at the edge, measured in terminal columns.
 */
#ifndef SCANDECK_CORE_TEXT_H
#define SCANDECK_CORE_TEXT_H

#include <stddef.h>
#include <stdint.h>

/* Copies foreign bytes to `dst` as text that cannot act on a terminal.
 *
 * Invalid UTF-8, C0, C1, DEL, bidi and zero-width controls, and code points the C library has no
 * width for, each become '?'; line breaks and tabs become a space; at most two combining marks stay
 * on a character. Where `secret` (may be NULL) stands in the cleaned text, in any letter case,
 * it becomes "***". Never cuts inside a character. `dst` always ends in NUL; `size` must be at
 * least 1. Returns the bytes written without the NUL. */
size_t text_clean(char *dst, size_t size, const char *src, size_t len, const char *secret);

/* Replaces each occurrence of `secret`, in any letter case, in the string by "***". A secret of
 * fewer than 6 bytes is left alone: it would blank ordinary words. */
void text_redact(char *text, const char *secret);

/* Columns a cleaned string takes; wide characters count 2, combining marks 0. */
int text_columns(const char *text);

/* Copies the longest prefix of cleaned `src` that takes at most `columns` columns; where something
 * was cut the last column is `…` (`~` when `ascii`). Returns the columns used. */
int text_fit(char *dst, size_t size, const char *src, int columns, int ascii);

/* Next code point of valid or invalid UTF-8: sets *code (0xFFFD when invalid) and returns the bytes
 * taken, at least 1 as long as len > 0. */
size_t text_next(const char *src, size_t len, uint32_t *code);

/* A URL without what may be secret in it: user info and the values of the query go. `dst` as in text_clean. */
void text_mask_url(char *dst, size_t size, const char *url);

/* Overwrites and frees a secret; NULL is fine. */
void text_wipe(char *secret);

/* A string as `snprintf("%s")` cut at a character boundary instead of a byte. */
void text_copy(char *dst, size_t size, const char *src);

#endif
