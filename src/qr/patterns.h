/* SPDX-License-Identifier: MIT
 * The patterns by which a camera finds a symbol. Decoding modules needs none of them, so the proof looks at them itself.
 */
#ifndef SCANDECK_QR_PATTERNS_H
#define SCANDECK_QR_PATTERNS_H

#include "qr/code.h"

/* Whether the finder patterns, the light around them, and the timing patterns are all as they must be; else *failure
 * says which module is wrong. The size is that of a version. */
bool patterns_are_whole(const struct qr_matrix *symbol, struct qr_failure *failure);

#endif
