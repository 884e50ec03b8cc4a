/* SPDX-License-Identifier: MIT */
#include "qr/modules.h"

#include <string.h>

#include "qr/view.h"

/* Modules on each side whose mean is the threshold of a place. */
#define PLACE_RADIUS 6

/* How often a blur is undone a little more, and how much. */
#define FOCUS_ROUNDS 12
#define FOCUS_GAIN 1.5f

static void decide_by_one_threshold(struct qr_matrix *out, const uint8_t *levels, int threshold, bool inverted)
{
    for (int i = 0; i < out->size * out->size; i++)
        out->dark[i] = (levels[i] < threshold) != inverted;
}

static void count_greys(uint32_t counts[VIEW_GREYS], const uint8_t *levels, int modules)
{
    memset(counts, 0, VIEW_GREYS * sizeof *counts);
    for (int i = 0; i < modules; i++)
        counts[levels[i]]++;
}

static int threshold_of(const uint8_t *levels, int size)
{
    uint32_t counts[VIEW_GREYS];
    count_greys(counts, levels, size * size);
    return view_threshold(counts, 0, VIEW_GREYS);
}

/* One pass of a blur along rows (step 1) or columns: each module takes `share` of both its neighbours. */
static void blur_along(float *out, const float *in, int size, int step, float share)
{
    int across = step == 1 ? size : 1;
    for (int line = 0; line < size; line++) {
        const float *from = in + line * across;
        float *to = out + line * across;
        for (int i = 0; i < size; i++) {
            float before = from[(i > 0 ? i - 1 : 0) * step], after = from[(i + 1 < size ? i + 1 : i) * step];
            to[i * step] = from[i * step] * (1 - 2 * share) + share * (before + after);
        }
    }
}

/* Undoes a blur: blurs what it takes for the sharp symbol, and adds what that lacks of the one that was seen. That no
 * module is darker than dark or lighter than light is what lets it get further than sharpening once. */
static void focus(uint8_t *out, const uint8_t *levels, int size, float share)
{
    float sharp[QR_MODULES_MAX * QR_MODULES_MAX], half[QR_MODULES_MAX * QR_MODULES_MAX];
    float again[QR_MODULES_MAX * QR_MODULES_MAX];
    uint32_t counts[VIEW_GREYS];
    int modules = size * size;
    count_greys(counts, levels, modules);
    float low = (float)view_low_end(counts), high = (float)view_high_end(counts);
    for (int i = 0; i < modules; i++)
        sharp[i] = levels[i];
    for (int round = 0; round < FOCUS_ROUNDS; round++) {
        blur_along(half, sharp, size, 1, share);
        blur_along(again, half, size, size, share);
        for (int i = 0; i < modules; i++) {
            float grey = sharp[i] + FOCUS_GAIN * ((float)levels[i] - again[i]);
            sharp[i] = grey < low ? low : grey > high ? high : grey;
        }
    }
    for (int i = 0; i < modules; i++)
        out[i] = (uint8_t)sharp[i];
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
    static const float focus_shares[] = {0.09f, 0.15f, 0.2f};
    uint8_t sharp[QR_MODULES_MAX * QR_MODULES_MAX];
    out->size = size;
    switch (way) {
    case MODULES_BY_SYMBOL:
        decide_by_one_threshold(out, levels, threshold_of(levels, size), inverted);
        break;
    case MODULES_FOCUSED:
    case MODULES_FOCUSED_MORE:
    case MODULES_FOCUSED_MOST:
        focus(sharp, levels, size, focus_shares[way - MODULES_FOCUSED]);
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
