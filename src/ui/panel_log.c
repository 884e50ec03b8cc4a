/* SPDX-License-Identifier: MIT */
#include "ui/panel_log.h"

#include <stdio.h>
#include <string.h>

#include "ui/clock_words.h"

/* Fewer rows carry no heading. */
#define HEADING_FROM 3
#define TIME_COLUMNS 9
#define LEVEL_COLUMNS 6
#define LABEL_COLUMNS_LEAST 10
#define LABEL_COLUMNS_MOST 20
#define LABEL_GAP 1

static bool has_heading(const struct rect *rect)
{
    return rect->rows >= HEADING_FROM;
}

int panel_log_rows(const struct rect *rect)
{
    int rows = rect->rows - has_heading(rect);
    return rows > 0 ? rows : 1;
}

/* How far the view is scrolled, at most so far that the page stays full. */
static size_t clamp_back(const struct ui_model *model, size_t rows)
{
    size_t count = log_count(model->log);
    size_t most = count > rows ? count - rows : 0;
    return model->log_back < most ? model->log_back : most;
}

static void draw_heading(const struct canvas *canvas, const struct rect *rect, const struct ui_model *model,
                         size_t back)
{
    const struct canvas_signs *signs = canvas_signs(canvas);
    bool focus = model->focus == UI_PANEL_LOG;
    char text[64];
    const char *first = focus ? signs->cursor : signs->horizontal;
    if (back)
        snprintf(text, sizeof text, "%s log, %zu newer below ", first, back);
    else
        snprintf(text, sizeof text, "%s log ", first);
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

static void draw_line(const struct canvas *canvas, const struct rect *rect, int y, int label_width,
                      const struct log_line *line)
{
    char time[16];
    int x = rect->x, right = rect->x + rect->columns;
    enum theme_role role = theme_level_role(line->level);
    clock_of_day(time, sizeof time, line->time_ms);
    canvas_text(canvas, y, x, TIME_COLUMNS, THEME_FAINT, time);
    canvas_text(canvas, y, x + TIME_COLUMNS, LEVEL_COLUMNS, role, log_level_name(line->level));
    x += TIME_COLUMNS + LEVEL_COLUMNS;
    canvas_text(canvas, y, x, label_width - LABEL_GAP, THEME_PLAIN, line->label);
    x += label_width;
    canvas_text(canvas, y, x, right - x, THEME_PLAIN, line->text);
}

/* One line alone says its level only when that is worth a look. */
static void draw_newest(const struct canvas *canvas, const struct rect *rect, const struct log_line *line)
{
    char time[16];
    int x = rect->x, right = rect->x + rect->columns;
    clock_of_day(time, sizeof time, line->time_ms);
    x += canvas_text(canvas, rect->y, x, TIME_COLUMNS, THEME_FAINT, time) + 1;
    if (line->level != LOG_INFO)
        x += canvas_text(canvas, rect->y, x, right - x, theme_level_role(line->level), log_level_name(line->level)) + 1;
    if (line->label[0])
        x += canvas_text(canvas, rect->y, x, (right - x) / 3, THEME_PLAIN, line->label) + 2;
    canvas_text(canvas, rect->y, x, right - x, THEME_PLAIN, line->text);
}

void panel_log_draw(struct canvas *canvas, const struct rect *rect, const struct ui_model *model)
{
    if (rect->rows <= 0 || rect->columns <= 0)
        return;
    size_t rows = (size_t)panel_log_rows(rect), back = clamp_back(model, rows), count = log_count(model->log);
    const struct log_line *line;
    if (rect->rows == 1) {
        line = log_line(model->log, back);
        if (line)
            draw_newest(canvas, rect, line);
    } else {
        int y = rect->y + has_heading(rect), label_width = label_columns(canvas, model);
        size_t shown = count < rows ? count : rows;
        if (has_heading(rect))
            draw_heading(canvas, rect, model, back);
        for (size_t i = 0; i < shown && (line = log_line(model->log, back + shown - 1 - i)); i++)
            draw_line(canvas, rect, y + (int)i, label_width, line);
    }
    if (model->focus == UI_PANEL_LOG) {
        canvas->cursor_y = rect->y;
        canvas->cursor_x = rect->x;
    }
}
