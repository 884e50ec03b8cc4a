/* SPDX-License-Identifier: MIT */
#include "qr/grid.h"

#include <math.h>

#include "qr/failure.h"
#include "qr/spec.h"

/* From the edge of a symbol to the centre of a finder. */
#define FINDER_MIDDLE 3.5f

/* Modules before the timing pattern, which ends as many before the other side. */
#define TIMING_FIRST 7

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

/* Edges of modules that were seen along one axis. */
struct ruler {
    int count;
    int module[QR_MODULES_MAX];
    float place[QR_MODULES_MAX];
    bool backwards; /* the modules count against the pixels */
};

static void ruler_add(struct ruler *ruler, int module, float place)
{
    ruler->module[ruler->count] = module;
    ruler->place[ruler->count++] = place;
}

/* The four edges inside a finder, whose first module has the number `first`. */
static void ruler_add_finder(struct ruler *ruler, int first, const int edges[4])
{
    static const int inner[4] = {1, 2, 5, 6};
    for (int i = 0; i < 4; i++)
        ruler_add(ruler, first + inner[i], (float)edges[ruler->backwards ? 3 - i : i]);
}

/* The straight line that fits the edges best. */
static struct axis ruler_fit(const struct ruler *ruler)
{
    float module_mean = 0, place_mean = 0, slope = 0, weight = 0;
    for (int i = 0; i < ruler->count; i++) {
        module_mean += (float)ruler->module[i] / (float)ruler->count;
        place_mean += ruler->place[i] / (float)ruler->count;
    }
    for (int i = 0; i < ruler->count; i++) {
        float from_mean = (float)ruler->module[i] - module_mean;
        slope += from_mean * (ruler->place[i] - place_mean);
        weight += from_mean * from_mean;
    }
    struct axis axis = {.pitch = slope / weight};
    axis.start = place_mean - axis.pitch * module_mean;
    return axis;
}

static struct axis axis_between(const int corner[4], const int far[4], int size)
{
    struct ruler ruler = {.count = 0, .backwards = far[0] < corner[0]};
    ruler_add_finder(&ruler, 0, corner);
    ruler_add_finder(&ruler, size - 7, far);
    return ruler_fit(&ruler);
}

static float axis_centre(const struct axis *axis, int module)
{
    return axis->start + ((float)module + 0.5f) * axis->pitch;
}

/* Where the colour changes on the way between two pixels, at most `max` times. Returns how often; more than `max` when
 * there are more. */
static int changes_between(float *changes, int max, const struct line *line, int from, int to)
{
    int count = 0, step = to > from ? 1 : -1;
    bool dark = line_dark(line, from);
    for (int at = from + step; at != to; at += step) {
        if (line_dark(line, at) == dark)
            continue;
        dark = !dark;
        if (count == max)
            return max + 1;
        changes[count++] = (float)(step > 0 ? at : at + 1);
    }
    return count;
}

/* A timing pattern is a ruler: counting its modules gives the size, and their edges the finest measure of the pitch.
 * Returns the size, 0 = the line does not look like a timing pattern. */
static int axis_from_timing(struct axis *out, const struct line *line, const int corner[4], const int far[4])
{
    float changes[QR_MODULES_MAX];
    int from = (corner[1] + corner[2]) / 2, to = (far[1] + far[2]) / 2;
    if (!line_dark(line, from) || !line_dark(line, to))
        return 0;
    int count = changes_between(changes, QR_MODULES_MAX, line, from, to);
    int size = count + 2 * TIMING_FIRST - 1;
    if (spec_version(size) == 0)
        return 0;
    struct ruler ruler = {.count = 0, .backwards = to < from};
    struct axis rough = axis_between(corner, far, size);
    ruler_add_finder(&ruler, 0, corner);
    for (int i = 0; i < count; i++)
        ruler_add(&ruler, TIMING_FIRST + i, changes[i]);
    ruler_add_finder(&ruler, size - 7, far);
    *out = ruler_fit(&ruler);
    return alike(fabsf(out->pitch), fabsf(rough.pitch), 0.15f) ? size : 0;
}

static bool module_dark(const struct view *view, const struct grid *grid, int row, int column)
{
    int x = (int)floorf(axis_centre(&grid->across, column)), y = (int)floorf(axis_centre(&grid->down, row));
    return x >= 0 && y >= 0 && x < view->width && y < view->height && view_dark(view, x, y);
}

/* Modules of both timing patterns that are as they should. */
static int timing_matches(const struct view *view, const struct grid *grid)
{
    int matches = 0;
    for (int i = TIMING_FIRST; i < grid->size - TIMING_FIRST; i++) {
        matches += module_dark(view, grid, 6, i) == (i % 2 == 0);
        matches += module_dark(view, grid, i, 6) == (i % 2 == 0);
    }
    return matches;
}

static struct grid grid_between(const struct triple *t, int size)
{
    return (struct grid){.size = size,
                         .across = axis_between(t->corner->x_edges, t->beside->x_edges, size),
                         .down = axis_between(t->corner->y_edges, t->below->y_edges, size)};
}

/* Where the timing patterns could not be counted: tries the sizes that the finders' own pitch allows. */
static bool grid_from_centres(struct grid *out, const struct view *view, const struct triple *t, struct qr_failure *failure)
{
    float best = 0;
    int matches_of_best = 0;
    for (int version = 1; version <= SPEC_VERSION_MAX; version++) {
        int size = spec_size(version);
        if (!alike((float)size - 2 * FINDER_MIDDLE, t->modules, 0.25f))
            continue;
        struct grid grid = grid_between(t, size);
        int matches = timing_matches(view, &grid);
        float share = (float)matches / (float)(2 * (size - 2 * TIMING_FIRST));
        if (share > best) {
            best = share;
            matches_of_best = matches;
            *out = grid;
        }
    }
    if (best >= TIMING_SHARE)
        return true;
    if (best <= 0)
        return failure_set(failure, QR_STEP_TIMING, "no symbol is %d modules wide", (int)(t->modules + 2 * FINDER_MIDDLE));
    return failure_set(failure, QR_STEP_TIMING, "%d of the %d timing modules of a symbol with %d a side are wrong",
                       2 * (out->size - 2 * TIMING_FIRST) - matches_of_best, 2 * (out->size - 2 * TIMING_FIRST), out->size);
}

static bool grid_from_triple(struct grid *out, const struct view *view, const struct triple *t, struct qr_failure *failure)
{
    struct axis across, down;
    struct line row = view_row(view, t->below->y > t->corner->y ? t->corner->bottom : t->corner->top);
    struct line column = view_column(view, t->beside->x > t->corner->x ? t->corner->right : t->corner->left);
    int by_row = axis_from_timing(&across, &row, t->corner->x_edges, t->beside->x_edges);
    int by_column = axis_from_timing(&down, &column, t->corner->y_edges, t->below->y_edges);
    if (by_row == 0 && by_column == 0)
        return grid_from_centres(out, view, t, failure);
    if (by_row != by_column && by_row != 0 && by_column != 0)
        return grid_from_centres(out, view, t, failure);
    *out = grid_between(t, by_row ? by_row : by_column);
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
    float centre = axis_centre(axis, module), apart = floorf(fabsf(axis->pitch) / 4);
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

int grid_turns(const struct grid *grid)
{
    if (grid->down.pitch > 0)
        return grid->across.pitch > 0 ? 0 : 1;
    return grid->across.pitch > 0 ? 3 : 2;
}
