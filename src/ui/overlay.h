/* SPDX-License-Identifier: MIT
 * The picture of a code, which stands before the cells: ncurses knows nothing of it, so it is written beside it after
 * each frame that brought, moved or lost it.
 */
#ifndef SCANDECK_UI_OVERLAY_H
#define SCANDECK_UI_OVERLAY_H

#include <stdbool.h>

#include "qr/code.h"
#include "qr/graphics.h"

/* Where a picture stands, and which. */
struct overlay_place {
    int y, x, rows, columns;
    unsigned long id; /* of the drawing; 0 = no picture */
};

struct overlay {
    enum qr_graphics graphics; /* what the terminal takes; QR_GRAPHICS_NONE: there are never pictures */
    struct overlay_place shown;
    struct overlay_place wanted; /* by the frame that is being drawn */
    const struct qr_drawing *drawing; /* of .wanted; read until overlay_show */
};

/* A frame begins: it has no picture yet. */
void overlay_begin(struct overlay *overlay);
/* The frame has this one, its upper left cell at (y, x). Another drawing has another id. */
void overlay_place(struct overlay *overlay, int y, int x, const struct qr_drawing *drawing, unsigned long id);
/* Before the frame is sent: has the cells of a picture that goes away sent anew. */
void overlay_prepare(const struct overlay *overlay);
/* After it was sent: takes away what is to go, writes what is not there. */
void overlay_show(struct overlay *overlay);
/* The screen was cleared or resized: nobody knows what still stands there. */
void overlay_lost(struct overlay *overlay);
/* Takes the picture away, if one stands there: the screen goes to someone else. */
void overlay_remove(struct overlay *overlay);

#endif
