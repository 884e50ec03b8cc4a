/* SPDX-License-Identifier: MIT
 * Which three finder patterns may belong to one symbol.
 */
#ifndef SCANDECK_QR_TRIPLE_H
#define SCANDECK_QR_TRIPLE_H

#include "qr/finder.h"

#define TRIPLES_MAX 64

/* How far the symbol may lie from the picture's rows and columns. */
enum triple_lean {
    TRIPLE_STRAIGHT, /* not at all */
    TRIPLE_LEANING,  /* about eleven degrees */
    TRIPLE_TURNED    /* in any turn, and in perspective */
};

struct triple {
    const struct finder *corner, *beside, *below; /* `beside` lies along the row, `below` along the column, more or less */
    float modules;                                /* between the centres, roughly */
    float doubt;                                  /* 0 = the finders are as clean and as alike as can be */
};

/* Fills `triples`, the likeliest first. Returns how many. */
int triple_find(struct triple triples[TRIPLES_MAX], const struct finder *finders, int count,
                enum triple_lean lean);

#endif
