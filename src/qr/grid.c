/* SPDX-License-Identifier: MIT */
#include "qr/grid.h"

#include <math.h>

#include "qr/failure.h"
#include "qr/ruler.h"
#include "qr/spec.h"

/* From the edge of a symbol to the centre of a finder. */
#define FINDER_MIDDLE 3.5f

/* Of the timing patterns' modules, how many must be as they should. */
#define TIMING_SHARE 0.75f

/* Three finders that may belong to one symbol. */
struct triple {
    const struct finder *corner, *beside, *below; /* `beside` lies along the row, `below` along the column */
    float modules;                                /* between the centres, roughly */
    int mismatches;
};

static float distance_in_modules(float from, float to, float pitch_a, float pitch_b)
{
    return fabsf(to - from) * 2 / (pitch_a + pitch_b);
}

static bool alike(float a, float b, float share)
{
    return fabsf(a - b) <= share * (a > b ? a : b);
}

static bool make_triple(struct triple *out, const struct finder *corner, const struct finder *beside,
                        const struct finder *below)
{
    float across = distance_in_modules(corner->x, beside->x, corner->pitch_x, beside->pitch_x);
    float down = distance_in_modules(corner->y, below->y, corner->pitch_y, below->pitch_y);
    if (fabsf(corner->y - beside->y) > 1.5f * corner->pitch_y || fabsf(corner->x - below->x) > 1.5f * corner->pitch_x)
        return false;
    if (!alike(corner->pitch_x, beside->pitch_x, 0.34f) || !alike(corner->pitch_y, below->pitch_y, 0.34f))
        return false;
    if (!alike(across, down, 0.3f) || across < 9 || across > QR_MODULES_MAX * 1.3f)
        return false;
    out->corner = corner;
    out->beside = beside;
    out->below = below;
    out->modules = (across + down) / 2;
    out->mismatches = corner->mismatches + beside->mismatches + below->mismatches;
    return true;
}

static void insert(struct triple *triples, int *count, const struct triple *triple)
{
    bool full = *count == GRIDS_MAX;
    if (full && triples[GRIDS_MAX - 1].mismatches <= triple->mismatches)
        return;
    int at = full ? GRIDS_MAX - 1 : (*count)++;
    for (; at > 0 && triples[at - 1].mismatches > triple->mismatches; at--)
        triples[at] = triples[at - 1];
    triples[at] = *triple;
}

static int find_triples(struct triple triples[GRIDS_MAX], const struct finder *finders, int count)
{
    int found = 0;
    struct triple triple;
    for (int corner = 0; corner < count; corner++) {
        for (int beside = 0; beside < count; beside++) {
            for (int below = 0; below < count; below++) {
                bool distinct = corner != beside && corner != below && beside != below;
                if (distinct && make_triple(&triple, &finders[corner], &finders[beside], &finders[below]))
                    insert(triples, &found, &triple);
            }
        }
    }
    return found;
}

static bool module_dark(const struct view *view, const struct grid *grid, int row, int column)
{
    int x = (int)floorf(grid->across.centre[column]), y = (int)floorf(grid->down.centre[row]);
    return x >= 0 && y >= 0 && x < view->width && y < view->height && view_dark(view, x, y);
}

/* Modules of both timing patterns that are as they should. */
static int timing_matches(const struct view *view, const struct grid *grid)
{
    int matches = 0;
    for (int i = RULER_TIMING_FIRST; i < grid->size - RULER_TIMING_FIRST; i++) {
        matches += module_dark(view, grid, 6, i) == (i % 2 == 0);
        matches += module_dark(view, grid, i, 6) == (i % 2 == 0);
    }
    return matches;
}

static void grid_between(struct grid *out, const struct triple *t, int size)
{
    out->size = size;
    ruler_between(&out->across, t->corner->x_edges, t->beside->x_edges, size);
    ruler_between(&out->down, t->corner->y_edges, t->below->y_edges, size);
}

/* Where the timing patterns could not be counted: tries the sizes that the finders' own pitch allows. */
static bool grid_from_centres(struct grid *out, const struct view *view, const struct triple *t,
                              struct qr_failure *failure)
{
    float best = 0;
    int matches_of_best = 0;
    for (int version = 1; version <= SPEC_VERSION_MAX; version++) {
        int size = spec_size(version);
        if (!alike((float)size - 2 * FINDER_MIDDLE, t->modules, 0.25f))
            continue;
        struct grid grid;
        grid_between(&grid, t, size);
        int matches = timing_matches(view, &grid);
        float share = (float)matches / (float)(2 * (size - 2 * RULER_TIMING_FIRST));
        if (share > best) {
            best = share;
            matches_of_best = matches;
            *out = grid;
        }
    }
    if (best >= TIMING_SHARE)
        return true;
    if (best <= 0)
        return failure_set(failure, QR_STEP_TIMING, "no symbol is %d modules wide",
                           (int)(t->modules + 2 * FINDER_MIDDLE));
    return failure_set(failure, QR_STEP_TIMING, "%d of the %d timing modules of a symbol with %d a side are wrong",
                       2 * (out->size - 2 * RULER_TIMING_FIRST) - matches_of_best,
                       2 * (out->size - 2 * RULER_TIMING_FIRST), out->size);
}

static bool grid_from_triple(struct grid *out, const struct view *view, const struct triple *t,
                             struct qr_failure *failure)
{
    struct axis across, down;
    struct line row = view_row(view, t->below->y > t->corner->y ? t->corner->bottom : t->corner->top);
    struct line column = view_column(view, t->beside->x > t->corner->x ? t->corner->right : t->corner->left);
    int by_row = ruler_from_timing(&across, &row, t->corner->x_edges, t->beside->x_edges);
    int by_column = ruler_from_timing(&down, &column, t->corner->y_edges, t->below->y_edges);
    if (by_row == 0 && by_column == 0)
        return grid_from_centres(out, view, t, failure);
    if (by_row != by_column && by_row != 0 && by_column != 0)
        return grid_from_centres(out, view, t, failure);
    grid_between(out, t, by_row ? by_row : by_column);
    if (by_row)
        out->across = across;
    if (by_column)
        out->down = down;
    return true;
}

static void explain_no_triple(struct qr_failure *failure, const struct view *view, int finders)
{
    if (finders == 0)
        failure_set(failure, QR_STEP_FINDER, "no finder pattern in %dx%d pixels", view->width, view->height);
    else
        failure_set(failure, QR_STEP_FINDER, "no three of %d finder patterns in %dx%d pixels make a symbol", finders,
                    view->width, view->height);
}

static int find_among(struct grid grids[GRIDS_MAX], const struct view *view, int every, struct qr_failure *failure)
{
    struct finder finders[FINDERS_MAX];
    struct triple triples[GRIDS_MAX];
    int finder_count = finder_scan(finders, view, every), found = 0;
    int likely = find_triples(triples, finders, finder_count);
    if (likely == 0)
        explain_no_triple(failure, view, finder_count);
    for (int i = 0; i < likely; i++)
        found += grid_from_triple(&grids[found], view, &triples[i], failure);
    return found;
}

int grid_find(struct grid grids[GRIDS_MAX], const struct view *view, struct qr_failure *failure)
{
    int found = find_among(grids, view, FINDER_QUICK, failure);
    return found > 0 ? found : find_among(grids, view, FINDER_THOROUGH, failure);
}

/* The three pixels of a module, along one axis, that are looked at. */
static void sample_places(int places[3], const struct axis *axis, int module, int length)
{
    float centre = axis->centre[module], apart = floorf(fabsf(axis->pitch) / 4);
    for (int i = 0; i < 3; i++) {
        int at = (int)floorf(centre + (float)(i - 1) * apart);
        places[i] = at < 0 ? 0 : at >= length ? length - 1 : at;
    }
}

void grid_sample(uint8_t *levels, const struct view *view, const struct grid *grid)
{
    int columns[QR_MODULES_MAX][3], rows[3];
    for (int i = 0; i < grid->size; i++)
        sample_places(columns[i], &grid->across, i, view->width);
    for (int row = 0; row < grid->size; row++) {
        const uint8_t *lines[3];
        sample_places(rows, &grid->down, row, view->height);
        for (int i = 0; i < 3; i++)
            lines[i] = view->grey + (size_t)rows[i] * (size_t)view->width;
        for (int column = 0; column < grid->size; column++) {
            const int *x = columns[column];
            int sum = 4;
            for (int i = 0; i < 3; i++)
                sum += lines[i][x[0]] + lines[i][x[1]] + lines[i][x[2]];
            levels[row * grid->size + column] = (uint8_t)(sum / 9);
        }
    }
}

/* A place between pixels: the one before it, the one after, and the share of the latter in 256ths. */
struct between {
    int before, after, share;
};

static void between_pixels(struct between *out, const struct axis *axis, int size, int length)
{
    for (int i = 0; i < size; i++) {
        float place = axis->start + ((float)i + 0.5f) * axis->pitch - 0.5f;
        place = place < 0 ? 0 : place > (float)(length - 1) ? (float)(length - 1) : place;
        out[i].before = (int)place;
        out[i].after = out[i].before + 1 < length ? out[i].before + 1 : out[i].before;
        out[i].share = (int)((place - (float)out[i].before) * 256);
    }
}

static int mix(int before, int after, int share)
{
    return before * (256 - share) + after * share;
}

void grid_sample_between(uint8_t *levels, const struct view *view, const struct grid *grid)
{
    struct between columns[QR_MODULES_MAX], rows[QR_MODULES_MAX];
    between_pixels(columns, &grid->across, grid->size, view->width);
    between_pixels(rows, &grid->down, grid->size, view->height);
    for (int row = 0; row < grid->size; row++) {
        const uint8_t *above = view->grey + (size_t)rows[row].before * (size_t)view->width;
        const uint8_t *below = view->grey + (size_t)rows[row].after * (size_t)view->width;
        for (int column = 0; column < grid->size; column++) {
            const struct between *x = &columns[column];
            int upper = mix(above[x->before], above[x->after], x->share);
            int lower = mix(below[x->before], below[x->after], x->share);
            levels[row * grid->size + column] = (uint8_t)(mix(upper, lower, rows[row].share) / (256 * 256));
        }
    }
}

int grid_turns(const struct grid *grid)
{
    if (grid->down.pitch > 0)
        return grid->across.pitch > 0 ? 0 : 1;
    return grid->across.pitch > 0 ? 3 : 2;
}
