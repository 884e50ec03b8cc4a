/* SPDX-License-Identifier: MIT
 * Inside the console: what its parts share. console.c draws and turns the loop, console_keys.c turns keys into actions,
 * console_ask.c sees to questions, prompts and pages; each further console_*.c has one subject.
 */
#ifndef SCANDECK_CONSOLE_H
#define SCANDECK_CONSOLE_H

#include <uv.h>

#include "announce.h"
#include "app.h"
#include "cli/cli.h"
#include "core/filter.h"
#include "core/order.h"
#include "core/prompt.h"
#include "core/queue.h"
#include "memory.h"
#include "reload.h"
#include "ui/ui.h"
#include "viewer.h"

struct console;

/* The key that answered a question about `instance` (NULL: gone meanwhile, or about none). */
typedef void console_answer_fn(struct console *con, struct instance *instance, int key);
/* What was typed at a prompt: while it is typed (`done` false), and at the end; NULL when it was given up. False when what is done
 * is not taken: the prompt stays, see console_refuse. */
typedef bool console_typed_fn(struct console *con, const char *text, bool done);
/* Writes the text of a page; called for each frame. */
typedef void console_write_fn(struct console *con, char *dst, size_t size);

#define CONSOLE_PAGE_MAX 65536

struct console_question {
    console_answer_fn *answer; /* NULL = nothing is asked */
    struct instance *about;
    bool painted; /* only then keys answer it */
    int yes;        /* the key that says so, once nothing followed it until then */
    int64_t yes_at; /* real ms; 0 = there is none */
    char text[256];
};

/* The words of an order that is asked about: "Log", "out of", "It must be scanned again."; `from` NULL where the label comes
 * first. */
struct console_order_words {
    const char *verb, *from, *follows;
};

struct console_prompt {
    console_typed_fn *typed; /* NULL = nothing is typed */
    char label[160];
    char why[128]; /* the line is not taken; "" = it may be */
    struct prompt line;
    struct instance *about; /* selected when it began; NULL = gone meanwhile, or none */
};

struct console_page {
    enum ui_page kind;
    const char *title;
    const char *file; /* part of the name that it is saved under */
    console_write_fn *write; /* UI_PAGE_TEXT */
    size_t top;
    char *text; /* as written for this frame */
};

/* What is asked about glyphs. */
struct console_glyphs {
    enum qr_mode mode;
    struct qr_drawing sample; /* of that mode; .cells NULL = none was drawn yet */
    bool by_itself;           /* not by a key */
    bool about_code;          /* one was awaited or shown: without it there is nothing to ask */
    unsigned settled;         /* abilities that were answered or asked about by a key, a bit each: not asked by itself */
    bool declined;            /* Esc: nothing is asked by itself any more */
};

/* The rows of the list. */
struct console_rows {
    const struct instance **items;
    size_t count, room;
};

struct console {
    struct app *app;
    const struct cli_request *request;
    struct ui *ui;
    struct keymap keymap;
    struct viewer viewers[UI_CODES_MAX];
    uv_poll_t poll;
    uv_signal_t signals[3];
    struct console_rows rows;
    struct instance *selected; /* what the keys act on; NULL = there is none */
    struct instance *hidden; /* was selected until the filter left no row; NULL = none */
    bool chosen; /* the operator or the queue chose the selected one; until then it is the first row */
    size_t list_top; /* row at the top of the list, as drawn last */
    enum ui_panel focus;
    struct logview logview, place_before_search;
    bool zoom;
    struct console_question question;
    struct console_prompt prompt;
    struct console_page page;
    struct console_glyphs glyphs;
    int code_wish; /* codes side by side */
    struct queue queue;
    bool queue_moved; /* the selected instance is no longer on show */
    char status[256];
    struct filter filter;
    char filter_text[PROMPT_MAX]; /* "" = none */
    enum order order;
    int list_wish, log_wish;
    bool mouse;
    enum order configured_order; /* what the file said last */
    bool configured_mouse;
    struct reload *reload; /* NULL = no file is watched */
    uv_process_t editor;
    bool away; /* in the background, without the terminal */
    bool editing, editor_open; /* the terminal is the editor's; its handle is not closed yet */
    struct announce announce;
    int64_t announce_at; /* real ms; 0 = nothing waits to be told */
    bool keys_left; /* more than one turn takes */
    int64_t burst_until; /* real ms; what comes before then belongs to what came at once */
    size_t paste_count; /* characters of a paste that has not ended */
    int64_t paste_heard_at; /* real ms; when the newest came, 0 = there is no such paste */
    uint64_t saved_at; /* ns: a file was written; 0 = none yet */
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

/* A line from the console itself, for some seconds on the bottom line. */
void console_notice(struct console *con, const char *text);
/* What is drawn, but for the code. */
void console_make_model(const struct console *con, struct ui_model *model);

/* Decodes and draws the codes that belong on the screen for the layout there is now, and fills model->codes. */
void console_show_codes(struct console *con, struct ui_model *model);
/* What holds the code of this instance; NULL when it is not on the screen. */
const struct viewer *console_viewer_of(const struct console *con, const struct instance *instance);
/* Tells, once, that the mode of the drawing on show rests on an answer of an earlier day. */
void console_note_recalled(struct console *con, const struct qr_drawing *drawing);
/* Asks about glyphs where the code of this model has no other room, and takes back a question that lost its reason. True when
 * the question is another one now. */
bool console_tend_glyphs(struct console *con, const struct ui_model *model);
/* What is shown with the question about glyphs; NULL when that is not open. */
const struct qr_drawing *console_sample(const struct console *con);
/* Asks who looks at the screen now, where that can change: an attached client of tmux decides which characters can be shown. */
void console_look_at_clients(struct console *con);
/* The next mode that fits: puts it on show, or first asks how its glyphs look. */
void console_next_mode(struct console *con);
/* Recalls what the operator said of this terminal before; what was said since the start stays. */
void console_recall_glyphs(struct console *con);
/* Asks how the glyphs of the code on show look, or of a mode that would fit, whatever was answered before. */
void console_ask_glyphs(struct console *con);
void console_invert(struct console *con);

/* Brings the rows of the list up to date with the fleet; the selection stays on its instance. */
void console_update_rows(struct console *con);
/* The row of an instance; the count of rows when it is in none. */
size_t console_row_of(const struct console *con, const struct instance *instance);
/* From now on the selection stays on its instance. */
void console_choose(struct console *con);
/* Selects the row so many lines further. */
void console_move_selection(struct console *con, long by);

/* Lines that the page that is open, else the focused panel, has on the screen. */
size_t console_view_rows(const struct console *con);
/* In how many ways they can stand on so many lines: scrolling ends when the last one is on the screen. */
size_t console_tops(const struct console *con, size_t lines);

/* Moves the page that is open, else the panel with the focus, by so many lines. */
void console_scroll(struct console *con, long by);
/* Does what a key stands for now: answers a question, is typed, moves a page, or the action of the key map. */
void console_press(struct console *con, int key);

/* console_input.c: keys as they arrive. */
/* A paste whose end does not come for so long has none. */
#define CONSOLE_PASTE_PAUSE_MS 500
/* Has what waits in the input done. */
void console_read_keys(struct console *con, int64_t now);
/* Drops it, but for signals: it was typed before what is on the screen now. */
void console_drop_keys(struct console *con, int64_t now);

/* console_fleet.c: the list. */
void console_filter(struct console *con);
/* Shows all again. */
void console_drop_filter(struct console *con);
void console_sort(struct console *con);
void console_narrower(struct console *con);
void console_wider(struct console *con);
void console_mark(struct console *con);
void console_mark_all(struct console *con);
void console_mark_none(struct console *con);

/* console_log.c: the log, and what is taken along. */
void console_search(struct console *con);
void console_find_next(struct console *con);
void console_follow(struct console *con);
void console_level(struct console *con);
void console_log_instance(struct console *con);
void console_copy(struct console *con);
void console_save(struct console *con);

/* console_config.c: the configuration. */
void console_edit(struct console *con);
/* Takes over what may change while the console runs. */
void console_configure(struct console *con, const struct config *config);
void console_styles(const struct config *config, struct style styles[THEME_ROLE_COUNT]);
/* Whether the terminal is read. */
void console_watch_keys(struct console *con, bool watch);
/* After a stop or an editor: draws and reads again, or, in the background, neither. */
void console_take_terminal_back(struct console *con);

/* console_mouse.c */
void console_mouse(struct console *con);
void console_set_mouse(struct console *con, bool on);
/* Whether the key came from the mouse: it is done with then. */
bool console_take_mouse(struct console *con, int key);

/* console_ways.c: ways to link besides the code, and what is known. */
void console_pair(struct console *con);
void console_vendor_page(struct console *con);
void console_reboot(struct console *con);
void console_details(struct console *con);

/* console_queue.c: the linking queue. */
void console_queue_start(struct console *con);
void console_queue_skip(struct console *con);
void console_queue_retry(struct console *con);
void console_queue_pause(struct console *con);
void console_queue_back(struct console *con);
void console_queue_stop(struct console *con);
void console_queue_report(struct console *con, struct instance *instance, const struct link_effect *report);
/* Carries out what the queue wants; once per turn. */
void console_queue_turn(struct console *con);
/* The instances that the queue shows now; returns how many. */
int console_queue_shown(const struct console *con, const struct instance *shown[UI_CODES_MAX]);
void console_more_codes(struct console *con);
void console_fewer_codes(struct console *con);

/* console_ask.c */

/* Asks on the bottom line; the next key is the answer. `about` may be NULL. */
void console_ask(struct console *con, console_answer_fn *answer, struct instance *about, const char *text);
/* As console_ask, for an order that --readonly forbids: names the label, the phone and its name, and what follows. */
void console_ask_order(struct console *con, console_answer_fn *answer, struct instance *about, struct console_order_words words);
bool console_is_yes(int key);
void console_answer(struct console *con, int key);
/* It is not asked any more, whatever was about to answer it. */
void console_drop_question(struct console *con);
/* Has a line typed on the bottom line, beginning with `text`. */
void console_prompt(struct console *con, console_typed_fn *typed, const char *label, const char *text);
void console_type(struct console *con, int key);
/* Has a text inserted into the prompt that is open. */
void console_paste(struct console *con, const char *text);
/* For a console_typed_fn: keeps the prompt open with its text and this reason. Returns false. */
bool console_refuse(struct console *con, const char *why);
/* Opens a page of text, or the help (`write` NULL). `file` is part of the name that it is saved under. */
void console_open_page(struct console *con, const char *title, const char *file, console_write_fn *write);
void console_close_page(struct console *con);
/* Writes the open page's text anew. */
void console_write_page(struct console *con);
/* False in a replay, which is told on the bottom line. */
bool console_takes_orders(struct console *con);
/* Gives the instance an order; tells on the bottom line why it was not taken. */
void console_order(struct console *con, struct instance *instance, enum link_event_kind order);
/* Why the app did not take an order for it. */
const char *console_refusal(const struct instance *instance);
/* An instance is about to be removed: nothing may point to it any more. */
void console_forget(struct console *con, const struct instance *instance);

#endif
