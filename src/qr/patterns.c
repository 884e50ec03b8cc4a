/* SPDX-License-Identifier: MIT */
#include "qr/patterns.h"

#include <stdlib.h>

#include "qr/failure.h"

#define FINDER_CENTRE 3
#define FINDER_REACH 4 /* from its centre, with the light around it */
#define TIMING_LINE 6

static int larger(int a, int b)
{
    return a > b ? a : b;
}

/* How far the module is from the centre of the finder pattern that it belongs to, in squares around it; -1 = it
 * belongs to none. */
static int finder_ring(int size, int row, int column)
{
    bool low = row >= size / 2, right = column >= size / 2;
    int centre_row = low ? size - 1 - FINDER_CENTRE : FINDER_CENTRE;
    int centre_column = right ? size - 1 - FINDER_CENTRE : FINDER_CENTRE;
    int ring = larger(abs(row - centre_row), abs(column - centre_column));
    return (low && right) || ring > FINDER_REACH ? -1 : ring;
}

static bool is_wrong(const struct qr_matrix *symbol, int row, int column)
{
    bool dark = symbol->dark[row * symbol->size + column];
    int ring = finder_ring(symbol->size, row, column);
    if (ring >= 0)
        return dark != (ring != 2 && ring != FINDER_REACH);
    return (row == TIMING_LINE || column == TIMING_LINE) && dark == ((row + column) % 2 != 0);
}

bool patterns_are_whole(const struct qr_matrix *symbol, struct qr_failure *failure)
{
    for (int row = 0; row < symbol->size; row++) {
        for (int column = 0; column < symbol->size; column++) {
            if (is_wrong(symbol, row, column))
                return failure_set(failure, QR_STEP_PROOF,
                                   "the module at column %d, row %d is wrong in a finder or timing pattern", column + 1,
                                   row + 1);
        }
    }
    return true;
}
