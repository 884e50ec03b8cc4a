/* SPDX-License-Identifier: MIT
 * Codes side by side, each in a frame that says whose it is and how long it lives.
 */
#ifndef SCANDECK_UI_PANEL_PANES_H
#define SCANDECK_UI_PANEL_PANES_H

#include "ui/canvas.h"
#include "ui/ui.h"

void panel_panes_draw(const struct canvas *canvas, const struct layout *layout, const struct ui_model *model);

#endif
