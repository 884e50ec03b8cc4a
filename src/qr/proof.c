/* SPDX-License-Identifier: MIT
 * Reads cells as a camera would see them, knowing nothing of the symbol they were drawn from.
 */
#include <string.h>

#include "qr/code.h"
#include "qr/decode.h"
#include "qr/failure.h"
#include "qr/spec.h"

#define SEEN_MAX (QR_MODULES_MAX + 2 * QR_QUIET_MAX + 3)

/* The picture that the cells make, one byte a module. */
struct seen {
    int width, height;
    uint8_t dark[SEEN_MAX * SEEN_MAX];
};

/* The glyphs' marks as bits, first row first; a bit to each of two columns and three rows. */
static bool sextant_marks(uint32_t glyph, unsigned *marks)
{
    if (glyph == 0x258c || glyph == 0x2590) {
        *marks = glyph == 0x258c ? 1 + 4 + 16 : 2 + 8 + 32;
        return true;
    }
    if (glyph < 0x1fb00 || glyph > 0x1fb3b)
        return false;
    *marks = glyph - 0x1fb00 + 1;
    *marks += *marks >= 21;
    *marks += *marks >= 42;
    return true;
}

/* How one cell looks: a bit for each of the mode's modules in it, row by row, set where the foreground is. False when
 * the mode has no such glyph. */
static bool glyph_marks(enum qr_mode mode, uint32_t glyph, unsigned *marks)
{
    unsigned sextant;
    if (glyph == ' ') {
        *marks = 0;
        return true;
    }
    switch (mode) {
    case QR_MODE_HALF:
        *marks = 1;
        return glyph == 0x2580;
    case QR_MODE_SEXTANT:
        return sextant_marks(glyph, marks);
    case QR_MODE_WIDE_SEXTANT:
        if (!sextant_marks(glyph, &sextant) || (sextant & 21) != (sextant >> 1 & 21))
            return false;
        *marks = (sextant & 1) | (sextant >> 1 & 2) | (sextant >> 2 & 4);
        return true;
    case QR_MODE_FULL:
    case QR_MODE_COUNT:
    default:
        return false;
    }
}

static bool see_cell(struct seen *seen, const struct qr_cell *cell, const struct qr_mode_info *info, enum qr_mode mode,
                     int column, int row)
{
    unsigned marks;
    if (!glyph_marks(mode, cell->glyph, &marks))
        return false;
    uint8_t *corner = seen->dark + row * info->down * seen->width + column * info->across;
    for (int y = 0; y < info->down; y++) {
        for (int x = 0; x < info->across; x++, marks >>= 1)
            corner[y * seen->width + x] = (marks & 1) == cell->light_background;
    }
    return true;
}

/* Where a module takes several cells they must be equal, and only the first counts. */
static bool see_row(struct seen *seen, const struct qr_drawing *drawing, const struct qr_mode_info *info, int row)
{
    const struct qr_cell *cells = drawing->cells + row * drawing->columns;
    for (int column = 0; column < drawing->columns; column++) {
        const struct qr_cell *cell = &cells[column], *first = &cells[column - column % info->cells];
        if (cell->glyph != first->glyph || cell->light_background != first->light_background)
            return false;
        if (cell == first && !see_cell(seen, cell, info, drawing->mode, column / info->cells, row))
            return false;
    }
    return true;
}

static bool see(struct seen *seen, const struct qr_drawing *drawing)
{
    const struct qr_mode_info *info = qr_mode_info(drawing->mode);
    if (!info || drawing->columns <= 0 || drawing->rows <= 0 || drawing->columns > SEEN_MAX * info->cells ||
        drawing->rows > SEEN_MAX || drawing->columns % info->cells != 0)
        return false;
    seen->width = drawing->columns / info->cells * info->across;
    seen->height = drawing->rows * info->down;
    if (seen->width > SEEN_MAX || seen->height > SEEN_MAX)
        return false;
    for (int row = 0; row < drawing->rows; row++) {
        if (!see_row(seen, drawing, info, row))
            return false;
    }
    return true;
}

struct box {
    int left, top, right, bottom; /* the last two are one past the end */
};

/* The smallest box around everything dark: a symbol touches all its four sides. */
static bool dark_box(struct box *out, const struct seen *seen)
{
    *out = (struct box){.left = seen->width, .top = seen->height};
    for (int y = 0; y < seen->height; y++) {
        const uint8_t *row = seen->dark + y * seen->width, *first = memchr(row, 1, (size_t)seen->width);
        if (!first)
            continue;
        const uint8_t *last = memrchr(row, 1, (size_t)seen->width);
        int left = (int)(first - row), right = (int)(last - row) + 1;
        out->left = left < out->left ? left : out->left;
        out->right = right > out->right ? right : out->right;
        out->top = y < out->top ? y : out->top;
        out->bottom = y + 1;
    }
    return out->right > out->left;
}

/* Takes the symbol out of its quiet zone, which must be wide enough on every side. */
static bool cut_out(struct qr_matrix *out, const struct seen *seen)
{
    struct box box;
    if (!dark_box(&box, seen))
        return false;
    out->size = box.right - box.left;
    if (out->size != box.bottom - box.top || spec_version(out->size) == 0)
        return false;
    if (box.left < QR_QUIET_SIDE || seen->width - box.right < QR_QUIET_SIDE || box.top < QR_QUIET_TOP ||
        seen->height - box.bottom < QR_QUIET_TOP)
        return false;
    for (int row = 0; row < out->size; row++)
        memcpy(out->dark + row * out->size, seen->dark + (box.top + row) * seen->width + box.left, (size_t)out->size);
    return true;
}

bool qr_drawing_proves(const struct qr_drawing *drawing, const uint8_t *payload, size_t len, struct qr_failure *failure)
{
    struct seen seen;
    struct qr_matrix symbol;
    struct qr_reading reading;
    struct qr_failure ignored;
    if (!failure)
        failure = &ignored;
    if (!see(&seen, drawing) || !cut_out(&symbol, &seen))
        return failure_set(failure, QR_STEP_PROOF, "the cells show no symbol in a light quiet zone");
    if (!decode_symbol(&reading, &symbol, failure))
        return false;
    if (reading.payload_len != len || memcmp(reading.payload, payload, len) != 0)
        return failure_set(failure, QR_STEP_PROOF, "the cells hold another payload, of %zu bytes", reading.payload_len);
    return true;
}
