/* SPDX-License-Identifier: MIT */
#include "qr/modules.h"

#include "qr/view.h"

/* Modules on each side whose mean is the threshold of a place. */
#define PLACE_RADIUS 6

static void decide_by_one_threshold(struct qr_matrix *out, const uint8_t *levels, int threshold, bool inverted)
{
    for (int i = 0; i < out->size * out->size; i++)
        out->dark[i] = (levels[i] < threshold) != inverted;
}

static int threshold_of(const uint8_t *levels, int size)
{
    uint32_t counts[VIEW_GREYS] = {0};
    for (int i = 0; i < size * size; i++)
        counts[levels[i]]++;
    return view_threshold(counts, 0, VIEW_GREYS);
}

static uint8_t clamp_grey(int grey)
{
    return (uint8_t)(grey < 0 ? 0 : grey > 255 ? 255 : grey);
}

static int level_at(const uint8_t *levels, int size, int row, int column)
{
    row = row < 0 ? 0 : row >= size ? size - 1 : row;
    column = column < 0 ? 0 : column >= size ? size - 1 : column;
    return levels[row * size + column];
}

static void sharpen(uint8_t *out, const uint8_t *levels, int size)
{
    for (int row = 0; row < size; row++) {
        for (int column = 0; column < size; column++) {
            int own = levels[row * size + column];
            int around = level_at(levels, size, row - 1, column) + level_at(levels, size, row + 1, column) +
                         level_at(levels, size, row, column - 1) + level_at(levels, size, row, column + 1);
            out[row * size + column] = clamp_grey(own + (4 * own - around) / 4);
        }
    }
}

static void decide_by_place(struct qr_matrix *out, const uint8_t *levels, bool inverted)
{
    uint32_t sums[(QR_MODULES_MAX + 1) * (QR_MODULES_MAX + 1)]; /* of everything above and to the left */
    int size = out->size, across = size + 1;
    for (int i = 0; i < across; i++)
        sums[i] = sums[i * across] = 0;
    for (int row = 0; row < size; row++) {
        for (int column = 0; column < size; column++)
            sums[(row + 1) * across + column + 1] = levels[row * size + column] + sums[row * across + column + 1] +
                                                    sums[(row + 1) * across + column] - sums[row * across + column];
    }
    for (int row = 0; row < size; row++) {
        int top = row > PLACE_RADIUS ? row - PLACE_RADIUS : 0;
        int bottom = row + PLACE_RADIUS < size ? row + PLACE_RADIUS + 1 : size;
        for (int column = 0; column < size; column++) {
            int left = column > PLACE_RADIUS ? column - PLACE_RADIUS : 0;
            int right = column + PLACE_RADIUS < size ? column + PLACE_RADIUS + 1 : size;
            uint32_t sum = sums[bottom * across + right] - sums[top * across + right] - sums[bottom * across + left] +
                           sums[top * across + left];
            uint32_t own = levels[row * size + column] * (uint32_t)((bottom - top) * (right - left));
            out->dark[row * size + column] = (own < sum) != inverted;
        }
    }
}

void modules_decide(struct qr_matrix *out, const uint8_t *levels, int size, enum modules_way way, int threshold,
                    bool inverted)
{
    uint8_t sharp[QR_MODULES_MAX * QR_MODULES_MAX];
    out->size = size;
    switch (way) {
    case MODULES_BY_SYMBOL:
        decide_by_one_threshold(out, levels, threshold_of(levels, size), inverted);
        break;
    case MODULES_BY_SHARPENED:
        sharpen(sharp, levels, size);
        decide_by_one_threshold(out, sharp, threshold_of(sharp, size), inverted);
        break;
    case MODULES_BY_PLACE:
        decide_by_place(out, levels, inverted);
        break;
    case MODULES_BY_PICTURE:
    case MODULES_WAYS:
    default:
        decide_by_one_threshold(out, levels, threshold, inverted);
    }
}

void modules_transpose(struct qr_matrix *symbol)
{
    int size = symbol->size;
    for (int row = 0; row < size; row++) {
        for (int column = row + 1; column < size; column++) {
            uint8_t *a = &symbol->dark[row * size + column], *b = &symbol->dark[column * size + row], kept = *a;
            *a = *b;
            *b = kept;
        }
    }
}
