/* SPDX-License-Identifier: MIT
 * What all pages share: a heading, a blank line, then a part of their lines.
 */
#ifndef SCANDECK_UI_PAGING_H
#define SCANDECK_UI_PAGING_H

#include "ui/canvas.h"
#include "ui/ui.h"

#define PAGE_INDENT 2

/* The part of a page that is on the screen. */
struct paging {
    int top, shown, lines;
};

/* Lines that one screen of a page has. */
int page_rows(const struct rect *rect);
/* Where the page stands, its last screen being a full one. */
struct paging paging_of(const struct rect *rect, const struct ui_model *model, int lines);
/* The first row: the title, which lines these are, what closes the page; the canvas' cursor goes there. Returns the row
 * of the first line. */
int paging_heading(struct canvas *canvas, const struct rect *rect, const struct paging *paging, const char *title,
                   const char *closing_key);

#endif
