/* SPDX-License-Identifier: MIT
 * Three finder patterns to a grid of modules that need not run along the picture's rows: for pictures that are turned or
 * lie in perspective, and where a grid must be placed more finely than edges of pixels tell.
 */
#ifndef SCANDECK_QR_SLANT_H
#define SCANDECK_QR_SLANT_H

#include "qr/triple.h"
#include "qr/view.h"

#define SLANTS_MAX 4

/* A place that is c modules along the rows and r down the columns from the middle of the corner's finder lies at
 * (corner + c * across + r * down) / (1 + c * tilt[0] + r * tilt[1]). */
struct slant {
    int size;                 /* modules a side */
    float corner[2];          /* x and y, in pixels */
    float across[2], down[2];
    float tilt[2];            /* 0 where the symbol does not lie in perspective */
    float contrast;           /* greys by which the light modules of the patterns are lighter than the dark ones */
};

/* Fills `slants`, the likeliest first, as the finders' centres tell. Returns how many. */
int slant_find(struct slant slants[SLANTS_MAX], const struct view *view, const struct triple *triples, int count);

/* Moves the slant to where the finder, timing, and alignment patterns stand out most. */
void slant_fit(struct slant *slant, const struct view *view);

/* The same in perspective: the alignment pattern at the corner without a finder tells how it lies. */
void slant_fit_perspective(struct slant *slant, const struct view *view);

/* The grey of each module, row by row from the corner: at its middle, or with `spread` the mean around that. */
void slant_sample(uint8_t *levels, const struct view *view, const struct slant *slant, bool spread);

/* Clockwise quarter turns, as grid_turns. */
int slant_turns(const struct slant *slant);

#endif
