/* SPDX-License-Identifier: MIT
 * Asks the terminal who it is and what it can, before ncurses owns it.
 */
#ifndef SCANDECK_UI_PROBE_H
#define SCANDECK_UI_PROBE_H

#include <stdbool.h>

#include "ui/answer.h"

/* The terminal is asked twice: who it is and whether it takes UTF-8; then what can be asked when that is known. */
enum probe_round { PROBE_NONE, PROBE_FIRST, PROBE_SECOND };

#define PROBE_QUESTION_MAX 96

/* Asks the terminal behind `fd` (open for both, O_NONBLOCK) for the columns of a letter in UTF-8, DA2, XTVERSION, its cells'
 * size and DA1; then, where that is safe, for the columns of glyphs, its background (where `background` says that it matters)
 * and kitty's graphics.
 *
 * Waits until DA1 is there, a second at most each time; as soon as somebody types, 200 ms at most. What was typed meanwhile
 * is in answer.typed. Returns the round whose answers did not all come: they still may, and after the first one the second
 * can be asked then. */
enum probe_round probe_terminal(int fd, const char *term, bool background, struct answer *out);

/* Writes the questions of the second round, and has `answer` await what follows. They leave the cursor's line blank. */
void probe_second(char dst[PROBE_QUESTION_MAX], struct answer *answer, const char *term, bool background);

#endif
