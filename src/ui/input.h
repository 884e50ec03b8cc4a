/* SPDX-License-Identifier: MIT
 * From what ncurses reads to the key numbers of core/keymap.h.
 */
#ifndef SCANDECK_UI_INPUT_H
#define SCANDECK_UI_INPUT_H

#include <curses.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

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
    INPUT_STRING_ESCAPE,
    INPUT_PASTE /* between ESC [200~ and ESC [201~ */
};

/* Bytes of a paste that are kept: more than any prompt takes. */
#define INPUT_PASTE_MAX 1024

/* "<64;1000;1000" */
#define INPUT_REPORT_MAX 24

struct input {
    WINDOW *window; /* read with wget_wch, which must not wait; the owner sets it */
    struct answer *answer; /* hears the sequences that are no key: answers that come late */
    unsigned char typed[ANSWER_TYPED_MAX]; /* before ncurses ran; read first */
    size_t typed_len, typed_at;
    enum input_place place; /* inside a sequence that nobody bound */
    size_t swallowed;
    int64_t heard_at; /* ms; when the newest key or byte was read, 0 = none yet */
    int mouse_left; /* bytes of an old mouse report that are still to come */
    bool mouse;   /* reports are wanted */
    char report[INPUT_REPORT_MAX]; /* what followed CSI, for a report */
    int mouse_y, mouse_x; /* of the last report, from 0 */
    char paste[INPUT_PASTE_MAX]; /* as it came, in UTF-8; of KEYNAME_PASTE, until the next call of input_key */
    size_t paste_len, paste_count; /* bytes kept; characters that came, kept or not */
    size_t end_matched; /* characters of the paste's end that came */
    bool paste_given_up;
};

/* Begins with what was typed while the terminal was asked, and inside an answer that was not read to its end. The rest of that
 * answer, and later ones, go to `answer`, which stays the caller's. */
void input_init(struct input *input, struct answer *answer);

/* Whether reports of the mouse become keys (enum mouse_key); otherwise they are dropped. */
void input_set_mouse(struct input *input, bool on);

/* Whether a paste has begun and not ended. */
bool input_is_pasting(const struct input *input);
/* Its end does not come: it ends here, and input_key gives it out. */
void input_end_paste(struct input *input);

/* The next key, KEYNAME_NONE when none waits, or after very much that was no key. KEYNAME_PASTE stands for a whole paste. ESC with
 * a character behind it, at once, is a chord with Alt: nobody can bind one, and it is dropped. Sequences that are no key, such as a terminal's late answer, are taken out
 * whole: their letters must not act. One without an end is over a second after its newest byte, or at a control character. `now`: ms
 * of a clock that does not go back, never 0. */
int input_key(struct input *input, int64_t now);

#endif
