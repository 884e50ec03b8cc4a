/* SPDX-License-Identifier: MIT
 * The header: the fleet in numbers that add up.
 */
#ifndef SCANDECK_UI_PANEL_HEADER_H
#define SCANDECK_UI_PANEL_HEADER_H

#include "ui/canvas.h"
#include "ui/ui.h"

void panel_header_draw(const struct canvas *canvas, const struct rect *rect, const struct ui_model *model);

#endif
