/* SPDX-License-Identifier: MIT
 * Which three finder patterns may belong to one symbol.
 */
#ifndef SCANDECK_QR_TRIPLE_H
#define SCANDECK_QR_TRIPLE_H

#include "qr/finder.h"

#define TRIPLES_MAX 64

/* How far, as a share of the way between two finders, the symbol may lean from the picture's rows and columns: not at
 * all, or about eleven degrees. */
#define TRIPLE_STRAIGHT 0.0f
#define TRIPLE_LEANING 0.2f

struct triple {
    const struct finder *corner, *beside, *below; /* `beside` lies along the row, `below` along the column */
    float modules;                                /* between the centres, roughly */
    float doubt;                                  /* 0 = the finders are as clean and as alike as can be */
};

/* Fills `triples`, the likeliest first. Returns how many. */
int triple_find(struct triple triples[TRIPLES_MAX], const struct finder *finders, int count, float lean);

#endif
