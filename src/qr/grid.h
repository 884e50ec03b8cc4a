/* SPDX-License-Identifier: MIT
 * Three finder patterns to the grid of modules between them.
 */
#ifndef SCANDECK_QR_GRID_H
#define SCANDECK_QR_GRID_H

#include "qr/code.h"
#include "qr/finder.h"

#define GRIDS_MAX 8

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

/* Fills `grids`, the likeliest first. Returns how many; when there is none *failure says why. */
int grid_find(struct grid grids[GRIDS_MAX], const struct view *view, struct qr_failure *failure);

/* The grey of each module, row by row from the corner: the mean of the pixels in its middle. */
void grid_sample(uint8_t *levels, const struct view *view, const struct grid *grid);
/* The same between the pixels, where a picture was scaled smoothly to few pixels a module. */
void grid_sample_between(uint8_t *levels, const struct view *view, const struct grid *grid);

/* Clockwise quarter turns that the picture of an unmirrored symbol was given, 0..3. */
int grid_turns(const struct grid *grid);

#endif
