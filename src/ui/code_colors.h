/* SPDX-License-Identifier: MIT
 * The code's own black and white, by how many colours a terminal has. Pure.
 */
#ifndef SCANDECK_UI_CODE_COLORS_H
#define SCANDECK_UI_CODE_COLORS_H

#include <stdbool.h>

struct code_colors {
    bool reverse;     /* there are none: the code is drawn in reverse video */
    int black, white; /* colour numbers */
};

/* For `colors` as terminfo tells them. Never the terminal's default colours: those would let the operator's theme decide
 * the code's polarity, and a code of the wrong one does not scan. */
struct code_colors code_colors(int colors);

#endif
