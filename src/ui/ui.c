/* SPDX-License-Identifier: MIT
 * The face that ui.h promises: the parts of this folder put together.
 */
#include "ui/ui.h"

#include <stdio.h>
#include <stdlib.h>

#include "ui/canvas.h"
#include "ui/charset.h"
#include "ui/draw.h"
#include "ui/input.h"
#include "ui/overlay.h"
#include "ui/panel_help.h"
#include "ui/panel_list.h"
#include "ui/panel_log.h"
#include "ui/stall.h"
#include "ui/terminal.h"

enum sextants_option { SEXTANTS_ASK, SEXTANTS_YES, SEXTANTS_NO };

struct ui {
    struct terminal terminal;
    char name[ANSWER_TEXT_MAX];
    struct input input;
    struct canvas canvas;
    struct overlay overlay;
    struct ui_ability abilities[QR_ABILITY_COUNT];
};

static void decide_abilities(struct ui *ui, int option)
{
    bool draws = answer_draws_sextants(&ui->terminal.answer);
    ui->abilities[QR_ABILITY_PAINT] = (struct ui_ability){true, true, "every terminal has them"};
    ui->abilities[QR_ABILITY_HALF_BLOCKS] = (struct ui_ability){ui->canvas.utf8, !ui->canvas.utf8, "the locale"};
    ui->abilities[QR_ABILITY_SEXTANTS] = (struct ui_ability){
        ui->canvas.utf8 && (option == SEXTANTS_YES || (option == SEXTANTS_ASK && draws)), option != SEXTANTS_ASK || draws,
        "the terminal's name"};
}

struct ui *ui_open(const struct ui_options *options, char *why, size_t why_size)
{
    struct ui *ui = calloc(1, sizeof *ui);
    if (!ui) {
        snprintf(why, why_size, "out of memory");
        return NULL;
    }
    ui->canvas.overlay = &ui->overlay;
    ui->canvas.utf8 = charset_choose();
    ui->canvas.ascii = !ui->canvas.utf8 || terminal_is_linux_console();
    if (!terminal_open(&ui->terminal, why, why_size)) {
        free(ui);
        return NULL;
    }
    const struct answer *answer = &ui->terminal.answer;
    theme_init(&ui->canvas.theme, options->no_color);
    answer_name(answer, ui->name, sizeof ui->name);
    input_init(&ui->input, answer->typed, answer->typed_len);
    decide_abilities(ui, options->sextants);
    return ui;
}

void ui_close(struct ui **ui)
{
    if (!*ui)
        return;
    overlay_remove(&(*ui)->overlay);
    terminal_close(&(*ui)->terminal);
    free(*ui);
    *ui = NULL;
}

int ui_fd(const struct ui *ui)
{
    return ui->terminal.fd;
}

int ui_key(struct ui *ui)
{
    return input_key(&ui->input);
}

void ui_resize(struct ui *ui)
{
    overlay_lost(&ui->overlay);
    terminal_resize();
}

void ui_suspend(struct ui *ui)
{
    overlay_remove(&ui->overlay);
    terminal_suspend();
}

void ui_resume(struct ui *ui)
{
    (void)ui;
    terminal_resume();
}

void ui_redraw(struct ui *ui)
{
    overlay_lost(&ui->overlay);
    clearok(curscr, TRUE);
}

struct qr_terminal ui_terminal(const struct ui *ui)
{
    struct qr_terminal terminal = {0};
    for (int i = 0; i < QR_ABILITY_COUNT; i++)
        terminal.can[i] = ui->abilities[i].can;
    return terminal;
}

void ui_ability(const struct ui *ui, enum qr_ability ability, struct ui_ability *out)
{
    *out = ui->abilities[ability];
}

void ui_answer(struct ui *ui, enum qr_ability ability, bool can)
{
    ui->abilities[ability] = (struct ui_ability){ui->canvas.utf8 && can, true, "the operator said so"};
}

const char *ui_terminal_name(const struct ui *ui)
{
    return ui->name;
}

static struct layout_request request_for(const struct ui *ui, const struct ui_model *model)
{
    struct layout_request request = {
        .columns = COLS,
        .rows = LINES,
        .modules = model->code.modules,
        .wish = model->wish,
        .terminal = ui_terminal(ui),
        .barred = model->barred,
        .zoom = model->zoom,
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

enum ui_drawn ui_draw(struct ui *ui, const struct ui_model *model)
{
    struct layout layout;
    if (!terminal_writable())
        return UI_NOT_NOW;
    struct layout_request request = request_for(ui, model);
    layout_plan(&layout, &request);
    stall_begin();
    draw_frame(&ui->canvas, &layout, model, &request, ui->abilities);
    bool stalled = stall_end();
    if (stalled)
        ui_redraw(ui);
    return stalled ? UI_GAVE_UP : UI_DRAWN;
}

size_t ui_page(const struct ui *ui, const struct ui_model *model)
{
    struct layout layout;
    struct rect help = draw_help_rect();
    if (model->help)
        return (size_t)panel_help_rows(&help);
    ui_plan(ui, model, &layout);
    return (size_t)(model->focus == UI_PANEL_LOG ? panel_log_rows(&layout.log) : panel_list_rows(&layout.list));
}

size_t ui_help_lines(void)
{
    return (size_t)panel_help_lines();
}
