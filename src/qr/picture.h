/* SPDX-License-Identifier: MIT
 * A PNG to grey pixels.
 */
#ifndef SCANDECK_QR_PICTURE_H
#define SCANDECK_QR_PICTURE_H

#include "qr/code.h"

/* Bytes that the rows of a picture may inflate to: 4096 x 4096 pixels of 8-bit RGBA. */
#define PICTURE_RAW_MAX (64u * 1024 * 1024)

struct picture {
    int width, height;
    uint8_t *grey;    /* row by row, 0 = black; owned */
    bool see_through; /* some pixel is not opaque */
};

/* Reads a PNG and lays it on `background` (0 black, 255 white). Neither the memory nor the time spent is more than the
 * pixels need, whatever else the file inflates to. False with *failure set. */
bool picture_read(struct picture *out, const uint8_t *png, size_t len, uint8_t background, struct qr_failure *failure);
void picture_free(struct picture *picture);

#endif
