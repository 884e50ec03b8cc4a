/* SPDX-License-Identifier: MIT
 * A page of text: details, a summary.
 */
#ifndef SCANDECK_UI_PANEL_PAGE_H
#define SCANDECK_UI_PANEL_PAGE_H

#include "ui/canvas.h"
#include "ui/ui.h"

void panel_page_draw(struct canvas *canvas, const struct rect *rect, const struct ui_model *model);
/* How many lines the text has when it is wrapped to this room. */
int panel_page_lines(const struct rect *rect, const struct ui_model *model);

#endif
