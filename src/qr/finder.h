/* SPDX-License-Identifier: MIT
 * Looks for finder patterns in a picture whose rows run along the symbol's.
 */
#ifndef SCANDECK_QR_FINDER_H
#define SCANDECK_QR_FINDER_H

#include "qr/view.h"

#define FINDERS_MAX 96

struct finder {
    float x, y;                   /* the centre, in pixels; pixel 0 reaches from 0 to 1 */
    float pitch_x, pitch_y;       /* pixels a module */
    int x_edges[4], y_edges[4];   /* where modules 1, 2, 5, and 6 begin */
    int left, right, top, bottom; /* pixels in the middle of the outer ring: where timing patterns run */
    int mismatches;               /* of its 49 modules */
};

/* Of the rows that differ from the one above, each `every`th is looked at: the middle of a finder is three modules
 * high, so that 3 finds nearly all of them in a clean picture, and 1 all there are. */
#define FINDER_QUICK 3
#define FINDER_THOROUGH 1

struct finders {
    int count;
    struct finder found[FINDERS_MAX]; /* the best first */
    int candidates;                   /* places whose row looked like a finder's */
};

void finder_scan(struct finders *out, const struct view *view, int every);

#endif
