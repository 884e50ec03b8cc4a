/* SPDX-License-Identifier: MIT
 * A grey picture seen as dark and light, and the lines of pixels in it.
 */
#ifndef SCANDECK_QR_VIEW_H
#define SCANDECK_QR_VIEW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct view {
    const uint8_t *grey;
    int width, height;
    int threshold; /* below it a pixel is black */
    bool inverted; /* then white is what counts as dark */
};

/* A row or a column. */
struct line {
    const uint8_t *first;
    ptrdiff_t stride;
    int length;
    int threshold;
    bool inverted;
};

static inline bool view_dark(const struct view *view, int x, int y)
{
    return (view->grey[(size_t)y * (size_t)view->width + (size_t)x] < view->threshold) != view->inverted;
}

static inline bool line_dark(const struct line *line, int at)
{
    return (line->first[at * line->stride] < line->threshold) != line->inverted;
}

struct line view_row(const struct view *view, int y);
struct line view_column(const struct view *view, int x);

/* The first pixel of the run that holds `at`, but not more than `limit` pixels back. */
int line_run_start(const struct line *line, int at, int limit);
/* One past the last pixel of the run that holds `at`, but not more than `limit` pixels on. */
int line_run_end(const struct line *line, int at, int limit);

#define VIEW_GREYS 256

/* How often each grey occurs; a large picture is sampled. */
void view_histogram(uint32_t counts[VIEW_GREYS], const uint8_t *grey, int width, int height);

/* The threshold that parts the greys from `low` up to but not including `high` best (Otsu); 0 when they are all one. */
int view_threshold(const uint32_t counts[VIEW_GREYS], int low, int high);

/* The grey below which there are no more than a fiftieth of the pixels, and the one above which. */
int view_low_end(const uint32_t counts[VIEW_GREYS]);
int view_high_end(const uint32_t counts[VIEW_GREYS]);

#endif
