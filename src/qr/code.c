/* SPDX-License-Identifier: MIT */
#include "qr/code.h"

#include <stdlib.h>
#include <string.h>

#include "qr/base64.h"
#include "qr/failure.h"
#include "qr/kind.h"
#include "qr/picture.h"
#include "qr/read.h"

#define BLACK 0
#define WHITE 255

/* No text begins with it. */
#define PNG_FIRST_BYTE 0x89

/* Who sent a picture: what of it is taken, and what may be spent on it. */
struct source {
    struct picture_limits limits;
    struct read_effort effort;
};

/* The rows: 4096 x 4096 pixels of 8-bit RGBA. */
static const struct source service = {
    {QR_PNG_BYTES_MAX, QR_PNG_PIXELS_MAX, (uint64_t)QR_PNG_PIXELS_MAX * QR_PNG_PIXELS_MAX * 4},
    {READ_EFFORT_DRAWN, READ_EFFORT_TURNED, 0},
};

/* The rows: 8192 x 8192 pixels of 16-bit RGBA. */
static const struct source person = {
    {QR_FILE_BYTES_MAX, QR_FILE_PIXELS_MAX, (uint64_t)QR_FILE_PIXELS_MAX * QR_FILE_PIXELS_MAX * 8},
    {1000000000L, 1500000000L, 1500000000L},
};

/* Where a reading goes on when one way to make greys of the picture did not do. */
struct task {
    struct qr_reading *out;
    struct qr_matrix *symbol;
    const uint8_t *png;
    size_t len;
    struct picture_request request;
    struct read_effort effort;
    bool see_through, coloured; /* of the picture, once it was read */
};

static bool read_as(struct task *task, uint8_t background, enum picture_greys greys, struct qr_failure *failure)
{
    struct picture picture;
    task->request.background = background;
    task->request.greys = greys;
    if (!picture_read(&picture, task->png, task->len, &task->request, failure))
        return false;
    bool done = read_picture(task->out, task->symbol, &picture, &task->effort, failure);
    task->see_through = picture.see_through;
    task->coloured = picture.coloured;
    picture_free(&picture);
    return done;
}

static bool read_png(struct qr_reading *out, struct qr_matrix *symbol, const uint8_t *png, size_t len,
                     const struct source *source, struct qr_failure *failure)
{
    struct task task = {.out = out, .symbol = symbol, .png = png, .len = len, .effort = source->effort};
    task.request.limits = source->limits;
    *failure = (struct qr_failure){0};
    if (symbol)
        symbol->size = 0;
    if (read_as(&task, WHITE, PICTURE_LUMINANCE, failure))
        return true;
    if (task.see_through && read_as(&task, BLACK, PICTURE_LUMINANCE, failure))
        return true;
    return source == &person && task.coloured &&
           (read_as(&task, WHITE, PICTURE_LEAST, failure) || read_as(&task, WHITE, PICTURE_MOST, failure));
}

bool qr_read_png(struct qr_reading *out, struct qr_matrix *symbol, const uint8_t *png, size_t len,
                 struct qr_failure *failure)
{
    return read_png(out, symbol, png, len, &service, failure);
}

static bool read_base64(struct qr_reading *out, struct qr_matrix *symbol, const char *text, size_t len,
                        const struct source *source, struct qr_failure *failure)
{
    size_t png_len;
    uint8_t *png = malloc(BASE64_ROOM(len));
    if (!png)
        return failure_set(failure, QR_STEP_MEMORY, "no memory for %zu characters of base64", len);
    bool done = base64_decode(png, &png_len, text, len, failure) &&
                read_png(out, symbol, png, png_len, source, failure);
    free(png);
    return done;
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
    return read_base64(out, symbol, text, len, &service, failure);
}

/* Whoever gave a file that is neither may not know that base64 was looked for; and what it decodes to has other bytes. */
static bool name_base64(struct qr_failure *failure)
{
    const struct qr_failure found = *failure;
    if (found.step == QR_STEP_BASE64)
        failure_set(failure, found.step, "neither a PNG nor the base64 of one: %s", found.text);
    else if (found.step == QR_STEP_PNG)
        failure_set(failure, found.step, "taken for base64 and decoded: %s", found.text);
    return false;
}

bool qr_read_file(struct qr_reading *out, struct qr_matrix *symbol, const uint8_t *bytes, size_t len,
                  struct qr_failure *failure)
{
    static const uint8_t mark[] = {0xef, 0xbb, 0xbf};
    *failure = (struct qr_failure){0};
    if (symbol)
        symbol->size = 0;
    if (len == 0)
        return failure_set(failure, QR_STEP_PNG, "it is empty");
    if (len > QR_FILE_BYTES_MAX)
        return failure_set(failure, QR_STEP_PNG, "it has more than %d bytes", QR_FILE_BYTES_MAX);
    /* Some editors put it before whatever they save. */
    if (len > sizeof mark && memcmp(bytes, mark, sizeof mark) == 0 && bytes[sizeof mark] == PNG_FIRST_BYTE)
        bytes += sizeof mark, len -= sizeof mark;
    if (bytes[0] == PNG_FIRST_BYTE)
        return read_png(out, symbol, bytes, len, &person, failure);
    if (kind_refuse(bytes, len, failure))
        return false;
    if (kind_is_utf32(bytes, len))
        return failure_set(failure, QR_STEP_BASE64, "it is UTF-32 text: save it as UTF-8");
    if (kind_is_utf16(bytes, len))
        return failure_set(failure, QR_STEP_BASE64, "it is UTF-16 text: save it as UTF-8");
    return read_base64(out, symbol, (const char *)bytes, len, &person, failure) || name_base64(failure);
}
