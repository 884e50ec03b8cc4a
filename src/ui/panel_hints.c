/* SPDX-License-Identifier: MIT */
#include "ui/panel_hints.h"

#include <string.h>

#include "core/prompt.h"
#include "core/text.h"
#include "ui/offer.h"

#define GAP 2

static bool is_always_shown(enum action action)
{
    return action == ACTION_HELP || action == ACTION_QUIT;
}

static bool works_now(const struct ui_model *model, enum action action)
{
    bool code = model->codes[0].modules > 0, busy = model->subject && link_is_busy(&model->subject->link);
    if (model->page)
        return is_always_shown(action);
    if (!(ui_contexts(model) & CONTEXT_BIT(action_info(action)->context)))
        return false;
    switch (action) {
    case ACTION_LINK:
    case ACTION_STOP:
    case ACTION_LOGOUT:
    case ACTION_REBOOT:
    case ACTION_VENDOR_PAGE:
        return model->subject && offer_works(model, model->subject, action);
    case ACTION_REFRESH:
    case ACTION_PAIR:
        /* Of use at any time, but while a code is on show other keys matter more, and the bar is short. */
        return !busy && model->subject && offer_works(model, model->subject, action);
    case ACTION_MARK:
    case ACTION_QUEUE:
    case ACTION_SORT:
        return !busy && !model->queue_runs && !offer_why_off(model, action);
    case ACTION_MODE:
        return code;
    case ACTION_ZOOM:
        return code || model->zoom;
    case ACTION_PANEL:
        return !model->zoom;
    case ACTION_SCAN:
        return model->demo && code;
    default:
        return true;
    }
}

static int hint_columns(const struct canvas *canvas, const struct ui_model *model, enum action action)
{
    char name[OFFER_KEY_MAX];
    if (!action_info(action)->hint[0] || !offer_key(model, action, name) || !works_now(model, action))
        return 0;
    return canvas_columns(canvas, name) + 1 + (int)strlen(action_info(action)->hint) + GAP;
}

static int draw_hint(const struct canvas *canvas, const struct rect *rect, int x, const struct ui_model *model,
                     enum action action)
{
    char name[OFFER_KEY_MAX];
    int right = rect->x + rect->columns;
    offer_key(model, action, name);
    x += canvas_text(canvas, rect->y, x, right - x, THEME_KEY, name) + 1;
    return x + canvas_text(canvas, rect->y, x, right - x, THEME_PLAIN, action_info(action)->hint) + GAP;
}

void panel_hints_draw(const struct canvas *canvas, const struct rect *rect, const struct ui_model *model)
{
    if (rect->rows <= 0)
        return;
    int x = rect->x, room = rect->columns + GAP;
    for (int i = 0; i < ACTION_COUNT; i++)
        if (is_always_shown((enum action)i))
            room -= hint_columns(canvas, model, (enum action)i);
    for (int i = 0; i < ACTION_COUNT; i++) {
        int columns = hint_columns(canvas, model, (enum action)i);
        bool always = is_always_shown((enum action)i);
        if (columns == 0 || (!always && columns > room))
            continue;
        room -= always ? 0 : columns;
        x = draw_hint(canvas, rect, x, model, (enum action)i);
    }
}

/* Where the question has no room, what answers it stays. */
#define ANSWERS " y/N"

static void draw_question(struct canvas *canvas, const struct rect *rect, const struct ui_model *model)
{
    char head[256];
    size_t len = strlen(model->question), tail = strlen(ANSWERS);
    int room = rect->columns - 1, x = rect->x;
    if (len > tail && strcmp(model->question + len - tail, ANSWERS) == 0 && canvas_columns(canvas, model->question) > room) {
        text_fit(head, sizeof head, model->question, room - (int)tail, canvas->ascii);
        x += canvas_text(canvas, rect->y, x, room, THEME_QUESTION, head);
        x += canvas_text(canvas, rect->y, x, room, THEME_QUESTION, ANSWERS);
    } else
        x += canvas_text(canvas, rect->y, x, rect->columns, THEME_QUESTION, model->question);
    canvas->cursor_x = x + 1;
    canvas->cursor_y = rect->y;
}

/* The line keeps at least this much of the room, and one column for the cursor. */
#define PROMPT_COLUMNS 16

/* Why the line is not taken stands before it, as far as the line leaves room. */
static int draw_prompt_label(const struct canvas *canvas, const struct rect *rect, const struct ui_model *model)
{
    char why[128];
    int typed = text_columns(model->prompt->text) + 2, most = rect->columns - (typed > PROMPT_COLUMNS ? PROMPT_COLUMNS : typed) - 1;
    if (!model->prompt_why)
        return canvas_text(canvas, rect->y, rect->x, rect->columns, THEME_KEY, model->prompt_label);
    text_fit(why, sizeof why, model->prompt_why, most - 1, canvas->ascii);
    int x = rect->x + canvas_text(canvas, rect->y, rect->x, most, THEME_QUESTION, why);
    return x - rect->x + canvas_text(canvas, rect->y, x, 1, THEME_KEY, ":");
}

static void draw_prompt(struct canvas *canvas, const struct rect *rect, const struct ui_model *model)
{
    char text[PROMPT_MAX];
    int x = rect->x + draw_prompt_label(canvas, rect, model) + 1;
    int room = rect->x + rect->columns - x, cursor = prompt_visible(model->prompt, room, text, sizeof text);
    canvas_text(canvas, rect->y, x, room, THEME_PLAIN, text);
    canvas->cursor_y = rect->y;
    canvas->cursor_x = x + cursor;
}

bool panel_hints_message(struct canvas *canvas, const struct rect *rect, const struct ui_model *model)
{
    bool typing = model->prompt && !model->question;
    if (!model->question && !model->prompt && !model->notice)
        return false;
    canvas_fill(canvas, rect->y, rect->x, rect->columns,
                typing ? THEME_PLAIN : model->question ? THEME_QUESTION : THEME_TITLE, " ");
    if (model->question)
        draw_question(canvas, rect, model);
    else if (typing)
        draw_prompt(canvas, rect, model);
    else
        canvas_text(canvas, rect->y, rect->x, rect->columns, THEME_TITLE, model->notice);
    return true;
}
