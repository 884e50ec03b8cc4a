/* SPDX-License-Identifier: MIT
 * The console's face: the terminal, the keys, one function that draws. ncurses is known to this folder alone.
 */
#ifndef SCANDECK_UI_UI_H
#define SCANDECK_UI_UI_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/fleet.h"
#include "core/keymap.h"
#include "core/log.h"
#include "core/logview.h"
#include "core/order.h"
#include "core/style.h"
#include "qr/code.h"
#include "qr/graphics.h"
#include "ui/layout.h"
#include "ui/notify.h"

struct prompt;
struct ui;

struct ui_options {
    int sextants;  /* enum config_sextants' meaning: 0 = ask the terminal, 1 = yes, 2 = no */
    enum qr_mode qr_mode; /* of the configuration */
    bool no_color; /* NO_COLOR or --no-color: no colours but the code's own black and white */
    const struct style *styles; /* THEME_ROLE_COUNT of them */
};

enum ui_panel { UI_PANEL_LIST, UI_PANEL_LOG, UI_PANEL_COUNT };

/* Codes side by side, at most. */
#define UI_CODES_MAX 4

/* A code on show, as the console prepared it. */
struct ui_code {
    const struct instance *instance; /* whose it is */
    const struct qr_drawing *drawing; /* NULL: text stands in its place */
    unsigned long drawing_id; /* another drawing has another one; not 0 */
    bool verified, inverted, risky; /* proven; light on dark; not every phone reads this mode */
    bool polarity_unsure; /* ui_polarity_known is false: .inverted is by a guess */
    int modules;      /* 0 = no code */
    const char *text; /* in place of the drawing: why there is none; lines separated by '\n'; NULL = say what the phase says */
};

/* A page that covers the panels until it is closed. */
enum ui_page { UI_PAGE_NONE, UI_PAGE_HELP, UI_PAGE_TEXT };

/* What is on the screen; the console owns all of it, drawing only reads. */
struct ui_model {
    const struct fleet *fleet;
    const struct instance *const *rows; /* of the list: what the filter takes, sorted */
    size_t row_count;
    size_t list_top; /* row at the top of the list: moved from there as far as the selected one needs it */
    bool filtered; /* there is a filter */
    size_t selected; /* row; row_count when the instance that the keys act on is in none of them */
    const struct instance *subject; /* that instance; NULL = none */
    const struct log *log;
    const struct keymap *keymap;
    int64_t now;      /* ms, the clock of struct link */
    int64_t unix_now; /* seconds */
    double speed;     /* ms of .now per ms of the day: more than 1 in a demo that is sped up */
    enum ui_panel focus;
    const struct logview *logview;
    bool zoom;
    enum ui_page page;
    const char *page_title; /* UI_PAGE_TEXT */
    const char *page_text;  /* UI_PAGE_TEXT: lines separated by '\n', wrapped where they are too long; "# " begins a heading */
    size_t page_top; /* first line of the page on show */
    bool queue_runs;    /* the linking queue */
    const char *status; /* a line above the log: the queue's progress, the filter, what else holds all the time; NULL = none */
    enum order order;   /* of the rows */
    int list_wish, log_wish; /* columns and lines more than usual for these panels, as far as there is room */
    const struct prompt *prompt; /* being typed on the bottom line; NULL = nothing is */
    const char *prompt_label;
    const char *prompt_why; /* why it does not take what was typed; NULL = that was not tried */
    const char *question; /* on the bottom line, NULL = none; "Log out sales-eu (7103000001)? y/N" */
    const struct qr_drawing *sample; /* by which the question can be answered, in the code's place; NULL = none */
    const char *notice;   /* one line from the console for the bottom line, NULL = none */
    bool demo, replay;
    bool readonly;
    enum qr_mode wish;
    qr_mode_set barred; /* modes whose proof failed for this code */
    enum qr_ability supposed; /* planned for as if the terminal had it; QR_ABILITY_COUNT = none */
    int code_wish; /* so many codes side by side, as far as they fit; 1 to UI_CODES_MAX */
    int code_count; /* prepared in .codes */
    struct ui_code codes[UI_CODES_MAX];
};

/* Other styles from now on. */
void ui_restyle(struct ui *ui, const struct style *styles, bool no_color);

/* The contexts that keys have now. */
context_set ui_contexts(const struct ui_model *model);

/* Asks the terminal who it is and what it can (ui/probe.h says how long that takes), then starts ncurses on it.
 * NULL with a sentence in `why` when stdin or stdout is no terminal or TERM is not usable. */
struct ui *ui_open(const struct ui_options *options, char *why, size_t why_size);
/* Puts the terminal back as it was. */
void ui_close(struct ui **ui);

/* A descriptor of its own, readable when a key waits; never 0. Keys typed before ui_open are held already: drain ui_key
 * once before the first wait. */
int ui_fd(const struct ui *ui);
/* The next key (enum key or a code point), KEYNAME_NONE when none waits. Never blocks. `now`: ms, see input_key. */
int ui_key(struct ui *ui, int64_t now);
/* Of the KEYNAME_PASTE that ui_key gave last: the text as it came (its beginning, if it was long), and how many characters came. */
struct ui_paste {
    const char *text;
    size_t count;
};
struct ui_paste ui_paste(const struct ui *ui);
/* Whether a paste has begun whose end has not come; then how many characters of it have. */
bool ui_is_pasting(const struct ui *ui, size_t *count);
/* Waits for its end no longer: the next ui_key gives it out. */
void ui_end_paste(struct ui *ui);
/* After SIGWINCH. */
void ui_resize(struct ui *ui);
/* Around a stop (Ctrl-Z) and an editor: leaves the screen to the shell, takes it back and repaints all. ui_resume does nothing
 * and returns false while this process is in the background. */
void ui_suspend(struct ui *ui);
bool ui_resume(struct ui *ui);
/* The signal that the terminal makes of this key for other programs (Ctrl-C, Ctrl-\, Ctrl-Z); 0 = none. */
int ui_signal_of(const struct ui *ui, int key);
/* Whether the terminal takes output now; a stalled SSH line does not. */
bool ui_takes_output(const struct ui *ui);
void ui_redraw(struct ui *ui);

/* Where the terminal stands on one ability. */
#define UI_WHY_MAX 128
struct ui_ability {
    bool can;
    bool sure; /* known, configured, or said by the operator: nobody needs to be asked */
    char why[UI_WHY_MAX]; /* a clause to follow "yes: " or "no: " */
    bool fixed; /* no answer of the operator can change it */
};

/* What the terminal can show, from what it answered, the configuration, and what the operator said. */
struct qr_terminal ui_terminal(const struct ui *ui);
void ui_ability(const struct ui *ui, enum qr_ability ability, struct ui_ability *out);
/* What the operator says of this terminal, now or once before. */
void ui_answer(struct ui *ui, enum qr_ability ability, bool can);
void ui_forget_answer(struct ui *ui, enum qr_ability ability);
/* Asks tmux, where the terminal is one, who looks at it now: one without UTF-8 gets ASCII. True when that
 * changed; `text` says so. */
bool ui_look_at_clients(struct ui *ui, char *text, size_t size);
/* Takes what the terminal answered late, among the keys. True when all of that is there: it may have another name now, and
 * other abilities. */
bool ui_take_late_answers(struct ui *ui);
/* "VTE(7006)", or "unknown": who answered; cleaned. */
const char *ui_terminal_name(const struct ui *ui);
/* The entry of terminfo that stands in for $TERM's, which this machine lacks; NULL = none does. */
const char *ui_stand_in(const struct ui *ui);
/* What the operator's answers are remembered by: name, DA2 and TERM, "XTerm(379) 41;379;0 xterm-256color"; cleaned. */
const char *ui_terminal_id(const struct ui *ui);

/* Copies a text to the clipboard of the terminal (OSC 52); false when it is too long. Nothing tells whether it obeys. */
bool ui_copy(struct ui *ui, const char *text);

/* Switches reports of the mouse on or off; off is the start. */
void ui_set_mouse(struct ui *ui, bool on);

/* What stands under the mouse as it last reported. */
struct ui_hit {
    enum ui_panel panel; /* UI_PANEL_COUNT = none */
    size_t row;          /* UI_PANEL_LIST: of the model's rows; row_count = none */
    long line;           /* UI_PANEL_LOG: so many lines newer than the selected one */
};
void ui_hit(const struct ui *ui, const struct ui_model *model, struct ui_hit *out);

void ui_bell(struct ui *ui);
/* A desktop notification through the terminal, NOTIFY_AUTO: by what is known of it. The text is cleaned. */
void ui_notify(struct ui *ui, enum notify_how how, const char *text);

/* What separates the parts of a line: "·" where the terminal has it. */
const char *ui_dot(const struct ui *ui);

/* Whether it is known what is light and what is dark on this terminal. Without colours that depends on its background;
 * one that does not tell it is taken for light on dark. */
bool ui_polarity_known(const struct ui *ui);

/* Whether the terminal is known to change its window's size when asked. */
bool ui_can_resize(const struct ui *ui);
/* Asks for a window of this size; where it is obeyed, SIGWINCH follows. ui_close asks for the old size again, unless the
 * window has got another one since. */
void ui_ask_resize(struct ui *ui, int columns, int rows);

/* The layout that ui_draw will use for this model. */
void ui_plan(const struct ui *ui, const struct ui_model *model, struct layout *out);
/* The row that ui_draw will put at the top of the list. */
size_t ui_list_top(const struct ui *ui, const struct ui_model *model);
/* The smallest window in which the code of this model would be drawn, beside the panels. False when it never would. */
bool ui_wanted_window(const struct ui *ui, const struct ui_model *model, int *columns, int *rows);

enum ui_drawn {
    UI_DRAWN,
    UI_NOT_NOW, /* the terminal takes no output at the moment: try again soon */
    UI_GAVE_UP  /* it stopped taking output half-way, which cost half a second: try again later; that frame will be whole */
};

enum ui_drawn ui_draw(struct ui *ui, const struct ui_model *model);
/* How many lines stand on one screen of the page that is open, else of the focused panel. */
size_t ui_view_rows(const struct ui *ui, const struct ui_model *model);
/* How many lines the page that is open has: its last screen begins at this less ui_view_rows. */
size_t ui_page_lines(const struct ui_model *model);

#endif
