/* SPDX-License-Identifier: MIT
 * The bottom line: the keys that work now, a notice, or a question.
 */
#ifndef SCANDECK_UI_PANEL_HINTS_H
#define SCANDECK_UI_PANEL_HINTS_H

#include "ui/canvas.h"
#include "ui/ui.h"

void panel_hints_draw(const struct canvas *canvas, const struct rect *rect, const struct ui_model *model);
/* A question takes the whole line; notice takes it where there is no question. False when the model has neither. */
bool panel_hints_message(const struct canvas *canvas, const struct rect *rect, const struct ui_model *model);

#endif
