/* SPDX-License-Identifier: MIT */
#include "qr/finder.h"

#include <math.h>
#include <string.h>

#include "qr/code.h"
#include "qr/ring.h"

/* Of 49 modules, how many may look wrong: at less than two pixels a module some always do. */
#define MISMATCHES_MAX 10

/* Of the rows that differ from the one above, each so-manieth is looked at: the middle of a finder is three modules
 * high. */
#define EVERY_QUICK 3

/* Costs, roughly, in nanoseconds: of a pixel and of a run of pixels in a row that is looked at; of what looks like a
 * finder in one row; and when it is looked at from all sides. A nanosecond compares so many pixels with those above. */
enum {
    COST_PIXEL = 1,
    COST_RUN = 10,
    COST_LIKENESS = 40,
    COST_SQUARE = 250,
    COST_RING = 800,
    COMPARED = 8
};

/* The dark middle of a finder has three modules of a pixel or more. */
#define MIDDLE_MIN 3

/* The boundaries of the runs dark, light, dark, light, dark across a finder; run i is from edge[i] to edge[i + 1]. Only
 * the three in the middle are sure to be whole: a dark border touches the outer ones when there is no quiet zone. */
struct crossing {
    int edge[6];
};

static bool near(float length, float wanted, float tolerance)
{
    return fabsf(length - wanted) <= tolerance;
}

static bool looks_like_finder(const struct crossing *c)
{
    const int *e = c->edge;
    float pitch = (float)(e[4] - e[1]) / 5.0f, slack = pitch * 0.5f + 0.6f;
    if (e[3] - e[2] < MIDDLE_MIN)
        return false;
    return near((float)(e[2] - e[1]), pitch, slack) && near((float)(e[4] - e[3]), pitch, slack) &&
           near((float)(e[3] - e[2]), 3 * pitch, slack * 1.5f) && (float)(e[1] - e[0]) >= pitch * 0.4f &&
           (float)(e[5] - e[4]) >= pitch * 0.4f;
}

static float crossing_pitch(const struct crossing *c)
{
    return (float)(c->edge[4] - c->edge[1]) / 5.0f;
}

static float crossing_centre(const struct crossing *c)
{
    return (float)(c->edge[1] + c->edge[2] + c->edge[3] + c->edge[4]) / 4.0f;
}

/* Measures the runs around `at`, none longer than `limit`. */
static bool measure(struct crossing *out, const struct line *line, int at, int limit)
{
    int *e = out->edge;
    if (!line_dark(line, at))
        return false;
    e[2] = line_run_start(line, at, limit);
    e[3] = line_run_end(line, at, limit);
    if (e[2] == 0 || e[3] == line->length)
        return false;
    e[1] = line_run_start(line, e[2] - 1, limit);
    e[4] = line_run_end(line, e[3], limit);
    if (e[1] == 0 || e[4] == line->length)
        return false;
    int ring = (int)lroundf(crossing_pitch(out) * 1.4f) + 1;
    e[0] = line_run_start(line, e[1] - 1, ring);
    e[5] = line_run_end(line, e[4], ring);
    return looks_like_finder(out);
}

static bool module_is_dark(int row, int column)
{
    int from_centre_y = row < 3 ? 3 - row : row - 3, from_centre_x = column < 3 ? 3 - column : column - 3;
    int ring = from_centre_x > from_centre_y ? from_centre_x : from_centre_y;
    return ring != 2;
}

/* A pixel of each of the seven modules across a finder, where its own edges say they are: scaled to few pixels a module
 * they are not all equally wide. */
static void module_pixels(int pixels[7], const int edges[4], int first, int last)
{
    int sixth = (edges[2] - edges[1]) / 6;
    pixels[0] = first;
    pixels[1] = (edges[0] + edges[1] - 1) / 2;
    pixels[2] = edges[1] + sixth;
    pixels[3] = (edges[1] + edges[2] - 1) / 2;
    pixels[4] = edges[2] - 1 - sixth;
    pixels[5] = (edges[2] + edges[3] - 1) / 2;
    pixels[6] = last;
}

static int count_mismatches(const struct view *view, const struct finder *f)
{
    int x[7], y[7], wrong = 0;
    module_pixels(x, f->x_edges, f->left, f->right);
    module_pixels(y, f->y_edges, f->top, f->bottom);
    for (int row = 0; row < 7; row++) {
        for (int column = 0; column < 7; column++)
            wrong += view_dark(view, x[column], y[row]) != module_is_dark(row, column);
    }
    return wrong;
}

/* Measures down through (x, y), then across at the centre that gives. */
static bool measure_both(struct finder *out, const struct view *view, int x, int y, int limit)
{
    struct crossing down, across;
    struct line column = view_column(view, x);
    if (!measure(&down, &column, y, limit))
        return false;
    struct line row = view_row(view, (int)crossing_centre(&down));
    if (!measure(&across, &row, x, limit))
        return false;
    *out = (struct finder){.x = crossing_centre(&across),
                           .y = crossing_centre(&down),
                           .pitch_x = crossing_pitch(&across),
                           .pitch_y = crossing_pitch(&down),
                           .left = (across.edge[0] + across.edge[1] - 1) / 2,
                           .right = (across.edge[4] + across.edge[5] - 1) / 2,
                           .top = (down.edge[0] + down.edge[1] - 1) / 2,
                           .bottom = (down.edge[4] + down.edge[5] - 1) / 2};
    memcpy(out->x_edges, &across.edge[1], sizeof out->x_edges);
    memcpy(out->y_edges, &down.edge[1], sizeof out->y_edges);
    out->mismatches = count_mismatches(view, out);
    return out->mismatches <= MISMATCHES_MAX;
}

static bool known(const struct finders *finders, int x, int y)
{
    for (int i = 0; i < finders->count; i++) {
        const struct finder *f = &finders->found[i];
        if (near((float)x, f->x, 2 * f->pitch_x) && near((float)y, f->y, 2 * f->pitch_y))
            return true;
    }
    return false;
}

/* Keeps the best FINDERS_MAX, in order. */
static void insert(struct finders *finders, const struct finder *finder)
{
    struct finder *found = finders->found;
    bool full = finders->count == FINDERS_MAX;
    if (full && found[FINDERS_MAX - 1].mismatches <= finder->mismatches)
        return;
    int at = full ? FINDERS_MAX - 1 : finders->count++;
    for (; at > 0 && found[at - 1].mismatches > finder->mismatches; at--)
        found[at] = found[at - 1];
    found[at] = *finder;
}

/* Where the colour changes along the row: edges[0] = 0, then each first pixel of another colour, then the width.
 * Returns how many runs that makes. */
static int runs_of(int *edges, const struct line *row)
{
    int count = 1;
    bool dark = line_dark(row, 0);
    edges[0] = 0;
    for (int x = 1; x < row->length; x++) {
        bool now = line_dark(row, x);
        edges[count] = x; /* stays only when it is an edge: no branch to mispredict */
        count += now != dark;
        dark = now;
    }
    edges[count] = row->length;
    return count;
}

static void scan_row(struct finders *finders, const struct view *view, int y, bool turned)
{
    int edges[QR_PIXELS_MOST + 1];
    struct line row = view_row(view, y);
    int runs = runs_of(edges, &row);
    finders->spent += (long)row.length * COST_PIXEL + (long)runs * COST_RUN;
    for (int i = line_dark(&row, 0) ? 2 : 3; i + 2 < runs; i += 2) {
        struct crossing c;
        struct finder finder;
        memcpy(c.edge, &edges[i - 2], sizeof c.edge);
        int x = (c.edge[2] + c.edge[3]) / 2;
        if (!looks_like_finder(&c))
            continue;
        finders->spent += COST_LIKENESS + finders->count;
        if (known(finders, x, y))
            continue;
        finders->candidates++;
        finders->spent += turned ? COST_RING : COST_SQUARE;
        int limit = 3 * (c.edge[4] - c.edge[1]) + 3;
        if (turned ? ring_measure(&finder, view, (float)x + 0.5f, (float)y + 0.5f, (float)limit)
                   : measure_both(&finder, view, x, y, limit))
            insert(finders, &finder);
    }
}

void finder_scan(struct finders *out, const struct view *view, enum finder_way way, long effort)
{
    size_t width = (size_t)view->width;
    int different = 0, every = way == FINDER_QUICK ? EVERY_QUICK : 1;
    out->count = out->candidates = 0;
    out->spent = 0;
    for (int y = 0; y < view->height && out->spent <= effort; y++) {
        const uint8_t *row = view->grey + (size_t)y * width;
        bool repeats = y > 0 && memcmp(row, row - width, width) == 0;
        if (!repeats && different++ % every == 0)
            scan_row(out, view, y, way == FINDER_TURNED);
        out->spent += view->width / COMPARED;
    }
}
