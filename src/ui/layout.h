/* SPDX-License-Identifier: MIT
 * Where everything goes on the screen: arithmetic on rectangles, no terminal needed.
 */
#ifndef SCANDECK_UI_LAYOUT_H
#define SCANDECK_UI_LAYOUT_H

#include <stdbool.h>

#include "qr/mode.h"

#define LAYOUT_MIN_COLUMNS 80
#define LAYOUT_MIN_ROWS 23 /* 24 less tmux' status line */

struct rect {
    int y, x, rows, columns;
};

struct layout_request {
    int columns, rows;  /* the screen */
    int modules;        /* of the code on show; 0 = none, then LAYOUT_USUAL_MODULES is planned for */
    enum qr_mode wish;
    struct qr_terminal terminal;
    qr_mode_set barred; /* modes whose proof failed for this code */
    bool zoom;      /* only the code and its clocks */
    int codes;      /* side by side, as far as they fit; 0 and 1 are the same */
    int status_columns; /* of the status line; 0 = there is none */
    int list_wish, log_wish; /* columns and lines more than usual, as far as there is room */
    bool log_large; /* the log has the focus: give it room where no code is on show, or the screen is small */
};

/* From here the list has a heading, and the clocks stand under the code instead of across the screen. */
#define LAYOUT_WIDE_LIST_COLUMNS 40
#define LAYOUT_USUAL_MODULES 61 /* version 11: the payload of 2026 */
#define LAYOUT_PANES_MAX 4
/* Between two codes that stand side by side: nearer, one camera might catch the wrong one. */
#define LAYOUT_CODE_GAP 8

struct layout {
    bool too_small;   /* nothing but a sentence fits */
    int mode;         /* enum qr_mode that the code is drawn in, or -1: no mode fits beside the panels */
    bool zoom_would_fit; /* mode is -1 but the zoomed code fits */
    struct rect header; /* rows 0 = not there: the code has the room; above the list alone, or across the screen */
    struct rect list;  /* with its column heading where list.rows allow */
    struct rect code;  /* room for the code or the text in its place */
    int panes;         /* codes that stand side by side, each in a frame; 0 = one, in .code */
    struct rect pane[LAYOUT_PANES_MAX]; /* with its frame, which names the instance above and has its clocks below */
    struct rect clocks;
    struct rect status; /* rows 0 = not there */
    struct rect log;
    struct rect hints;
};

/* Lays the screen out. A code is never clipped: either its whole size fits into .code or mode is -1. */
void layout_plan(struct layout *out, const struct layout_request *request);

#endif
