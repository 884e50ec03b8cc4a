/* SPDX-License-Identifier: MIT
 * Finds a symbol in grey pixels and reads it.
 */
#ifndef SCANDECK_QR_READ_H
#define SCANDECK_QR_READ_H

#include "qr/code.h"
#include "qr/picture.h"

/* What a picture may cost before it is given up, in nanoseconds of an ordinary machine: a hostile one could be made to
 * cost a thousand times what a code does. Each is lowered by what was spent. */
struct read_effort {
    long drawn;  /* to find what machines draw: square finders along the rows, or leaning a little */
    long turned; /* and then what lies in any turn, or has round finders */
    long any;    /* and then, in screenshots and the like, what is small, or made of dots; 0 = that is not tried */
};
#define READ_EFFORT_DRAWN 50000000L
#define READ_EFFORT_TURNED 30000000L

/* Reads the symbol in the picture and sets all of *out. When it was found but could not be read, *failure says why, and
 * *symbol (may be NULL) is set all the same. *failure is only replaced by one that got further; it begins at
 * QR_STEP_NONE. */
bool read_picture(struct qr_reading *out, struct qr_matrix *symbol, const struct picture *picture,
                  struct read_effort *effort, struct qr_failure *failure);

#endif
