/* SPDX-License-Identifier: MIT */
#include "qr/ruler.h"

#include <math.h>

#include "qr/spec.h"
#include "qr/timing.h"

/* Below this many pixels a module a fitted line can miss a module by a pixel: the edges that were seen are better. */
#define COARSE_PITCH 2.0f

/* Share by which the timing pattern and the finders may disagree on the pitch. */
#define PITCH_TOLERANCE 0.15f

/* The same for a single finder, which is five modules wide between its edges: rounded to pixels it tells less. */
#define FINDER_TOLERANCE 0.35f

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
static void ruler_fit(struct axis *out, const struct ruler *ruler)
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
    out->pitch = slope / weight;
    out->start = place_mean - out->pitch * module_mean;
}

static void ruler_set_centres(struct axis *axis, const struct ruler *ruler, int size)
{
    bool seen[QR_MODULES_MAX + 1] = {false};
    float edge[QR_MODULES_MAX + 1];
    bool coarse = fabsf(axis->pitch) < COARSE_PITCH;
    for (int i = 0; coarse && i < ruler->count; i++) {
        seen[ruler->module[i]] = true;
        edge[ruler->module[i]] = ruler->place[i];
    }
    for (int m = 0; m < size; m++) {
        if (seen[m] && seen[m + 1])
            axis->centre[m] = (edge[m] + edge[m + 1]) / 2;
        else if (seen[m])
            axis->centre[m] = edge[m] + axis->pitch / 2;
        else if (seen[m + 1])
            axis->centre[m] = edge[m + 1] - axis->pitch / 2;
        else
            axis->centre[m] = axis->start + ((float)m + 0.5f) * axis->pitch;
    }
}

void ruler_between(struct axis *out, const int corner[4], const int far[4], int size)
{
    struct ruler ruler = {.count = 0, .backwards = far[0] < corner[0]};
    ruler_add_finder(&ruler, 0, corner);
    ruler_add_finder(&ruler, size - 7, far);
    ruler_fit(out, &ruler);
    ruler_set_centres(out, &ruler, size);
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

static bool agrees(float pitch, float with, float tolerance)
{
    return fabsf(pitch - with) <= fabsf(with) * tolerance;
}

/* Where the line is too blurred to count, the size comes out too small, and with it all pitches that follow from it. */
static bool finders_agree(float pitch, const int corner[4], const int far[4])
{
    float own = (float)(corner[3] - corner[0] + far[3] - far[0]) / 10;
    return agrees(fabsf(pitch), own, FINDER_TOLERANCE);
}

int ruler_from_timing(struct axis *out, const struct line *line, const int corner[4], const int far[4])
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
    struct axis rough;
    ruler_between(&rough, corner, far, size);
    ruler_add_finder(&ruler, 0, corner);
    for (int i = 0; i < count; i++)
        ruler_add(&ruler, TIMING_FIRST + i, changes[i]);
    ruler_add_finder(&ruler, size - 7, far);
    ruler_fit(out, &ruler);
    ruler_set_centres(out, &ruler, size);
    return agrees(out->pitch, rough.pitch, PITCH_TOLERANCE) && finders_agree(rough.pitch, corner, far) ? size : 0;
}
