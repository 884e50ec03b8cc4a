/* SPDX-License-Identifier: MIT */
#include "qr/chunks.h"

#include <string.h>

#include "qr/failure.h"
#include "qr/kind.h"

#define SIGNATURE_LEN 8
#define HEADER_LEN 13
#define FRAME_LEN 12 /* length, type, and CRC around a chunk's data */

static uint32_t big_endian(const uint8_t *b)
{
    return (uint32_t)b[0] << 24 | (uint32_t)b[1] << 16 | (uint32_t)b[2] << 8 | b[3];
}

static bool check_signature(const uint8_t *png, size_t len, const struct picture_limits *limits,
                            struct qr_failure *failure)
{
    static const uint8_t signature[SIGNATURE_LEN] = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    if (len == 0)
        return failure_set(failure, QR_STEP_PNG, "the picture is empty");
    if (len > limits->bytes)
        return failure_set(failure, QR_STEP_PNG, "the picture has %zu bytes, more than %zu", len, limits->bytes);
    if (kind_refuse(png, len, failure))
        return false;
    if (len < SIGNATURE_LEN || memcmp(png, signature, SIGNATURE_LEN) != 0)
        return failure_set(failure, QR_STEP_PNG, "the %zu bytes do not begin like a PNG", len);
    return true;
}

/* Samples a pixel; 0 = there is no such colour type. */
static int channels_of(uint8_t colour_type)
{
    static const int channels[] = {[0] = 1, [2] = 3, [3] = 1, [4] = 2, [6] = 4};
    return colour_type < sizeof channels / sizeof channels[0] ? channels[colour_type] : 0;
}

static bool read_header(struct chunks_header *out, const uint8_t *png, size_t len,
                        const struct picture_limits *limits, struct qr_failure *failure)
{
    const uint8_t *chunk = png + SIGNATURE_LEN;
    if (len < SIGNATURE_LEN + FRAME_LEN + HEADER_LEN)
        return failure_set(failure, QR_STEP_PNG, "the PNG is cut off after %zu bytes, inside its header", len);
    if (big_endian(chunk) != HEADER_LEN || memcmp(chunk + 4, "IHDR", 4) != 0)
        return failure_set(failure, QR_STEP_PNG, "the PNG does not begin with a header chunk");
    out->width = big_endian(chunk + 8);
    out->height = big_endian(chunk + 12);
    out->depth = chunk[16];
    out->channels = channels_of(chunk[17]);
    if (out->width == 0 || out->height == 0 || out->width > (unsigned)limits->side ||
        out->height > (unsigned)limits->side)
        return failure_set(failure, QR_STEP_PNG, "a PNG of %ux%u pixels is not read: 1 to %d a side",
                           (unsigned)out->width, (unsigned)out->height, limits->side);
    if (out->channels == 0 || out->depth == 0 || out->depth > 16)
        return failure_set(failure, QR_STEP_PNG, "the PNG's colour type %d at %d bits does not exist", chunk[17],
                           out->depth);
    uint64_t raw = ((uint64_t)out->width * (unsigned)(out->depth * out->channels) + 7) / 8 * out->height;
    if (raw > limits->rows_bytes)
        return failure_set(failure, QR_STEP_PNG, "a PNG of %ux%u pixels is not read at %d bits a pixel",
                           (unsigned)out->width, (unsigned)out->height, out->depth * out->channels);
    return true;
}

static bool matters(const uint8_t *type)
{
    static const char types[][5] = {"IHDR", "PLTE", "tRNS", "IDAT", "IEND"};
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++) {
        if (memcmp(type, types[i], 4) == 0)
            return true;
    }
    return false;
}

bool chunks_keep(uint8_t *kept, size_t *kept_len, struct chunks_header *header, const uint8_t *png, size_t len,
                 const struct picture_limits *limits, struct qr_failure *failure)
{
    if (!check_signature(png, len, limits, failure) || !read_header(header, png, len, limits, failure))
        return false;
    memcpy(kept, png, SIGNATURE_LEN);
    *kept_len = SIGNATURE_LEN;
    for (size_t at = SIGNATURE_LEN; len - at >= FRAME_LEN;) {
        size_t rest = len - at, claimed = (size_t)big_endian(png + at) + FRAME_LEN;
        size_t whole = claimed < rest ? claimed : rest;
        if (matters(png + at + 4)) {
            memcpy(kept + *kept_len, png + at, whole);
            *kept_len += whole;
        }
        at += whole;
    }
    return true;
}
