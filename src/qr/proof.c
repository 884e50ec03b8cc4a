/* SPDX-License-Identifier: MIT
 * Reads cells, or pixels, as a camera would see them, knowing nothing of the symbol they were drawn from.
 */
#include <string.h>

#include "qr/code.h"
#include "qr/decode.h"
#include "qr/failure.h"
#include "qr/glyph.h"
#include "qr/spec.h"

#define SEEN_MAX (QR_MODULES_MAX + 2 * QR_QUIET_MAX + 3)
/* The first dark row of a symbol begins with a finder pattern. */
#define FINDER_MODULES 7

/* What there is to see: a byte a module where it is made of cells, or a byte a pixel of a picture. */
struct seen {
    int width, height;
    const uint8_t *dark;
    uint8_t ink; /* what the symbol is drawn with: 1, or 0 where light and dark are exchanged */
    bool pixels;
};

static bool see_cell(uint8_t *corner, int width, const struct qr_cell *cell, enum qr_mode mode)
{
    const struct qr_mode_info *info = qr_mode_info(mode);
    unsigned marks;
    if (!glyph_marks(mode, cell->glyph, &marks))
        return false;
    for (int y = 0; y < info->down; y++) {
        for (int x = 0; x < info->across; x++, marks >>= 1)
            corner[y * width + x] = (marks & 1) == cell->light_background;
    }
    return true;
}

/* Where a module takes several cells they must be equal, and only the first counts. */
static bool see_row(uint8_t *dark, int width, const struct qr_drawing *drawing, int row, struct qr_failure *failure)
{
    const struct qr_mode_info *info = qr_mode_info(drawing->mode);
    const struct qr_cell *cells = drawing->cells + row * drawing->columns;
    for (int column = 0; column < drawing->columns; column++) {
        const struct qr_cell *cell = &cells[column], *first = &cells[column - column % info->cells];
        uint8_t *corner = dark + row * info->down * width + column / info->cells * info->across;
        if (cell->glyph != first->glyph || cell->light_background != first->light_background)
            return failure_set(failure, QR_STEP_PROOF, "the cell at column %d, row %d is not like the other of its module",
                               column + 1, row + 1);
        if (cell == first && !see_cell(corner, width, cell, drawing->mode))
            return failure_set(failure, QR_STEP_PROOF, "the glyph U+%04X at column %d, row %d belongs to no cell of %s",
                               (unsigned)cell->glyph, column + 1, row + 1, info->words);
    }
    return true;
}

/* `dark` has room for SEEN_MAX times SEEN_MAX modules. */
static bool see_cells(struct seen *out, uint8_t *dark, const struct qr_drawing *drawing, struct qr_failure *failure)
{
    const struct qr_mode_info *info = qr_mode_info(drawing->mode);
    out->width = drawing->columns / info->cells * info->across;
    out->height = drawing->rows * info->down;
    out->dark = dark;
    if (out->width > SEEN_MAX || out->height > SEEN_MAX || drawing->columns % info->cells != 0)
        return failure_set(failure, QR_STEP_PROOF, "%dx%d cells are too many or too odd for a symbol in %s",
                           drawing->columns, drawing->rows, info->words);
    for (int row = 0; row < drawing->rows; row++) {
        if (!see_row(dark, out->width, drawing, row, failure))
            return false;
    }
    return true;
}

/* The cells beneath show where the picture is late, and must not show a symbol themselves. */
static bool see_blank_cells(const struct qr_drawing *drawing, struct qr_failure *failure)
{
    for (int i = 0; i < drawing->columns * drawing->rows; i++) {
        if (drawing->cells[i].glyph != ' ' || drawing->cells[i].light_background == drawing->inverted)
            return failure_set(failure, QR_STEP_PROOF, "the cell at column %d, row %d under the picture is not blank",
                               i % drawing->columns + 1, i / drawing->columns + 1);
    }
    return true;
}

static bool see_picture(struct seen *out, const struct qr_drawing *drawing, struct qr_failure *failure)
{
    const struct qr_raster *raster = &drawing->raster;
    uint8_t any = 0;
    if (!raster->dark || raster->width <= 0 || raster->height <= 0 || raster->width % drawing->columns != 0 ||
        raster->height % drawing->rows != 0)
        return failure_set(failure, QR_STEP_PROOF, "a picture of %dx%d pixels does not fill %dx%d cells", raster->width,
                           raster->height, drawing->columns, drawing->rows);
    for (int i = 0; i < raster->width * raster->height; i++)
        any |= raster->dark[i];
    if (any > 1)
        return failure_set(failure, QR_STEP_PROOF, "the picture has a pixel that is neither dark nor light");
    out->width = raster->width;
    out->height = raster->height;
    out->dark = raster->dark;
    return see_blank_cells(drawing, failure);
}

struct box {
    int left, top, right, bottom; /* the last two are one past the end */
};

/* The smallest box around all the ink: a symbol touches all its four sides. */
static bool ink_box(struct box *out, const struct seen *seen)
{
    *out = (struct box){.left = seen->width, .top = seen->height};
    for (int y = 0; y < seen->height; y++) {
        const uint8_t *row = seen->dark + y * seen->width, *first = memchr(row, seen->ink, (size_t)seen->width);
        if (!first)
            continue;
        const uint8_t *last = memrchr(row, seen->ink, (size_t)seen->width);
        int left = (int)(first - row), right = (int)(last - row) + 1;
        out->left = left < out->left ? left : out->left;
        out->right = right > out->right ? right : out->right;
        out->top = y < out->top ? y : out->top;
        out->bottom = y + 1;
    }
    return out->right > out->left;
}

/* Pixels a module: the upper edge of the upper left finder pattern is seven modules of ink, and a light one follows. */
static int module_side(const struct seen *seen, const struct box *box)
{
    const uint8_t *edge = seen->dark + box->top * seen->width + box->left;
    const uint8_t *end = memchr(edge, !seen->ink, (size_t)(box->right - box->left));
    return end && (end - edge) % FINDER_MODULES == 0 ? (int)(end - edge) / FINDER_MODULES : 0;
}

static bool is_wide(int seen, int side, int least, const char *where, struct qr_failure *failure)
{
    if (seen >= least * side)
        return true;
    return failure_set(failure, QR_STEP_PROOF, "the quiet zone has %d of the %d modules it needs %s", seen / side, least,
                       where);
}

static bool quiet_zone_is_wide(const struct seen *seen, const struct box *box, int side, struct qr_failure *failure)
{
    return is_wide(box->left, side, QR_QUIET_SIDE, "at the left", failure) &&
           is_wide(seen->width - box->right, side, QR_QUIET_SIDE, "at the right", failure) &&
           is_wide(box->top, side, QR_QUIET_TOP, "above", failure) &&
           is_wide(seen->height - box->bottom, side, QR_QUIET_TOP, "below", failure);
}

/* Whether all the lines of pixels that make one row of modules are equal. */
static bool lines_agree(const uint8_t *line, int pitch, int side, int len)
{
    for (int y = 1; y < side; y++) {
        if (memcmp(line, line + y * pitch, (size_t)len) != 0)
            return false;
    }
    return true;
}

/* Returns the number of the first module that is not of one colour; `size` when all are. */
static int take_row(uint8_t *modules, const uint8_t *line, int size, int side, uint8_t ink)
{
    for (int column = 0; column < size; column++, line += side) {
        if (side > 1 && memcmp(line, line + 1, (size_t)side - 1) != 0)
            return column;
        modules[column] = line[0] == ink;
    }
    return size;
}

static bool take_modules(struct qr_matrix *out, const struct seen *seen, const struct box *box, int side,
                         struct qr_failure *failure)
{
    for (int row = 0; row < out->size; row++) {
        const uint8_t *line = seen->dark + (box->top + row * side) * seen->width + box->left;
        int column = take_row(out->dark + row * out->size, line, out->size, side, seen->ink);
        if (column < out->size)
            return failure_set(failure, QR_STEP_PROOF, "the module at column %d, row %d is not of one colour", column + 1,
                               row + 1);
        if (!lines_agree(line, seen->width, side, box->right - box->left))
            return failure_set(failure, QR_STEP_PROOF, "a module of row %d is not of one colour", row + 1);
    }
    return true;
}

/* Takes the symbol out of its quiet zone, which must be wide enough on every side. */
static bool cut_out(struct qr_matrix *out, const struct seen *seen, struct qr_failure *failure)
{
    struct box box;
    if (!ink_box(&box, seen))
        return failure_set(failure, QR_STEP_PROOF, "there is no symbol in %dx%d modules", seen->width, seen->height);
    int width = box.right - box.left, height = box.bottom - box.top;
    int side = seen->pixels ? module_side(seen, &box) : 1;
    if (side == 0)
        return failure_set(failure, QR_STEP_PROOF, "there is no finder pattern at the upper left of %dx%d pixels", width,
                           height);
    if (!quiet_zone_is_wide(seen, &box, side, failure))
        return false;
    out->size = width / side;
    if (width != height || width % side != 0 || spec_version(out->size) == 0)
        return failure_set(failure, QR_STEP_PROOF, "a symbol of %dx%d modules is of no version", width / side,
                           height / side);
    return take_modules(out, seen, &box, side, failure);
}

/* Decoding needs few of the patterns by which a camera finds a symbol, so they are looked at here. */
static bool patterns_are_whole(const struct qr_matrix *symbol, struct qr_failure *failure)
{
    uint8_t marks[QR_MODULES_MAX * QR_MODULES_MAX];
    int size = symbol->size;
    spec_patterns(marks, spec_version(size));
    for (int i = 0; i < size * size; i++) {
        if (marks[i] != SPEC_OPEN && symbol->dark[i] != (marks[i] == SPEC_DARK))
            return failure_set(failure, QR_STEP_PROOF,
                               "the module at column %d, row %d is wrong in a finder, timing, or alignment pattern",
                               i % size + 1, i / size + 1);
    }
    return true;
}

static bool see_symbol(struct qr_matrix *out, const struct qr_drawing *drawing, struct qr_failure *failure)
{
    uint8_t modules[SEEN_MAX * SEEN_MAX];
    struct seen seen = {.ink = !drawing->inverted, .pixels = drawing->mode == QR_MODE_PICTURE};
    if (!qr_mode_info(drawing->mode) || drawing->columns <= 0 || drawing->rows <= 0 || !drawing->cells)
        return failure_set(failure, QR_STEP_PROOF, "%dx%d cells of mode %d are no drawing", drawing->columns,
                           drawing->rows, (int)drawing->mode);
    bool sees = seen.pixels ? see_picture(&seen, drawing, failure) : see_cells(&seen, modules, drawing, failure);
    return sees && cut_out(out, &seen, failure) && patterns_are_whole(out, failure);
}

bool qr_drawing_proves(const struct qr_drawing *drawing, const uint8_t *payload, size_t len, struct qr_failure *failure)
{
    struct qr_matrix symbol;
    struct qr_reading reading;
    struct qr_failure ignored;
    if (!failure)
        failure = &ignored;
    if (!see_symbol(&symbol, drawing, failure) || !decode_symbol(&reading, &symbol, failure))
        return false;
    if (reading.payload_len != len || memcmp(reading.payload, payload, len) != 0)
        return failure_set(failure, QR_STEP_PROOF, "the drawing holds another payload, of %zu bytes instead of %zu",
                           reading.payload_len, len);
    return true;
}
