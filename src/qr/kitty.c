/* SPDX-License-Identifier: MIT */
#include "qr/kitty.h"

#include <png.h>
#include <stdlib.h>
#include <string.h>

#include "qr/base64.h"

/* The protocol takes 4096 characters of base64 in a piece. */
#define PIECE_BYTES 3072

struct png_bytes {
    char *data;
    size_t len;
};

static void put_bytes(png_structp png, png_bytep bytes, size_t len)
{
    if (fwrite(bytes, 1, len, png_get_io_ptr(png)) != len)
        png_error(png, "no memory");
}

static void put_nothing(png_structp png)
{
    (void)png;
}

/* libpng says nothing itself: the only error there is to have is a lack of memory. */
static void on_error(png_structp png, png_const_charp text)
{
    (void)text;
    png_longjmp(png, 1);
}

static void on_warning(png_structp png, png_const_charp text)
{
    (void)png;
    (void)text;
}

/* One bit a pixel, where 1 is white; the last byte's rest is not looked at. */
static void pack_line(uint8_t *line, const uint8_t *dark, int width)
{
    memset(line, 0, (size_t)(width + 7) / 8);
    for (int x = 0; x < width; x++)
        line[x / 8] |= (uint8_t)(!dark[x] << (7 - x % 8));
}

static void write_lines(png_structp png, png_infop info, const struct qr_raster *raster, uint8_t *line)
{
    png_set_IHDR(png, info, (png_uint_32)raster->width, (png_uint_32)raster->height, 1, PNG_COLOR_TYPE_GRAY,
                 PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
    png_write_info(png, info);
    for (int y = 0; y < raster->height; y++) {
        pack_line(line, raster->dark + y * raster->width, raster->width);
        png_write_row(png, line);
    }
    png_write_end(png, NULL);
}

static bool write_png(FILE *out, const struct qr_raster *raster)
{
    png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, on_error, on_warning);
    png_infop info = png ? png_create_info_struct(png) : NULL;
    uint8_t *line = malloc((size_t)raster->width / 8 + 1);
    volatile bool whole = false;
    if (info && line && setjmp(png_jmpbuf(png)) == 0) {
        png_set_write_fn(png, out, put_bytes, put_nothing);
        write_lines(png, info, raster, line);
        whole = true;
    }
    png_destroy_write_struct(&png, &info);
    free(line);
    return whole;
}

static bool make_png(struct png_bytes *png, const struct qr_raster *raster)
{
    FILE *out = open_memstream(&png->data, &png->len);
    bool whole = out && write_png(out, raster);
    return out && fclose(out) == 0 && whole;
}

static void put_base64(FILE *out, const uint8_t *bytes, size_t len)
{
    char *text = base64_encode(bytes, len);
    if (text)
        fputs(text, out);
    free(text);
}

/* The first piece says everything, the others only whether there are more. */
static void put_pieces(FILE *out, const struct qr_drawing *drawing, const struct png_bytes *png)
{
    for (size_t at = 0; at < png->len; at += PIECE_BYTES) {
        size_t rest = png->len - at, len = rest < PIECE_BYTES ? rest : PIECE_BYTES;
        fputs("\033_G", out);
        if (at == 0)
            fprintf(out, "a=T,f=100,i=" KITTY_PICTURE ",p=1,q=2,C=1,c=%d,r=%d,", drawing->columns, drawing->rows);
        fprintf(out, "m=%d;", len < rest);
        put_base64(out, (const uint8_t *)png->data + at, len);
        fputs("\033\\", out);
    }
}

bool kitty_write(FILE *out, const struct qr_drawing *drawing)
{
    struct png_bytes png = {0};
    bool whole = make_png(&png, &drawing->raster);
    if (whole)
        put_pieces(out, drawing, &png);
    free(png.data);
    return whole;
}
