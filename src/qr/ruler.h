/* SPDX-License-Identifier: MIT
 * Measures the modules along one side of a symbol.
 */
#ifndef SCANDECK_QR_RULER_H
#define SCANDECK_QR_RULER_H

#include "qr/grid.h"
#include "qr/view.h"

/* From the edges inside the two finders alone (finder.h: where their modules 1, 2, 5, and 6 begin). */
void ruler_between(struct axis *out, const int corner[4], const int far[4], int size);

/* From the timing pattern on the line between the finders: counting its modules gives the size, and their edges the
 * finest measure of the pitch. Returns the size; 0 = the line does not look like a timing pattern. */
int ruler_from_timing(struct axis *out, const struct line *line, const int corner[4], const int far[4]);

#endif
