/* SPDX-License-Identifier: MIT
 * Finds a symbol in grey pixels and reads it.
 */
#ifndef SCANDECK_QR_READ_H
#define SCANDECK_QR_READ_H

#include "qr/code.h"
#include "qr/picture.h"

/* Reads the symbol in the picture and sets all of *out. When it was found but could not be read, *failure says why, and
 * *symbol (may be NULL) is set all the same. *failure is only replaced by one that got further; it begins at
 * QR_STEP_NONE. */
bool read_picture(struct qr_reading *out, struct qr_matrix *symbol, const struct picture *picture,
                  struct qr_failure *failure);

#endif
