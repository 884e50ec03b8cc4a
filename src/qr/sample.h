/* SPDX-License-Identifier: MIT
 * A picture by which the operator sees whether a terminal has the glyphs of a mode.
 */
#ifndef SCANDECK_QR_SAMPLE_H
#define SCANDECK_QR_SAMPLE_H

#include "qr/code.h"

/* Flights of stairs, dark on one light ground, each step as much longer as a cell can show. Where a glyph is missing, steps
 * are, whether the terminal shows a box or nothing in its place. Smaller than any code that is linked with, with four rows to
 * spare. To be freed with qr_drawing_free. False when memory is out. */
bool qr_sample(struct qr_drawing *out, enum qr_mode mode);

#endif
