/* SPDX-License-Identifier: MIT
 * From a grid or a slant to a payload, and what is collected on the way there.
 */
#ifndef SCANDECK_QR_ATTEMPT_H
#define SCANDECK_QR_ATTEMPT_H

#include "qr/grid.h"
#include "qr/slant.h"

struct attempt {
    struct qr_reading *out;
    struct qr_matrix *symbol; /* the first that was found; may be NULL */
    struct qr_failure *failure;
    long *effort;            /* what may still be spent, in nanoseconds of an ordinary machine */
    int finders, candidates; /* the most that were seen in one view */
};

/* False when not so much is left, and then nothing is. */
bool attempt_spend(struct attempt *attempt, long units, long cost);

bool attempt_grid(struct attempt *attempt, const struct view *view, const struct grid *grid);

/* Three finders alone make a slant: without timing patterns it is tried all the same. */
bool attempt_slant(struct attempt *attempt, const struct view *view, struct slant *slant);

/* The same for finders in any turn, which chance makes more of: the patterns must be there. The symbol may lie in
 * perspective. */
bool attempt_turned(struct attempt *attempt, const struct view *view, struct slant *slant);

#endif
