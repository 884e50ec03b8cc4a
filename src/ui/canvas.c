/* SPDX-License-Identifier: MIT */
#include "ui/canvas.h"

#include <stdio.h>
#include <string.h>

#include "core/text.h"

const struct canvas_signs *canvas_signs(const struct canvas *canvas)
{
    static const struct canvas_signs rich = {
        "▸", "│", "─", "·", "█", "·", {"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"},
    };
    static const struct canvas_signs plain = {
        ">", "|", "-", "-", "#", ".", {"", "", "", "", "", "", "", ""},
    };
    return canvas->ascii ? &plain : &rich;
}

/* Whether the terminal shows it in as many columns as this program takes it for. In a locale without UTF-8 the C library
 * knows only ASCII, not even the widths of others. */
static bool is_certain(const struct canvas *canvas, const char *character, size_t len, uint32_t code)
{
    char alone[8];
    if (code < 0x7f || !canvas->utf8)
        return code >= 0x20 && code < 0x7f;
    text_copy_part(alone, sizeof alone, character, len);
    return text_columns(alone) == 2;
}

static void replace_uncertain(const struct canvas *canvas, char *dst, size_t size, const char *src)
{
    size_t len = strlen(src), used = 0;
    while (len > 0) {
        uint32_t code;
        size_t took = text_next(src, len, &code);
        bool kept = is_certain(canvas, src, took, code);
        if (used + (kept ? took : 1) >= size)
            break;
        memcpy(dst + used, kept ? src : "?", kept ? took : 1);
        used += kept ? took : 1;
        src += took;
        len -= took;
    }
    dst[used] = '\0';
}

static const char *in_charset(const struct canvas *canvas, const char *text, char plain[CANVAS_LINE_MAX])
{
    if (canvas->utf8 && !canvas->wide)
        return text;
    char shown[CANVAS_LINE_MAX];
    text_show(shown, sizeof shown, text); /* without joiners, of which nothing is to be seen */
    replace_uncertain(canvas, plain, CANVAS_LINE_MAX, shown);
    return plain;
}

int canvas_columns(const struct canvas *canvas, const char *text)
{
    char plain[CANVAS_LINE_MAX];
    return text_columns(in_charset(canvas, text, plain));
}

static void use_style(const struct theme_style *style)
{
    attr_set(style->attributes, style->pair, NULL);
}

int canvas_text(const struct canvas *canvas, int y, int x, int columns, enum theme_role role, const char *text)
{
    char plain[CANVAS_LINE_MAX], fitted[CANVAS_LINE_MAX];
    if (y < 0 || y >= LINES || x < 0 || x >= COLS)
        return 0;
    if (columns > COLS - x)
        columns = COLS - x;
    if (columns <= 0)
        return 0;
    int used = text_fit(fitted, sizeof fitted, in_charset(canvas, text, plain), columns, canvas->ascii);
    use_style(&canvas->theme.styles[role]);
    mvaddstr(y, x, fitted);
    use_style(&canvas->theme.styles[THEME_PLAIN]);
    return used;
}

void canvas_text_right(const struct canvas *canvas, int y, int x, int columns, enum theme_role role, const char *text)
{
    int blank = columns - canvas_columns(canvas, text);
    if (blank < 0)
        blank = 0;
    canvas_text(canvas, y, x + blank, columns - blank, role, text);
}

void canvas_fill(const struct canvas *canvas, int y, int x, int columns, enum theme_role role, const char *sign)
{
    if (columns > COLS - x)
        columns = COLS - x;
    if (y < 0 || y >= LINES || x < 0 || columns <= 0)
        return;
    use_style(&canvas->theme.styles[role]);
    move(y, x);
    for (int i = 0; i < columns; i++)
        addstr(sign);
    use_style(&canvas->theme.styles[THEME_PLAIN]);
}

void canvas_cells(const struct canvas *canvas, int y, int x, const struct qr_cell *cells, int columns)
{
    cchar_t row[CANVAS_CELLS_MAX];
    for (int i = 0; i < columns; i++) {
        const struct theme_style *style = cells[i].light_background ? &canvas->theme.light : &canvas->theme.dark;
        wchar_t glyph[2] = {(wchar_t)cells[i].glyph, L'\0'};
        setcchar(&row[i], glyph, style->attributes, style->pair, NULL);
    }
    mvadd_wchnstr(y, x, row, columns);
}

void canvas_vertical(const struct canvas *canvas, int y, int x, int rows)
{
    for (int i = 0; i < rows; i++)
        canvas_text(canvas, y + i, x, 1, THEME_FAINT, canvas_signs(canvas)->vertical);
}

size_t canvas_wrap(const char *text, size_t paragraph, int columns)
{
    char part[CANVAS_LINE_MAX];
    size_t at = 0, last_blank = 0, len = paragraph < sizeof part ? paragraph : sizeof part - 1;
    while (at < len) {
        uint32_t code;
        size_t next = at + text_next(text + at, len - at, &code);
        memcpy(part, text, next);
        part[next] = '\0';
        if (text_columns(part) > columns)
            return last_blank ? last_blank : at ? at : next;
        if (text[at] == ' ')
            last_blank = at;
        at = next;
    }
    return len;
}

int canvas_paragraphs(const struct canvas *canvas, const struct rect *rect, enum theme_role role, const char *text)
{
    char plain[CANVAS_LINE_MAX], line[CANVAS_LINE_MAX];
    int rows = 0;
    while (*text && rows < rect->rows && rect->columns > 0) {
        size_t paragraph = strcspn(text, "\n"), len = paragraph < sizeof line ? paragraph : sizeof line - 1;
        memcpy(line, text, len);
        line[len] = '\0';
        const char *rest = in_charset(canvas, line, plain);
        do {
            char part[CANVAS_LINE_MAX];
            size_t take = canvas_wrap(rest, strlen(rest), rect->columns);
            memcpy(part, rest, take);
            part[take] = '\0';
            canvas_text(canvas, rect->y + rows++, rect->x, rect->columns, role, part);
            rest += take;
            rest += strspn(rest, " ");
        } while (*rest && rows < rect->rows);
        text += paragraph;
        text += *text == '\n';
    }
    return rows;
}

void canvas_bar(const struct canvas *canvas, int y, int x, const struct canvas_bar *bar)
{
    const struct canvas_signs *signs = canvas_signs(canvas);
    int steps = signs->bar_eighths[1][0] ? bar->steps : 1;
    int left = bar->left < bar->whole ? bar->left : bar->whole;
    int filled = bar->whole > 0 && left > 0 ? (left * bar->columns * steps + bar->whole - 1) / bar->whole : 0;
    int full = filled / steps;
    canvas_fill(canvas, y, x, full, THEME_PLAIN, signs->bar_full);
    if (filled % steps)
        canvas_text(canvas, y, x + full++, 1, THEME_PLAIN, signs->bar_eighths[filled % steps * 8 / steps]);
    canvas_fill(canvas, y, x + full, bar->columns - full, THEME_PLAIN, signs->bar_empty);
}
