/* SPDX-License-Identifier: MIT */
#include "qr/picture.h"

#include <png.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>

#include "qr/chunks.h"
#include "qr/failure.h"

/* Compressed bytes that libpng takes at a time. What it holds when the last row is done is inflated before it asks for
 * more and can be stopped: at most about 1 MB from this many. */
#define READ_AHEAD 1024

struct reader {
    const uint8_t *bytes; /* the chunks kept */
    size_t len, at;
    size_t file_len; /* of the PNG with all its chunks */
    struct picture *picture;
    const struct picture_request *request;
    uint8_t *last_row, *last_grey; /* rows repeat: what the last one was, and became */
    size_t last_len;
    long rows_left; /* rows of all passes that are still to come */
    char message[96];
};

/* libpng's own handler would print. */
static void on_error(png_structp png, png_const_charp message)
{
    struct reader *r = png_get_error_ptr(png);
    size_t len = strnlen(message, sizeof r->message - 1);
    memcpy(r->message, message, len);
    r->message[len] = '\0';
    png_longjmp(png, 1);
}

static void on_warning(png_structp png, png_const_charp message)
{
    (void)png;
    (void)message;
}

static void on_read(png_structp png, png_bytep dst, size_t count)
{
    struct reader *r = png_get_io_ptr(png);
    if (r->rows_left == 0)
        png_error(png, "all rows are in");
    if (count > r->len - r->at)
        png_error(png, "the PNG is cut off");
    memcpy(dst, r->bytes + r->at, count);
    r->at += count;
}

static unsigned luminance(const uint8_t *rgb)
{
    return (rgb[0] * 77u + rgb[1] * 150u + rgb[2] * 29u + 128) >> 8;
}

static uint8_t lay_on(uint8_t background, unsigned grey, unsigned alpha)
{
    return (uint8_t)((grey * alpha + background * (255 - alpha) + 127) / 255);
}

static unsigned grey_of(const struct reader *r, const uint8_t *rgb)
{
    unsigned least = rgb[0] < rgb[1] ? rgb[0] : rgb[1], most = rgb[0] < rgb[1] ? rgb[1] : rgb[0];
    switch (r->request->greys) {
    case PICTURE_LEAST:
        return rgb[2] < least ? rgb[2] : least;
    case PICTURE_MOST:
        return rgb[2] > most ? rgb[2] : most;
    case PICTURE_LUMINANCE:
    default:
        return luminance(rgb);
    }
}

/* Neighbours are mostly equal in these pictures; comparing is cheaper than computing. */
static void grey_from_rgba(struct reader *r, uint8_t *row, size_t width)
{
    uint32_t known = 0, pixel;
    uint8_t background = r->request->background, grey = background;
    for (size_t x = 0; x < width; x++) {
        const uint8_t *rgba = row + x * 4;
        memcpy(&pixel, rgba, sizeof pixel);
        if (pixel != known || x == 0) {
            known = pixel;
            grey = lay_on(background, grey_of(r, rgba), rgba[3]);
            r->picture->see_through |= rgba[3] != 255;
        }
        row[x] = grey;
    }
}

static void grey_from_rgb(const struct reader *r, uint8_t *row, size_t width)
{
    for (size_t x = 0; x < width; x++)
        row[x] = (uint8_t)grey_of(r, row + x * 3);
}

static void grey_from_grey_alpha(struct reader *r, uint8_t *row, size_t width)
{
    for (size_t x = 0; x < width; x++) {
        uint8_t alpha = row[x * 2 + 1];
        r->picture->see_through |= alpha != 255;
        row[x] = lay_on(r->request->background, row[x * 2], alpha);
    }
}

/* In place: each pixel is written at or before where it was read. */
static void row_to_grey(struct reader *r, uint8_t *row, size_t width, int channels)
{
    size_t len = width * (size_t)channels;
    if (channels == 1)
        return;
    if (len == r->last_len && memcmp(row, r->last_row, len) == 0) {
        memcpy(row, r->last_grey, width);
        return;
    }
    memcpy(r->last_row, row, len);
    r->last_len = len;
    if (channels == 4)
        grey_from_rgba(r, row, width);
    else if (channels == 3)
        grey_from_rgb(r, row, width);
    else
        grey_from_grey_alpha(r, row, width);
    memcpy(r->last_grey, row, width);
}

static void on_row(png_structp png, png_row_infop info, png_bytep row)
{
    struct reader *r = png_get_user_transform_ptr(png);
    r->picture->coloured = info->channels >= 3;
    row_to_grey(r, row, info->width, info->channels);
    r->rows_left--;
}

/* Everything comes out of libpng as 8 bits a sample, and of on_row as one sample a pixel. */
static void set_transforms(png_structp png, struct reader *r)
{
    png_set_expand(png);
    png_set_strip_16(png);
    png_set_read_user_transform_fn(png, on_row);
    png_set_user_transform_info(png, r, 8, 1);
}

static long rows_of_all_passes(int width, int height, int passes)
{
    long rows = 0;
    if (passes == 1)
        return height;
    for (int pass = 0; pass < passes; pass++) {
        if (PNG_PASS_COLS(width, pass) > 0)
            rows += PNG_PASS_ROWS(height, pass);
    }
    return rows;
}

static void read_rows(png_structp png, png_infop info, struct reader *r)
{
    png_read_info(png, info);
    set_transforms(png, r);
    int passes = png_set_interlace_handling(png);
    png_uint_32 width = png_get_image_width(png, info), height = png_get_image_height(png, info);
    png_read_update_info(png, info);
    if (png_get_rowbytes(png, info) != width)
        png_error(png, "the rows are not grey");
    r->rows_left = rows_of_all_passes((int)width, (int)height, passes);
    for (int pass = 0; pass < passes; pass++) {
        for (png_uint_32 y = 0; y < height; y++)
            png_read_row(png, r->picture->grey + (size_t)y * width, NULL);
    }
}

/* No variable of this function changes between setjmp and its return: nothing can be clobbered. */
static void read_guarded(png_structp png, png_infop info, struct reader *r)
{
    if (setjmp(png_jmpbuf(png)) == 0)
        read_rows(png, info, r);
}

static bool read_with_libpng(struct reader *r, struct qr_failure *failure)
{
    png_structp png = png_create_read_struct(PNG_LIBPNG_VER_STRING, r, on_error, on_warning);
    png_infop info = png ? png_create_info_struct(png) : NULL;
    if (!info) {
        png_destroy_read_struct(&png, NULL, NULL);
        return failure_set(failure, QR_STEP_MEMORY, "no memory for libpng");
    }
    r->rows_left = -1;
    png_set_read_fn(png, r, on_read);
    png_set_compression_buffer_size(png, READ_AHEAD);
#ifdef PNG_IGNORE_ADLER32
    /* The chunks have their CRC and the symbol its Reed-Solomon code: a third sum costs time for nothing. */
    png_set_option(png, PNG_IGNORE_ADLER32, PNG_OPTION_ON);
#endif
    read_guarded(png, info, r);
    png_destroy_read_struct(&png, &info, NULL);
    if (r->rows_left == 0)
        return true;
    return failure_set(failure, QR_STEP_PNG, "the PNG of %zu bytes cannot be read: %s", r->file_len, r->message);
}

/* One allocation for all that a reading needs: the kept chunks and the two rows. */
static bool read_kept(struct reader *r, uint8_t *scratch, const uint8_t *png, size_t len, struct qr_failure *failure)
{
    struct chunks_header header;
    if (!chunks_keep(scratch, &r->len, &header, png, len, &r->request->limits, failure))
        return false;
    r->bytes = scratch;
    r->file_len = len;
    r->picture->width = (int)header.width;
    r->picture->height = (int)header.height;
    r->picture->grey = malloc((size_t)header.width * header.height);
    if (!r->picture->grey)
        return failure_set(failure, QR_STEP_MEMORY, "no memory for %ux%u pixels", (unsigned)header.width,
                           (unsigned)header.height);
    return read_with_libpng(r, failure);
}

bool picture_read(struct picture *out, const uint8_t *png, size_t len, const struct picture_request *request,
                  struct qr_failure *failure)
{
    const struct picture_limits *limits = &request->limits;
    size_t kept_max = len < limits->bytes ? len : limits->bytes, row_max = (size_t)limits->side * 4;
    uint8_t *scratch = malloc(kept_max + row_max + (size_t)limits->side + 1);
    *out = (struct picture){0};
    if (!scratch)
        return failure_set(failure, QR_STEP_MEMORY, "no memory for a PNG of %zu bytes", len);
    struct reader r = {.picture = out, .request = request};
    r.last_row = scratch + kept_max;
    r.last_grey = r.last_row + row_max;
    bool done = read_kept(&r, scratch, png, len, failure);
    free(scratch);
    if (!done)
        picture_free(out);
    return done;
}

void picture_free(struct picture *picture)
{
    free(picture->grey);
    *picture = (struct picture){0};
}
