/* SPDX-License-Identifier: MIT */
#include "qr/slant.h"

#include <math.h>

#include "qr/spec.h"

/* From the edge of a symbol to the centre of a finder. */
#define FINDER_MIDDLE 3.5f

/* Share by which the size may differ from the one that the finders' pitch gives. */
#define SIZE_TOLERANCE 0.12f

/* Modules by which the three finders' centres are moved, first and last, to fit the patterns better. */
#define MOVE_FIRST 0.4f
#define MOVE_LAST 0.04f

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

static float grey_in(const struct view *view, const struct slant *s, float column, float row)
{
    return grey_at(view, s->origin[0] + column * s->across[0] + row * s->down[0],
                   s->origin[1] + column * s->across[1] + row * s->down[1]);
}

/* The middle of a module and four places around it. */
static float grey_around(const struct view *view, const struct slant *s, float column, float row)
{
    return (grey_in(view, s, column, row) + grey_in(view, s, column - SPREAD, row) +
            grey_in(view, s, column + SPREAD, row) + grey_in(view, s, column, row - SPREAD) +
            grey_in(view, s, column, row + SPREAD)) /
           5;
}

static float contrast_of(const struct view *view, const struct slant *s, const struct patterns *p)
{
    float light = 0, dark = 0;
    for (int i = 0; i < p->count; i++) {
        float grey = grey_around(view, s, (float)p->module[i].column + 0.5f, (float)p->module[i].row + 0.5f);
        if (p->module[i].dark)
            dark += grey;
        else
            light += grey;
    }
    float contrast = light / (float)p->light - dark / (float)(p->count - p->light);
    return view->inverted ? -contrast : contrast;
}

/* The centres of the three finders: corner, beside, and below. */
struct stand {
    float at[3][2];
};

static void slant_on(struct slant *out, const struct stand *stand, int size)
{
    float between = (float)size - 2 * FINDER_MIDDLE;
    out->size = size;
    for (int i = 0; i < 2; i++) {
        out->across[i] = (stand->at[1][i] - stand->at[0][i]) / between;
        out->down[i] = (stand->at[2][i] - stand->at[0][i]) / between;
        out->origin[i] = stand->at[0][i] - FINDER_MIDDLE * (out->across[i] + out->down[i]);
    }
}

static void stand_of(struct stand *out, const struct slant *slant)
{
    float between = (float)slant->size - 2 * FINDER_MIDDLE;
    for (int i = 0; i < 2; i++) {
        out->at[0][i] = slant->origin[i] + FINDER_MIDDLE * (slant->across[i] + slant->down[i]);
        out->at[1][i] = out->at[0][i] + between * slant->across[i];
        out->at[2][i] = out->at[0][i] + between * slant->down[i];
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

void slant_fit(struct slant *slant, const struct view *view)
{
    struct patterns patterns;
    struct stand stand;
    patterns_of(&patterns, slant->size);
    stand_of(&stand, slant);
    float pitch = hypotf(slant->across[0], slant->across[1]);
    for (float step = MOVE_FIRST; step >= MOVE_LAST; step /= 2) {
        for (int i = 0; i < 6; i++) {
            float *place = &stand.at[i / 2][i % 2];
            if (!move(slant, &stand, place, step * pitch, view, &patterns))
                move(slant, &stand, place, -step * pitch, view, &patterns);
        }
    }
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
    struct stand stand = {{{t->corner->x, t->corner->y}, {t->beside->x, t->beside->y}, {t->below->x, t->below->y}}};
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
