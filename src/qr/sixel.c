/* SPDX-License-Identifier: MIT */
#include "qr/sixel.h"

#define BAND_ROWS 6
#define FIRST_SIXEL '?'
/* "!4?" is no longer than "????". */
#define RUN_WORTH_COUNTING 4

/* A band is six rows of pixels, at the lower edge maybe fewer. */
struct band {
    const uint8_t *dark;
    int width, rows;
};

/* The pixels of one column that have the colour, the uppermost in the lowest bit. */
static int column_bits(const struct band *band, int column, int dark)
{
    int bits = 0;
    for (int row = 0; row < band->rows; row++)
        bits |= (band->dark[row * band->width + column] == dark) << row;
    return bits;
}

static void put_run(FILE *out, int bits, int count)
{
    if (count >= RUN_WORTH_COUNTING)
        fprintf(out, "!%d%c", count, FIRST_SIXEL + bits);
    else
        for (int i = 0; i < count; i++)
            putc_unlocked(FIRST_SIXEL + bits, out);
}

/* What of the band has one colour. Nothing that comes after the last such pixel. */
static void put_colour(FILE *out, const struct band *band, int dark)
{
    int bits = 0, count = 0;
    fprintf(out, "#%d", !dark);
    for (int column = 0; column < band->width; column++, count++) {
        int next = column_bits(band, column, dark);
        if (next == bits)
            continue;
        put_run(out, bits, count);
        bits = next;
        count = 0;
    }
    if (bits != 0)
        put_run(out, bits, count);
}

void sixel_write(FILE *out, const struct qr_raster *raster)
{
    /* One pixel is as wide as high; pixels not named stay as they are, for there are none; 0 is black, 1 white. */
    fprintf(out, "\033P0;1;0q\"1;1;%d;%d#0;2;0;0;0#1;2;100;100;100", raster->width, raster->height);
    for (int y = 0; y < raster->height; y += BAND_ROWS) {
        struct band band = {raster->dark + y * raster->width, raster->width, raster->height - y};
        if (band.rows > BAND_ROWS)
            band.rows = BAND_ROWS;
        if (y > 0)
            putc_unlocked('-', out);
        put_colour(out, &band, 0);
        putc_unlocked('$', out);
        put_colour(out, &band, 1);
    }
    fputs("\033\\", out);
}
