/* SPDX-License-Identifier: MIT
 * All that can be found out about a terminal without drawing on it.
 */
#ifndef SCANDECK_UI_SURVEY_H
#define SCANDECK_UI_SURVEY_H

#include <stdbool.h>
#include <stddef.h>

#include "ui/abilities.h"
#include "ui/code_colors.h"
#include "ui/probe.h"

struct survey {
    struct ability_facts facts;
    int columns, rows; /* the window; 0 = not known */
    int pixels_across, pixels_down; /* of a cell, by the size of the window; 0 = not known */
    const char *entry; /* of terminfo, that drives it: $TERM's own or one that stands in for it; NULL = there is none */
    int colors;        /* by that: 0 = none, -1 = there is none */
    struct code_colors code_colors;
    enum probe_round awaited; /* whose answers may still come */
};

/* Asks the terminal behind `fd` (open for both, O_NONBLOCK) and sets the process' locale to what it takes. To be called
 * before ncurses starts. */
void survey_terminal(struct survey *out, int fd, const struct ui_options *options);

/* Takes what was answered late, when all of a round is there; to be called after answers were fed. Where there is more to ask,
 * `question` becomes that, else "". True when something may have changed. The locale stays as it is. */
bool survey_take_late(struct survey *out, char question[PROBE_QUESTION_MAX]);

/* Whether another entry stands in for that of $TERM. */
bool survey_has_stand_in(const struct survey *survey);

/* The window has another size: and perhaps its font, so that pictures fit its cells again. */
void survey_window(struct survey *out, int fd);

/* The whole survey for a command without a screen: of the terminal behind stdin or stdout, else of /dev/tty. False, with
 * a sentence in `why`, when there is none. */
bool survey_any_terminal(struct survey *out, const struct ui_options *options, char *why, size_t why_size);

#endif
