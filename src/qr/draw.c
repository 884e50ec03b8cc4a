/* SPDX-License-Identifier: MIT
 * A symbol to terminal cells. The background of a cell is the colour of its lowest modules: fonts leave gaps in the
 * background colour at the lower edge of a cell, and there they do no harm.
 */
#include <stdlib.h>

#include "qr/code.h"

#define BLANK 0x20
#define UPPER_HALF 0x2580
#define LEFT_HALF 0x258c
#define SEXTANT_FIRST 0x1fb00

/* All of the left column of a sextant's two columns and three rows: an older glyph has it, and the sextants leave it
 * out. The right column never stands in the foreground: its lowest module is the ground. */
#define SEXTANT_LEFT 21u

struct canvas {
    const struct qr_matrix *symbol;
    int side, top;
};

static bool dark_at(const struct canvas *canvas, int x, int y)
{
    int column = x - canvas->side, row = y - canvas->top, size = canvas->symbol->size;
    return column >= 0 && row >= 0 && column < size && row < size && canvas->symbol->dark[row * size + column];
}

/* The glyph whose marks, in the foreground, are the bits of n, 1..31, first row first. */
static uint32_t sextant_glyph(unsigned n)
{
    if (n == SEXTANT_LEFT)
        return LEFT_HALF;
    return SEXTANT_FIRST + n - 1 - (n > SEXTANT_LEFT);
}

static struct qr_cell blank(bool dark)
{
    return (struct qr_cell){.glyph = BLANK, .light_background = !dark};
}

static struct qr_cell half_cell(const struct canvas *canvas, int column, int row)
{
    bool top = dark_at(canvas, column, row * 2), bottom = dark_at(canvas, column, row * 2 + 1);
    if (top == bottom)
        return blank(bottom);
    return (struct qr_cell){.glyph = UPPER_HALF, .light_background = !bottom};
}

/* The six modules are the bits of `dark`; the background is the colour of the last one, at the lower right. */
static struct qr_cell sextant_from(unsigned dark)
{
    bool ground = dark >> 5;
    unsigned marks = ground ? ~dark & 63u : dark;
    if (marks == 0)
        return blank(ground);
    return (struct qr_cell){.glyph = sextant_glyph(marks), .light_background = !ground};
}

static struct qr_cell sextant_cell(const struct canvas *canvas, int column, int row)
{
    unsigned dark = 0;
    for (int i = 0; i < 6; i++)
        dark |= (unsigned)dark_at(canvas, column * 2 + i % 2, row * 3 + i / 2) << i;
    return sextant_from(dark);
}

static struct qr_cell wide_sextant_cell(const struct canvas *canvas, int column, int row)
{
    unsigned dark = 0;
    for (int i = 0; i < 3; i++)
        dark |= (dark_at(canvas, column, row * 3 + i) ? 3u : 0u) << (2 * i);
    return sextant_from(dark);
}

static struct qr_cell full_cell(const struct canvas *canvas, int column, int row)
{
    return blank(dark_at(canvas, column / 2, row));
}

static struct qr_cell (*const makers[QR_MODE_COUNT])(const struct canvas *canvas, int column, int row) = {
    [QR_MODE_HALF] = half_cell,
    [QR_MODE_WIDE_SEXTANT] = wide_sextant_cell,
    [QR_MODE_SEXTANT] = sextant_cell,
    [QR_MODE_FULL] = full_cell,
};

static int clamp(int value, int least, int most)
{
    return value < least ? least : value > most ? most : value;
}

bool qr_draw(struct qr_drawing *out, const struct qr_matrix *symbol, const struct qr_draw_request *request)
{
    const struct qr_mode_info *info = qr_mode_info(request->mode);
    struct canvas canvas = {.symbol = symbol,
                            .side = clamp(request->side, QR_QUIET_SIDE, QR_QUIET_MAX),
                            .top = clamp(request->top, QR_QUIET_TOP, QR_QUIET_MAX)};
    out->mode = request->mode;
    out->inverted = request->inverted;
    out->columns = (symbol->size + 2 * canvas.side + info->across - 1) / info->across * info->cells;
    out->rows = (symbol->size + 2 * canvas.top + info->down - 1) / info->down;
    out->cells = malloc((size_t)out->columns * (size_t)out->rows * sizeof *out->cells);
    if (!out->cells)
        return false;
    struct qr_cell *cell = out->cells;
    for (int row = 0; row < out->rows; row++) {
        for (int column = 0; column < out->columns; column++)
            *cell++ = makers[request->mode](&canvas, column, row);
    }
    return true;
}

void qr_drawing_free(struct qr_drawing *drawing)
{
    free(drawing->cells);
    *drawing = (struct qr_drawing){0};
}
