/* SPDX-License-Identifier: MIT
 * One frame: every panel in its place.
 */
#ifndef SCANDECK_UI_DRAW_H
#define SCANDECK_UI_DRAW_H

#include "ui/canvas.h"
#include "ui/ui.h"

/* Draws the model on ncurses' screen and sends what changed. */
void draw_frame(struct canvas *canvas, const struct layout *layout, const struct ui_model *model,
                const struct layout_request *request, const struct ui_ability *abilities);
/* The room of a page. */
struct rect draw_page_rect(void);

#endif
