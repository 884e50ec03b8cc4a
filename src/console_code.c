/* SPDX-License-Identifier: MIT
 * The code on show: which mode it is drawn in, and what the operator says of the terminal's glyphs.
 */
#include <stdio.h>

#include "console.h"
#include "qr/sample.h"

#define KEY_NAME_MAX 16

static void log_unproven(struct console *con, const struct viewer *viewer, enum qr_mode mode)
{
    char text[256];
    snprintf(text, sizeof text, "%s failed their proof and are not shown: %s", qr_mode_info(mode)->words,
             viewer->unproven.text);
    app_note(con->app, LOG_WARN, viewer->instance->label, text);
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

/* Draws the codes that are held in the mode that the layout has room for; where a proof fails, in the next one. Returns
 * false when there is none. */
static bool draw_proven(struct console *con, struct ui_model *model)
{
    const struct qr_terminal terminal = ui_terminal(con->ui);
    struct layout layout;
    model->barred = 0;
    for (int i = 0; i < model->code_count; i++)
        model->barred |= con->viewers[i].barred;
    ui_plan(con->ui, model, &layout);
    if (layout.mode < 0 && model->code_count == 1)
        ask_for_room(con, model);
    if (layout.mode < 0)
        return false;
    enum qr_mode mode = (enum qr_mode)layout.mode;
    for (int i = 0; i < model->code_count; i++) {
        if (model->codes[i].modules == 0 || viewer_draw(&con->viewers[i], mode, con->inverted, &terminal) != VIEWER_UNPROVEN)
            continue;
        log_unproven(con, &con->viewers[i], mode);
        return draw_proven(con, model);
    }
    return true;
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
    app_note(con->app, LOG_INFO, con->selected ? con->selected->label : "", text);
}

static bool has(const struct instance *const *picked, int count, const struct instance *it)
{
    for (int i = 0; i < count; i++)
        if (picked[i] == it)
            return true;
    return false;
}

/* Whose codes belong on the screen: the instance that the keys act on, then, where several codes are wished for, others
 * that are being linked. The queue's stand together, in their order, while the cursor is on one of them. */
static int pick_instances(const struct console *con, const struct instance *picked[UI_CODES_MAX], int most)
{
    int count = console_queue_shown(con, picked);
    if (!con->selected)
        return 0;
    if (most == 1 || !has(picked, count, con->selected))
        picked[0] = con->selected, count = 1;
    for (size_t i = 0; i < con->rows.count && count < most; i++)
        if (!has(picked, count, con->rows.items[i]) && link_is_busy(&con->rows.items[i]->link))
            picked[count++] = con->rows.items[i];
    return count < most ? count : most;
}

/* The viewer of a pane holds its instance's code; one that moved to another pane takes its drawing along. */
static struct viewer *seat_viewer(struct console *con, int pane, const struct instance *it)
{
    for (int i = pane; i < UI_CODES_MAX; i++) {
        if (con->viewers[i].instance != it)
            continue;
        struct viewer moving = con->viewers[i];
        con->viewers[i] = con->viewers[pane];
        con->viewers[pane] = moving;
        break;
    }
    return &con->viewers[pane];
}

static void load_code(struct console *con, struct ui_model *model, int pane, const struct instance *it)
{
    struct viewer *viewer = seat_viewer(con, pane, it);
    struct ui_code *code = &model->codes[pane];
    code->instance = it;
    if (!viewer_load(viewer, it))
        return;
    code->modules = viewer->symbol.size;
    if (viewer->symbol.size == 0)
        code->text = viewer->failure.text;
}

static void show_drawing(struct console *con, struct ui_code *code, const struct viewer *viewer)
{
    const struct qr_drawing *drawing = &viewer->drawing;
    code->drawing = drawing;
    code->drawing_id = viewer->drawings;
    code->verified = viewer->verified;
    code->inverted = drawing->inverted;
    code->polarity_unsure = !ui_polarity_known(con->ui);
    code->risky = qr_mode_info(drawing->mode)->use == QR_USE_RISKY;
}

/* As many of the wished codes as fit. */
static int fitting_panes(const struct console *con, const struct ui_model *model)
{
    struct layout layout;
    struct ui_model wished = *model;
    wished.code_count = con->code_wish;
    ui_plan(con->ui, &wished, &layout);
    return layout.panes > 1 ? layout.panes : 1;
}

void console_show_codes(struct console *con, struct ui_model *model)
{
    const struct instance *picked[UI_CODES_MAX];
    int most = con->code_wish > 1 ? fitting_panes(con, model) : 1;
    queue_set_slots(&con->queue, (size_t)most, app_now(con->app));
    model->code_count = pick_instances(con, picked, most);
    for (int i = 0; i < model->code_count; i++)
        load_code(con, model, i, picked[i]);
    for (int i = model->code_count; i < UI_CODES_MAX; i++)
        if (con->viewers[i].instance)
            viewer_clear(&con->viewers[i]);
    if (!draw_proven(con, model))
        return;
    for (int i = 0; i < model->code_count; i++)
        if (model->codes[i].modules > 0 && con->viewers[i].drawn)
            show_drawing(con, &model->codes[i], &con->viewers[i]);
}

const struct viewer *console_viewer_of(const struct console *con, const struct instance *instance)
{
    for (int i = 0; i < UI_CODES_MAX; i++)
        if (con->viewers[i].instance == instance)
            return &con->viewers[i];
    return NULL;
}

static bool fits(struct console *con, enum qr_mode wish, enum qr_ability supposed, bool zoom)
{
    struct ui_model model;
    struct layout layout;
    console_make_model(con, &model);
    model.zoom = zoom;
    model.wish = wish;
    model.supposed = supposed;
    model.barred = con->viewers[0].barred;
    model.focus = UI_PANEL_LIST; /* a large log would leave a code no room at all */
    model.code_count = 1;
    model.codes[0].modules = con->viewers[0].symbol.size;
    ui_plan(con->ui, &model, &layout);
    return wish == QR_MODE_AUTO ? layout.mode >= 0 : layout.mode == (int)wish;
}

/* Whether the code would be drawn in the mode in this window; `supposed` is taken for granted. */
static bool mode_fits(struct console *con, enum qr_mode wish, enum qr_ability supposed)
{
    return fits(con, wish, supposed, con->zoom);
}

/* Whether it has room in what the terminal can draw, beside the panels or alone. */
static bool code_fits(struct console *con)
{
    return fits(con, QR_MODE_AUTO, QR_ABILITY_COUNT, false) || fits(con, QR_MODE_AUTO, QR_ABILITY_COUNT, true);
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

static void answer_glyphs(struct console *con, struct instance *it, int key);

static bool glyphs_are_asked(const struct console *con)
{
    return con->question.answer == answer_glyphs;
}

const struct qr_drawing *console_sample(const struct console *con)
{
    return glyphs_are_asked(con) ? &con->glyphs.sample : NULL;
}

/* The operator is, or was a moment ago, looking at a code. */
static bool awaits_code(const struct instance *it)
{
    return it && link_is_busy(&it->link) && it->link.phase != PHASE_LINKING && it->link.phase != PHASE_PAIRING;
}

/* Nobody but the operator sees whether the font has these glyphs. */
static void ask_about(struct console *con, enum qr_mode mode, bool by_itself)
{
    struct console_glyphs *glyphs = &con->glyphs;
    char text[128];
    qr_drawing_free(&glyphs->sample);
    if (!qr_sample(&glyphs->sample, mode))
        return;
    glyphs->mode = mode;
    glyphs->by_itself = by_itself;
    glyphs->about_code = awaits_code(con->selected);
    if (!by_itself)
        glyphs->settled |= 1u << qr_mode_info(mode)->ability;
    snprintf(text, sizeof text, "%s: solid stairs? y = yes, n = boxes, blanks or gaps", qr_mode_info(mode)->words);
    console_ask(con, answer_glyphs, NULL, text);
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
        ask_about(con, wish, false);
    return true;
}

static void note_no_other_mode(struct console *con)
{
    char text[128];
    snprintf(text, sizeof text, "no other mode fits this window; %s asks again how glyphs look", glyphs_key(con).name);
    console_notice(con, text);
}

static void try_modes_after(struct console *con, enum qr_mode last)
{
    for (int step = 1; step <= QR_MODE_COUNT; step++) {
        if (try_mode(con, (enum qr_mode)(((int)last + step) % (QR_MODE_COUNT + 1))))
            return;
    }
    note_no_other_mode(con);
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
    console_look_at_clients(con);
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
    ask_about(con, mode, false);
    return true;
}

void console_ask_glyphs(struct console *con)
{
    console_look_at_clients(con);
    if (con->viewers[0].drawn && ask_again(con, con->viewers[0].drawing.mode))
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
    memory_free(&con->memory);
    memory_load(&con->memory, why, sizeof why);
    if (why[0])
        app_note(con->app, LOG_WARN, "", why);
    con->recalled = 0;
    for (int i = 0; i < QR_ABILITY_COUNT; i++) {
        if (con->glyphs.settled & 1u << i)
            continue;
        ui_forget_answer(con->ui, (enum qr_ability)i);
        if (memory_find(&con->memory, ui_terminal_id(con->ui), (enum qr_ability)i, &can)) {
            ui_answer(con->ui, (enum qr_ability)i, can);
            con->recalled |= 1u << i;
        }
    }
}

static void remember(struct console *con, enum qr_ability ability, bool can)
{
    char why[MEMORY_WHY_MAX];
    ui_answer(con->ui, ability, can);
    con->recalled &= ~(1u << ability);
    con->glyphs.settled |= 1u << ability;
    if (!memory_put(&con->memory, ui_terminal_id(con->ui), ability, can, why, sizeof why))
        app_note(con->app, LOG_WARN, "", why);
}

/* Of the modes that the terminal may be able to draw, the first in which the code fits; QR_MODE_AUTO = none. */
static enum qr_mode mode_to_ask(struct console *con)
{
    for (int i = 0; i < QR_MODE_COUNT; i++) {
        struct ui_ability ability;
        enum qr_mode mode = (enum qr_mode)i;
        ui_ability(con->ui, qr_mode_info(mode)->ability, &ability);
        bool open = !ability.can && !ability.sure && !(con->glyphs.settled & 1u << qr_mode_info(mode)->ability);
        if (open && mode_fits(con, mode, qr_mode_info(mode)->ability))
            return mode;
    }
    return QR_MODE_AUTO;
}

/* The operator may be asked: there is a code that has no room in what the terminal can draw. */
static bool wants_glyphs(struct console *con, const struct ui_model *model)
{
    return !con->glyphs.declined && con->wish == QR_MODE_AUTO && model->codes[0].modules > 0 &&
           !model->codes[0].drawing && !code_fits(con);
}

static bool has_lost_its_reason(struct console *con)
{
    const struct console_glyphs *glyphs = &con->glyphs;
    struct ui_ability ability;
    ui_ability(con->ui, qr_mode_info(glyphs->mode)->ability, &ability);
    return ability.fixed || (glyphs->about_code && !awaits_code(con->selected)) ||
           !mode_fits(con, glyphs->mode, qr_mode_info(glyphs->mode)->ability) ||
           (glyphs->by_itself && code_fits(con));
}

bool console_tend_glyphs(struct console *con, const struct ui_model *model)
{
    if (glyphs_are_asked(con) && has_lost_its_reason(con)) {
        console_drop_question(con);
        return true;
    }
    if (con->question.answer || con->prompt.typed || con->page.kind != UI_PAGE_NONE || con->focus == UI_PANEL_LOG ||
        !wants_glyphs(con, model))
        return false;
    enum qr_mode mode = mode_to_ask(con);
    if (mode == QR_MODE_AUTO)
        return false;
    ask_about(con, mode, true);
    return true;
}

/* A question that nobody asked for stops no other key. */
static void pass_key_on(struct console *con, int key)
{
    console_press(con, key);
    if (!con->question.answer && !con->prompt.typed && con->page.kind == UI_PAGE_NONE)
        con->question.answer = answer_glyphs;
}

/* Where it came by itself, the ladder draws what it now may. */
static void answer_for(struct console *con, enum qr_mode mode, bool yes)
{
    remember(con, qr_mode_info(mode)->ability, yes);
    if (con->glyphs.by_itself) {
        if (!yes && mode_to_ask(con) == QR_MODE_AUTO)
            note_no_other_mode(con);
    } else if (yes)
        wish_for(con, mode);
    else
        try_modes_after(con, mode);
}

/* Anything but y and n leaves all as it was. */
static void answer_glyphs(struct console *con, struct instance *it, int key)
{
    (void)it;
    bool yes = key == 'y' || key == 'Y', no = key == 'n' || key == 'N';
    if (yes || no)
        answer_for(con, con->glyphs.mode, yes);
    else if (con->glyphs.by_itself && key == KEYNAME_ESC)
        con->glyphs.declined = true;
    else if (con->glyphs.by_itself)
        pass_key_on(con, key);
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
