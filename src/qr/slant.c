/* SPDX-License-Identifier: MIT */
#include "qr/slant.h"

#include <math.h>
#include <stdlib.h>

#include "qr/spec.h"

/* From the edge of a symbol to the centre of a finder. */
#define FINDER_MIDDLE 3.5f

/* Share by which the size may differ from the one that the finders' pitch gives. */
#define SIZE_TOLERANCE 0.12f

/* Modules by which the three finders' centres are moved, first and last, to fit the patterns better. */
#define MOVE_FIRST 0.4f
#define MOVE_LAST 0.04f

/* From the symbol's far edge to the middle of the last alignment pattern, whole modules. */
#define LAST_ALIGNMENT 7

/* How far perspective may move the corner without a finder, as a share of the symbol's side, and how finely that is
 * looked for, in modules. */
#define BEND_SHARE 0.2f
#define BEND_STEP 0.5f

/* From a module's middle to where else in it is looked. */
#define SPREAD 0.27f

/* Patterns that do not stand out by this share of the picture's greys are none. */
#define CONTRAST_SHARE 0.08f

#define PATTERN_MODULES_MAX 1700

/* The modules whose colour is known beforehand. */
struct patterns {
    int count, light;
    struct {
        uint8_t row, column;
        bool dark;
    } module[PATTERN_MODULES_MAX];
};

static void patterns_of(struct patterns *out, int size)
{
    uint8_t marks[QR_MODULES_MAX * QR_MODULES_MAX];
    spec_patterns(marks, spec_version(size));
    out->count = out->light = 0;
    for (int i = 0; i < size * size && out->count < PATTERN_MODULES_MAX; i++) {
        if (marks[i] == SPEC_OPEN)
            continue;
        out->module[out->count].row = (uint8_t)(i / size);
        out->module[out->count].column = (uint8_t)(i % size);
        out->module[out->count++].dark = marks[i] == SPEC_DARK;
        out->light += marks[i] == SPEC_LIGHT;
    }
}

static inline float clamp(float place, float most)
{
    return place < 0 ? 0 : place > most ? most : place;
}

/* The grey at a place between pixels; outside the picture that of its edge. */
static float grey_at(const struct view *view, float x, float y)
{
    x = clamp(x - 0.5f, (float)(view->width - 1));
    y = clamp(y - 0.5f, (float)(view->height - 1));
    int left = (int)x, top = (int)y;
    int right = left + (left + 1 < view->width), below = top + 1 < view->height ? view->width : 0;
    float share = x - (float)left;
    const uint8_t *row = view->grey + (size_t)top * (size_t)view->width;
    float upper = (float)row[left] + share * (float)(row[right] - row[left]);
    float lower = (float)row[below + left] + share * (float)(row[below + right] - row[below + left]);
    return upper + (y - (float)top) * (lower - upper);
}

/* Where a place, in modules from the symbol's corner, lies in the picture. */
static float grey_in(const struct view *view, const struct slant *s, float column, float row)
{
    column -= FINDER_MIDDLE;
    row -= FINDER_MIDDLE;
    float share = 1 / (1 + column * s->tilt[0] + row * s->tilt[1]);
    return grey_at(view, (s->corner[0] + column * s->across[0] + row * s->down[0]) * share,
                   (s->corner[1] + column * s->across[1] + row * s->down[1]) * share);
}

/* The middle of a module and four places around it. */
static float grey_around(const struct view *view, const struct slant *s, float column, float row)
{
    return (grey_in(view, s, column, row) + grey_in(view, s, column - SPREAD, row) +
            grey_in(view, s, column + SPREAD, row) + grey_in(view, s, column, row - SPREAD) +
            grey_in(view, s, column, row + SPREAD)) /
           5;
}

/* How a module is looked at. */
typedef float look_at(const struct view *view, const struct slant *s, float column, float row);

static float contrast_by(look_at *look, const struct view *view, const struct slant *s, const struct patterns *p)
{
    float light = 0, dark = 0;
    for (int i = 0; i < p->count; i++) {
        float grey = look(view, s, (float)p->module[i].column + 0.5f, (float)p->module[i].row + 0.5f);
        if (p->module[i].dark)
            dark += grey;
        else
            light += grey;
    }
    float contrast = light / (float)p->light - dark / (float)(p->count - p->light);
    return view->inverted ? -contrast : contrast;
}

static float contrast_of(const struct view *view, const struct slant *s, const struct patterns *p)
{
    return contrast_by(grey_around, view, s, p);
}

/* The centres of the three finders, corner, beside, and below, and of where a fourth would be: how far from where the
 * other three would have it were there no perspective. */
struct stand {
    float at[3][2];
    float bend[2];
};

/* The projection that has these four as the corners of a square. */
static void slant_on(struct slant *out, const struct stand *stand, int size)
{
    const float *corner = stand->at[0], *beside = stand->at[1], *below = stand->at[2];
    float between = (float)size - 2 * FINDER_MIDDLE, to_beside[2], to_below[2];
    for (int i = 0; i < 2; i++) {
        float fourth = beside[i] + below[i] - corner[i] + stand->bend[i];
        to_beside[i] = beside[i] - fourth;
        to_below[i] = below[i] - fourth;
    }
    const float *bend = stand->bend;
    float area = to_beside[0] * to_below[1] - to_below[0] * to_beside[1];
    bool flat = area == 0 || (bend[0] == 0 && bend[1] == 0);
    float tilt[2] = {flat ? 0 : (bend[0] * to_below[1] - bend[1] * to_below[0]) / area,
                     flat ? 0 : (bend[1] * to_beside[0] - bend[0] * to_beside[1]) / area};
    out->size = size;
    for (int i = 0; i < 2; i++) {
        out->corner[i] = corner[i];
        out->across[i] = (beside[i] - corner[i] + tilt[0] * beside[i]) / between;
        out->down[i] = (below[i] - corner[i] + tilt[1] * below[i]) / between;
        out->tilt[i] = tilt[i] / between;
    }
}

/* Of one that does not lie in perspective. */
static void stand_of(struct stand *out, const struct slant *slant)
{
    float between = (float)slant->size - 2 * FINDER_MIDDLE;
    for (int i = 0; i < 2; i++) {
        out->at[0][i] = slant->corner[i];
        out->at[1][i] = out->at[0][i] + between * slant->across[i];
        out->at[2][i] = out->at[0][i] + between * slant->down[i];
        out->bend[i] = 0;
    }
}

/* Moves one centre in one direction when the patterns stand out more then. */
static bool move(struct slant *slant, struct stand *stand, float *place, float by, const struct view *view,
                 const struct patterns *patterns)
{
    struct slant moved;
    float kept = *place;
    *place += by;
    slant_on(&moved, stand, slant->size);
    moved.contrast = contrast_of(view, &moved, patterns);
    if (moved.contrast > slant->contrast) {
        *slant = moved;
        return true;
    }
    *place = kept;
    return false;
}

/* The `count` first of the stand's eight numbers. */
static void fit(struct slant *slant, struct stand *stand, int count, const struct view *view,
                const struct patterns *patterns)
{
    float pitch = hypotf(slant->across[0], slant->across[1]);
    for (float step = MOVE_FIRST; step >= MOVE_LAST; step /= 2) {
        for (int i = 0; i < count; i++) {
            float *place = i < 6 ? &stand->at[i / 2][i % 2] : &stand->bend[i - 6];
            if (!move(slant, stand, place, step * pitch, view, patterns))
                move(slant, stand, place, -step * pitch, view, patterns);
        }
    }
}

void slant_fit(struct slant *slant, const struct view *view)
{
    struct patterns patterns;
    struct stand stand;
    patterns_of(&patterns, slant->size);
    stand_of(&stand, slant);
    fit(slant, &stand, 6, view, &patterns);
}

/* The modules of the alignment pattern at the corner without a finder; none in version 1. */
static void last_alignment_of(struct patterns *out, int size)
{
    int first = size - LAST_ALIGNMENT - 2;
    out->count = out->light = 0;
    for (int i = 0; i < 25 && size > spec_size(1); i++) {
        int row = i / 5 - 2, column = i % 5 - 2, ring = abs(row) > abs(column) ? abs(row) : abs(column);
        out->module[i].row = (uint8_t)(first + i / 5);
        out->module[i].column = (uint8_t)(first + i % 5);
        out->module[i].dark = ring != 1;
        out->light += ring == 1;
        out->count++;
    }
}

/* Looks for that pattern around where it would be without perspective, and bends the stand to where it stands out most. */
static void bend_to_alignment(struct stand *stand, const struct slant *slant, const struct view *view)
{
    struct patterns alignment;
    float pitch = hypotf(slant->across[0], slant->across[1]), best = 0;
    int reach = (int)(BEND_SHARE * (float)slant->size / BEND_STEP);
    last_alignment_of(&alignment, slant->size);
    struct stand bent = *stand;
    for (int i = 0; alignment.count > 0 && i < (2 * reach + 1) * (2 * reach + 1); i++) {
        struct slant moved;
        bent.bend[0] = (float)(i % (2 * reach + 1) - reach) * BEND_STEP * pitch;
        bent.bend[1] = (float)(i / (2 * reach + 1) - reach) * BEND_STEP * pitch;
        slant_on(&moved, &bent, slant->size);
        float contrast = contrast_by(grey_in, view, &moved, &alignment);
        if (contrast > best) {
            best = contrast;
            *stand = bent;
        }
    }
}

void slant_fit_perspective(struct slant *slant, const struct view *view)
{
    struct patterns patterns;
    struct stand stand;
    patterns_of(&patterns, slant->size);
    stand_of(&stand, slant);
    fit(slant, &stand, 6, view, &patterns);
    struct stand bent = stand;
    struct slant bent_slant = *slant;
    bend_to_alignment(&bent, slant, view);
    slant_on(&bent_slant, &bent, slant->size);
    bent_slant.contrast = contrast_of(view, &bent_slant, &patterns);
    fit(&bent_slant, &bent, 8, view, &patterns);
    if (bent_slant.contrast > slant->contrast)
        *slant = bent_slant;
}

static void insert(struct slant *slants, int *count, const struct slant *slant)
{
    bool full = *count == SLANTS_MAX;
    if (full && slants[SLANTS_MAX - 1].contrast >= slant->contrast)
        return;
    int at = full ? SLANTS_MAX - 1 : (*count)++;
    for (; at > 0 && slants[at - 1].contrast < slant->contrast; at--)
        slants[at] = slants[at - 1];
    slants[at] = *slant;
}

static void add_sizes(struct slant *slants, int *count, const struct view *view, const struct triple *t, float least)
{
    struct stand stand = {{{t->corner->x, t->corner->y}, {t->beside->x, t->beside->y}, {t->below->x, t->below->y}}, {0}};
    for (int version = 1; version <= SPEC_VERSION_MAX; version++) {
        struct patterns patterns;
        struct slant slant;
        int size = spec_size(version);
        if (fabsf((float)size - 2 * FINDER_MIDDLE - t->modules) > SIZE_TOLERANCE * t->modules + 2)
            continue;
        patterns_of(&patterns, size);
        slant_on(&slant, &stand, size);
        slant.contrast = contrast_of(view, &slant, &patterns);
        if (slant.contrast >= least)
            insert(slants, count, &slant);
    }
}

int slant_find(struct slant slants[SLANTS_MAX], const struct view *view, const struct triple *triples, int count)
{
    uint32_t counts[VIEW_GREYS];
    int found = 0;
    view_histogram(counts, view->grey, view->width, view->height);
    float greys = (float)(view_high_end(counts) - view_low_end(counts));
    for (int i = 0; i < count; i++)
        add_sizes(slants, &found, view, &triples[i], CONTRAST_SHARE * greys);
    return found;
}

void slant_sample(uint8_t *levels, const struct view *view, const struct slant *slant, bool spread)
{
    for (int i = 0; i < slant->size * slant->size; i++) {
        float column = (float)(i % slant->size) + 0.5f, row = (float)(i / slant->size) + 0.5f;
        levels[i] = (uint8_t)(spread ? grey_around(view, slant, column, row) : grey_in(view, slant, column, row));
    }
}

int slant_turns(const struct slant *slant)
{
    if (slant->down[1] > 0)
        return slant->across[0] > 0 ? 0 : 1;
    return slant->across[0] > 0 ? 3 : 2;
}
