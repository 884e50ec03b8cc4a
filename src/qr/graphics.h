/* SPDX-License-Identifier: MIT
 * A drawn picture as the bytes that make a terminal show it.
 */
#ifndef SCANDECK_QR_GRAPHICS_H
#define SCANDECK_QR_GRAPHICS_H

#include <stddef.h>

#include "qr/code.h"

/* How a terminal takes pictures. */
enum qr_graphics { QR_GRAPHICS_NONE, QR_GRAPHICS_SIXEL, QR_GRAPHICS_KITTY };

/* The bytes that show the picture with its upper left corner at the cursor, which kitty leaves where it is and sixel
 * moves: in the last row of the screen xterm scrolls then. *len of them, to be freed; a picture shown before is replaced
 * by kitty and written over by sixel. NULL when the drawing is none of QR_MODE_PICTURE, without graphics, and when memory
 * is out. */
char *qr_graphics_show(const struct qr_drawing *drawing, enum qr_graphics graphics, size_t *len);

/* The bytes that take a shown picture away wherever it is; static, *len of them. None for sixel, whose picture goes when
 * its cells are written anew. */
const char *qr_graphics_erase(enum qr_graphics graphics, size_t *len);

#endif
