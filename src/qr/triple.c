/* SPDX-License-Identifier: MIT */
#include "qr/triple.h"

#include <math.h>

#include "qr/code.h"

/* Modules between the centres of two finders in the smallest symbol, and fewer where pixels are coarse. */
#define MODULES_MIN 11.5f

/* Modules that a finder's centre may be off the line through another one. */
#define OFF_LINE_MAX 1.5f

/* What is allowed of each enum triple_lean. */
struct allowed {
    float lean;             /* off the rows or columns, as a share of the way along them */
    float pitch_difference; /* share by which the pitch of two finders may differ */
    float side_difference;  /* and the lengths of the two sides between three */
    float skew;             /* cosine of the angle between the two sides */
};

static const struct allowed allowed_of[] = {
    [TRIPLE_STRAIGHT] = {0.0f, 0.34f, 0.3f, 0.15f},
    [TRIPLE_LEANING] = {0.2f, 0.34f, 0.3f, 0.15f},
    [TRIPLE_TURNED] = {1.5f, 0.45f, 0.4f, 0.35f},
};

/* Two finders along the rows, or along the columns. */
struct side {
    float along, off; /* pixels from one centre to the other, with their sign: along the line, and off it */
    float modules;    /* between the centres */
    float pitch_difference;
};

static float share_of_difference(float a, float b)
{
    return fabsf(a - b) / (a > b ? a : b);
}

static bool make_side(struct side *out, float along, float off, float from_pitch, float to_pitch, float off_pitch,
                      const struct allowed *allowed)
{
    out->along = along;
    out->off = off;
    out->modules = hypotf(along, off) * 2 / (from_pitch + to_pitch);
    out->pitch_difference = share_of_difference(from_pitch, to_pitch);
    return fabsf(off) <= OFF_LINE_MAX * off_pitch + allowed->lean * fabsf(along) && out->modules >= MODULES_MIN &&
           out->modules <= QR_MODULES_MAX * 1.3f && out->pitch_difference <= allowed->pitch_difference;
}

static bool side_across(struct side *out, const struct finder *corner, const struct finder *beside,
                        const struct allowed *allowed)
{
    return make_side(out, beside->x - corner->x, beside->y - corner->y, corner->pitch_x, beside->pitch_x,
                     corner->pitch_y, allowed);
}

static bool side_down(struct side *out, const struct finder *corner, const struct finder *below,
                      const struct allowed *allowed)
{
    return make_side(out, below->y - corner->y, below->x - corner->x, corner->pitch_y, below->pitch_y, corner->pitch_x,
                     allowed);
}

/* How much the two sides are not square to each other: 0 when they are. */
static float skew_of(const struct side *across, const struct side *down)
{
    float dot = across->along * down->off + across->off * down->along;
    return fabsf(dot) / (hypotf(across->along, across->off) * hypotf(down->along, down->off));
}

static void insert(struct triple *triples, int *count, const struct triple *triple)
{
    bool full = *count == TRIPLES_MAX;
    if (full && triples[TRIPLES_MAX - 1].doubt <= triple->doubt)
        return;
    int at = full ? TRIPLES_MAX - 1 : (*count)++;
    for (; at > 0 && triples[at - 1].doubt > triple->doubt; at--)
        triples[at] = triples[at - 1];
    triples[at] = *triple;
}

/* Of two that are as good the smaller goes first: where several symbols stand in rows, their corners make a large one.
 */
static void weigh(struct triple *triple, const struct side *across, const struct side *down)
{
    float uneven = share_of_difference(across->modules, down->modules) + across->pitch_difference +
                   down->pitch_difference + 4 * skew_of(across, down);
    int mismatches = triple->corner->mismatches + triple->beside->mismatches + triple->below->mismatches;
    triple->modules = (across->modules + down->modules) / 2;
    triple->doubt = (float)mismatches + 20 * uneven + triple->modules / QR_MODULES_MAX;
}

int triple_find(struct triple triples[TRIPLES_MAX], const struct finder *finders, int count,
                enum triple_lean lean)
{
    const struct allowed *allowed = &allowed_of[lean];
    int found = 0;
    struct side across, down;
    struct triple triple;
    for (int i = 0; i < count * count; i++) {
        triple.corner = &finders[i / count];
        triple.beside = &finders[i % count];
        if (triple.corner == triple.beside || !side_across(&across, triple.corner, triple.beside, allowed))
            continue;
        for (int below = 0; below < count; below++) {
            triple.below = &finders[below];
            if (triple.below == triple.corner || !side_down(&down, triple.corner, triple.below, allowed) ||
                share_of_difference(across.modules, down.modules) > allowed->side_difference ||
                skew_of(&across, &down) > allowed->skew)
                continue;
            weigh(&triple, &across, &down);
            insert(triples, &found, &triple);
        }
    }
    return found;
}
