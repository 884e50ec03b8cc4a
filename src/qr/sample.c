/* SPDX-License-Identifier: MIT */
#include "qr/sample.h"

#include <stdlib.h>

#define MODULES 41

/* Every other row of cells is light. */
static bool is_dark(const struct qr_mode_info *info, int x, int y)
{
    int row = (y + QR_QUIET_TOP) / info->down, in_row = (y + QR_QUIET_TOP) % info->down;
    return row % 2 == 1 && in_row <= x * info->down / MODULES;
}

bool qr_sample(struct qr_drawing *out, enum qr_mode mode)
{
    const struct qr_draw_request request = {.mode = mode, .side = QR_QUIET_SIDE, .top = QR_QUIET_TOP};
    struct qr_matrix *stairs = calloc(1, sizeof *stairs);
    if (!stairs)
        return false;
    stairs->size = MODULES;
    for (int y = 0; y < MODULES; y++)
        for (int x = 0; x < MODULES; x++)
            stairs->dark[y * MODULES + x] = is_dark(qr_mode_info(mode), x, y);
    bool drawn = qr_draw(out, stairs, &request);
    free(stairs);
    return drawn;
}
