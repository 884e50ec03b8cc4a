/* SPDX-License-Identifier: MIT
 * Mends the codewords of one block.
 */
#ifndef SCANDECK_QR_REED_SOLOMON_H
#define SCANDECK_QR_REED_SOLOMON_H

#include <stdint.h>

#define REED_SOLOMON_CHECKS_MAX 30

/* Mends `block` of `len` codewords (at most 255), the last `checks` (at most REED_SOLOMON_CHECKS_MAX) of which are
 * check codewords, where at most `mendable` are wrong. Returns how many it mended, or -1 when there are more; the
 * block is then as it was. */
int reed_solomon_mend(uint8_t *block, int len, int checks, int mendable);

#endif
