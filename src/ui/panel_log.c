/* SPDX-License-Identifier: MIT */
#include "ui/panel_log.h"

#include <stdio.h>
#include <string.h>

#include "core/text.h"
#include "ui/clock_words.h"

/* Fewer rows carry no heading. */
#define HEADING_FROM 3
#define TIME_COLUMNS 9
#define LEVEL_COLUMNS 6
#define LABEL_COLUMNS_LEAST 10
#define LABEL_COLUMNS_MOST 20
#define LABEL_GAP 1
#define SEARCH_BYTES_SHOWN 41 /* in the heading, with the NUL */

static bool has_heading(const struct rect *rect)
{
    return rect->rows >= HEADING_FROM;
}

int panel_log_rows(const struct rect *rect)
{
    int rows = rect->rows - has_heading(rect);
    return rows > 0 ? rows : 1;
}

/* A part of the heading; "" adds nothing. */
static void add(const struct canvas *canvas, char *text, size_t size, const char *part)
{
    size_t used = strlen(text);
    if (part[0])
        snprintf(text + used, size - used, " %s %s", canvas_signs(canvas)->dot, part);
}

static void say_search(char *dst, size_t size, const struct logview *view, const struct logview_page *page)
{
    char search[SEARCH_BYTES_SHOWN];
    dst[0] = '\0';
    text_copy(search, sizeof search, view->search);
    if (search[0] && page->match)
        snprintf(dst, size, "/%s %zu of %zu", search, page->match, page->matches);
    else if (search[0])
        snprintf(dst, size, "/%s %zu", search, page->matches);
}

static void draw_heading(const struct canvas *canvas, const struct rect *rect, const struct ui_model *model,
                         const struct logview_page *page)
{
    const struct canvas_signs *signs = canvas_signs(canvas);
    const struct logview *view = model->logview;
    bool focus = model->focus == UI_PANEL_LOG;
    char text[256], part[96];
    snprintf(text, sizeof text, "%s log", focus ? signs->cursor : signs->horizontal);
    if (view->least > LOG_INFO) {
        snprintf(part, sizeof part, "%s%s", log_level_name(view->least), view->least == LOG_WARN ? " and worse" : "");
        add(canvas, text, sizeof text, part);
    }
    add(canvas, text, sizeof text, view->label);
    say_search(part, sizeof part, view, page);
    add(canvas, text, sizeof text, part);
    size_t used = strlen(text);
    if (page->newer)
        snprintf(text + used, sizeof text - used, ", %zu newer below ", page->newer);
    else
        snprintf(text + used, sizeof text - used, "%s", view->frozen ? ", frozen " : " ");
    canvas_fill(canvas, rect->y, rect->x, rect->columns, THEME_FAINT, signs->horizontal);
    canvas_text(canvas, rect->y, rect->x, rect->columns, focus ? THEME_SELECTED : THEME_FAINT, text);
}

/* A column for labels that no instance's name moves while it scrolls. */
static int label_columns(const struct canvas *canvas, const struct ui_model *model)
{
    int widest = LABEL_COLUMNS_LEAST;
    for (size_t i = 0; i < model->fleet->count && widest < LABEL_COLUMNS_MOST; i++) {
        int columns = canvas_columns(canvas, model->fleet->items[i]->label);
        if (columns > widest)
            widest = columns;
    }
    return (widest < LABEL_COLUMNS_MOST ? widest : LABEL_COLUMNS_MOST) + LABEL_GAP;
}

/* What was searched for stands out. */
static void draw_text(const struct canvas *canvas, int y, int x, int columns, const struct logview *view, const char *text)
{
    char part[LOG_TEXT_MAX];
    size_t len = strlen(view->search);
    canvas_text(canvas, y, x, columns, THEME_PLAIN, text);
    for (const char *found = text; len > 0 && (found = strcasestr(found, view->search)); found += len) {
        text_copy_part(part, sizeof part, text, (size_t)(found - text));
        int before = canvas_columns(canvas, part);
        text_copy_part(part, sizeof part, found, len);
        if (before + canvas_columns(canvas, part) < columns)
            canvas_text(canvas, y, x + before, columns - before, THEME_MATCH, part);
    }
}

static int draw_time(const struct canvas *canvas, int y, int x, enum theme_role role, const struct log_line *line)
{
    char time[16];
    clock_of_day(time, sizeof time, line->time_ms);
    return canvas_text(canvas, y, x, TIME_COLUMNS, role, time);
}

static void draw_line(const struct canvas *canvas, const struct rect *rect, int y, int label_width,
                      const struct logview *view, const struct log_line *line)
{
    int x = rect->x, right = rect->x + rect->columns;
    enum theme_role role = theme_level_role(line->level);
    draw_time(canvas, y, x, THEME_FAINT, line);
    canvas_text(canvas, y, x + TIME_COLUMNS, LEVEL_COLUMNS, role, log_level_name(line->level));
    x += TIME_COLUMNS + LEVEL_COLUMNS;
    draw_text(canvas, y, x, label_width - LABEL_GAP, view, line->label);
    x += label_width;
    draw_text(canvas, y, x, right - x, view, line->text);
}

/* One line alone says its level only when that is worth a look. */
static void draw_newest(const struct canvas *canvas, const struct rect *rect, const struct log_line *line)
{
    int x = rect->x, right = rect->x + rect->columns;
    x += draw_time(canvas, rect->y, x, THEME_FAINT, line) + 1;
    if (line->level != LOG_INFO)
        x += canvas_text(canvas, rect->y, x, right - x, theme_level_role(line->level), log_level_name(line->level)) + 1;
    if (line->label[0])
        x += canvas_text(canvas, rect->y, x, (right - x) / 3, THEME_PLAIN, line->label) + 2;
    canvas_text(canvas, rect->y, x, right - x, THEME_PLAIN, line->text);
}

static void draw_page(struct canvas *canvas, const struct rect *rect, const struct ui_model *model)
{
    struct logview_page page;
    logview_page(model->logview, model->log, (size_t)panel_log_rows(rect), &page);
    int y = rect->y + has_heading(rect), label_width = label_columns(canvas, model);
    if (has_heading(rect))
        draw_heading(canvas, rect, model, &page);
    for (size_t i = 0; i < page.count; i++)
        draw_line(canvas, rect, y + (int)i, label_width, model->logview, page.lines[i]);
    if (model->focus != UI_PANEL_LOG)
        return;
    canvas->cursor_y = page.count ? y + (int)page.selected : rect->y;
    canvas->cursor_x = rect->x;
    if (page.count)
        draw_time(canvas, canvas->cursor_y, rect->x, THEME_SELECTED, page.lines[page.selected]);
}

void panel_log_draw(struct canvas *canvas, const struct rect *rect, const struct ui_model *model)
{
    if (rect->rows <= 0 || rect->columns <= 0)
        return;
    if (rect->rows > 1) {
        draw_page(canvas, rect, model);
        return;
    }
    const struct log_line *line = logview_selected(model->logview, model->log);
    if (line)
        draw_newest(canvas, rect, line);
}

long panel_log_line_at(const struct rect *rect, const struct ui_model *model, int y)
{
    struct logview_page page;
    logview_page(model->logview, model->log, (size_t)panel_log_rows(rect), &page);
    int line = y - rect->y - has_heading(rect);
    return line >= 0 && (size_t)line < page.count ? (long)line - (long)page.selected : 0;
}
