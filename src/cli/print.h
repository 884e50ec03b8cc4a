/* SPDX-License-Identifier: MIT
 * A drawn code as terminal text, for the commands without a console.
 */
#ifndef SCANDECK_CLI_PRINT_H
#define SCANDECK_CLI_PRINT_H

#include <stdio.h>

#include "qr/code.h"

enum print_style {
    PRINT_COLOR,  /* black on white, said explicitly */
    PRINT_REVERSE /* reverse video only: no colour asked of the terminal */
};

/* Each row ends with a reset and a line end. */
void print_drawing(FILE *out, const struct qr_drawing *drawing, enum print_style style);

#endif
