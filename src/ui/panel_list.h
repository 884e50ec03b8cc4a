/* SPDX-License-Identifier: MIT
 * The list of instances: a strip of 14 columns, or rows with everything known.
 */
#ifndef SCANDECK_UI_PANEL_LIST_H
#define SCANDECK_UI_PANEL_LIST_H

#include "ui/canvas.h"
#include "ui/ui.h"

/* Draws the rows, and moves the canvas' cursor to the selected one. */
void panel_list_draw(struct canvas *canvas, const struct rect *rect, const struct ui_model *model);
/* Instances on one page. */
int panel_list_rows(const struct rect *rect);
/* The first row on show: the model's top, moved as little as the selected row needs. */
size_t panel_list_top(const struct rect *rect, const struct ui_model *model);

/* The model's row on this line of the screen; row_count when there is none. */
size_t panel_list_row_at(const struct rect *rect, const struct ui_model *model, int y);

#endif
