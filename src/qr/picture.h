/* SPDX-License-Identifier: MIT
 * A PNG to grey pixels.
 */
#ifndef SCANDECK_QR_PICTURE_H
#define SCANDECK_QR_PICTURE_H

#include "qr/code.h"

/* What is refused unread. */
struct picture_limits {
    size_t bytes;         /* of the file */
    int side;             /* pixels, at most QR_PIXELS_MOST */
    uint64_t rows_bytes;  /* what its rows may inflate to */
};

/* How colours become greys. */
enum picture_greys {
    PICTURE_LUMINANCE, /* as the eye sees them */
    PICTURE_LEAST,     /* the least of red, green, and blue: yellow on white */
    PICTURE_MOST       /* the most: black on blue */
};

struct picture_request {
    struct picture_limits limits;
    uint8_t background; /* what a PNG is laid on: 0 black, 255 white */
    enum picture_greys greys;
};

struct picture {
    int width, height;
    uint8_t *grey;    /* row by row, 0 = black; owned */
    bool see_through; /* some pixel is not opaque */
    bool coloured;    /* it may have other colours than greys */
};

/* Reads a PNG. Neither the memory nor the time spent is more than the
 * pixels need, whatever else the file inflates to. False with *failure set. */
bool picture_read(struct picture *out, const uint8_t *png, size_t len, const struct picture_request *request,
                  struct qr_failure *failure);
void picture_free(struct picture *picture);

#endif
