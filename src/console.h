/* SPDX-License-Identifier: MIT
 * Inside the console: what its two halves share. console.c draws and turns the loop, console_keys.c turns keys into
 * actions, console_code.c sees to the code on show.
 */
#ifndef SCANDECK_CONSOLE_H
#define SCANDECK_CONSOLE_H

#include <uv.h>

#include "app.h"
#include "cli/cli.h"
#include "memory.h"
#include "ui/ui.h"
#include "viewer.h"

enum question { QUESTION_NONE, QUESTION_LOGOUT, QUESTION_REBOOT, QUESTION_QUIT, QUESTION_GLYPHS };

struct console {
    struct app *app;
    const struct cli_request *request;
    struct ui *ui;
    struct keymap keymap;
    struct viewer viewer;
    uv_poll_t poll;
    uv_signal_t signals[3];
    size_t selected;
    enum ui_panel focus;
    size_t log_back;
    uint64_t log_seen;
    bool zoom, help;
    size_t help_top;
    enum question question;
    size_t asked; /* the instance the question is about */
    enum qr_mode asked_mode; /* the mode it is about */
    struct qr_cell sample[UI_SAMPLE_CELLS]; /* of that mode */
    char question_text[256];
    char notice[256];
    int64_t notice_until; /* real ms */
    enum qr_mode wish;
    bool inverted;
    struct memory memory; /* what the operator said of terminals */
    unsigned recalled; /* abilities that rest on an answer of an earlier day, a bit each, until that was said */
    bool room_asked; /* the terminal, for a larger window: once */
    bool dirty;      /* a key or signal changed something */
    bool stale;      /* the network changed something that is not drawn yet */
    int64_t drawn_at; /* real ms */
    int64_t stalled_until; /* real ms; the terminal took no output: not asked again before; 0 = it does */
};

/* The selected instance; NULL when there is none at all. */
struct instance *console_selected(const struct console *con);
/* A line from the console itself, for some seconds on the bottom line. */
void console_notice(struct console *con, const char *text);
/* What is drawn, but for the code. */
void console_make_model(const struct console *con, struct ui_model *model);

/* Decodes and draws the selected instance's code for the layout there is now, and fills model->code. */
void console_show_code(struct console *con, struct ui_model *model);
/* Tells, once, that the mode of the drawing on show rests on an answer of an earlier day. */
void console_note_recalled(struct console *con, const struct qr_drawing *drawing);
/* The next mode that fits: puts it on show, or first asks how its glyphs look. */
void console_next_mode(struct console *con);
/* Recalls what the operator said of this terminal. */
void console_recall_glyphs(struct console *con);
void console_answer_glyphs(struct console *con, int key);
/* Asks how the glyphs of the code on show look, or of a mode that would fit, whatever was answered before. */
void console_ask_glyphs(struct console *con);
void console_invert(struct console *con);

/* Lines that a page of the focused panel, or the help, has. */
size_t console_page(const struct console *con);
/* In how many ways such a page can stand on so many lines: scrolling ends when the last one is on the screen. */
size_t console_tops(const struct console *con, size_t lines);

/* Does what a key stands for now: answers a question, moves the help, or the action of the key map. */
void console_press(struct console *con, int key);

#endif
