/* SPDX-License-Identifier: MIT */
#include "qr_rig.h"

#include <math.h>
#include <png.h>
#include <qrencode.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "qr/spec.h"

static void require(bool fine, const char *what)
{
    if (fine)
        return;
    fprintf(stderr, "rig: %s\n", what);
    abort();
}

uint32_t rig_random(uint32_t *state)
{
    *state = *state * 1664525u + 1013904223u;
    return *state >> 8;
}

void rig_fill(uint8_t *bytes, size_t len, uint32_t *state)
{
    for (size_t i = 0; i < len; i++)
        bytes[i] = (uint8_t)rig_random(state);
}

size_t rig_capacity(int version, char level)
{
    struct spec_blocks b;
    spec_blocks(&b, version, level);
    int data = b.short_len * b.count + b.longer - b.checks * b.count;
    return (size_t)(data - (version < 10 ? 2 : 3));
}

static QRecLevel level_of(char level)
{
    return level == 'L' ? QR_ECLEVEL_L : level == 'M' ? QR_ECLEVEL_M : level == 'Q' ? QR_ECLEVEL_Q : QR_ECLEVEL_H;
}

void rig_encode(struct qr_matrix *out, const uint8_t *data, size_t len, int version, char level)
{
    QRinput *input = QRinput_new2(version, level_of(level));
    require(input && QRinput_append(input, QR_MODE_8, (int)len, data) == 0, "QRinput_append");
    QRcode *code = QRcode_encodeInput(input);
    require(code && code->version == version, "the data does not fit the version");
    out->size = code->width;
    for (int i = 0; i < code->width * code->width; i++)
        out->dark[i] = code->data[i] & 1;
    QRcode_free(code);
    QRinput_free(input);
}

/* The eight conditions as the standard prints them. */
static bool masked(int mask, int i, int j)
{
    const int value[8] = {(i + j) % 2,
                          i % 2,
                          j % 3,
                          (i + j) % 3,
                          (i / 2 + j / 3) % 2,
                          (i * j) % 2 + (i * j) % 3,
                          ((i * j) % 2 + (i * j) % 3) % 2,
                          ((i + j) % 2 + (i * j) % 3) % 2};
    return value[mask] == 0;
}

/* The 15 bits, by long division of the five. */
static unsigned format_bits(char level, int mask)
{
    unsigned word = (level == 'L' ? 1u : level == 'M' ? 0u : level == 'Q' ? 3u : 2u) << 3 | (unsigned)mask;
    unsigned rest = word << 10;
    for (unsigned bit = 14; bit >= 10; bit--)
        rest ^= rest >> bit & 1 ? 0x537u << (bit - 10) : 0;
    return (word << 10 | rest) ^ 0x5412u;
}

static void write_format(struct qr_matrix *symbol, unsigned bits)
{
    static const int corner_rows[] = {0, 1, 2, 3, 4, 5, 7, 8, 8, 8, 8, 8, 8, 8, 8};
    static const int corner_columns[] = {8, 8, 8, 8, 8, 8, 8, 8, 7, 5, 4, 3, 2, 1, 0};
    int size = symbol->size;
    for (int i = 0; i < 15; i++) {
        uint8_t dark = bits >> i & 1;
        symbol->dark[corner_rows[i] * size + corner_columns[i]] = dark;
        symbol->dark[i < 8 ? 8 * size + size - 1 - i : (size - 15 + i) * size + 8] = dark;
    }
}

void rig_remask(struct qr_matrix *symbol, char level, int from, int to)
{
    static uint8_t taken[QR_MODULES_MAX * QR_MODULES_MAX];
    int size = symbol->size;
    spec_taken(taken, spec_version(size));
    for (int i = 0; i < size * size; i++) {
        if (!taken[i])
            symbol->dark[i] ^= masked(from, i / size, i % size) != masked(to, i / size, i % size);
    }
    write_format(symbol, format_bits(level, to));
}

int rig_places(int *places, int version)
{
    static uint8_t taken[QR_MODULES_MAX * QR_MODULES_MAX];
    int size = spec_size(version), count = 0, pair = 0;
    spec_taken(taken, version);
    for (int right = size - 1; right >= 1; right -= right == 8 ? 3 : 2, pair++) {
        for (int n = 0; n < 2 * size; n++) {
            int row = pair % 2 == 0 ? size - 1 - n / 2 : n / 2, place = row * size + right - n % 2;
            if (!taken[place])
                places[count++] = place;
        }
    }
    return count;
}

struct rig_picture rig_paint(const struct qr_matrix *symbol, const struct rig_paint *how)
{
    int inner = (int)ceil(symbol->size * how->pitch - 0.5), side = inner + 2 * how->border;
    struct rig_picture picture = {.width = side, .height = side, .grey = malloc((size_t)side * (size_t)side)};
    require(picture.grey, "no memory");
    for (int y = 0; y < side; y++) {
        int row = (int)floor((y - how->border + 0.5) / how->pitch);
        for (int x = 0; x < side; x++) {
            int column = (int)floor((x - how->border + 0.5) / how->pitch);
            bool inside = row >= 0 && column >= 0 && row < symbol->size && column < symbol->size;
            uint8_t grey =
                inside ? (symbol->dark[row * symbol->size + column] ? how->dark : how->light) : how->border_grey;
            picture.grey[y * side + x] = grey;
        }
    }
    return picture;
}

void rig_mirror(struct rig_picture *picture)
{
    for (int y = 0; y < picture->height; y++) {
        uint8_t *row = picture->grey + y * picture->width;
        for (int x = 0; x < picture->width / 2; x++) {
            uint8_t kept = row[x];
            row[x] = row[picture->width - 1 - x];
            row[picture->width - 1 - x] = kept;
        }
    }
}

void rig_quarter_turn(struct rig_picture *picture)
{
    struct rig_picture turned = {.width = picture->height, .height = picture->width};
    turned.grey = malloc((size_t)turned.width * (size_t)turned.height);
    require(turned.grey, "no memory");
    for (int y = 0; y < turned.height; y++) {
        for (int x = 0; x < turned.width; x++)
            turned.grey[y * turned.width + x] = picture->grey[(picture->height - 1 - x) * picture->width + y];
    }
    free(picture->grey);
    *picture = turned;
}

static double pixel_or_white(const struct rig_picture *picture, int x, int y)
{
    bool inside = x >= 0 && y >= 0 && x < picture->width && y < picture->height;
    return inside ? picture->grey[y * picture->width + x] : 255;
}

static double between_pixels(const struct rig_picture *picture, double x, double y)
{
    int left = (int)floor(x), top = (int)floor(y);
    double right = x - left, below = y - top;
    return (1 - below) *
               ((1 - right) * pixel_or_white(picture, left, top) + right * pixel_or_white(picture, left + 1, top)) +
           below * ((1 - right) * pixel_or_white(picture, left, top + 1) +
                    right * pixel_or_white(picture, left + 1, top + 1));
}

void rig_lean(struct rig_picture *picture, double degrees)
{
    double angle = degrees * acos(-1) / 180, x0 = (picture->width - 1) / 2.0, y0 = (picture->height - 1) / 2.0;
    struct rig_picture turned = *picture;
    turned.grey = malloc((size_t)turned.width * (size_t)turned.height);
    require(turned.grey, "no memory");
    for (int y = 0; y < turned.height; y++) {
        for (int x = 0; x < turned.width; x++) {
            double from_x = x0 + (x - x0) * cos(angle) + (y - y0) * sin(angle);
            double from_y = y0 - (x - x0) * sin(angle) + (y - y0) * cos(angle);
            turned.grey[y * turned.width + x] = (uint8_t)(between_pixels(picture, from_x, from_y) + 0.5);
        }
    }
    free(picture->grey);
    *picture = turned;
}

uint8_t *rig_png(const struct rig_picture *picture, size_t *len)
{
    png_image image = {.version = PNG_IMAGE_VERSION,
                       .width = (png_uint_32)picture->width,
                       .height = (png_uint_32)picture->height,
                       .format = PNG_FORMAT_GRAY,
                       .flags = PNG_IMAGE_FLAG_FAST};
    png_alloc_size_t size = PNG_IMAGE_PNG_SIZE_MAX(image);
    uint8_t *png = malloc(size);
    require(png && png_image_write_to_memory(&image, png, &size, 0, picture->grey, 0, NULL),
            "png_image_write_to_memory");
    *len = size;
    return png;
}
