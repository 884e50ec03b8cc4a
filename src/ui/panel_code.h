/* SPDX-License-Identifier: MIT
 * The code, whole or not at all; without one, the text in its place.
 */
#ifndef SCANDECK_UI_PANEL_CODE_H
#define SCANDECK_UI_PANEL_CODE_H

#include "ui/canvas.h"
#include "ui/ui.h"

/* Draws the code itself in the middle of the room; false when there is none, or none that fits. */
bool panel_code_draw_one(const struct canvas *canvas, const struct rect *rect, const struct ui_code *code);
void panel_code_draw(const struct canvas *canvas, const struct layout *layout, const struct ui_model *model,
                     const struct layout_request *request, const struct ui_ability *abilities);
/* What shows how a mode looks on this terminal, with the words of the question. The last row of the screen stays free. */
void panel_code_draw_sample(const struct canvas *canvas, const struct rect *rect, const struct qr_drawing *sample);

#endif
