/* SPDX-License-Identifier: MIT */
#include "qr/look.h"

#include "qr/failure.h"
#include "qr/triple.h"

/* Costs, roughly, in nanoseconds: of three finders that may belong together, and of a slant for each module of its sides'
 * product. */
enum { COST_TRIPLE = 4, COST_SLANTS = 40 };

/* Of the triples found, how many are worth more than a look at their timing patterns. */
#define TRIPLES_LIKELY 8

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
        if (counted[i] && attempt_grid(attempt, view, &grid))
            return true;
    }
    for (int i = 0; i < count && i < TRIPLES_LIKELY; i++) {
        if (counted[i])
            continue;
        if (!grid_by_finders(&grid, view, &triples[i], &failure))
            failure_keep_furthest(attempt->failure, &failure);
        else if (attempt_grid(attempt, view, &grid))
            return true;
    }
    return false;
}

/* What makes a payload of a slant. */
typedef bool slant_reader(struct attempt *attempt, const struct view *view, struct slant *slant);

static bool try_slants(struct attempt *attempt, const struct view *view, const struct finders *finders,
                       enum triple_lean lean, slant_reader *reader)
{
    struct triple triples[TRIPLES_MAX];
    struct slant slants[SLANTS_MAX];
    int count = triple_find(triples, finders->found, finders->count, lean);
    count = count < TRIPLES_LIKELY ? count : TRIPLES_LIKELY;
    for (int i = 0; i < count; i++) {
        if (!attempt_spend(attempt, (long)(triples[i].modules * triples[i].modules), COST_SLANTS))
            return false;
    }
    count = slant_find(slants, view, triples, count);
    for (int i = 0; i < count; i++) {
        if (reader(attempt, view, &slants[i]))
            return true;
    }
    return false;
}

static bool scan(struct attempt *attempt, struct finders *finders, const struct view *view, enum finder_way way)
{
    bool told = way != FINDER_TURNED; /* rings are seen in rubble too, which would be no help to know */
    finder_scan(finders, view, way, *attempt->effort);
    if (told && finders->count > attempt->finders)
        attempt->finders = finders->count;
    if (told && finders->candidates > attempt->candidates)
        attempt->candidates = finders->candidates;
    return attempt_spend(attempt, finders->spent, 1) &&
           attempt_spend(attempt, (long)finders->count * finders->count * finders->count, COST_TRIPLE);
}

bool look_straight(struct attempt *attempt, const struct view *view)
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

bool look_leaning(struct attempt *attempt, const struct view *view)
{
    struct finders finders;
    return scan(attempt, &finders, view, FINDER_THOROUGH) &&
           try_slants(attempt, view, &finders, TRIPLE_LEANING, attempt_slant);
}

bool look_turned(struct attempt *attempt, const struct view *view)
{
    struct finders finders;
    return scan(attempt, &finders, view, FINDER_TURNED) &&
           try_slants(attempt, view, &finders, TRIPLE_TURNED, attempt_turned);
}
