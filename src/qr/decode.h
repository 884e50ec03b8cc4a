/* SPDX-License-Identifier: MIT
 * A symbol's modules to its payload.
 */
#ifndef SCANDECK_QR_DECODE_H
#define SCANDECK_QR_DECODE_H

#include "qr/code.h"

/* Sets everything in *out that the symbol itself tells: the payload, version, level, mask, corrected, ecis. The symbol
 * is upright and not mirrored. False with *failure set when it cannot be read. */
bool decode_symbol(struct qr_reading *out, const struct qr_matrix *symbol, struct qr_failure *failure);

#endif
