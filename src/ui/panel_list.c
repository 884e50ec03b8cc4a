/* SPDX-License-Identifier: MIT */
#include "ui/panel_list.h"

#include <stdio.h>
#include <string.h>

#include "core/text.h"
#include "ui/clock_words.h"
#include "ui/list_columns.h"

#define STRIP_VALUE_COLUMNS 4
#define MARK "*"
#define MARK_X 2

static struct list_needs needs_of(const struct canvas *canvas, const struct ui_model *model)
{
    struct list_needs needs = {0};
    for (size_t i = 0; i < model->fleet->count; i++) {
        const struct instance *it = model->fleet->items[i];
        int label = canvas_columns(canvas, it->label), id = (int)strlen(it->id);
        needs.label = label > needs.label ? label : needs.label;
        needs.id = id > needs.id ? id : needs.id;
        needs.names = needs.names || it->link.account.pushname[0];
    }
    return needs;
}

int panel_list_rows(const struct rect *rect)
{
    struct list_columns columns;
    list_columns_plan(&columns, rect->columns, rect->rows, &(struct list_needs){0});
    int rows = rect->rows - columns.heading;
    return rows > 0 ? rows : 1;
}

static void draw_heading(const struct canvas *canvas, const struct rect *rect, const struct list_columns *c, enum order order)
{
    for (int i = 0; i < LIST_COLUMN_COUNT; i++) {
        if (c->at[i].width == 0)
            continue;
        bool sorted = list_column_order((enum list_column)i) == order;
        canvas_text(canvas, rect->y, rect->x + c->at[i].x, c->at[i].width, sorted ? THEME_TITLE : THEME_FAINT,
                    list_column_heading((enum list_column)i));
    }
}

static void phase_text(char *dst, size_t size, const struct link *link, int64_t now)
{
    int64_t minutes = link->starting_since ? (now - link->starting_since) / 60000 : 0;
    if (link->phase == PHASE_REFUSED && link->status)
        snprintf(dst, size, "%s %u", phase_words(link->phase), link->status);
    else if (link->phase == PHASE_STARTING && minutes > 0)
        snprintf(dst, size, "%s %lld min", phase_words(link->phase), (long long)minutes);
    else
        snprintf(dst, size, "%s", phase_words(link->phase));
}

/* Where seconds have no columns of their own. */
static void phase_with_seconds(char *dst, size_t size, const struct link *link, int64_t now)
{
    if (link_code_left(link, now) < 0)
        phase_text(dst, size, link, now);
    else
        snprintf(dst, size, "code %llds %llds", (long long)clock_seconds(link_code_left(link, now)),
                 (long long)clock_seconds(link_session_left(link, now)));
}

static void seconds_text(char *dst, size_t size, int64_t ms)
{
    dst[0] = '\0';
    if (ms >= 0)
        snprintf(dst, size, "%lld s", (long long)clock_seconds(ms));
}

static void phone_text(char *dst, size_t size, const struct wire_account *account)
{
    dst[0] = '\0';
    if (account->phone[0])
        snprintf(dst, size, "+%s", account->phone);
}

/* What stands in the column; returns whether at its right edge. */
static bool cell_text(char *dst, size_t size, enum list_column column, const struct list_columns *c,
                      const struct instance *it, int64_t now)
{
    const struct link *link = &it->link;
    dst[0] = '\0';
    switch (column) {
    case LIST_LABEL:
        text_copy(dst, size, it->label);
        return false;
    case LIST_ID:
        text_copy(dst, size, it->id);
        return false;
    case LIST_PHASE:
        (c->at[LIST_CODE].width ? phase_text : phase_with_seconds)(dst, size, link, now);
        return false;
    case LIST_CODE:
        seconds_text(dst, size, order_code_left(link, now));
        return true;
    case LIST_SESSION:
        seconds_text(dst, size, link_session_left(link, now));
        return true;
    case LIST_PHONE:
        phone_text(dst, size, &link->account);
        return false;
    case LIST_NAME:
        text_copy(dst, size, link->account.pushname);
        return false;
    case LIST_SINCE:
        if (link->phase != PHASE_UNKNOWN)
            clock_span(dst, size, now - link->phase_since);
        return true;
    case LIST_ERROR:
    case LIST_COLUMN_COUNT:
        text_copy(dst, size, order_error_of(it));
        return false;
    }
    return false;
}

static enum theme_role role_of(enum list_column column, const struct instance *it, bool selected)
{
    if (column == LIST_LABEL)
        return selected ? THEME_SELECTED : THEME_PLAIN;
    if (column == LIST_PHASE)
        return theme_phase_role(it->link.phase);
    return column == LIST_ID || column == LIST_ERROR ? THEME_FAINT : THEME_PLAIN;
}

static void draw_cell(const struct canvas *canvas, const struct rect *rect, int y, enum list_column column,
                      const struct list_columns *c, const struct instance *it, bool selected, int64_t now)
{
    char text[WIRE_TEXT_MAX];
    int x = rect->x + c->at[column].x, width = c->at[column].width;
    bool right = cell_text(text, sizeof text, column, c, it, now);
    if (right)
        canvas_text_right(canvas, y, x, width, role_of(column, it, selected), text);
    else
        canvas_text(canvas, y, x, width, role_of(column, it, selected), text);
}

/* The phone of a linked instance takes the place of the clocks where it has none of its own. */
static void draw_phone_for_clocks(const struct canvas *canvas, const struct rect *rect, int y, const struct list_columns *c,
                                  const struct instance *it)
{
    char text[48];
    phone_text(text, sizeof text, &it->link.account);
    canvas_text_right(canvas, y, rect->x + c->at[LIST_CODE].x, c->at[LIST_CODE].width + c->at[LIST_SESSION].width,
                      THEME_PLAIN, text);
}

static void draw_sign(const struct canvas *canvas, int y, int x, const struct link *link)
{
    canvas_text(canvas, y, x, 1, theme_phase_role(link->phase), phase_mark(link->phase, canvas->ascii));
}

static void draw_wide_row(const struct canvas *canvas, const struct rect *rect, int y, const struct list_columns *c,
                          const struct instance *it, bool selected, int64_t now)
{
    bool phone = it->link.phase == PHASE_LINKED && c->at[LIST_CODE].width && !c->at[LIST_PHONE].width;
    draw_sign(canvas, y, rect->x + 1, &it->link);
    if (it->marked)
        canvas_text(canvas, y, rect->x + MARK_X, 1, THEME_SELECTED, MARK);
    for (int i = 0; i < LIST_COLUMN_COUNT; i++)
        if (c->at[i].width && !(phone && (i == LIST_CODE || i == LIST_SESSION)))
            draw_cell(canvas, rect, y, (enum list_column)i, c, it, selected, now);
    if (phone)
        draw_phone_for_clocks(canvas, rect, y, c, it);
}

/* A marked label begins with the mark: the cursor has the only other column. */
static void draw_strip_row(const struct canvas *canvas, const struct rect *rect, int y, const struct instance *it,
                           bool selected, int64_t now)
{
    char text[16];
    int64_t left = link_has_code(&it->link) ? link_code_left(&it->link, now) : -1;
    int value_x = rect->x + rect->columns - STRIP_VALUE_COLUMNS, x = rect->x + 1;
    if (it->marked)
        x += canvas_text(canvas, y, x, 1, THEME_SELECTED, MARK);
    canvas_text(canvas, y, x, value_x - x + (left < 0), selected ? THEME_SELECTED : THEME_PLAIN, it->label);
    if (left >= 0) {
        snprintf(text, sizeof text, "%llds", (long long)clock_seconds(left));
        canvas_text_right(canvas, y, value_x, STRIP_VALUE_COLUMNS, THEME_PLAIN, text);
    } else
        draw_sign(canvas, y, value_x + 2, &it->link);
}

size_t panel_list_top(const struct rect *rect, const struct ui_model *model)
{
    size_t rows = (size_t)panel_list_rows(rect), count = model->row_count, selected = model->selected;
    size_t last = count > rows ? count - rows : 0, top = model->list_top < last ? model->list_top : last;
    if (selected < top)
        return selected;
    return selected < count && selected >= top + rows ? selected - rows + 1 : top;
}

size_t panel_list_row_at(const struct rect *rect, const struct ui_model *model, int y)
{
    size_t rows = (size_t)panel_list_rows(rect);
    int line = y - (rect->y + rect->rows - (int)rows);
    size_t row = panel_list_top(rect, model) + (size_t)(line > 0 ? line : 0);
    return line >= 0 && row < model->row_count ? row : model->row_count;
}

static void draw_row(struct canvas *canvas, const struct rect *rect, int y, const struct list_columns *c, size_t index,
                     const struct ui_model *model)
{
    const struct instance *it = model->rows[index];
    bool selected = index == model->selected;
    if (selected) {
        canvas_text(canvas, y, rect->x, 1, model->focus == UI_PANEL_LIST ? THEME_SELECTED : THEME_FAINT,
                    canvas_signs(canvas)->cursor);
        canvas->cursor_y = y;
        canvas->cursor_x = rect->x;
    }
    if (c->strip)
        draw_strip_row(canvas, rect, y, it, selected, model->now);
    else
        draw_wide_row(canvas, rect, y, c, it, selected, model->now);
}

void panel_list_draw(struct canvas *canvas, const struct rect *rect, const struct ui_model *model)
{
    struct list_columns c;
    const struct list_needs needs = needs_of(canvas, model);
    if (rect->rows <= 0 || rect->columns <= 0)
        return;
    list_columns_plan(&c, rect->columns, rect->rows, &needs);
    size_t rows = (size_t)panel_list_rows(rect), first = panel_list_top(rect, model);
    int y = rect->y + c.heading;
    if (c.heading)
        draw_heading(canvas, rect, &c, model->order);
    if (model->row_count == 0)
        canvas_text(canvas, y, rect->x + 1, rect->columns - 1, THEME_FAINT,
                    model->fleet->count ? "none fits" : "no instances");
    for (size_t i = 0; i < rows && first + i < model->row_count; i++)
        draw_row(canvas, rect, y + (int)i, &c, first + i, model);
}
