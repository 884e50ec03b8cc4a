/* SPDX-License-Identifier: MIT */
#include "qr/read.h"

#include <stdlib.h>

#include "qr/attempt.h"
#include "qr/even.h"
#include "qr/failure.h"
#include "qr/look.h"
#include "qr/shrink.h"

/* What evening a pixel costs, roughly, in nanoseconds of an ordinary machine, and halving a picture. */
enum { COST_EVEN = 8, COST_SHRINK = 2 };

/* Thresholds nearer to each other than this part a picture in the same way. */
#define THRESHOLDS_APART 8
#define THRESHOLDS 4

/* Of a large picture a symbol may be so small a part that it is not seen in the greys of the whole: then these part the
 * dark from the light of what screens show. */
static const int screen_thresholds[] = {128, 64, 192, 96, 160};
#define SCREEN_THRESHOLDS 5

/* How far the surroundings reach that a picture is evened by, as shares of its shorter side. */
static const int even_shares[] = {8, 24};

/* How often a picture is halved, at most, and how small it may become. */
#define SHRINKS_MAX 3
#define SHRINK_SIDE_MIN 160

/* Dark on light, and light on dark. */
static bool try_threshold(struct attempt *attempt, struct view *view, int threshold, look *how)
{
    view->threshold = threshold;
    for (int inverted = 0; inverted < 2 && threshold > 0; inverted++) {
        view->inverted = attempt->out->inverted = inverted;
        if (how(attempt, view))
            return true;
    }
    return false;
}

/* One threshold parts the symbol from its ground, unless a border or a frame has a third grey: then it may have parted
 * that from both, and the greys on one side of it must be parted again. In a blur what is thin and dark is not as dark
 * as the rest, and the middle parts it better than the masses do. 0 = that one is none. */
static void thresholds_of(int thresholds[THRESHOLDS], const struct view *view)
{
    uint32_t counts[VIEW_GREYS];
    view_histogram(counts, view->grey, view->width, view->height);
    int first = view_threshold(counts, 0, VIEW_GREYS);
    int middle = (view_low_end(counts) + view_high_end(counts) + 1) / 2;
    thresholds[0] = first;
    thresholds[1] = view_threshold(counts, 0, first);
    thresholds[2] = first > 0 ? view_threshold(counts, first, VIEW_GREYS) : 0;
    thresholds[3] = first > 0 && abs(middle - first) >= THRESHOLDS_APART ? middle : 0;
}

/* All straight looks go before the first leaning one, which costs more and sees more that is not there. */
static bool try_thresholds(struct attempt *attempt, struct view *view)
{
    int thresholds[THRESHOLDS];
    struct qr_failure one_colour;
    look *const looks[] = {look_straight, look_leaning};
    thresholds_of(thresholds, view);
    failure_set(&one_colour, QR_STEP_FINDER, "all of the %dx%d pixels have one colour", view->width, view->height);
    if (thresholds[0] == 0)
        failure_keep_furthest(attempt->failure, &one_colour);
    for (int i = 0; i < 2 * THRESHOLDS; i++) {
        if (try_threshold(attempt, view, thresholds[i % THRESHOLDS], looks[i / THRESHOLDS]))
            return true;
    }
    return false;
}

/* Where the light is uneven: the last resort of those that a picture of machines needs. */
static bool try_evened(struct attempt *attempt, const struct view *view)
{
    bool done = false;
    long pixels = (long)view->width * view->height;
    uint8_t *evened = malloc((size_t)pixels);
    struct view even = {.grey = evened, .width = view->width, .height = view->height};
    for (int smooth = 0; smooth < 2 && evened && !done; smooth++)
        done = attempt_spend(attempt, pixels, COST_EVEN) && even_light(evened, view, even_shares[0], smooth) &&
               (try_threshold(attempt, &even, EVEN_MIDDLE, look_straight) ||
                try_threshold(attempt, &even, EVEN_MIDDLE, look_leaning));
    free(evened);
    return done;
}

static void explain_no_symbol(const struct attempt *attempt, const struct picture *picture)
{
    static const char *const counts[] = {"no", "only one", "only two"};
    struct qr_failure failure;
    if (attempt->finders >= 3)
        failure_set(&failure, QR_STEP_FINDER, "no three of %d finder patterns in %dx%d pixels make a symbol",
                    attempt->finders, picture->width, picture->height);
    else
        failure_set(&failure, QR_STEP_FINDER, "%s finder pattern%s in %dx%d pixels; %d candidates",
                    counts[attempt->finders], attempt->finders == 2 ? "s" : "", picture->width, picture->height,
                    attempt->candidates);
    failure_keep_furthest(attempt->failure, &failure);
}

/* In any turn, with one threshold for the picture, and with as many as its places need. */
static bool try_turned(struct attempt *attempt, struct view *view)
{
    int thresholds[THRESHOLDS];
    bool done = false;
    thresholds_of(thresholds, view);
    for (int i = 0; i < THRESHOLDS && !done; i++)
        done = try_threshold(attempt, view, thresholds[i], look_turned);
    uint8_t *evened = done ? NULL : malloc((size_t)view->width * (size_t)view->height);
    struct view even = {.grey = evened, .width = view->width, .height = view->height};
    for (int i = 0; i < 2 && evened && !done; i++)
        done = attempt_spend(attempt, (long)view->width * view->height, COST_EVEN) &&
               even_light(evened, view, even_shares[i], i == 0) &&
               try_threshold(attempt, &even, EVEN_MIDDLE, look_turned);
    free(evened);
    return done;
}

static bool try_screen(struct attempt *attempt, struct view *view)
{
    look *const looks[] = {look_straight, look_turned};
    for (int i = 0; i < 2 * SCREEN_THRESHOLDS; i++) {
        if (try_threshold(attempt, view, screen_thresholds[i % SCREEN_THRESHOLDS], looks[i / SCREEN_THRESHOLDS]))
            return true;
    }
    return false;
}

/* Halved, and halved again: what was drawn of dots, or is noisy, comes together. */
static bool try_shrunk(struct attempt *attempt, const struct view *view)
{
    uint8_t *grey = NULL;
    struct view small = *view;
    bool done = false;
    for (int i = 0; i < SHRINKS_MAX && !done && small.width > SHRINK_SIDE_MIN && small.height > SHRINK_SIDE_MIN; i++) {
        if (!attempt_spend(attempt, (long)small.width * small.height, COST_SHRINK))
            break;
        uint8_t *half = shrink(&small);
        free(grey);
        grey = half;
        if (!half)
            break;
        done = try_thresholds(attempt, &small) || try_turned(attempt, &small);
    }
    free(grey);
    return done;
}

bool read_picture(struct qr_reading *out, struct qr_matrix *symbol, const struct picture *picture,
                  struct read_effort *effort, struct qr_failure *failure)
{
    struct attempt attempt = {.out = out, .symbol = symbol, .failure = failure, .effort = &effort->drawn};
    struct view view = {.grey = picture->grey, .width = picture->width, .height = picture->height};
    out->width = view.width;
    out->height = view.height;
    if (try_thresholds(&attempt, &view) || try_evened(&attempt, &view))
        return true;
    attempt.effort = &effort->turned;
    if (try_turned(&attempt, &view))
        return true;
    attempt.effort = &effort->any;
    if (try_screen(&attempt, &view) || try_shrunk(&attempt, &view))
        return true;
    explain_no_symbol(&attempt, picture);
    return false;
}
