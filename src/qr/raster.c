/* SPDX-License-Identifier: MIT */
#include "qr/raster.h"

#include <stdlib.h>
#include <string.h>

/* The room that the usual code has at 80x24. A picture need not be larger, and a smaller window would not show it. */
#define ROOM_COLUMNS 65
#define ROOM_ROWS 21
/* Smaller modules a camera does not resolve; larger ones bring nothing but bytes. */
#define MODULE_MIN 3
#define MODULE_MAX 16
/* Pixels a side: xterm shows nothing at all of a larger sixel picture. */
#define PICTURE_MAX 1000
/* Modules above and below where the room has the rows: readers like it, and a line of text may stand close by. */
#define QUIET_TOP_WISHED 2

static int smaller(int a, int b)
{
    return a < b ? a : b;
}

static int larger(int a, int b)
{
    return a > b ? a : b;
}

static bool is_cell_side(int pixels)
{
    return pixels >= QR_CELL_MIN && pixels <= QR_CELL_MAX;
}

bool raster_cells_known(const struct qr_terminal *terminal)
{
    return is_cell_side(terminal->cell_width) && is_cell_side(terminal->cell_height);
}

/* Pixels of as many whole cells as a picture may have. */
static int picture_pixels(int cell)
{
    return PICTURE_MAX / cell * cell;
}

/* The largest modules with which the symbol and its least quiet zone fit the usual room, and the largest picture. */
static int module_pixels(int modules, const struct qr_terminal *terminal)
{
    int across = ROOM_COLUMNS * terminal->cell_width / (modules + 2 * QR_QUIET_SIDE);
    int down = ROOM_ROWS * terminal->cell_height / (modules + 2 * QR_QUIET_TOP);
    int wide = picture_pixels(terminal->cell_width) / (modules + 2 * QR_QUIET_SIDE);
    int high = picture_pixels(terminal->cell_height) / (modules + 2 * QUIET_TOP_WISHED);
    int most = smaller(MODULE_MAX, smaller(wide, high));
    return larger(MODULE_MIN, smaller(most, smaller(across, down)));
}

static int cells_for(int pixels, int cell)
{
    return (pixels + cell - 1) / cell;
}

void raster_plan(struct raster_plan *out, int modules, int side, int top, const struct qr_terminal *terminal)
{
    int module = module_pixels(modules, terminal), wished_top = larger(top, QUIET_TOP_WISHED);
    int least_rows = cells_for((modules + 2 * top) * module, terminal->cell_height);
    int wished_rows = cells_for((modules + 2 * wished_top) * module, terminal->cell_height);
    out->module = module;
    out->columns = cells_for((modules + 2 * side) * module, terminal->cell_width);
    out->rows = smaller(wished_rows, larger(least_rows, ROOM_ROWS));
}

/* One row of modules as one row of pixels. */
static void paint_modules(uint8_t *pixels, const uint8_t *dark, int modules, int module, bool inverted)
{
    for (int i = 0; i < modules; i++)
        memset(pixels + i * module, dark[i] != inverted, (size_t)module);
}

bool raster_paint(struct qr_raster *out, const struct qr_matrix *symbol, const struct raster_plan *plan,
                  const struct qr_terminal *terminal, bool inverted)
{
    out->width = plan->columns * terminal->cell_width;
    out->height = plan->rows * terminal->cell_height;
    size_t width = (size_t)out->width, pixels = width * (size_t)out->height;
    out->dark = malloc(pixels);
    if (!out->dark)
        return false;
    memset(out->dark, inverted, pixels);
    int left = (out->width - symbol->size * plan->module) / 2, top = (out->height - symbol->size * plan->module) / 2;
    for (int row = 0; row < symbol->size; row++) {
        uint8_t *line = out->dark + (size_t)(top + row * plan->module) * width;
        paint_modules(line + left, symbol->dark + row * symbol->size, symbol->size, plan->module, inverted);
        for (int copy = 1; copy < plan->module; copy++)
            memcpy(line + (size_t)copy * width, line, width);
    }
    return true;
}
