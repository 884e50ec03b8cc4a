/* SPDX-License-Identifier: MIT
 * Text that came from outside: cleaned once at the edge, measured in terminal columns.
 */
#ifndef SCANDECK_CORE_TEXT_H
#define SCANDECK_CORE_TEXT_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Copies foreign bytes to `dst` as text that cannot act on a terminal and holds no secret.
 *
 * Invalid UTF-8, C0, C1, DEL, and what can deceive (bidi controls, zero-width spaces, tags but those of a flag; joiners and
 * variation selectors where they have no use) each become '?'; line breaks and tabs become a space; at most eight combining marks stay on a
 * character. All else stays as it is, also what this machine cannot draw: text_fit and text_show see to that. `secret`
 * (may be NULL) and what looks like a secret become "***", see core/redact.h. Cut as text_copy does. `dst` always ends in
 * NUL; `size` must be at least 1. In a locale without UTF-8 only ASCII stays. Returns the bytes written
 * without the NUL, never more than `len`. */
size_t text_clean(char *dst, size_t size, const char *src, size_t len, const char *secret);

/* Whether text_clean would leave it as it is, secrets and the number of marks aside. */
bool text_is_clean(const char *src, size_t len);

/* Copies cleaned text as it is drawn: what terminals give different widths (joiners, variation selectors, tags, skin tones) is left
 * out, what the C library has no width for becomes '?', two combining marks stay on a character. Returns the columns. */
int text_show(char *dst, size_t size, const char *src);

/* Columns a cleaned string takes as text_show gives it; wide characters count 2, combining marks 0. */
int text_columns(const char *text);

/* Copies, as text_show does, the longest prefix of cleaned `src` that takes at most `columns` columns; where something
 * was cut the last column is `…` (`~` when `ascii`). Returns the columns used. */
int text_fit(char *dst, size_t size, const char *src, int columns, int ascii);

/* Next code point of valid or invalid UTF-8: sets *code (0xFFFD when invalid) and returns the bytes
 * taken, at least 1 as long as len > 0. */
size_t text_next(const char *src, size_t len, uint32_t *code);

/* A URL without what may be secret in it: user info and the values of the query go. `dst` as in text_clean. */
void text_mask_url(char *dst, size_t size, const char *url);

/* Overwrites and frees a secret; NULL is fine. */
void text_wipe(char *secret);

/* Copies a string, or the first `len` bytes of a text. Where it does not fit, or ends inside a character, it is cut between
 * characters, and no joiner or tag is left without what it needs at its end. Foreign text is cut by these and by nothing else: no precision in a format. */
void text_copy(char *dst, size_t size, const char *src);
void text_copy_part(char *dst, size_t size, const char *src, size_t len);
/* The same, behind what `dst` holds. */
void text_append(char *dst, size_t size, const char *src);
/* snprintf that cuts like text_copy. Returns the bytes written without the NUL. */
size_t text_format(char *dst, size_t size, const char *format, ...) __attribute__((format(printf, 3, 4)));
size_t text_vformat(char *dst, size_t size, const char *format, va_list arguments) __attribute__((format(printf, 3, 0)));

#endif
