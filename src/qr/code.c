/* SPDX-License-Identifier: MIT */
#include "qr/code.h"

#include <stdlib.h>

#include "qr/base64.h"
#include "qr/failure.h"
#include "qr/picture.h"
#include "qr/read.h"

#define BLACK 0
#define WHITE 255

static bool read_on(struct qr_reading *out, struct qr_matrix *symbol, const uint8_t *png, size_t len,
                    uint8_t background, bool *see_through, long *effort, struct qr_failure *failure)
{
    struct picture picture;
    if (!picture_read(&picture, png, len, background, failure))
        return false;
    bool done = read_picture(out, symbol, &picture, effort, failure);
    *see_through = picture.see_through;
    picture_free(&picture);
    return done;
}

bool qr_read_png(struct qr_reading *out, struct qr_matrix *symbol, const uint8_t *png, size_t len,
                 struct qr_failure *failure)
{
    bool see_through = false;
    long effort = READ_EFFORT;
    *failure = (struct qr_failure){0};
    if (symbol)
        symbol->size = 0;
    if (read_on(out, symbol, png, len, WHITE, &see_through, &effort, failure))
        return true;
    return see_through && read_on(out, symbol, png, len, BLACK, &see_through, &effort, failure);
}

bool qr_read_base64(struct qr_reading *out, struct qr_matrix *symbol, const char *text, size_t len,
                    struct qr_failure *failure)
{
    *failure = (struct qr_failure){0};
    if (symbol)
        symbol->size = 0;
    if (len > QR_BASE64_CHARS_MAX)
        return failure_set(failure, QR_STEP_BASE64, "the text has %zu characters, more than %d", len,
                           QR_BASE64_CHARS_MAX);
    size_t png_len;
    uint8_t *png = malloc(BASE64_ROOM(len));
    if (!png)
        return failure_set(failure, QR_STEP_MEMORY, "no memory for %zu characters of base64", len);
    bool done = base64_decode(png, &png_len, text, len, failure) && qr_read_png(out, symbol, png, png_len, failure);
    free(png);
    return done;
}
