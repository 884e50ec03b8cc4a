/* SPDX-License-Identifier: MIT */
#include "cli/print.h"

#include <stdbool.h>

/* UTF-8 of a glyph of the drawing modes: a blank, or three or four bytes. */
static void put_glyph(FILE *out, uint32_t c)
{
    if (c < 0x80) {
        putc((int)c, out);
        return;
    }
    if (c >= 0x10000) {
        putc((int)(0xF0 | c >> 18), out);
        putc((int)(0x80 | (c >> 12 & 0x3F)), out);
    } else {
        putc((int)(0xE0 | c >> 12), out);
    }
    putc((int)(0x80 | (c >> 6 & 0x3F)), out);
    putc((int)(0x80 | (c & 0x3F)), out);
}

static void put_style(FILE *out, bool light)
{
    fputs(light ? "\033[38;5;16;48;5;231m" : "\033[38;5;231;48;5;16m", out);
}

static void put_row(FILE *out, const struct qr_drawing *drawing, int row)
{
    const struct qr_cell *cells = drawing->cells + (size_t)row * (size_t)drawing->columns;
    for (int column = 0; column < drawing->columns; column++) {
        bool light = cells[column].light_background;
        if (column == 0 || light != cells[column - 1].light_background)
            put_style(out, light);
        put_glyph(out, cells[column].glyph);
    }
    fputs("\033[0m", out);
}

void print_drawing(FILE *out, const struct qr_drawing *drawing)
{
    for (int row = 0; row < drawing->rows; row++) {
        put_row(out, drawing, row);
        putc('\n', out);
    }
}

void print_drawing_at(FILE *out, const struct qr_drawing *drawing, int row, int column)
{
    for (int i = 0; i < drawing->rows; i++) {
        fprintf(out, "\033[%d;%dH", row + i + 1, column + 1);
        put_row(out, drawing, i);
    }
}
