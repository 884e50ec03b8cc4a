/* SPDX-License-Identifier: MIT */
#include "qr/read.h"

#include <stdlib.h>

#include "qr/decode.h"
#include "qr/even.h"
#include "qr/failure.h"
#include "qr/format.h"
#include "qr/grid.h"
#include "qr/modules.h"

/* Pictures beyond this are not worth the last resort. */
#define EVENED_PIXELS_MAX (2048L * 2048)

/* What is collected on the way. */
struct attempt {
    struct qr_reading *out;
    struct qr_matrix *symbol; /* the first that was found; may be NULL */
    struct qr_failure *failure;
};

static bool try_decode(struct attempt *attempt, const struct qr_matrix *symbol)
{
    struct qr_failure failure = {0};
    if (!decode_symbol(attempt->out, symbol, &failure)) {
        failure_keep_furthest(attempt->failure, &failure);
        return false;
    }
    if (attempt->symbol)
        *attempt->symbol = *symbol;
    return true;
}

static void set_orientation(struct qr_reading *out, int turns, bool as_sampled)
{
    out->mirrored = as_sampled != (turns % 2 == 0);
    out->quarter_turns = out->mirrored ? (turns + 3) % 4 : turns;
}

/* A mirrored symbol differs from an upright one only in which copy of the format information makes sense: the way
 * round with fewer wrong bits goes first. */
static bool try_both_ways(struct attempt *attempt, struct qr_matrix *sampled, int turns)
{
    struct format as_sampled, transposed;
    format_read(&as_sampled, sampled);
    bool first_as_sampled = true;
    if (as_sampled.wrong_bits > 0) {
        modules_transpose(sampled);
        format_read(&transposed, sampled);
        first_as_sampled = as_sampled.wrong_bits <= transposed.wrong_bits;
        if (first_as_sampled)
            modules_transpose(sampled);
    }
    if (attempt->symbol && attempt->symbol->size == 0)
        *attempt->symbol = *sampled;
    for (int way = 0; way < 2; way++) {
        if (try_decode(attempt, sampled)) {
            set_orientation(attempt->out, turns, first_as_sampled == (way == 0));
            return true;
        }
        modules_transpose(sampled);
    }
    return false;
}

static bool try_levels(struct attempt *attempt, const struct view *view, const struct grid *grid, const uint8_t *levels)
{
    struct qr_matrix symbol;
    for (int way = 0; way < MODULES_WAYS; way++) {
        modules_decide(&symbol, levels, grid->size, (enum modules_way)way, view->threshold, view->inverted);
        if (try_both_ways(attempt, &symbol, grid_turns(grid)))
            return true;
    }
    return false;
}

static bool try_grid(struct attempt *attempt, const struct view *view, const struct grid *grid)
{
    uint8_t levels[QR_MODULES_MAX * QR_MODULES_MAX];
    grid_sample(levels, view, grid);
    if (try_levels(attempt, view, grid, levels))
        return true;
    grid_sample_between(levels, view, grid);
    return try_levels(attempt, view, grid, levels);
}

static bool try_view(struct attempt *attempt, const struct view *view)
{
    struct grid grids[GRIDS_MAX];
    struct qr_failure failure = {0};
    int count = grid_find(grids, view, &failure);
    if (count == 0)
        failure_keep_furthest(attempt->failure, &failure);
    for (int i = 0; i < count; i++) {
        if (try_grid(attempt, view, &grids[i])) {
            attempt->out->inverted = view->inverted;
            return true;
        }
    }
    return false;
}

/* A threshold and both ways to see it. */
static bool try_threshold(struct attempt *attempt, struct view *view, int threshold)
{
    view->threshold = threshold;
    view->inverted = false;
    if (threshold == 0)
        return false;
    if (try_view(attempt, view))
        return true;
    view->inverted = true;
    return try_view(attempt, view);
}

/* One threshold parts the symbol from its ground, unless a border or a frame has a third grey: then it may have parted
 * that from both, and the greys on one side of it must be parted again. */
static bool try_thresholds(struct attempt *attempt, struct view *view)
{
    uint32_t counts[VIEW_GREYS];
    struct qr_failure one_grey;
    view_histogram(counts, view->grey, view->width, view->height);
    int first = view_threshold(counts, 0, VIEW_GREYS);
    failure_set(&one_grey, QR_STEP_FINDER, "all of the %dx%d pixels have one colour", view->width, view->height);
    if (first == 0)
        failure_keep_furthest(attempt->failure, &one_grey);
    return try_threshold(attempt, view, first) || try_threshold(attempt, view, view_threshold(counts, 0, first)) ||
           try_threshold(attempt, view, view_threshold(counts, first, VIEW_GREYS));
}

/* The last resort, and slower than all the rest. */
static bool try_evened(struct attempt *attempt, const struct view *view)
{
    bool done = false;
    if ((long)view->width * view->height > EVENED_PIXELS_MAX)
        return false;
    uint8_t *evened = malloc((size_t)view->width * (size_t)view->height);
    struct view even = {.grey = evened, .width = view->width, .height = view->height};
    for (int smooth = 0; smooth < 2 && evened && !done; smooth++)
        done = even_light(evened, view->grey, view->width, view->height, smooth) &&
               try_threshold(attempt, &even, EVEN_MIDDLE);
    free(evened);
    return done;
}

bool read_picture(struct qr_reading *out, struct qr_matrix *symbol, const struct picture *picture,
                  struct qr_failure *failure)
{
    struct attempt attempt = {.out = out, .symbol = symbol, .failure = failure};
    struct view view = {.grey = picture->grey, .width = picture->width, .height = picture->height};
    out->width = view.width;
    out->height = view.height;
    return try_thresholds(&attempt, &view) || try_evened(&attempt, &view);
}
