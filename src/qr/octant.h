/* SPDX-License-Identifier: MIT
 * Glyphs of two columns and four rows.
 */
#ifndef SCANDECK_QR_OCTANT_H
#define SCANDECK_QR_OCTANT_H

#include <stdint.h>

/* The glyph whose marks, in the foreground, are the bits of n, 0..255, first row first. 0 where no glyph can be relied
 * on; then the one for the other bits can, with the colours exchanged. */
uint32_t octant_glyph(unsigned n);

#endif
