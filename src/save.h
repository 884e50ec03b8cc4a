/* SPDX-License-Identifier: MIT
 * A text written to a new file.
 */
#ifndef SCANDECK_SAVE_H
#define SCANDECK_SAVE_H

#include <stdbool.h>
#include <stddef.h>

/* Writes the text to a file that is not there yet, for the owner's eyes only; a leading "~/" is the home. False with a sentence in
 * `why`, without the path, which is on the screen beside it; what was begun is then removed. */
bool save_text(const char *path, const char *text, char *why, size_t why_size);
/* "scandeck-WHAT-20261125-221500.txt", in the home directory ("~/…") where this one cannot be written to. */
void save_default_name(char *dst, size_t size, const char *what);

#endif
