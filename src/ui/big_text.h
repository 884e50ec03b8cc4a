/* SPDX-License-Identifier: MIT
 * Letters and digits five cells high, to be read across a room.
 */
#ifndef SCANDECK_UI_BIG_TEXT_H
#define SCANDECK_UI_BIG_TEXT_H

#include "ui/canvas.h"

#define BIG_TEXT_ROWS 5

/* Columns that the text takes; groups of four stand a little apart. */
int big_text_columns(const char *text);
/* Letters (in capitals) and digits; anything else stays empty. */
void big_text_draw(const struct canvas *canvas, int y, int x, enum theme_role role, const char *text);

#endif
