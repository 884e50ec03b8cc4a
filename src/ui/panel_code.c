/* SPDX-License-Identifier: MIT */
#include "ui/panel_code.h"

#include "ui/big_text.h"
#include "ui/explain.h"
#include "ui/overlay.h"

#define TEXT_COLUMNS_MAX 72
#define TEXT_INDENT 2
/* Around a sample: two above, two below. */
#define SAMPLE_WORD_ROWS 4

static bool can_draw(const struct canvas *canvas, const struct rect *rect, const struct qr_drawing *drawing)
{
    if (!drawing || !drawing->cells || drawing->columns > rect->columns || drawing->rows > rect->rows ||
        drawing->columns > CANVAS_CELLS_MAX)
        return false;
    return rect->y + drawing->rows <= LINES && rect->x + drawing->columns <= COLS &&
           (canvas->utf8 || qr_mode_info(drawing->mode)->ability == QR_ABILITY_PAINT);
}

static void draw_cells(const struct canvas *canvas, int y, int x, const struct qr_drawing *drawing)
{
    const struct qr_cell *row = drawing->cells;
    for (int i = 0; i < drawing->rows; i++, row += drawing->columns)
        canvas_cells(canvas, y + i, x, row, drawing->columns);
}

static void draw_code(const struct canvas *canvas, const struct rect *rect, const struct ui_code *code)
{
    const struct qr_drawing *drawing = code->drawing;
    int x = rect->x + (rect->columns - drawing->columns) / 2;
    draw_cells(canvas, rect->y, x, drawing);
    if (drawing->mode == QR_MODE_PICTURE)
        overlay_place(canvas->overlay, rect->y, x, drawing, code->drawing_id);
}

void panel_code_draw_sample(const struct canvas *canvas, const struct rect *rect, const struct qr_drawing *sample)
{
    const struct rect room = {rect->y, rect->x, rect->rows - (rect->y + rect->rows >= LINES), rect->columns};
    int words = room.rows - sample->rows, y = room.y + (words >= SAMPLE_WORD_ROWS ? 2 : 0);
    if (words < 0 || !can_draw(canvas, &room, sample))
        return;
    int x = room.x + (room.columns - sample->columns) / 2;
    draw_cells(canvas, y, x, sample);
    if (words < SAMPLE_WORD_ROWS)
        return;
    canvas_text(canvas, room.y, room.x + TEXT_INDENT, room.columns - TEXT_INDENT, THEME_TITLE, "Do you see solid stairs? y/n");
    canvas_text(canvas, y + sample->rows + 1, room.x + TEXT_INDENT, room.columns - TEXT_INDENT, THEME_PLAIN,
                "y  yes, solid          n  no: boxes, blanks or gaps");
}

static void draw_heading(const struct canvas *canvas, const struct rect *rect, const struct instance *it)
{
    int x = rect->x + canvas_text(canvas, rect->y, rect->x, rect->columns, THEME_TITLE, it->label) + 2;
    canvas_text(canvas, rect->y, x, rect->x + rect->columns - x, THEME_FAINT, it->id);
}

/* The eight characters that the phone wants, large; below them the text goes on. */
static void draw_pairing(const struct canvas *canvas, struct rect *room, const struct link *link)
{
    int columns = big_text_columns(link->pairing_code);
    if (!link->pairing_code[0] || columns > room->columns || room->rows < BIG_TEXT_ROWS + 8)
        return;
    big_text_draw(canvas, room->y + 1, room->x, THEME_TITLE, link->pairing_code);
    room->y += BIG_TEXT_ROWS + 2;
    room->rows -= BIG_TEXT_ROWS + 2;
}

/* Small rooms get the text alone, others the instance's name above it. */
static void draw_text(const struct canvas *canvas, const struct rect *rect, const struct ui_model *model,
                      const char *text)
{
    struct rect room = {rect->y, rect->x + TEXT_INDENT, rect->rows, rect->columns - 2 * TEXT_INDENT};
    if (room.columns > TEXT_COLUMNS_MAX)
        room.columns = TEXT_COLUMNS_MAX;
    if (room.rows >= 8 && model->subject) {
        room.y += 1;
        draw_heading(canvas, &room, model->subject);
        room.y += 2;
        room.rows -= 3;
        draw_pairing(canvas, &room, &model->subject->link);
    }
    canvas_paragraphs(canvas, &room, THEME_PLAIN, text);
}

bool panel_code_draw_one(const struct canvas *canvas, const struct rect *rect, const struct ui_code *code)
{
    bool can = can_draw(canvas, rect, code->drawing);
    if (can)
        draw_code(canvas, rect, code);
    return can;
}

void panel_code_draw(const struct canvas *canvas, const struct layout *layout, const struct ui_model *model,
                     const struct layout_request *request, const struct ui_ability *abilities)
{
    const struct rect *rect = &layout->code;
    char text[EXPLAIN_MAX];
    if (rect->rows <= 0 || rect->columns <= 0)
        return;
    if (panel_code_draw_one(canvas, rect, &model->codes[0]))
        return;
    if (model->subject && !model->codes[0].text && model->codes[0].modules > 0 && (layout->mode < 0 || model->codes[0].drawing))
        explain_no_room(text, sizeof text, model, request, abilities);
    else
        explain_phase(text, sizeof text, model, model->subject);
    draw_text(canvas, rect, model, model->codes[0].text ? model->codes[0].text : text);
}
