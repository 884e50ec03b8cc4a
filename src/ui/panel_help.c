/* SPDX-License-Identifier: MIT */
#include "ui/panel_help.h"

#include <stdio.h>
#include <string.h>

#define KEYS_MAX 64
#define KEYS_COLUMNS 12
#define INDENT 2
/* The blank line and the heading between actions and signs. */
#define BETWEEN 2

int panel_help_lines(void)
{
    return ACTION_COUNT + BETWEEN + PHASE_COUNT;
}

int panel_help_rows(const struct rect *rect)
{
    return rect->rows > 3 ? rect->rows - 2 : 1;
}

static void draw_pair(const struct canvas *canvas, const struct rect *rect, int y, enum theme_role role,
                      const char *left, const char *right)
{
    int x = rect->x + INDENT, text_x = x + KEYS_COLUMNS + 1;
    canvas_text(canvas, y, x, KEYS_COLUMNS, role, left);
    canvas_text(canvas, y, text_x, rect->x + rect->columns - text_x, THEME_PLAIN, right);
}

static void draw_sign(const struct canvas *canvas, const struct rect *rect, int y, enum phase phase)
{
    char text[128];
    snprintf(text, sizeof text, "%s: %s", phase_words(phase), phase_meaning(phase));
    draw_pair(canvas, rect, y, theme_phase_role(phase), phase_mark(phase, canvas->ascii), text);
}

static void draw_line(const struct canvas *canvas, const struct rect *rect, int y, int line,
                      const struct ui_model *model)
{
    char keys[KEYS_MAX];
    if (line < ACTION_COUNT) {
        keymap_names(model->keymap, (enum action)line, keys, sizeof keys);
        draw_pair(canvas, rect, y, THEME_KEY, keys, action_info((enum action)line)->help);
    } else if (line == ACTION_COUNT + 1)
        canvas_text(canvas, y, rect->x + INDENT, rect->columns - INDENT, THEME_TITLE, "Signs in the list");
    else if (line >= ACTION_COUNT + BETWEEN)
        draw_sign(canvas, rect, y, (enum phase)(line - ACTION_COUNT - BETWEEN));
}

static void draw_heading(const struct canvas *canvas, const struct rect *rect, const struct ui_model *model, int top,
                         int shown)
{
    char text[160], help[KEYS_MAX];
    keymap_names(model->keymap, ACTION_HELP, help, sizeof help);
    int lines = panel_help_lines();
    if (shown < lines)
        snprintf(text, sizeof text, "Keys, lines %d to %d of %d; %s closes this", top + 1, top + shown, lines, help);
    else
        snprintf(text, sizeof text, "Keys; %s closes this", help);
    canvas_text(canvas, rect->y, rect->x + INDENT, rect->columns - INDENT, THEME_TITLE, text);
}

void panel_help_draw(struct canvas *canvas, const struct rect *rect, const struct ui_model *model)
{
    int rows = panel_help_rows(rect), lines = panel_help_lines();
    int last_top = lines > rows ? lines - rows : 0;
    int top = model->help_top < (size_t)last_top ? (int)model->help_top : last_top;
    int shown = lines < rows ? lines : rows;
    draw_heading(canvas, rect, model, top, shown);
    for (int i = 0; i < shown; i++)
        draw_line(canvas, rect, rect->y + 2 + i, top + i, model);
    canvas->cursor_y = rect->y;
    canvas->cursor_x = rect->x;
}
