/* SPDX-License-Identifier: MIT
 * Finds a symbol in grey pixels and reads it.
 */
#ifndef SCANDECK_QR_READ_H
#define SCANDECK_QR_READ_H

#include "qr/code.h"
#include "qr/picture.h"

/* What a picture may cost before it is given up, in nanoseconds of an ordinary machine: a hostile one could be made to
 * cost a thousand times what a code does. */
#define READ_EFFORT 50000000L

/* Reads the symbol in the picture and sets all of *out. *effort is what may be spent, and is lowered by what was. When
 * it was found but could not be read, *failure says why, and *symbol (may be NULL) is set all the same. *failure is
 * only replaced by one that got further; it begins at QR_STEP_NONE. */
bool read_picture(struct qr_reading *out, struct qr_matrix *symbol, const struct picture *picture, long *effort,
                  struct qr_failure *failure);

#endif
