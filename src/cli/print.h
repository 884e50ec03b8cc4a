/* SPDX-License-Identifier: MIT
 * A drawn code as terminal text, for the commands without a console.
 */
#ifndef SCANDECK_CLI_PRINT_H
#define SCANDECK_CLI_PRINT_H

#include <stdio.h>

#include "qr/code.h"

/* Black on white, said explicitly even where no other colours are wanted: in a theme's colours a code may be inverted, and
 * then it does not scan. Each row ends with a reset and a line end. */
void print_drawing(FILE *out, const struct qr_drawing *drawing);

/* The same with its corner at this row and column of the screen, counted from 0. */
void print_drawing_at(FILE *out, const struct qr_drawing *drawing, int row, int column);

#endif
