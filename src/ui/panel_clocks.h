/* SPDX-License-Identifier: MIT
 * How long this code and this session still live: a bar and a number each.
 */
#ifndef SCANDECK_UI_PANEL_CLOCKS_H
#define SCANDECK_UI_PANEL_CLOCKS_H

#include "ui/canvas.h"
#include "ui/ui.h"

void panel_clocks_draw(const struct canvas *canvas, const struct rect *rect, const struct ui_model *model);

#endif
