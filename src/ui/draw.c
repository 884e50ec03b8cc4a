/* SPDX-License-Identifier: MIT */
#include "ui/draw.h"

#include "ui/explain.h"
#include "ui/overlay.h"
#include "ui/panel_clocks.h"
#include "ui/panel_code.h"
#include "ui/panel_header.h"
#include "ui/panel_help.h"
#include "ui/panel_hints.h"
#include "ui/panel_list.h"
#include "ui/panel_log.h"
#include "ui/panel_page.h"
#include "ui/panel_panes.h"

struct rect draw_page_rect(void)
{
    return (struct rect){0, 0, LINES - 1, COLS};
}

static void draw_too_small(const struct canvas *canvas, const struct layout *layout, const struct ui_model *model)
{
    char text[EXPLAIN_MAX];
    explain_too_small(text, sizeof text, model, layout, COLS, LINES);
    canvas_paragraphs(canvas, &(struct rect){0, 0, LINES, COLS}, THEME_PLAIN, text);
}

/* A line written over the code would break it: where the code takes the last row, it waits until the line is gone. */
static bool code_is_in_the_way(const struct layout *layout, const struct ui_model *model)
{
    return (model->question || model->notice || model->prompt) && layout->code.rows > 0 && layout->code.y + layout->code.rows >= LINES;
}

static void draw_panels(struct canvas *canvas, const struct layout *layout, const struct ui_model *model,
                        const struct layout_request *request, const struct ui_ability *abilities)
{
    if (model->sample)
        panel_code_draw_sample(canvas, &layout->code, model->sample);
    else if (layout->panes)
        panel_panes_draw(canvas, layout, model);
    else if (!code_is_in_the_way(layout, model))
        panel_code_draw(canvas, layout, model, request, abilities);
    panel_clocks_draw(canvas, &layout->clocks, model);
    if (layout->status.rows > 0)
        canvas_text(canvas, layout->status.y, layout->status.x, layout->status.columns, THEME_TITLE, model->status);
    canvas->cursor_y = layout->clocks.y;
    canvas->cursor_x = layout->clocks.x;
    if (layout->header.rows > 0)
        panel_header_draw(canvas, &layout->header, model);
    if (layout->list.rows > 0 && layout->list.columns < LAYOUT_WIDE_LIST_COLUMNS)
        canvas_vertical(canvas, layout->list.y, layout->list.x + layout->list.columns, layout->list.rows);
    panel_list_draw(canvas, &layout->list, model);
    panel_log_draw(canvas, &layout->log, model);
}

static void draw_bottom(struct canvas *canvas, const struct layout *layout, const struct ui_model *model)
{
    struct rect bottom = {LINES - 1, 0, 1, COLS};
    if (panel_hints_message(canvas, &bottom, model))
        return;
    if (model->page)
        panel_hints_draw(canvas, &bottom, model);
    else
        panel_hints_draw(canvas, &layout->hints, model);
}

void draw_frame(struct canvas *canvas, const struct layout *layout, const struct ui_model *model,
                const struct layout_request *request, const struct ui_ability *abilities)
{
    erase();
    overlay_begin(canvas->overlay);
    canvas->cursor_y = canvas->cursor_x = 0;
    struct rect page = draw_page_rect();
    if (layout->too_small)
        draw_too_small(canvas, layout, model);
    else if (model->page == UI_PAGE_HELP)
        panel_help_draw(canvas, &page, model);
    else if (model->page == UI_PAGE_TEXT)
        panel_page_draw(canvas, &page, model);
    else
        draw_panels(canvas, layout, model, request, abilities);
    draw_bottom(canvas, layout, model);
    int x = canvas->cursor_x < COLS ? canvas->cursor_x : COLS - 1;
    move(canvas->cursor_y, x);
    overlay_prepare(canvas->overlay);
    wnoutrefresh(stdscr);
    doupdate();
    overlay_show(canvas->overlay);
}
