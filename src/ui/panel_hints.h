/* SPDX-License-Identifier: MIT
 * The bottom line: the keys that work now, a notice, or a question.
 */
#ifndef SCANDECK_UI_PANEL_HINTS_H
#define SCANDECK_UI_PANEL_HINTS_H

#include "ui/canvas.h"
#include "ui/ui.h"

void panel_hints_draw(const struct canvas *canvas, const struct rect *rect, const struct ui_model *model);
/* A question takes the whole line; what is being typed where there is no question; a notice where there is neither. False
 * when the model has none of them. The canvas' cursor goes to where an answer would stand. */
bool panel_hints_message(struct canvas *canvas, const struct rect *rect, const struct ui_model *model);

#endif
