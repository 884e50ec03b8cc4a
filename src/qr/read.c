/* SPDX-License-Identifier: MIT */
#include "qr/read.h"

#include <stdlib.h>

#include "qr/decode.h"
#include "qr/even.h"
#include "qr/failure.h"
#include "qr/format.h"
#include "qr/grid.h"
#include "qr/modules.h"
#include "qr/slant.h"
#include "qr/timing.h"
#include "qr/triple.h"

/* Costs, roughly, in nanoseconds: of a pixel that is looked at for finders, and that is evened; of what looks like a
 * finder in one row; of a module that is decided and decoded, is focused, or is sampled on a slant; and of a slant for
 * each module of its sides' product, or of one side. */
enum {
    COST_SCAN = 1,
    COST_EVEN = 8,
    COST_CANDIDATE = 200,
    COST_DECODE = 12,
    COST_FOCUS = 70,
    COST_SAMPLE = 20,
    COST_SLANTS = 40,
    COST_FIT = 8000
};

/* Thresholds nearer to each other than this part a picture in the same way. */
#define THRESHOLDS_APART 8
#define THRESHOLDS 4

/* Of the triples found, how many are worth more than a look at their timing patterns. */
#define TRIPLES_LIKELY 8

/* What is collected on the way. */
struct attempt {
    struct qr_reading *out;
    struct qr_matrix *symbol; /* the first that was found; may be NULL */
    struct qr_failure *failure;
    long *effort;            /* what may still be spent */
    int finders, candidates; /* the most that were seen in one view */
};

/* False when not so much is left, and then nothing is. */
static bool spend(struct attempt *attempt, long units, long cost)
{
    bool enough = units * cost < *attempt->effort;
    *attempt->effort -= enough ? units * cost : *attempt->effort;
    return enough;
}

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

/* The first `ways` of modules.h. */
static bool try_levels(struct attempt *attempt, const struct view *view, const uint8_t *levels, int size, int turns,
                       int ways)
{
    struct qr_matrix symbol;
    for (int way = 0; way < ways; way++) {
        if (!spend(attempt, (long)size * size, way < MODULES_FOCUSED ? COST_DECODE : COST_FOCUS))
            return false;
        modules_decide(&symbol, levels, size, (enum modules_way)way, view->threshold, view->inverted);
        if (try_both_ways(attempt, &symbol, turns))
            return true;
    }
    return false;
}

/* Whatever a grid along the rows could gain by focusing, a slant gains too, and it sits better. */
static bool try_grid(struct attempt *attempt, const struct view *view, const struct grid *grid)
{
    uint8_t levels[QR_MODULES_MAX * QR_MODULES_MAX];
    grid_sample(levels, view, grid);
    if (try_levels(attempt, view, levels, grid->size, grid_turns(grid), MODULES_FOCUSED))
        return true;
    grid_sample_between(levels, view, grid);
    return try_levels(attempt, view, levels, grid->size, grid_turns(grid), MODULES_FOCUSED);
}

static bool timing_agrees(struct attempt *attempt, const uint8_t *levels, int size, bool inverted)
{
    struct qr_matrix symbol;
    struct timing timing;
    struct qr_failure failure;
    modules_decide(&symbol, levels, size, MODULES_BY_SYMBOL, 0, inverted);
    timing_check(&timing, &symbol);
    if (timing_holds(&timing, &failure))
        return true;
    failure_keep_furthest(attempt->failure, &failure);
    return false;
}

/* Three finders alone make a slant. Without timing patterns it is tried all the same, since the modules may be right;
 * but when they are not, there is nothing to be said of them, nor to be drawn. */
static bool try_slant(struct attempt *attempt, const struct view *view, struct slant *slant)
{
    uint8_t levels[QR_MODULES_MAX * QR_MODULES_MAX];
    struct attempt doubtful = *attempt;
    struct qr_failure unsaid = {0};
    bool found_before = !attempt->symbol || attempt->symbol->size != 0, done = false;
    if (!spend(attempt, slant->size, COST_FIT))
        return false;
    slant_fit(slant, view);
    slant_sample(levels, view, slant, true);
    bool sure = timing_agrees(attempt, levels, slant->size, view->inverted);
    doubtful.failure = sure ? attempt->failure : &unsaid;
    for (int spread = 1; spread >= 0 && !done; spread--) {
        if (!spend(attempt, (long)slant->size * slant->size, COST_SAMPLE))
            break;
        slant_sample(levels, view, slant, spread);
        done = try_levels(&doubtful, view, levels, slant->size, slant_turns(slant), MODULES_WAYS);
    }
    if (!done && !sure && !found_before)
        attempt->symbol->size = 0;
    return done;
}

/* The picture's rows run along the symbol's: all that machines draw. Counting the timing patterns is cheap, and so done
 * for every triple: there may be finders that belong to no symbol. */
static bool try_straight(struct attempt *attempt, const struct view *view, const struct finders *finders)
{
    struct triple triples[TRIPLES_MAX];
    struct grid grid;
    struct qr_failure failure;
    bool counted[TRIPLES_MAX];
    int count = triple_find(triples, finders->found, finders->count, TRIPLE_STRAIGHT);
    for (int i = 0; i < count; i++) {
        counted[i] = grid_by_timing(&grid, view, &triples[i]);
        if (counted[i] && try_grid(attempt, view, &grid))
            return true;
    }
    for (int i = 0; i < count && i < TRIPLES_LIKELY; i++) {
        if (counted[i])
            continue;
        if (!grid_by_finders(&grid, view, &triples[i], &failure))
            failure_keep_furthest(attempt->failure, &failure);
        else if (try_grid(attempt, view, &grid))
            return true;
    }
    return false;
}

/* Turned by a few degrees, or so coarse or so smooth that the pixels' edges do not tell where the modules are. */
static bool try_leaning(struct attempt *attempt, const struct view *view, const struct finders *finders)
{
    struct triple triples[TRIPLES_MAX];
    struct slant slants[SLANTS_MAX];
    int count = triple_find(triples, finders->found, finders->count, TRIPLE_LEANING);
    count = count < TRIPLES_LIKELY ? count : TRIPLES_LIKELY;
    for (int i = 0; i < count; i++) {
        if (!spend(attempt, (long)(triples[i].modules * triples[i].modules), COST_SLANTS))
            return false;
    }
    count = slant_find(slants, view, triples, count);
    for (int i = 0; i < count; i++) {
        if (try_slant(attempt, view, &slants[i]))
            return true;
    }
    return false;
}

static bool scan(struct attempt *attempt, struct finders *finders, const struct view *view, int every)
{
    if (!spend(attempt, (long)view->width * view->height / every, COST_SCAN))
        return false;
    finder_scan(finders, view, every);
    if (finders->count > attempt->finders)
        attempt->finders = finders->count;
    if (finders->candidates > attempt->candidates)
        attempt->candidates = finders->candidates;
    return spend(attempt, finders->candidates, COST_CANDIDATE);
}

/* One way to look for symbols in a view. */
typedef bool look(struct attempt *attempt, const struct view *view);

static bool look_straight(struct attempt *attempt, const struct view *view)
{
    struct finders finders;
    if (!scan(attempt, &finders, view, FINDER_QUICK))
        return false;
    if (try_straight(attempt, view, &finders))
        return true;
    int quick = finders.count;
    return scan(attempt, &finders, view, FINDER_THOROUGH) && finders.count > quick &&
           try_straight(attempt, view, &finders);
}

static bool look_leaning(struct attempt *attempt, const struct view *view)
{
    struct finders finders;
    return scan(attempt, &finders, view, FINDER_THOROUGH) && try_leaning(attempt, view, &finders);
}

/* Dark on light, and light on dark. */
static bool try_threshold(struct attempt *attempt, struct view *view, int threshold, look *how)
{
    view->threshold = threshold;
    for (int inverted = 0; inverted < 2 && threshold > 0; inverted++) {
        view->inverted = attempt->out->inverted = inverted;
        if (how(attempt, view))
            return true;
    }
    return false;
}

/* One threshold parts the symbol from its ground, unless a border or a frame has a third grey: then it may have parted
 * that from both, and the greys on one side of it must be parted again. In a blur what is thin and dark is not as dark
 * as the rest, and the middle parts it better than the masses do. 0 = that one is none. */
static void thresholds_of(int thresholds[THRESHOLDS], const struct view *view)
{
    uint32_t counts[VIEW_GREYS];
    view_histogram(counts, view->grey, view->width, view->height);
    int first = view_threshold(counts, 0, VIEW_GREYS);
    int middle = (view_low_end(counts) + view_high_end(counts) + 1) / 2;
    thresholds[0] = first;
    thresholds[1] = view_threshold(counts, 0, first);
    thresholds[2] = first > 0 ? view_threshold(counts, first, VIEW_GREYS) : 0;
    thresholds[3] = first > 0 && abs(middle - first) >= THRESHOLDS_APART ? middle : 0;
}

/* All straight looks go before the first leaning one, which costs more and sees more that is not there. */
static bool try_thresholds(struct attempt *attempt, struct view *view)
{
    int thresholds[THRESHOLDS];
    struct qr_failure one_colour;
    look *const looks[] = {look_straight, look_leaning};
    thresholds_of(thresholds, view);
    failure_set(&one_colour, QR_STEP_FINDER, "all of the %dx%d pixels have one colour", view->width, view->height);
    if (thresholds[0] == 0)
        failure_keep_furthest(attempt->failure, &one_colour);
    for (int i = 0; i < 2 * THRESHOLDS; i++) {
        if (try_threshold(attempt, view, thresholds[i % THRESHOLDS], looks[i / THRESHOLDS]))
            return true;
    }
    return false;
}

/* The last resort, and slower than all the rest. */
static bool try_evened(struct attempt *attempt, const struct view *view)
{
    bool done = false;
    long pixels = (long)view->width * view->height;
    uint8_t *evened = malloc((size_t)pixels);
    struct view even = {.grey = evened, .width = view->width, .height = view->height};
    for (int smooth = 0; smooth < 2 && evened && !done; smooth++)
        done = spend(attempt, pixels, COST_EVEN) && even_light(evened, view->grey, view->width, view->height, smooth) &&
               (try_threshold(attempt, &even, EVEN_MIDDLE, look_straight) ||
                try_threshold(attempt, &even, EVEN_MIDDLE, look_leaning));
    free(evened);
    return done;
}

static void explain_no_symbol(const struct attempt *attempt, const struct picture *picture)
{
    static const char *const counts[] = {"no", "only one", "only two"};
    struct qr_failure failure;
    if (attempt->finders >= 3)
        failure_set(&failure, QR_STEP_FINDER, "no three of %d finder patterns in %dx%d pixels make a symbol",
                    attempt->finders, picture->width, picture->height);
    else
        failure_set(&failure, QR_STEP_FINDER, "%s finder pattern%s in %dx%d pixels; %d candidates",
                    counts[attempt->finders], attempt->finders == 2 ? "s" : "", picture->width, picture->height,
                    attempt->candidates);
    failure_keep_furthest(attempt->failure, &failure);
}

bool read_picture(struct qr_reading *out, struct qr_matrix *symbol, const struct picture *picture, long *effort,
                  struct qr_failure *failure)
{
    struct attempt attempt = {.out = out, .symbol = symbol, .failure = failure, .effort = effort};
    struct view view = {.grey = picture->grey, .width = picture->width, .height = picture->height};
    out->width = view.width;
    out->height = view.height;
    if (try_thresholds(&attempt, &view) || try_evened(&attempt, &view))
        return true;
    explain_no_symbol(&attempt, picture);
    return false;
}
