/* SPDX-License-Identifier: MIT
 * The help: every action with the keys it has now, then what the signs mean.
 */
#ifndef SCANDECK_UI_PANEL_HELP_H
#define SCANDECK_UI_PANEL_HELP_H

#include "ui/canvas.h"
#include "ui/ui.h"

void panel_help_draw(struct canvas *canvas, const struct rect *rect, const struct ui_model *model);
int panel_help_lines(void);

#endif
