/* SPDX-License-Identifier: MIT */
#include "ui/panel_list.h"

#include <stdio.h>
#include <string.h>

#include "core/text.h"
#include "ui/clock_words.h"

/* From these widths on a row has: the phase in words; id, code, session; a remark. */
#define PHASE_FROM 28
#define DETAILS_FROM 48
#define REMARK_FROM 72
#define PHASE_COLUMNS 15
#define CODE_COLUMNS 5
#define SESSION_COLUMNS 8
#define REMARK_COLUMNS 24
#define STRIP_VALUE_COLUMNS 4
#define LABEL_COLUMNS_MAX 32
#define ID_COLUMNS_MIN 10
#define ID_COLUMNS_MAX 20

/* Where the columns of a wide row begin, and their widths; 0 = not there. */
struct columns {
    int label, label_width;
    int id, id_width;
    int phase;
    int code;
    int session;
    int remark, remark_width;
};

static int id_width(const struct fleet *fleet)
{
    int width = ID_COLUMNS_MIN;
    for (size_t i = 0; i < fleet->count; i++)
        if ((int)strlen(fleet->items[i]->id) > width)
            width = (int)strlen(fleet->items[i]->id);
    return width < ID_COLUMNS_MAX ? width : ID_COLUMNS_MAX;
}

static struct columns plan_columns(const struct rect *rect, const struct fleet *fleet)
{
    struct columns c = {.label = 3};
    bool details = rect->columns >= DETAILS_FROM;
    int right = PHASE_COLUMNS;
    if (details) {
        c.id_width = id_width(fleet);
        right += c.id_width + 1 + CODE_COLUMNS + SESSION_COLUMNS;
    }
    if (rect->columns >= REMARK_FROM)
        right += REMARK_COLUMNS;
    c.label_width = rect->columns - c.label - right - 1;
    if (c.label_width > LABEL_COLUMNS_MAX)
        c.label_width = LABEL_COLUMNS_MAX;
    c.phase = c.label + c.label_width + 1;
    if (!details)
        return c;
    c.id = c.phase;
    c.phase = c.id + c.id_width + 1;
    c.code = c.phase + PHASE_COLUMNS;
    c.session = c.code + CODE_COLUMNS;
    c.remark = rect->columns >= REMARK_FROM ? c.session + SESSION_COLUMNS + 1 : 0;
    c.remark_width = c.remark ? rect->columns - c.remark : 0;
    return c;
}

static bool has_heading(const struct rect *rect)
{
    return rect->columns >= DETAILS_FROM && rect->rows >= 4;
}

int panel_list_rows(const struct rect *rect)
{
    int rows = rect->rows - has_heading(rect);
    return rows > 0 ? rows : 1;
}

static void draw_heading(const struct canvas *canvas, const struct rect *rect, const struct columns *c)
{
    const struct {
        int x;
        const char *word;
    } headings[] = {{c->label, "label"}, {c->id, "id"},          {c->phase, "phase"},
                    {c->code, " code"},  {c->session, " session"}, {c->remark, "phone, reason"}};
    for (size_t i = 0; i < sizeof headings / sizeof headings[0]; i++)
        if (headings[i].x)
            canvas_text(canvas, rect->y, rect->x + headings[i].x, rect->columns - headings[i].x, THEME_FAINT,
                        headings[i].word);
}

static void phase_text(char *dst, size_t size, const struct link *link, int64_t now)
{
    int64_t minutes = (now - link->state_since) / 60000;
    if (link->phase == PHASE_REFUSED && link->status)
        snprintf(dst, size, "%s %u", phase_words(link->phase), link->status);
    else if (link->phase == PHASE_STARTING && minutes > 0)
        snprintf(dst, size, "%s %lld min", phase_words(link->phase), (long long)minutes);
    else
        snprintf(dst, size, "%s", phase_words(link->phase));
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

static void draw_clocks(const struct canvas *canvas, int y, int x, const struct columns *c, const struct link *link,
                        int64_t now)
{
    char text[48];
    phone_text(text, sizeof text, &link->account);
    if (link->phase == PHASE_LINKED && !c->remark) {
        canvas_text_right(canvas, y, x + c->code, CODE_COLUMNS + SESSION_COLUMNS, THEME_PLAIN, text);
        return;
    }
    seconds_text(text, sizeof text, link_code_left(link, now));
    canvas_text_right(canvas, y, x + c->code, CODE_COLUMNS, THEME_PLAIN, text);
    seconds_text(text, sizeof text, link_session_left(link, now));
    canvas_text_right(canvas, y, x + c->session, SESSION_COLUMNS, THEME_PLAIN, text);
}

static void draw_remark(const struct canvas *canvas, int y, int x, int width, const struct instance *it)
{
    char text[WIRE_TEXT_MAX], phone[48];
    const struct wire_account *account = &it->link.account;
    phone_text(phone, sizeof phone, account);
    if (it->link.phase == PHASE_LINKED)
        snprintf(text, sizeof text, "%s%s%s", phone, phone[0] && account->pushname[0] ? "  " : "", account->pushname);
    else
        snprintf(text, sizeof text, "%s", it->problem ? it->problem : it->link.reason);
    canvas_text(canvas, y, x, width, THEME_FAINT, text);
}

static void draw_mark(const struct canvas *canvas, int y, int x, const struct link *link)
{
    canvas_text(canvas, y, x, 1, theme_phase_role(link->phase), phase_mark(link->phase, canvas->ascii));
}

static void draw_wide_row(const struct canvas *canvas, const struct rect *rect, int y, const struct columns *c,
                          const struct instance *it, bool selected, int64_t now)
{
    char text[48];
    int x = rect->x;
    draw_mark(canvas, y, x + 1, &it->link);
    canvas_text(canvas, y, x + c->label, c->label_width, selected ? THEME_SELECTED : THEME_PLAIN, it->label);
    if (c->code || link_code_left(&it->link, now) < 0)
        phase_text(text, sizeof text, &it->link, now);
    else
        snprintf(text, sizeof text, "code %llds %llds", (long long)clock_seconds(link_code_left(&it->link, now)),
                 (long long)clock_seconds(link_session_left(&it->link, now)));
    canvas_text(canvas, y, x + c->phase, PHASE_COLUMNS - 1, theme_phase_role(it->link.phase), text);
    if (c->id)
        canvas_text(canvas, y, x + c->id, c->id_width, THEME_FAINT, it->id);
    if (c->code)
        draw_clocks(canvas, y, x, c, &it->link, now);
    if (c->remark)
        draw_remark(canvas, y, x + c->remark, c->remark_width, it);
}

static void draw_strip_row(const struct canvas *canvas, const struct rect *rect, int y, const struct instance *it,
                           bool selected, int64_t now)
{
    char text[16];
    int64_t left = link_has_code(&it->link) ? link_code_left(&it->link, now) : -1;
    int value_x = rect->x + rect->columns - STRIP_VALUE_COLUMNS;
    int label_width = rect->columns - STRIP_VALUE_COLUMNS - (left >= 0);
    canvas_text(canvas, y, rect->x + 1, label_width, selected ? THEME_SELECTED : THEME_PLAIN, it->label);
    if (left >= 0) {
        snprintf(text, sizeof text, "%llds", (long long)clock_seconds(left));
        canvas_text_right(canvas, y, value_x, STRIP_VALUE_COLUMNS, THEME_PLAIN, text);
    } else
        draw_mark(canvas, y, value_x + 2, &it->link);
}

/* The first row on show: the page that holds the selected one, moved as little as possible from a middle. */
static size_t first_row(const struct ui_model *model, size_t rows)
{
    size_t count = model->row_count, half = rows / 2;
    if (count <= rows || model->selected < half || model->selected == count)
        return 0;
    size_t first = model->selected - half;
    return first + rows > count ? count - rows : first;
}

static void draw_row(struct canvas *canvas, const struct rect *rect, int y, const struct columns *c, size_t index,
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
    if (rect->columns >= PHASE_FROM)
        draw_wide_row(canvas, rect, y, c, it, selected, model->now);
    else
        draw_strip_row(canvas, rect, y, it, selected, model->now);
}

void panel_list_draw(struct canvas *canvas, const struct rect *rect, const struct ui_model *model)
{
    if (rect->rows <= 0 || rect->columns <= 0)
        return;
    struct columns c = plan_columns(rect, model->fleet);
    size_t rows = (size_t)panel_list_rows(rect), first = first_row(model, rows);
    int y = rect->y + has_heading(rect);
    if (has_heading(rect))
        draw_heading(canvas, rect, &c);
    if (model->fleet->count == 0)
        canvas_text(canvas, y, rect->x + 1, rect->columns - 1, THEME_FAINT, "no instances");
    for (size_t i = 0; i < rows && first + i < model->row_count; i++)
        draw_row(canvas, rect, y + (int)i, &c, first + i, model);
}

void panel_title_draw(const struct canvas *canvas, const struct rect *rect, const struct ui_model *model)
{
    size_t linked = 0, unlinked = 0, problems = 0, count = model->fleet->count;
    for (size_t i = 0; i < count; i++) {
        enum phase phase = model->fleet->items[i]->link.phase;
        enum theme_role role = theme_phase_role(phase);
        bool idle = phase == PHASE_UNLINKED || phase == PHASE_EXPIRED;
        linked += phase == PHASE_LINKED;
        unlinked += idle;
        problems += !idle && (role == THEME_BAD || role == THEME_WARN);
    }
    char text[160];
    const char *dot = canvas_signs(canvas)->dot;
    snprintf(text, sizeof text, " %zu instance%s %s %zu linked %s %zu unlinked %s %zu problem%s", count,
             count == 1 ? "" : "s", dot, linked, dot, unlinked, dot, problems, problems == 1 ? "" : "s");
    canvas_text(canvas, rect->y, rect->x, rect->columns, THEME_TITLE, text);
}
