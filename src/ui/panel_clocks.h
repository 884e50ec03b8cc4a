/* SPDX-License-Identifier: MIT
 * How long this code and this session still live: a bar and a number each.
 */
#ifndef SCANDECK_UI_PANEL_CLOCKS_H
#define SCANDECK_UI_PANEL_CLOCKS_H

#include "ui/canvas.h"
#include "ui/ui.h"

/* "code 12 s  session 71 s  2 of 5  verified", as much of it as fits into the columns; "" without clocks. */
void panel_clocks_text(const struct canvas *canvas, char *dst, size_t size, const struct ui_code *code, int64_t now,
                       int columns);
void panel_clocks_draw(const struct canvas *canvas, const struct rect *rect, const struct ui_model *model);

#endif
