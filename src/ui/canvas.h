/* SPDX-License-Identifier: MIT
 * What panels draw with: text clipped to columns, in the characters that this terminal has.
 */
#ifndef SCANDECK_UI_CANVAS_H
#define SCANDECK_UI_CANVAS_H

#include <stdbool.h>

#include "qr/code.h"
#include "ui/layout.h"
#include "ui/theme.h"

/* The longest line put on a screen, in bytes; a wider screen stays empty at its end. */
#define CANVAS_LINE_MAX 4096
/* The longest row of code cells: the largest symbol in full blocks with a quiet zone of 10. */
#define CANVAS_CELLS_MAX (2 * (QR_MODULES_MAX + 20))

struct overlay;

struct canvas {
    struct theme theme;
    bool utf8;  /* false: what is not ASCII becomes '?' */
    bool wide;  /* signs that others give one column may take two: of what is not ASCII only what always takes two is shown */
    bool ascii; /* signs and bars of ASCII: not UTF-8, wide signs, or a font with few glyphs */
    struct overlay *overlay; /* takes the code that is drawn as a picture */
    int cursor_y, cursor_x; /* where the cursor shall rest: the thing selected */
};

/* The signs of this terminal. */
struct canvas_signs {
    const char *cursor, *vertical, *horizontal, *dot;
    const char *bar_full, *bar_empty;
    const char *bar_eighths[8]; /* [0] unused; all empty strings where there are none */
};

const struct canvas_signs *canvas_signs(const struct canvas *canvas);

/* Draws text from (y, x), cut to `columns` and to the screen. Returns the columns used. */
int canvas_text(const struct canvas *canvas, int y, int x, int columns, enum theme_role role, const char *text);
/* The same, ending at the right edge of `columns`. */
void canvas_text_right(const struct canvas *canvas, int y, int x, int columns, enum theme_role role, const char *text);
/* Columns the text takes on this terminal. */
int canvas_columns(const struct canvas *canvas, const char *text);
void canvas_fill(const struct canvas *canvas, int y, int x, int columns, enum theme_role role, const char *sign);
/* A row of code cells, in the code's own colours. */
void canvas_cells(const struct canvas *canvas, int y, int x, const struct qr_cell *cells, int columns);
void canvas_vertical(const struct canvas *canvas, int y, int x, int rows);
/* Bytes of the next line of a paragraph of so many bytes: as many words as fit, or the part of a word that does. */
size_t canvas_wrap(const char *text, size_t paragraph, int columns);
/* Text of several lines ('\n'), each wrapped at blanks. Returns the rows used. */
int canvas_paragraphs(const struct canvas *canvas, const struct rect *rect, enum theme_role role, const char *text);
/* A bar of which left/whole is full, rounded up. Each of its columns can be filled in `steps` (1, 2, 4 or 8): few of
 * them spare a slow line. */
struct canvas_bar {
    int columns, steps;
    int left, whole;
};

void canvas_bar(const struct canvas *canvas, int y, int x, const struct canvas_bar *bar);

#endif
