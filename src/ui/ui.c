/* SPDX-License-Identifier: MIT
 * The face that ui.h promises: the parts of this folder put together.
 */
#include "ui/ui.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ui/advise.h"
#include "ui/canvas.h"
#include "ui/clipboard.h"
#include "ui/draw.h"
#include "ui/input.h"
#include "ui/overlay.h"
#include "ui/paging.h"
#include "ui/send.h"
#include "ui/panel_help.h"
#include "ui/panel_list.h"
#include "ui/panel_log.h"
#include "ui/panel_page.h"
#include "ui/stall.h"
#include "ui/survey.h"
#include "ui/terminal.h"

struct ui {
    struct terminal terminal;
    struct survey survey;
    struct input input;
    struct canvas canvas;
    struct overlay overlay;
    bool modes_lost; /* what the terminal was told to send us: told again with the next frame */
};

static bool open_terminal(struct ui *ui, const struct ui_options *options, char *why, size_t why_size)
{
    if (!terminal_open(&ui->terminal, why, why_size))
        return false;
    survey_terminal(&ui->survey, ui->terminal.fd, options);
    return terminal_start(&ui->terminal, ui->survey.entry, why, why_size);
}

/* A terminal that does not tell is taken for light on dark, as all without colours once were. */
static bool is_light(const struct ui *ui)
{
    return ui->survey.facts.answer.background == ANSWER_BACKGROUND_LIGHT;
}

static void follow_survey(struct ui *ui)
{
    const struct ability_facts *facts = &ui->survey.facts;
    ui->overlay.graphics = abilities_graphics(facts);
    ui->canvas.utf8 = facts->utf8;
    ui->canvas.wide = abilities_wide(facts);
    ui->canvas.ascii = !facts->utf8 || ui->canvas.wide || facts->who.linux_console;
    terminal_await(ui->survey.awaited != PROBE_NONE);
}

struct ui *ui_open(const struct ui_options *options, char *why, size_t why_size)
{
    struct ui *ui = calloc(1, sizeof *ui);
    if (!ui) {
        snprintf(why, why_size, "out of memory");
        return NULL;
    }
    if (!open_terminal(ui, options, why, why_size)) {
        free(ui);
        return NULL;
    }
    ui->canvas.overlay = &ui->overlay;
    follow_survey(ui);
    theme_init(&ui->canvas.theme, options->styles, options->no_color, is_light(ui));
    input_init(&ui->input, &ui->survey.facts.answer);
    ui->input.window = ui->terminal.keys;
    ui->modes_lost = true;
    return ui;
}

bool ui_look_at_clients(struct ui *ui, char *text, size_t size)
{
    if (!survey_clients(&ui->survey))
        return false;
    follow_survey(ui);
    ui_redraw(ui);
    snprintf(text, size, "text goes out as %s now: %s", ui->survey.facts.utf8 ? "UTF-8" : "ASCII", ui->survey.facts.charset_why);
    return true;
}

bool ui_take_late_answers(struct ui *ui)
{
    char question[PROBE_QUESTION_MAX];
    if (!survey_take_late(&ui->survey, question))
        return false;
    follow_survey(ui);
    theme_set_light(&ui->canvas.theme, is_light(ui));
    stall_begin();
    send_bytes(question, strlen(question));
    stall_end();
    ui_redraw(ui);
    return true;
}

static void send_text(const char *text)
{
    send_bytes(text, strlen(text));
}

/* A paste comes in brackets, so that it is told from keys. */
static void send_modes(struct ui *ui)
{
    send_text("\033[?2004h");
    if (ui->input.mouse)
        send_text("\033[?1000h\033[?1006h");
    else
        send_text("\033[?1006l\033[?1000l");
    keypad(ui->terminal.keys, TRUE);
    ui->modes_lost = false;
}

/* What ncurses knows nothing of is taken away before it leaves the screen. */
static void clear_screen(struct ui *ui)
{
    stall_begin();
    send_text("\033[?2004l");
    if (ui->input.mouse)
        send_text("\033[?1006l\033[?1000l");
    overlay_remove(&ui->overlay);
    stall_end();
}

void ui_close(struct ui **ui)
{
    if (!*ui)
        return;
    if (!(*ui)->terminal.away)
        clear_screen(*ui);
    terminal_close(&(*ui)->terminal);
    free(*ui);
    *ui = NULL;
}

int ui_fd(const struct ui *ui)
{
    return ui->terminal.fd;
}

int ui_key(struct ui *ui, int64_t now)
{
    return input_key(&ui->input, now);
}

struct ui_paste ui_paste(const struct ui *ui)
{
    return (struct ui_paste){ui->input.paste, ui->input.paste_count};
}

bool ui_is_pasting(const struct ui *ui, size_t *count)
{
    *count = ui->input.paste_count;
    return input_is_pasting(&ui->input);
}

void ui_end_paste(struct ui *ui)
{
    input_end_paste(&ui->input);
}

void ui_resize(struct ui *ui)
{
    overlay_lost(&ui->overlay);
    terminal_resize();
    survey_window(&ui->survey, ui->terminal.fd);
}

void ui_suspend(struct ui *ui)
{
    clear_screen(ui);
    terminal_suspend(&ui->terminal);
}

bool ui_resume(struct ui *ui)
{
    if (!terminal_resume(&ui->terminal))
        return false;
    ui_redraw(ui);
    survey_window(&ui->survey, ui->terminal.fd);
    return true;
}

void ui_redraw(struct ui *ui)
{
    overlay_lost(&ui->overlay);
    clearok(curscr, TRUE);
    ui->modes_lost = true;
}

int ui_signal_of(const struct ui *ui, int key)
{
    return terminal_signal_of(&ui->terminal, key);
}

bool ui_takes_output(const struct ui *ui)
{
    return !ui->terminal.away && stall_takes_output();
}

struct qr_terminal ui_terminal(const struct ui *ui)
{
    return abilities_terminal(&ui->survey.facts);
}

void ui_ability(const struct ui *ui, enum qr_ability ability, struct ui_ability *out)
{
    abilities_decide(out, &ui->survey.facts, ability);
}

void ui_answer(struct ui *ui, enum qr_ability ability, bool can)
{
    ui->survey.facts.said[ability] = can ? ABILITY_YES : ABILITY_NO;
}

void ui_forget_answer(struct ui *ui, enum qr_ability ability)
{
    ui->survey.facts.said[ability] = ABILITY_UNSAID;
}

const char *ui_stand_in(const struct ui *ui)
{
    return survey_has_stand_in(&ui->survey) ? ui->survey.entry : NULL;
}

const char *ui_terminal_name(const struct ui *ui)
{
    return ui->survey.facts.who.name;
}

const char *ui_terminal_id(const struct ui *ui)
{
    return ui->survey.facts.who.id;
}

bool ui_copy(struct ui *ui, const char *text)
{
    stall_begin();
    bool copied = clipboard_copy(text);
    if (stall_end())
        ui_redraw(ui);
    return copied;
}

void ui_set_mouse(struct ui *ui, bool on)
{
    if (on == ui->input.mouse)
        return;
    input_set_mouse(&ui->input, on);
    ui->modes_lost = true;
}

static bool is_inside(const struct rect *rect, int y, int x)
{
    return y >= rect->y && y < rect->y + rect->rows && x >= rect->x && x < rect->x + rect->columns;
}

void ui_hit(const struct ui *ui, const struct ui_model *model, struct ui_hit *out)
{
    struct layout layout;
    int y = ui->input.mouse_y, x = ui->input.mouse_x;
    *out = (struct ui_hit){.panel = UI_PANEL_COUNT};
    ui_plan(ui, model, &layout);
    if (is_inside(&layout.list, y, x)) {
        out->panel = UI_PANEL_LIST;
        out->row = panel_list_row_at(&layout.list, model, y);
    } else if (is_inside(&layout.log, y, x)) {
        out->panel = UI_PANEL_LOG;
        out->line = panel_log_line_at(&layout.log, model, y);
    }
}

void ui_bell(struct ui *ui)
{
    stall_begin();
    beep();
    if (stall_end())
        ui_redraw(ui);
}

void ui_notify(struct ui *ui, enum notify_how how, const char *text)
{
    bool osc777 = how == NOTIFY_AUTO ? ui->survey.facts.who.known->osc777 : how == NOTIFY_OSC777;
    stall_begin();
    notify_send(text, osc777);
    if (stall_end())
        ui_redraw(ui);
}

const char *ui_dot(const struct ui *ui)
{
    return canvas_signs(&ui->canvas)->dot;
}

bool ui_polarity_known(const struct ui *ui)
{
    return !ui->canvas.theme.reverse || ui->survey.facts.answer.background != ANSWER_BACKGROUND_UNKNOWN;
}

bool ui_can_resize(const struct ui *ui)
{
    return ui->survey.facts.who.known->resizes;
}

void ui_ask_resize(struct ui *ui, int columns, int rows)
{
    terminal_ask_size(&ui->terminal, columns, rows);
}

static void decide_all(const struct ui *ui, struct ui_ability abilities[QR_ABILITY_COUNT])
{
    for (int i = 0; i < QR_ABILITY_COUNT; i++)
        ui_ability(ui, (enum qr_ability)i, &abilities[i]);
}

/* Codes side by side share a mode: the largest counts. */
static int most_modules(const struct ui_model *model)
{
    int most = 0;
    for (int i = 0; i < model->code_count; i++)
        most = model->codes[i].modules > most ? model->codes[i].modules : most;
    return most;
}

static struct layout_request request_for(const struct ui *ui, const struct ui_model *model)
{
    struct layout_request request = {
        .columns = COLS,
        .rows = LINES,
        .modules = most_modules(model),
        .wish = model->wish,
        .terminal = ui_terminal(ui),
        .barred = model->barred,
        .zoom = model->zoom,
        .codes = model->code_count,
        .status_columns = model->status ? canvas_columns(&ui->canvas, model->status) + 2 : 0,
        .list_wish = model->list_wish,
        .log_wish = model->log_wish,
        .log_large = model->focus == UI_PANEL_LOG,
    };
    if (model->supposed < QR_ABILITY_COUNT)
        request.terminal.can[model->supposed] = true;
    return request;
}

void ui_plan(const struct ui *ui, const struct ui_model *model, struct layout *out)
{
    struct layout_request request = request_for(ui, model);
    layout_plan(out, &request);
}

size_t ui_list_top(const struct ui *ui, const struct ui_model *model)
{
    struct layout layout;
    ui_plan(ui, model, &layout);
    return layout.list.rows > 0 ? panel_list_top(&layout.list, model) : model->list_top;
}

bool ui_wanted_window(const struct ui *ui, const struct ui_model *model, int *columns, int *rows)
{
    struct ui_ability abilities[QR_ABILITY_COUNT];
    const struct advise_request request = {.layout = request_for(ui, model), .abilities = abilities};
    decide_all(ui, abilities);
    return advise_window(&request, columns, rows);
}

enum ui_drawn ui_draw(struct ui *ui, const struct ui_model *model)
{
    struct layout layout;
    if (!ui_takes_output(ui))
        return UI_NOT_NOW;
    struct layout_request request = request_for(ui, model);
    layout_plan(&layout, &request);
    struct ui_ability abilities[QR_ABILITY_COUNT];
    decide_all(ui, abilities);
    stall_begin();
    if (ui->modes_lost)
        send_modes(ui);
    draw_frame(&ui->canvas, &layout, model, &request, abilities);
    bool stalled = stall_end();
    if (stalled)
        ui_redraw(ui);
    return stalled ? UI_GAVE_UP : UI_DRAWN;
}

size_t ui_view_rows(const struct ui *ui, const struct ui_model *model)
{
    struct layout layout;
    struct rect page = draw_page_rect();
    if (model->page != UI_PAGE_NONE)
        return (size_t)page_rows(&page);
    ui_plan(ui, model, &layout);
    return (size_t)(model->focus == UI_PANEL_LOG ? panel_log_rows(&layout.log) : panel_list_rows(&layout.list));
}

void ui_restyle(struct ui *ui, const struct style *styles, bool no_color)
{
    theme_restyle(&ui->canvas.theme, styles, no_color);
}

context_set ui_contexts(const struct ui_model *model)
{
    context_set panel = CONTEXT_BIT(model->focus == UI_PANEL_LOG ? CONTEXT_LOG : CONTEXT_LIST);
    return CONTEXT_BIT(CONTEXT_EVERYWHERE) | panel | (model->queue_runs ? CONTEXT_BIT(CONTEXT_QUEUE) : 0);
}

size_t ui_page_lines(const struct ui_model *model)
{
    struct rect page = draw_page_rect();
    return (size_t)(model->page == UI_PAGE_HELP ? panel_help_lines() : panel_page_lines(&page, model));
}
