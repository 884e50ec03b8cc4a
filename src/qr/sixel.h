/* SPDX-License-Identifier: MIT
 * Pictures in the way of the VT340, six pixels to a character.
 */
#ifndef SCANDECK_QR_SIXEL_H
#define SCANDECK_QR_SIXEL_H

#include <stdio.h>

#include "qr/code.h"

/* Every pixel is written, in black or white: what was there before does not show through. */
void sixel_write(FILE *out, const struct qr_raster *raster);

#endif
