/* SPDX-License-Identifier: MIT
 * A symbol in pixels, for terminals that show pictures.
 */
#ifndef SCANDECK_QR_RASTER_H
#define SCANDECK_QR_RASTER_H

#include "qr/code.h"

/* How large a picture gets. */
struct raster_plan {
    int module; /* pixels a side of a module */
    int columns, rows;
};

/* Whether the size of the terminal's cells is known and can be true. */
bool raster_cells_known(const struct qr_terminal *terminal);

/* For a symbol of `modules` in a quiet zone of at least `side` modules left and right and `top` above and below, on a
 * terminal whose cells are known. */
void raster_plan(struct raster_plan *out, int modules, int side, int top, const struct qr_terminal *terminal);

/* Paints the symbol in the middle of the planned cells. False when memory is out. */
bool raster_paint(struct qr_raster *out, const struct qr_matrix *symbol, const struct raster_plan *plan,
                  const struct qr_terminal *terminal, bool inverted);

#endif
