/* SPDX-License-Identifier: MIT */
#include "qr/ring.h"

#include <math.h>

/* Directions looked into: a full turn, those opposite to each other RAYS / 2 apart. */
#define RAYS 16

/* Of the rays, how many must cross middle, gap, and ring as they should. */
#define RAYS_FINE_MIN 11

/* Modules from the centre to the edges of the middle and of the gap, where a ray meets them squarely. */
#define MIDDLE_EDGE 1.5f
#define GAP_EDGE 2.5f

/* How much farther one ray may go than another: to the corner of a square, and a little in perspective. */
#define LENGTHS_RATIO_MAX 1.9f

/* How often the centre is moved to the middle of its ring. */
#define CENTRINGS 3

/* Where a ray from the centre meets an edge, in pixels from there. */
struct ray {
    float middle, gap, ring;
    bool fine;
};

/* The steps of a full turn. */
static const float directions[RAYS][2] = {
    {1, 0},   {0.9239f, 0.3827f},   {0.7071f, 0.7071f},   {0.3827f, 0.9239f},
    {0, 1},   {-0.3827f, 0.9239f},  {-0.7071f, 0.7071f},  {-0.9239f, 0.3827f},
    {-1, 0},  {-0.9239f, -0.3827f}, {-0.7071f, -0.7071f}, {-0.3827f, -0.9239f},
    {0, -1},  {0.3827f, -0.9239f},  {0.7071f, -0.7071f},  {0.9239f, -0.3827f},
};

/* The grey at a pixel, dark being low; outside of the picture it is light. */
static int grey_at(const struct view *view, float x, float y)
{
    int column = (int)floorf(x), row = (int)floorf(y);
    if (column < 0 || row < 0 || column >= view->width || row >= view->height)
        return view->inverted ? 256 - view->threshold : view->threshold;
    int grey = view->grey[(size_t)row * (size_t)view->width + (size_t)column];
    return view->inverted ? 255 - grey : grey;
}

/* Goes on along the ray from pixel *step, which is `dark` or not, to the first that is otherwise; between the last two
 * pixels the edge is where the threshold is met. False when that is farther than `reach`. */
static bool walk(float *edge, int *step, const struct view *view, const float centre[2], const float *direction,
                 bool dark, float reach)
{
    int threshold = view->inverted ? 256 - view->threshold : view->threshold;
    int before = grey_at(view, centre[0] + (float)*step * direction[0], centre[1] + (float)*step * direction[1]);
    if ((before < threshold) != dark)
        return false;
    for (int r = *step + 1; (float)r <= reach; r++) {
        int grey = grey_at(view, centre[0] + (float)r * direction[0], centre[1] + (float)r * direction[1]);
        if ((grey < threshold) != dark) {
            *edge = (float)(r - 1) + ((float)(threshold - before)) / (float)(grey - before);
            *step = r;
            return true;
        }
        before = grey;
    }
    return false;
}

static bool near(float length, float wanted, float pitch, float slack)
{
    return fabsf(length - wanted * pitch) <= slack * pitch + 0.7f;
}

static void cast(struct ray *out, const struct view *view, const float centre[2], const float *direction, float reach)
{
    int step = 0;
    *out = (struct ray){0};
    if (!walk(&out->middle, &step, view, centre, direction, true, reach) ||
        !walk(&out->gap, &step, view, centre, direction, false, reach))
        return;
    float pitch = out->gap / GAP_EDGE, farthest = out->gap + 2 * pitch + 1;
    if (!walk(&out->ring, &step, view, centre, direction, true, farthest))
        out->ring = farthest;
    out->fine = near(out->middle, MIDDLE_EDGE, pitch, 0.5f) && out->ring - out->gap >= 0.4f * pitch;
}

static int cast_all(struct ray rays[RAYS], const struct view *view, const float centre[2], float reach)
{
    int fine = 0;
    for (int i = 0; i < RAYS; i++) {
        cast(&rays[i], view, centre, directions[i], reach);
        fine += rays[i].fine;
    }
    return fine;
}

/* To the middle between the ring's inner edges, of the opposite rays that both found it. */
static void centre_again(float centre[2], const struct ray rays[RAYS])
{
    float sum[2] = {0};
    int pairs = 0;
    for (int i = 0; i < RAYS / 2; i++) {
        const struct ray *there = &rays[i], *back = &rays[i + RAYS / 2];
        if (!there->fine || !back->fine)
            continue;
        for (int axis = 0; axis < 2; axis++)
            sum[axis] += (there->gap - back->gap) * directions[i][axis];
        pairs++;
    }
    for (int axis = 0; axis < 2 && pairs > 0; axis++)
        centre[axis] += sum[axis] / (float)pairs;
}

/* A ring is about as far away in all directions; where a ray meets it squarely it is nearest. */
static bool measure_rays(struct finder *out, const struct ray rays[RAYS])
{
    float least = 0, most = 0;
    int uneven = 0;
    for (int i = 0; i < RAYS / 2; i++) {
        const struct ray *there = &rays[i], *back = &rays[i + RAYS / 2];
        if (!there->fine || !back->fine)
            continue;
        float length = there->gap + back->gap;
        least = least == 0 || length < least ? length : least;
        most = length > most ? length : most;
        uneven += fabsf(there->gap - back->gap) > 0.2f * length + 1;
    }
    out->pitch_x = out->pitch_y = least / (2 * GAP_EDGE);
    return least > 0 && most <= LENGTHS_RATIO_MAX * least && uneven <= 1;
}

bool ring_measure(struct finder *out, const struct view *view, float x, float y, float reach)
{
    struct ray rays[RAYS];
    float centre[2] = {x, y};
    int fine = 0, first_fine = 0;
    for (int i = 0; i < RAYS; i += RAYS / 4) { /* most that is no finder ends here */
        cast(&rays[i], view, centre, directions[i], reach);
        first_fine += rays[i].fine;
    }
    if (first_fine < 3)
        return false;
    for (int round = 0; round < CENTRINGS; round++) {
        fine = cast_all(rays, view, centre, reach);
        if (fine < RAYS_FINE_MIN)
            return false;
        if (round + 1 < CENTRINGS)
            centre_again(centre, rays);
    }
    *out = (struct finder){.x = centre[0], .y = centre[1], .mismatches = RAYS - fine};
    return measure_rays(out, rays);
}
