/* SPDX-License-Identifier: MIT */
#include "qr/grid.h"

#include <math.h>

#include "qr/failure.h"
#include "qr/ruler.h"
#include "qr/spec.h"
#include "qr/timing.h"

/* From the edge of a symbol to the centre of a finder. */
#define FINDER_MIDDLE 3.5f

static bool alike(float a, float b, float share)
{
    return fabsf(a - b) <= share * (a > b ? a : b);
}

static bool module_dark(const struct view *view, const struct grid *grid, int row, int column)
{
    int x = (int)floorf(grid->across.centre[column]), y = (int)floorf(grid->down.centre[row]);
    return x >= 0 && y >= 0 && x < view->width && y < view->height && view_dark(view, x, y);
}

/* As timing_check, of the picture itself. */
static void check_timing(struct timing *out, const struct view *view, const struct grid *grid)
{
    *out = (struct timing){.size = grid->size};
    for (int i = TIMING_FIRST; i < grid->size - TIMING_FIRST; i++) {
        out->row_wrong += module_dark(view, grid, 6, i) != (i % 2 == 0);
        out->column_wrong += module_dark(view, grid, i, 6) != (i % 2 == 0);
    }
}

static void grid_between(struct grid *out, const struct triple *t, int size)
{
    out->size = size;
    ruler_between(&out->across, t->corner->x_edges, t->beside->x_edges, size);
    ruler_between(&out->down, t->corner->y_edges, t->below->y_edges, size);
}

bool grid_by_finders(struct grid *out, const struct view *view, const struct triple *t, struct qr_failure *failure)
{
    struct timing best = {0}, timing;
    for (int version = 1; version <= SPEC_VERSION_MAX; version++) {
        int size = spec_size(version);
        if (!alike((float)size - 2 * FINDER_MIDDLE, t->modules, 0.25f))
            continue;
        struct grid grid;
        grid_between(&grid, t, size);
        check_timing(&timing, view, &grid);
        if (best.size == 0 || timing_share_wrong(&timing) < timing_share_wrong(&best)) {
            best = timing;
            *out = grid;
        }
    }
    if (best.size == 0)
        return failure_set(failure, QR_STEP_TIMING, "no symbol is %d modules wide",
                           (int)(t->modules + 2 * FINDER_MIDDLE));
    return timing_holds(&best, failure);
}

bool grid_by_timing(struct grid *out, const struct view *view, const struct triple *t)
{
    struct axis across, down;
    struct line row = view_row(view, t->below->y > t->corner->y ? t->corner->bottom : t->corner->top);
    struct line column = view_column(view, t->beside->x > t->corner->x ? t->corner->right : t->corner->left);
    int by_row = ruler_from_timing(&across, &row, t->corner->x_edges, t->beside->x_edges);
    int by_column = ruler_from_timing(&down, &column, t->corner->y_edges, t->below->y_edges);
    if (by_row == 0 && by_column == 0)
        return false;
    if (by_row != by_column && by_row != 0 && by_column != 0)
        return false;
    grid_between(out, t, by_row ? by_row : by_column);
    if (by_row)
        out->across = across;
    if (by_column)
        out->down = down;
    return true;
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
