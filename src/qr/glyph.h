/* SPDX-License-Identifier: MIT
 * What the glyphs of a drawing show, for the proof: from the glyph to its marks, by other tables than those that draw.
 */
#ifndef SCANDECK_QR_GLYPH_H
#define SCANDECK_QR_GLYPH_H

#include <stdbool.h>
#include <stdint.h>

#include "qr/mode.h"

/* How one cell of the mode looks: a bit for each module in it, row by row, set where the foreground is. False when the
 * mode has no such glyph. */
bool glyph_marks(enum qr_mode mode, uint32_t glyph, unsigned *marks);

#endif
