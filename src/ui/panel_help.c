/* SPDX-License-Identifier: MIT */
#include "ui/panel_help.h"

#include <stdio.h>
#include <string.h>

#include "ui/paging.h"

#define KEYS_MAX 64
#define KEYS_COLUMNS 12
/* The blank line and the heading between actions and signs. */
#define BETWEEN 2

int panel_help_lines(void)
{
    return ACTION_COUNT + BETWEEN + PHASE_COUNT;
}

static void draw_pair(const struct canvas *canvas, const struct rect *rect, int y, enum theme_role role,
                      const char *left, const char *right)
{
    int x = rect->x + PAGE_INDENT, text_x = x + KEYS_COLUMNS + 1;
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
        canvas_text(canvas, y, rect->x + PAGE_INDENT, rect->columns - PAGE_INDENT, THEME_TITLE, "Signs in the list");
    else if (line >= ACTION_COUNT + BETWEEN)
        draw_sign(canvas, rect, y, (enum phase)(line - ACTION_COUNT - BETWEEN));
}

void panel_help_draw(struct canvas *canvas, const struct rect *rect, const struct ui_model *model)
{
    char key[KEYS_MAX];
    struct paging paging = paging_of(rect, model, panel_help_lines());
    keymap_names(model->keymap, ACTION_HELP, key, sizeof key);
    int y = paging_heading(canvas, rect, &paging, "Keys", key);
    for (int i = 0; i < paging.shown; i++)
        draw_line(canvas, rect, y + i, paging.top + i, model);
}
