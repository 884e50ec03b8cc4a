/* SPDX-License-Identifier: MIT */
#include "ui/paging.h"

#include <stdio.h>

#define HEADING_ROWS 2

int page_rows(const struct rect *rect)
{
    return rect->rows > HEADING_ROWS + 1 ? rect->rows - HEADING_ROWS : 1;
}

struct paging paging_of(const struct rect *rect, const struct ui_model *model, int lines)
{
    int rows = page_rows(rect), last_top = lines > rows ? lines - rows : 0;
    int top = model->page_top < (size_t)last_top ? (int)model->page_top : last_top;
    return (struct paging){top, lines < rows ? lines : rows, lines};
}

int paging_heading(struct canvas *canvas, const struct rect *rect, const struct paging *paging, const char *title,
                   const char *closing_key)
{
    char text[256];
    if (paging->shown < paging->lines)
        snprintf(text, sizeof text, "%s, lines %d to %d of %d; %s closes this", title, paging->top + 1,
                 paging->top + paging->shown, paging->lines, closing_key);
    else
        snprintf(text, sizeof text, "%s; %s closes this", title, closing_key);
    canvas_text(canvas, rect->y, rect->x + PAGE_INDENT, rect->columns - PAGE_INDENT, THEME_TITLE, text);
    canvas->cursor_y = rect->y;
    canvas->cursor_x = rect->x;
    return rect->y + HEADING_ROWS;
}
