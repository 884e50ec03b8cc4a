/* SPDX-License-Identifier: MIT
 * Sequences for the terminal outside of tmux or GNU screen.
 */
#ifndef SCANDECK_UI_WRAP_H
#define SCANDECK_UI_WRAP_H

#include <stdbool.h>

bool wrap_is_tmux(void);
bool wrap_is_screen(void);

/* The sequence as it has to be sent. tmux gets it twice: as it is, which it obeys itself where set-clipboard is on, and packed
 * for the terminal outside, which it passes on where allow-passthrough is on. screen gets it packed, in pieces of the 768 bytes
 * that it takes. Owned by the caller; NULL when memory is out. */
char *wrap_for_multiplexer(const char *sequence, bool tmux, bool screen);

#endif
