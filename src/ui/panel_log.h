/* SPDX-License-Identifier: MIT
 * The message log: its newest line, or a scrolled page of it.
 */
#ifndef SCANDECK_UI_PANEL_LOG_H
#define SCANDECK_UI_PANEL_LOG_H

#include "ui/canvas.h"
#include "ui/ui.h"

void panel_log_draw(struct canvas *canvas, const struct rect *rect, const struct ui_model *model);
/* Lines on one page. */
int panel_log_rows(const struct rect *rect);

/* How many lines newer than the selected one the line on this line of the screen is. */
long panel_log_line_at(const struct rect *rect, const struct ui_model *model, int y);

#endif
