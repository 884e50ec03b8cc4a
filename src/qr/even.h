/* SPDX-License-Identifier: MIT
 * Takes uneven light, and noise, out of a picture: for what one threshold does not part.
 */
#ifndef SCANDECK_QR_EVEN_H
#define SCANDECK_QR_EVEN_H

#include "qr/view.h"

/* What is as bright as its surroundings comes out as this grey. */
#define EVEN_MIDDLE 128

/* Writes to `out` how much brighter than its surroundings each pixel is; these reach in each direction as far as one of
 * `share` parts of the picture's shorter side. `smooth`: each pixel and its neighbours. False when memory is out. */
bool even_light(uint8_t *out, const struct view *view, int share, bool smooth);

#endif
