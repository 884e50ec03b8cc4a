/* SPDX-License-Identifier: MIT
 * A finder pattern in any turn and shape: a dark middle in a dark ring, square, rounded, or a circle.
 */
#ifndef SCANDECK_QR_RING_H
#define SCANDECK_QR_RING_H

#include "qr/finder.h"

/* Looks from (x, y) in all directions, none farther than `reach` pixels, and sets centre, pitch, and mismatches of *out.
 * False when no ring is there. */
bool ring_measure(struct finder *out, const struct view *view, float x, float y, float reach);

#endif
