/* SPDX-License-Identifier: MIT
 * Looks for finder patterns in a picture.
 */
#ifndef SCANDECK_QR_FINDER_H
#define SCANDECK_QR_FINDER_H

#include "qr/view.h"

#define FINDERS_MAX 96

struct finder {
    float x, y;                   /* the centre, in pixels; pixel 0 reaches from 0 to 1 */
    float pitch_x, pitch_y;       /* pixels a module; all that follows is 0 where it was found in any turn */
    int x_edges[4], y_edges[4];   /* where modules 1, 2, 5, and 6 begin */
    int left, right, top, bottom; /* pixels in the middle of the outer ring: where timing patterns run */
    int mismatches;               /* of its 49 modules, or of the rays that looked for it in any turn */
};

enum finder_way {
    FINDER_QUICK,    /* squares along the rows; in a clean picture nearly all of them */
    FINDER_THOROUGH, /* the same in every row: all there are */
    FINDER_TURNED    /* in any turn, square or round */
};

struct finders {
    int count;
    struct finder found[FINDERS_MAX]; /* the best first */
    int candidates;                   /* places whose row looked like a finder's */
    long spent;                       /* nanoseconds of an ordinary machine, roughly */
};

/* Ends when more than `effort` is spent. */
void finder_scan(struct finders *out, const struct view *view, enum finder_way way, long effort);

#endif
