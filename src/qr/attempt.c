/* SPDX-License-Identifier: MIT */
#include "qr/attempt.h"

#include "qr/decode.h"
#include "qr/failure.h"
#include "qr/format.h"
#include "qr/modules.h"
#include "qr/spec.h"
#include "qr/timing.h"

/* Costs, roughly, in nanoseconds: of a module that is decided and decoded, is focused, or is sampled on a slant; and of
 * fitting a slant for each module of a side, or of one in perspective. */
enum {
    COST_DECODE = 12,
    COST_FOCUS = 70,
    COST_SAMPLE = 20,
    COST_FIT = 8000,
    COST_FIT_PERSPECTIVE = 40000
};

/* Of the modules that are known beforehand, how many must be as they are known for a symbol to be tried, and for one that
 * cannot be read to be spoken of. */
#define PATTERNS_TRIED 0.75f
#define PATTERNS_SURE 0.9f

bool attempt_spend(struct attempt *attempt, long units, long cost)
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
        if (!attempt_spend(attempt, (long)size * size, way < MODULES_FOCUSED ? COST_DECODE : COST_FOCUS))
            return false;
        modules_decide(&symbol, levels, size, (enum modules_way)way, view->threshold, view->inverted);
        if (try_both_ways(attempt, &symbol, turns))
            return true;
    }
    return false;
}

/* Whatever a grid along the rows could gain by focusing, a slant gains too, and it sits better. */
bool attempt_grid(struct attempt *attempt, const struct view *view, const struct grid *grid)
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

/* Of the modules that are known beforehand, how many are as they are known. Finders drawn round differ in an eighth of
 * theirs. */
static float patterns_share(const uint8_t *levels, int size, bool inverted)
{
    uint8_t marks[QR_MODULES_MAX * QR_MODULES_MAX];
    struct qr_matrix symbol;
    int known = 0, right = 0;
    modules_decide(&symbol, levels, size, MODULES_BY_PLACE, 0, inverted);
    spec_patterns(marks, spec_version(size));
    for (int i = 0; i < size * size; i++) {
        known += marks[i] != SPEC_OPEN;
        right += marks[i] != SPEC_OPEN && symbol.dark[i] == (marks[i] == SPEC_DARK);
    }
    return (float)right / (float)known;
}

/* First with the mean of each module, then with its middle alone. */
static bool try_samples(struct attempt *attempt, const struct view *view, const struct slant *slant)
{
    uint8_t levels[QR_MODULES_MAX * QR_MODULES_MAX];
    for (int spread = 1; spread >= 0; spread--) {
        if (!attempt_spend(attempt, (long)slant->size * slant->size, COST_SAMPLE))
            return false;
        slant_sample(levels, view, slant, spread);
        if (try_levels(attempt, view, levels, slant->size, slant_turns(slant), MODULES_WAYS))
            return true;
    }
    return false;
}

/* One that is not sure may be right; but when it is not, there is nothing to be said of it, nor to be drawn. */
static bool try_samples_as(struct attempt *attempt, const struct view *view, const struct slant *slant, bool sure)
{
    struct attempt doubtful = *attempt;
    struct qr_failure unsaid = {0};
    bool found_before = !attempt->symbol || attempt->symbol->size != 0;
    doubtful.failure = sure ? attempt->failure : &unsaid;
    bool done = try_samples(&doubtful, view, slant);
    if (!done && !sure && !found_before)
        attempt->symbol->size = 0;
    return done;
}

bool attempt_slant(struct attempt *attempt, const struct view *view, struct slant *slant)
{
    uint8_t levels[QR_MODULES_MAX * QR_MODULES_MAX];
    if (!attempt_spend(attempt, slant->size, COST_FIT))
        return false;
    slant_fit(slant, view);
    slant_sample(levels, view, slant, true);
    return try_samples_as(attempt, view, slant, timing_agrees(attempt, levels, slant->size, view->inverted));
}

bool attempt_turned(struct attempt *attempt, const struct view *view, struct slant *slant)
{
    uint8_t levels[QR_MODULES_MAX * QR_MODULES_MAX];
    if (!attempt_spend(attempt, slant->size, COST_FIT_PERSPECTIVE))
        return false;
    slant_fit_perspective(slant, view);
    slant_sample(levels, view, slant, true);
    float share = patterns_share(levels, slant->size, view->inverted);
    if (share < PATTERNS_TRIED)
        return false;
    bool sure = share >= PATTERNS_SURE && attempt->failure->step <= QR_STEP_FINDER;
    return try_samples_as(attempt, view, slant, sure);
}
