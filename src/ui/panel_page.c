/* SPDX-License-Identifier: MIT */
#include "ui/panel_page.h"

#include <string.h>

#include "ui/paging.h"

#define HEADING_SIGN "# "
#define CLOSING_KEY "Esc"

/* One line of the text as it stands on the screen. */
struct row {
    char text[CANVAS_LINE_MAX];
    bool heading;
};

/* Takes the next row off *text. False at its end. */
static bool next_row(const char **text, bool *heading, int columns, struct row *row)
{
    if (!**text)
        return false;
    size_t paragraph = strcspn(*text, "\n");
    size_t take = canvas_wrap(*text, paragraph, columns);
    memcpy(row->text, *text, take);
    row->text[take] = '\0';
    row->heading = *heading;
    *text += take;
    if (take < paragraph)
        *text += strspn(*text, " ");
    else
        *text += **text == '\n';
    return true;
}

/* Whether a line of its own begins here, and with a heading. */
static bool takes_heading(const char **text)
{
    if (strncmp(*text, HEADING_SIGN, strlen(HEADING_SIGN)) != 0)
        return false;
    *text += strlen(HEADING_SIGN);
    return true;
}

static int text_columns_of(const struct rect *rect)
{
    return rect->columns - 2 * PAGE_INDENT;
}

/* Calls `use` for each row of the text. */
static int each_row(const struct rect *rect, const char *text, void (*use)(void *, int, const struct row *), void *with)
{
    struct row row;
    int count = 0;
    const char *from = text;
    bool heading = false;
    while (*text) {
        if (text == from || text[-1] == '\n')
            heading = takes_heading(&text);
        if (!next_row(&text, &heading, text_columns_of(rect), &row))
            break;
        if (use)
            use(with, count, &row);
        count++;
    }
    return count;
}

struct drawing {
    const struct canvas *canvas;
    const struct rect *rect;
    struct paging paging;
    int y;
};

static void draw_row(void *with, int index, const struct row *row)
{
    const struct drawing *d = with;
    if (index < d->paging.top || index >= d->paging.top + d->paging.shown)
        return;
    canvas_text(d->canvas, d->y + index - d->paging.top, d->rect->x + PAGE_INDENT, text_columns_of(d->rect),
                row->heading ? THEME_TITLE : THEME_PLAIN, row->text);
}

int panel_page_lines(const struct rect *rect, const struct ui_model *model)
{
    return each_row(rect, model->page_text, NULL, NULL);
}

void panel_page_draw(struct canvas *canvas, const struct rect *rect, const struct ui_model *model)
{
    struct drawing d = {.canvas = canvas, .rect = rect};
    d.paging = paging_of(rect, model, panel_page_lines(rect, model));
    d.y = paging_heading(canvas, rect, &d.paging, model->page_title, CLOSING_KEY);
    each_row(rect, model->page_text, draw_row, &d);
}
