/* SPDX-License-Identifier: MIT
 * A line that is being typed.
 */
#ifndef SCANDECK_CORE_PROMPT_H
#define SCANDECK_CORE_PROMPT_H

#include <stddef.h>

#define PROMPT_MAX 256

struct prompt {
    char text[PROMPT_MAX]; /* UTF-8, nothing in it that cannot be shown */
    size_t len, at;        /* bytes; the cursor stands before text[at] */
};

enum prompt_result { PROMPT_EDITED, PROMPT_IGNORED, PROMPT_DONE, PROMPT_CANCELLED };

/* Begins with a text, the cursor at its end. */
void prompt_begin(struct prompt *prompt, const char *text);
/* One key, numbered as in core/keymap.h: characters, Left, Right, Home, End (C-a, C-e), Backspace, Delete, C-u, C-k, C-w,
 * Enter, Esc. What does not fit, or cannot be shown, is ignored. */
enum prompt_result prompt_key(struct prompt *prompt, int key);
/* Inserts a text: line ends and tabs become blanks; what does not fit, or cannot be shown, is left out. */
enum prompt_result prompt_paste(struct prompt *prompt, const char *text);
/* What of the line is seen in so many columns; returns the cursor's column. */
int prompt_visible(const struct prompt *prompt, int columns, char *dst, size_t size);

#endif
