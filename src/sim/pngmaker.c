/* SPDX-License-Identifier: MIT
 * A PNG writer by hand, because libpng's would choose the chunks itself: real pictures come with a first
 * IDAT of only 2 bytes, and readers must be shown that.
 */
#include "sim/pngmaker.h"

#include <qrencode.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#define PIXEL_BYTES 4
#define CHUNK_OVERHEAD 12 /* length, name, checksum */
#define FIRST_IDAT 2
#define NEXT_IDAT 2048

enum filter { FILTER_SUB = 1, FILTER_UP = 2 };

struct writer {
    unsigned char *data;
    size_t len;
};

static void put_u32(unsigned char *at, uint32_t value)
{
    for (int i = 0; i < 4; i++)
        at[i] = (unsigned char)(value >> (24 - 8 * i));
}

static void put_chunk(struct writer *out, const char *name, const unsigned char *body, size_t len)
{
    unsigned char *at = out->data + out->len;
    put_u32(at, (uint32_t)len);
    memcpy(at + 4, name, 4);
    if (len > 0)
        memcpy(at + 8, body, len);
    put_u32(at + 8 + len, (uint32_t)crc32(0, at + 4, (uInt)(len + 4)));
    out->len += len + CHUNK_OVERHEAD;
}

static void put_header(struct writer *out, size_t side)
{
    unsigned char body[13] = {[8] = 8 /* bits */, [9] = 6 /* RGBA */};
    put_u32(body, (uint32_t)side);
    put_u32(body + 4, (uint32_t)side);
    put_chunk(out, "IHDR", body, sizeof body);
}

static int is_dark(const QRcode *code, int x, int y)
{
    return x >= 0 && y >= 0 && x < code->width && y < code->width && (code->data[y * code->width + x] & 1);
}

/* One line filtered by Sub: only the pixels where the colour changes are not zero. */
static void sub_line(unsigned char *line, const QRcode *code, int row)
{
    const int across = code->width + 2 * PNGMAKER_MARGIN;
    int before = 0;
    memset(line, 0, (size_t)across * PNGMAKER_SCALE * PIXEL_BYTES);
    for (int column = 0; column < across; column++) {
        const int light = !is_dark(code, column - PNGMAKER_MARGIN, row);
        if (light != before)
            memset(line + (size_t)column * PNGMAKER_SCALE * PIXEL_BYTES, light ? 0xff : 0x01, PIXEL_BYTES - 1);
        before = light;
    }
    line[PIXEL_BYTES - 1] = 0xff; /* opaque from the first pixel on */
}

static unsigned char *filtered_lines(const QRcode *code, size_t *len)
{
    const int down = code->width + 2 * PNGMAKER_MARGIN;
    const size_t line = 1 + (size_t)down * PNGMAKER_SCALE * PIXEL_BYTES;
    unsigned char *raw = calloc((size_t)down * PNGMAKER_SCALE, line);
    if (!raw)
        return NULL;
    for (int row = 0; row < down; row++) {
        unsigned char *at = raw + (size_t)row * PNGMAKER_SCALE * line;
        at[0] = FILTER_SUB;
        sub_line(at + 1, code, row - PNGMAKER_MARGIN);
        for (size_t copy = 1; copy < PNGMAKER_SCALE; copy++)
            at[copy * line] = FILTER_UP;
    }
    *len = (size_t)down * PNGMAKER_SCALE * line;
    return raw;
}

static unsigned char *deflated(const unsigned char *raw, size_t raw_len, size_t *len)
{
    z_stream zip = {0};
    if (deflateInit2(&zip, 6, Z_DEFLATED, 15, 8, Z_RLE) != Z_OK)
        return NULL;
    const uLong bound = deflateBound(&zip, (uLong)raw_len);
    unsigned char *packed = malloc(bound);
    zip.next_in = (Bytef *)(uintptr_t)raw;
    zip.avail_in = (uInt)raw_len;
    zip.next_out = packed;
    zip.avail_out = (uInt)bound;
    if (packed && deflate(&zip, Z_FINISH) != Z_STREAM_END) {
        free(packed);
        packed = NULL;
    }
    *len = zip.total_out;
    deflateEnd(&zip);
    return packed;
}

static void put_pixels(struct writer *out, const unsigned char *packed, size_t len)
{
    for (size_t at = 0, piece = FIRST_IDAT; at < len; at += piece, piece = NEXT_IDAT) {
        if (piece > len - at)
            piece = len - at;
        put_chunk(out, "IDAT", packed + at, piece);
    }
}

static unsigned char *assembled(size_t side, const unsigned char *packed, size_t packed_len, size_t *len)
{
    static const unsigned char signature[8] = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    const size_t chunks = packed_len / NEXT_IDAT + 4;
    struct writer out = {malloc(sizeof signature + 13 + packed_len + chunks * CHUNK_OVERHEAD), 0};
    if (!out.data)
        return NULL;
    memcpy(out.data, signature, sizeof signature);
    out.len = sizeof signature;
    put_header(&out, side);
    put_pixels(&out, packed, packed_len);
    put_chunk(&out, "IEND", NULL, 0);
    *len = out.len;
    return out.data;
}

unsigned char *pngmaker_draw(const char *payload, size_t *len)
{
    QRcode *code = QRcode_encodeString8bit(payload, 0, QR_ECLEVEL_M);
    if (!code)
        return NULL;
    const size_t side = (size_t)(code->width + 2 * PNGMAKER_MARGIN) * PNGMAKER_SCALE;
    size_t raw_len = 0;
    size_t packed_len = 0;
    unsigned char *raw = filtered_lines(code, &raw_len);
    unsigned char *packed = raw ? deflated(raw, raw_len, &packed_len) : NULL;
    unsigned char *png = packed ? assembled(side, packed, packed_len, len) : NULL;
    free(packed);
    free(raw);
    QRcode_free(code);
    return png;
}

void pngmaker_damage(unsigned char *png, size_t len)
{
    const size_t from = len / 2;
    for (size_t i = from; i < from + 64 && i < len; i++)
        png[i] ^= 0xa5;
}
