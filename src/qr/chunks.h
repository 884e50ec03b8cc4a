/* SPDX-License-Identifier: MIT
 * What a PNG says of itself, and the few of its chunks that libpng is to see.
 */
#ifndef SCANDECK_QR_CHUNKS_H
#define SCANDECK_QR_CHUNKS_H

#include "qr/picture.h"

struct chunks_header {
    uint32_t width, height;
    int depth;    /* bits a sample */
    int channels; /* samples a pixel; 1 with a palette */
};

/* Copies the signature and the chunks that matter to the pixels, from `png` to `kept`, which has room for `len` bytes.
 * The last one may be cut off. False with *failure set when it is no PNG, or one that
 * is larger than the limits. */
bool chunks_keep(uint8_t *kept, size_t *kept_len, struct chunks_header *header, const uint8_t *png, size_t len,
                 const struct picture_limits *limits, struct qr_failure *failure);

#endif
