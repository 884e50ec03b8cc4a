/* SPDX-License-Identifier: MIT */
#include "qr/view.h"

#include <string.h>

/* About as many rows, and pixels in each, are enough to tell the greys of a picture. */
#define SAMPLED_ROWS 64
#define SAMPLED_COLUMNS 128

/* One in so many pixels may be darker than dark, or lighter than light. */
#define END_SHARE 50

struct line view_row(const struct view *view, int y)
{
    return (struct line){.first = view->grey + (size_t)y * (size_t)view->width,
                         .stride = 1,
                         .length = view->width,
                         .threshold = view->threshold,
                         .inverted = view->inverted};
}

struct line view_column(const struct view *view, int x)
{
    return (struct line){.first = view->grey + x,
                         .stride = view->width,
                         .length = view->height,
                         .threshold = view->threshold,
                         .inverted = view->inverted};
}

int line_run_start(const struct line *line, int at, int limit)
{
    bool dark = line_dark(line, at);
    int stop = at > limit ? at - limit : 0;
    while (at > stop && line_dark(line, at - 1) == dark)
        at--;
    return at;
}

int line_run_end(const struct line *line, int at, int limit)
{
    bool dark = line_dark(line, at);
    int stop = line->length - at > limit ? at + limit : line->length;
    while (at < stop && line_dark(line, at) == dark)
        at++;
    return at;
}

void view_histogram(uint32_t counts[VIEW_GREYS], const uint8_t *grey, int width, int height)
{
    int row_step = 1 + height / SAMPLED_ROWS, column_step = 1 + width / SAMPLED_COLUMNS;
    memset(counts, 0, VIEW_GREYS * sizeof *counts);
    for (int y = 0; y < height; y += row_step) {
        const uint8_t *row = grey + (size_t)y * (size_t)width;
        for (int x = 0; x < width; x += column_step)
            counts[row[x]]++;
    }
}

int view_threshold(const uint32_t counts[VIEW_GREYS], int low, int high)
{
    double all = 0, all_sum = 0, below = 0, below_sum = 0, best = 0;
    int first = 0, last = 0; /* between two peaks every threshold is as good: take the middle */
    for (int i = low; i < high; i++) {
        all += counts[i];
        all_sum += (double)counts[i] * i;
    }
    for (int i = low; i < high; i++) {
        if (below > 0 && below < all) {
            double gap = below_sum / below - (all_sum - below_sum) / (all - below);
            double spread = below * (all - below) * gap * gap;
            if (spread > best)
                first = i;
            if (spread >= best) {
                last = i;
                best = spread;
            }
        }
        below += counts[i];
        below_sum += (double)counts[i] * i;
    }
    return (first + last + 1) / 2;
}

/* From one end of the greys, step by step towards the other, until a fiftieth of all is passed. */
static int end_of(const uint32_t counts[VIEW_GREYS], int from, int step)
{
    uint32_t all = 0, passed = 0;
    for (int i = 0; i < VIEW_GREYS; i++)
        all += counts[i];
    int grey = from;
    for (int i = 0; i < VIEW_GREYS - 1 && (passed += counts[grey]) <= all / END_SHARE; i++)
        grey += step;
    return grey;
}

int view_low_end(const uint32_t counts[VIEW_GREYS])
{
    return end_of(counts, 0, 1);
}

int view_high_end(const uint32_t counts[VIEW_GREYS])
{
    return end_of(counts, VIEW_GREYS - 1, -1);
}
