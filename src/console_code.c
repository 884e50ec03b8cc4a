/* SPDX-License-Identifier: MIT
 * The code on show: which mode it is drawn in, and what the operator says of the terminal's glyphs.
 */
#include <stdio.h>

#include "console.h"

/* Modules a side of the symbol that samples are cut from; the smallest there is. */
#define SAMPLE_MODULES 21
/* Where in its drawing the cells that are shown begin: clear of the quiet zone in every mode. */
#define SAMPLE_ROW 2
#define SAMPLE_COLUMN 4
#define KEY_NAME_MAX 16

static void log_unproven(struct console *con, const struct instance *it, enum qr_mode mode)
{
    char text[256];
    snprintf(text, sizeof text, "%s failed their proof and are not shown: %s", qr_mode_info(mode)->words,
             con->viewer.unproven.text);
    app_note(con->app, LOG_WARN, it->label, text);
}

/* Terminals that obey can make the window large enough themselves. Asked for once: the operator may want it small. */
static void ask_for_room(struct console *con, const struct ui_model *model)
{
    char text[128];
    int columns, rows;
    if (con->room_asked || con->wish != QR_MODE_AUTO || con->zoom || con->focus == UI_PANEL_LOG ||
        !ui_can_resize(con->ui) || !ui_wanted_window(con->ui, model, &columns, &rows))
        return;
    con->room_asked = true;
    ui_ask_resize(con->ui, columns, rows);
    snprintf(text, sizeof text, "no room for the code: asked the terminal for a window of %dx%d", columns, rows);
    app_note(con->app, LOG_INFO, "", text);
}

/* Draws in the mode that the layout has room for; where its proof fails, in the next one. */
static bool draw_proven(struct console *con, const struct instance *it, struct ui_model *model)
{
    const struct qr_terminal terminal = ui_terminal(con->ui);
    struct layout layout;
    for (;;) {
        model->barred = con->viewer.barred;
        ui_plan(con->ui, model, &layout);
        if (layout.mode < 0) {
            ask_for_room(con, model);
            return false;
        }
        enum qr_mode mode = (enum qr_mode)layout.mode;
        enum viewer_drawn drawn = viewer_draw(&con->viewer, mode, con->inverted, &terminal);
        if (drawn != VIEWER_UNPROVEN)
            return drawn == VIEWER_DRAWN;
        log_unproven(con, it, mode);
    }
}

/* The key that asks again, as it is bound now. */
struct key_text {
    char name[KEY_NAME_MAX];
};

static struct key_text glyphs_key(const struct console *con)
{
    struct key_text key = {"(no key)"};
    int bound = con->keymap.keys[ACTION_GLYPHS][0];
    if (bound != KEYNAME_NONE)
        keymap_key_name(key.name, sizeof key.name, bound);
    return key;
}

/* Inside tmux the same name can stand for another terminal today: an answer of an earlier day is told, once. */
void console_note_recalled(struct console *con, const struct qr_drawing *drawing)
{
    char text[128];
    const struct qr_mode_info *info = qr_mode_info(drawing->mode);
    if (!(con->recalled & 1u << info->ability))
        return;
    con->recalled &= ~(1u << info->ability);
    snprintf(text, sizeof text, "%s, solid as you once said; %s asks again", info->words, glyphs_key(con).name);
    app_note(con->app, LOG_INFO, console_selected(con)->label, text);
}

void console_show_code(struct console *con, struct ui_model *model)
{
    struct instance *it = console_selected(con);
    if (!it || !viewer_load(&con->viewer, it))
        return;
    model->code.modules = con->viewer.symbol.size;
    if (con->viewer.symbol.size == 0) {
        model->code.text = con->viewer.failure.text;
        return;
    }
    if (!draw_proven(con, it, model))
        return;
    const struct qr_drawing *drawing = &con->viewer.drawing;
    model->code.drawing = drawing;
    model->code.drawing_id = con->viewer.drawings;
    model->code.verified = con->viewer.verified;
    model->code.inverted = drawing->inverted;
    model->code.polarity_unsure = !ui_polarity_known(con->ui);
    model->code.risky = qr_mode_info(drawing->mode)->use == QR_USE_RISKY;
}

/* Whether the code would be drawn in the mode in this window; `supposed` is taken for granted. */
static bool mode_fits(struct console *con, enum qr_mode wish, enum qr_ability supposed)
{
    struct ui_model model;
    struct layout layout;
    console_make_model(con, &model);
    model.wish = wish;
    model.supposed = supposed;
    model.barred = con->viewer.barred;
    model.focus = UI_PANEL_LIST; /* a large log would leave a code no room at all */
    model.code.modules = con->viewer.symbol.size;
    ui_plan(con->ui, &model, &layout);
    return wish == QR_MODE_AUTO ? layout.mode >= 0 : layout.mode == (int)wish;
}

static void wish_for(struct console *con, enum qr_mode wish)
{
    char text[128];
    con->wish = wish;
    if (wish == QR_MODE_AUTO)
        snprintf(text, sizeof text, "mode: auto");
    else
        snprintf(text, sizeof text, "mode: %s%s", qr_mode_info(wish)->words,
                 qr_mode_info(wish)->use == QR_USE_RISKY ? ", which may not scan with every phone" : "");
    console_notice(con, text);
}

/* Three cells of dark stairs, each step longer than the one before, on one light ground: where a glyph is missing, a step
 * is, whether the terminal shows a box or nothing in its place. */
static bool make_sample(struct qr_cell *sample, enum qr_mode mode)
{
    const struct qr_mode_info *info = qr_mode_info(mode);
    struct qr_matrix stairs = {.size = SAMPLE_MODULES};
    struct qr_drawing drawing;
    const struct qr_draw_request request = {.mode = mode, .side = QR_QUIET_SIDE, .top = QR_QUIET_TOP};
    int top = SAMPLE_ROW * info->down - QR_QUIET_TOP, left = SAMPLE_COLUMN * info->across - QR_QUIET_SIDE;
    int steps = UI_SAMPLE_CELLS * info->across;
    for (int step = 0; step < steps; step++)
        for (int y = 0; y < (step + 1) * info->down / steps; y++)
            stairs.dark[(top + y) * SAMPLE_MODULES + left + step] = 1;
    if (!qr_draw(&drawing, &stairs, &request))
        return false;
    for (int i = 0; i < UI_SAMPLE_CELLS; i++)
        sample[i] = drawing.cells[SAMPLE_ROW * drawing.columns + SAMPLE_COLUMN + i];
    qr_drawing_free(&drawing);
    return true;
}

/* Nobody but the operator sees whether the font has these glyphs. */
static void ask_about(struct console *con, enum qr_mode mode)
{
    if (!make_sample(con->sample, mode))
        return;
    con->question = QUESTION_GLYPHS;
    con->asked_mode = mode;
    snprintf(con->question_text, sizeof con->question_text,
             "%s: solid stairs? y = yes, n = boxes, blanks or gaps", qr_mode_info(mode)->words);
}

/* True when the mode is now on show, or asked about. */
static bool try_mode(struct console *con, enum qr_mode wish)
{
    struct ui_ability ability = {.can = true, .sure = true};
    if (wish != QR_MODE_AUTO)
        ui_ability(con->ui, qr_mode_info(wish)->ability, &ability);
    if (ability.sure && !ability.can)
        return false;
    if (!mode_fits(con, wish, wish != QR_MODE_AUTO ? qr_mode_info(wish)->ability : QR_ABILITY_COUNT))
        return false;
    if (ability.sure)
        wish_for(con, wish);
    else
        ask_about(con, wish);
    return true;
}

static void try_modes_after(struct console *con, enum qr_mode last)
{
    for (int step = 1; step <= QR_MODE_COUNT; step++) {
        if (try_mode(con, (enum qr_mode)(((int)last + step) % (QR_MODE_COUNT + 1))))
            return;
    }
    char text[128];
    snprintf(text, sizeof text, "no other mode fits this window; %s asks again how glyphs look", glyphs_key(con).name);
    console_notice(con, text);
}

/* Where nothing is drawn, what certainly can be comes before what may be: so does the fit advisor. */
static bool try_shown_modes(struct console *con)
{
    const struct qr_terminal terminal = ui_terminal(con->ui);
    for (int mode = 0; mode < QR_MODE_COUNT; mode++) {
        if (qr_mode_possible((enum qr_mode)mode, &terminal) && try_mode(con, (enum qr_mode)mode))
            return true;
    }
    return false;
}

void console_next_mode(struct console *con)
{
    if (mode_fits(con, con->wish, QR_ABILITY_COUNT))
        try_modes_after(con, con->wish);
    else if (!try_shown_modes(con))
        try_modes_after(con, QR_MODE_AUTO);
}

static bool ask_again(struct console *con, enum qr_mode mode)
{
    struct ui_ability ability;
    ui_ability(con->ui, qr_mode_info(mode)->ability, &ability);
    if (ability.fixed || !mode_fits(con, mode, qr_mode_info(mode)->ability))
        return false;
    ask_about(con, mode);
    return true;
}

void console_ask_glyphs(struct console *con)
{
    if (con->viewer.drawn && ask_again(con, con->viewer.drawing.mode))
        return;
    for (int mode = 0; mode < QR_MODE_COUNT; mode++) {
        if (ask_again(con, (enum qr_mode)mode))
            return;
    }
    console_notice(con, "no mode that fits this window depends on an answer");
}

void console_recall_glyphs(struct console *con)
{
    char why[MEMORY_WHY_MAX];
    bool can;
    memory_load(&con->memory, why, sizeof why);
    if (why[0])
        app_note(con->app, LOG_WARN, "", why);
    for (int i = 0; i < QR_ABILITY_COUNT; i++)
        if (memory_find(&con->memory, ui_terminal_id(con->ui), (enum qr_ability)i, &can)) {
            ui_answer(con->ui, (enum qr_ability)i, can);
            con->recalled |= 1u << i;
        }
}

static void remember(struct console *con, enum qr_ability ability, bool can)
{
    char why[MEMORY_WHY_MAX];
    ui_answer(con->ui, ability, can);
    if (!memory_put(&con->memory, ui_terminal_id(con->ui), ability, can, why, sizeof why))
        app_note(con->app, LOG_WARN, "", why);
}

/* Anything but y and n leaves all as it was. */
void console_answer_glyphs(struct console *con, int key)
{
    enum qr_mode mode = con->asked_mode;
    bool yes = key == 'y' || key == 'Y', no = key == 'n' || key == 'N';
    if (!yes && !no)
        return;
    remember(con, qr_mode_info(mode)->ability, yes);
    con->recalled &= ~(1u << qr_mode_info(mode)->ability);
    if (yes)
        wish_for(con, mode);
    else
        try_modes_after(con, mode);
}

void console_invert(struct console *con)
{
    con->inverted = !con->inverted;
    if (!ui_polarity_known(con->ui))
        console_notice(con, con->inverted ? "inverted: for a terminal with a light background"
                                          : "for a terminal with a dark background again");
    else
        console_notice(con, con->inverted ? "inverted: most phones cannot read a light code on dark ground"
                                          : "dark on light again, as phones read it");
}
