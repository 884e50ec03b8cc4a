/* SPDX-License-Identifier: MIT */
#include "ui/panel_panes.h"

#include <stdio.h>

#include "ui/explain.h"
#include "ui/panel_clocks.h"
#include "ui/panel_code.h"

#define NAME_MAX_BYTES 128

static void draw_sides(const struct canvas *canvas, const struct rect *pane)
{
    canvas_vertical(canvas, pane->y + 1, pane->x, pane->rows - 2);
    canvas_vertical(canvas, pane->y + 1, pane->x + pane->columns - 1, pane->rows - 2);
}

/* A horizontal side with a text in it. */
static void draw_edge(const struct canvas *canvas, const struct rect *pane, int y, enum theme_role role, const char *text)
{
    canvas_fill(canvas, y, pane->x, pane->columns, THEME_FAINT, canvas_signs(canvas)->horizontal);
    if (text[0])
        canvas_text(canvas, y, pane->x + 1, pane->columns - 2, role, text);
}

static void draw_name(const struct canvas *canvas, const struct rect *pane, const struct ui_model *model,
                      const struct instance *it)
{
    char text[NAME_MAX_BYTES];
    bool subject = it == model->subject;
    snprintf(text, sizeof text, "%s%s  %s ", subject ? canvas_signs(canvas)->cursor : " ", it->label, it->id);
    draw_edge(canvas, pane, pane->y, subject ? THEME_SELECTED : THEME_PLAIN, text);
}

static void draw_pane(const struct canvas *canvas, const struct rect *pane, const struct ui_model *model,
                      const struct ui_code *code)
{
    char clocks[NAME_MAX_BYTES];
    const struct rect inside = {pane->y + 1, pane->x + 1, pane->rows - 2, pane->columns - 2};
    draw_sides(canvas, pane);
    draw_name(canvas, pane, model, code->instance);
    panel_clocks_text(canvas, clocks, sizeof clocks, code, model->now, pane->columns - 2);
    draw_edge(canvas, pane, pane->y + pane->rows - 1, THEME_PLAIN, clocks);
    if (panel_code_draw_one(canvas, &inside, code))
        return;
    char text[EXPLAIN_MAX];
    explain_phase(text, sizeof text, model, code->instance);
    const struct rect room = {inside.y + 1, inside.x + 1, inside.rows - 2, inside.columns - 2};
    canvas_paragraphs(canvas, &room, THEME_PLAIN, code->text ? code->text : text);
}

void panel_panes_draw(const struct canvas *canvas, const struct layout *layout, const struct ui_model *model)
{
    for (int i = 0; i < layout->panes && i < model->code_count; i++)
        draw_pane(canvas, &layout->pane[i], model, &model->codes[i]);
}
