/* SPDX-License-Identifier: MIT
 * The modules of a symbol to its data codewords: unmasked, gathered, taken apart into blocks, and mended.
 */
#ifndef SCANDECK_QR_CODEWORDS_H
#define SCANDECK_QR_CODEWORDS_H

#include "qr/code.h"

/* Writes the data codewords of the symbol to `data`, which has room for SPEC_CODEWORDS_MAX, and their number to *len;
 * *corrected = codewords mended. The symbol's size must be that of `version`, `level` a letter of SPEC_LEVELS, `mask`
 * 0..7. False with *failure set when a block has more errors than can be mended. */
bool codewords_read(uint8_t *data, size_t *len, int *corrected, const struct qr_matrix *symbol, int version, char level,
                    int mask, struct qr_failure *failure);

#endif
