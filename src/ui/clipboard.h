/* SPDX-License-Identifier: MIT
 * The clipboard of the terminal, over any number of SSH hops: OSC 52.
 */
#ifndef SCANDECK_UI_CLIPBOARD_H
#define SCANDECK_UI_CLIPBOARD_H

#include <stdbool.h>

/* Longer texts are refused: terminals drop what is too long, xterm from some 70 kB on, tmux and screen earlier. */
#define CLIPBOARD_BYTES_MAX 8192

/* The sequence that copies the text, as tmux (TMUX set) or GNU screen (STY set) pass it on. Owned by the caller, who wipes it
 * where the text is secret; NULL when the text is too long or memory is out. */
char *clipboard_sequence(const char *text, bool tmux, bool screen);
/* Sends it. False as above. Nothing tells whether the terminal obeys. Between stall_begin and stall_end. */
bool clipboard_copy(const char *text);

#endif
