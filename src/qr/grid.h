/* SPDX-License-Identifier: MIT
 * Three finder patterns to the grid of modules between them.
 */
#ifndef SCANDECK_QR_GRID_H
#define SCANDECK_QR_GRID_H

#include "qr/code.h"
#include "qr/triple.h"
#include "qr/view.h"

/* Edge m of the modules is at about start + m * pitch pixels; the pitch is negative where the grid runs backwards. */
struct axis {
    float start, pitch;
    float centre[QR_MODULES_MAX]; /* of each module; from its own edges where the pixels are coarse */
};

/* Counted from the finder in the corner between the other two, along the picture's rows and columns. */
struct grid {
    int size; /* modules a side */
    struct axis across, down;
};

/* The grid between three finders, along the picture's rows, its size counted on the timing patterns. False when they
 * cannot be counted. */
bool grid_by_timing(struct grid *out, const struct view *view, const struct triple *triple);
/* The same from the finders' own pitch: of the sizes it allows, the one that the timing patterns fit best. False with
 * *failure set when they fit none. */
bool grid_by_finders(struct grid *out, const struct view *view, const struct triple *triple,
                     struct qr_failure *failure);

/* The grey of each module, row by row from the corner: the mean of the pixels in its middle. */
void grid_sample(uint8_t *levels, const struct view *view, const struct grid *grid);
/* The same between the pixels, where a picture was scaled smoothly to few pixels a module. */
void grid_sample_between(uint8_t *levels, const struct view *view, const struct grid *grid);

/* Clockwise quarter turns that the picture of an unmirrored symbol was given, 0..3. */
int grid_turns(const struct grid *grid);

#endif
