/* SPDX-License-Identifier: MIT
 * A symbol to terminal cells. The background of a cell is the colour of its lowest modules: fonts leave gaps in the
 * background colour at the lower edge of a cell, and there they do no harm.
 */
#include <stdlib.h>

#include "qr/code.h"
#include "qr/octant.h"
#include "qr/raster.h"

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
    bool inverted;
};

/* Beyond the symbol is its quiet zone. */
static bool dark_at(const struct canvas *canvas, int x, int y)
{
    int column = x - canvas->side, row = y - canvas->top, size = canvas->symbol->size;
    bool inside = column >= 0 && row >= 0 && column < size && row < size;
    return (inside && canvas->symbol->dark[row * size + column]) != canvas->inverted;
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

/* The eight modules are the bits of `dark`. Where no terminal can be trusted with the glyph, the colours are exchanged. */
static struct qr_cell octant_cell(const struct canvas *canvas, int column, int row)
{
    unsigned dark = 0;
    for (int i = 0; i < 8; i++)
        dark |= (unsigned)dark_at(canvas, column * 2 + i % 2, row * 4 + i / 2) << i;
    bool ground = dark >> 7;
    unsigned marks = ground ? ~dark & 255u : dark;
    uint32_t glyph = octant_glyph(marks);
    if (glyph == 0)
        return (struct qr_cell){.glyph = octant_glyph(~marks & 255u), .light_background = ground};
    return (struct qr_cell){.glyph = glyph, .light_background = !ground};
}

/* The picture stands before it. */
static struct qr_cell picture_cell(const struct canvas *canvas, int column, int row)
{
    (void)column;
    (void)row;
    return blank(canvas->inverted);
}

static struct qr_cell full_cell(const struct canvas *canvas, int column, int row)
{
    return blank(dark_at(canvas, column / 2, row));
}

static struct qr_cell (*const makers[QR_MODE_COUNT])(const struct canvas *canvas, int column, int row) = {
    [QR_MODE_HALF] = half_cell,
    [QR_MODE_WIDE_SEXTANT] = wide_sextant_cell,
    [QR_MODE_PICTURE] = picture_cell,
    [QR_MODE_OCTANT] = octant_cell,
    [QR_MODE_SEXTANT] = sextant_cell,
    [QR_MODE_FULL] = full_cell,
};

static int clamp(int value, int least, int most)
{
    return value < least ? least : value > most ? most : value;
}

static bool draw_cells(struct qr_drawing *out, const struct canvas *canvas)
{
    out->cells = malloc((size_t)out->columns * (size_t)out->rows * sizeof *out->cells);
    if (!out->cells)
        return false;
    struct qr_cell *cell = out->cells;
    for (int row = 0; row < out->rows; row++) {
        for (int column = 0; column < out->columns; column++)
            *cell++ = makers[out->mode](canvas, column, row);
    }
    return true;
}

static bool draw_picture(struct qr_drawing *out, const struct canvas *canvas, const struct qr_terminal *terminal)
{
    struct raster_plan plan;
    if (!terminal || !raster_cells_known(terminal))
        return false;
    raster_plan(&plan, canvas->symbol->size, canvas->side, canvas->top, terminal);
    out->columns = plan.columns;
    out->rows = plan.rows;
    if (!raster_paint(&out->raster, canvas->symbol, &plan, terminal, canvas->inverted))
        return false;
    if (draw_cells(out, canvas))
        return true;
    qr_drawing_free(out);
    return false;
}

bool qr_draw(struct qr_drawing *out, const struct qr_matrix *symbol, const struct qr_draw_request *request)
{
    const struct qr_mode_info *info = qr_mode_info(request->mode);
    struct canvas canvas = {.symbol = symbol,
                            .side = clamp(request->side, QR_QUIET_SIDE, QR_QUIET_MAX),
                            .top = clamp(request->top, QR_QUIET_TOP, QR_QUIET_MAX),
                            .inverted = request->inverted};
    *out = (struct qr_drawing){.mode = request->mode, .inverted = request->inverted};
    if (request->mode == QR_MODE_PICTURE)
        return draw_picture(out, &canvas, request->terminal);
    out->columns = (symbol->size + 2 * canvas.side + info->across - 1) / info->across * info->cells;
    out->rows = (symbol->size + 2 * canvas.top + info->down - 1) / info->down;
    return draw_cells(out, &canvas);
}

void qr_drawing_free(struct qr_drawing *drawing)
{
    free(drawing->cells);
    free(drawing->raster.dark);
    *drawing = (struct qr_drawing){0};
}
