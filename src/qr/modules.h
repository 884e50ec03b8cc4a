/* SPDX-License-Identifier: MIT
 * The greys of a symbol's modules to dark and light: several ways, for pictures that were not kept clean.
 */
#ifndef SCANDECK_QR_MODULES_H
#define SCANDECK_QR_MODULES_H

#include "qr/code.h"

enum modules_way {
    MODULES_BY_PICTURE,   /* the threshold of the picture */
    MODULES_BY_SYMBOL,    /* a threshold of the symbol's own */
    MODULES_BY_PLACE,     /* the mean around each module: uneven light */
    MODULES_FOCUSED,      /* the symbol's own, after a blur that gave each neighbour a little was undone */
    MODULES_FOCUSED_MORE, /* more */
    MODULES_FOCUSED_MOST, /* and as much as a symbol survives */
    MODULES_WAYS
};

/* Sets *out from size * size mean greys. `threshold` is that of the picture; with `inverted` white counts as dark. */
void modules_decide(struct qr_matrix *out, const uint8_t *levels, int size, enum modules_way way, int threshold,
                    bool inverted);

/* Exchanges rows and columns. */
void modules_transpose(struct qr_matrix *symbol);

#endif
