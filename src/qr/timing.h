/* SPDX-License-Identifier: MIT
 * The two timing patterns: whether the modules between the finders alternate as they should.
 */
#ifndef SCANDECK_QR_TIMING_H
#define SCANDECK_QR_TIMING_H

#include "qr/code.h"

/* Modules before a timing pattern, which ends as many before the other side. */
#define TIMING_FIRST 7

struct timing {
    int size;                    /* modules a side of the symbol */
    int row_wrong, column_wrong; /* modules of each pattern */
};

void timing_check(struct timing *out, const struct qr_matrix *symbol);

/* Of the modules of both, the share that is wrong. */
float timing_share_wrong(const struct timing *timing);

/* True when few enough are. Else false with *failure set. */
bool timing_holds(const struct timing *timing, struct qr_failure *failure);

#endif
