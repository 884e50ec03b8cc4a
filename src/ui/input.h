/* SPDX-License-Identifier: MIT
 * From what ncurses reads to the key numbers of core/keymap.h.
 */
#ifndef SCANDECK_UI_INPUT_H
#define SCANDECK_UI_INPUT_H

#include <curses.h>
#include <stdbool.h>
#include <stddef.h>

#include "ui/answer.h"

enum input_place {
    INPUT_GROUND,
    INPUT_CSI,
    INPUT_OLD_MOUSE,
    INPUT_SS3,
    INPUT_DCS,
    INPUT_APC,
    INPUT_OSC,
    INPUT_STRING,
    INPUT_STRING_ESCAPE
};

/* "<64;1000;1000" */
#define INPUT_REPORT_MAX 24

struct input {
    WINDOW *window; /* read with wget_wch, which must not wait; the owner sets it */
    struct answer *answer; /* hears the sequences that are no key: answers that come late */
    unsigned char typed[ANSWER_TYPED_MAX]; /* before ncurses ran; read first */
    size_t typed_len, typed_at;
    enum input_place place; /* inside a sequence that nobody bound */
    size_t swallowed;
    int mouse_left; /* bytes of an old mouse report that are still to come */
    bool mouse;   /* reports are wanted */
    char report[INPUT_REPORT_MAX]; /* what followed CSI, for a report */
    int mouse_y, mouse_x; /* of the last report, from 0 */
    int held; /* a key that came with an ESC before it */
};

/* Begins with what was typed while the terminal was asked, and inside an answer that was not read to its end. The rest of that
 * answer, and later ones, go to `answer`, which stays the caller's. */
void input_init(struct input *input, struct answer *answer);

/* Whether reports of the mouse become keys (enum mouse_key); otherwise they are dropped. */
void input_set_mouse(struct input *input, bool on);

/* The next key, KEYNAME_NONE when none waits. Sequences that are no key, such as a terminal's late answer, are taken out
 * whole: their letters must not act. */
int input_key(struct input *input);

#endif
