/* SPDX-License-Identifier: MIT */
#include "qr/even.h"

#include <stdlib.h>

/* Pixels: as wide as a small finder pattern. */
#define REACH_MIN 8

struct box {
    const uint8_t *grey;
    int width, height;
    int reach;      /* pixels to each side */
    uint32_t *sums; /* of the rows within reach, one for each column */
};

static void add_row(struct box *box, int y, bool add)
{
    if (y < 0 || y >= box->height)
        return;
    const uint8_t *row = box->grey + (size_t)y * (size_t)box->width;
    for (int x = 0; x < box->width; x++)
        box->sums[x] = add ? box->sums[x] + row[x] : box->sums[x] - row[x];
}

/* Begins with the rows within reach of row -1. */
static bool box_open(struct box *box)
{
    box->sums = calloc((size_t)box->width, sizeof *box->sums);
    if (!box->sums)
        return false;
    for (int y = 0; y < box->reach; y++)
        add_row(box, y, true);
    return true;
}

static int least(int a, int b)
{
    return a < b ? a : b;
}

/* Goes on to row y, which must be the next one, and writes the mean around each of its pixels. */
static void box_means(struct box *box, int y, uint8_t *means)
{
    add_row(box, y + box->reach, true);
    add_row(box, y - box->reach - 1, false);
    int rows = least(y, box->reach) + least(box->height - 1 - y, box->reach) + 1, right = 0, left = 0;
    uint64_t sum = 0;
    for (int x = 0; x < box->width; x++) {
        for (; right < box->width && right <= x + box->reach; right++)
            sum += box->sums[right];
        for (; left < x - box->reach; left++)
            sum -= box->sums[left];
        means[x] = (uint8_t)(sum / ((uint64_t)rows * (uint64_t)(right - left)));
    }
}

static uint8_t clamp_grey(int grey)
{
    return (uint8_t)(grey < 0 ? 0 : grey > 255 ? 255 : grey);
}

static void subtract_around(uint8_t *out, struct box *own, struct box *around, uint8_t *means)
{
    for (int y = 0; y < own->height; y++) {
        uint8_t *row = out + (size_t)y * (size_t)own->width;
        box_means(own, y, row);
        box_means(around, y, means);
        for (int x = 0; x < own->width; x++)
            row[x] = clamp_grey(EVEN_MIDDLE + row[x] - means[x]);
    }
}

bool even_light(uint8_t *out, const struct view *view, int share, bool smooth)
{
    int reach = least(view->width, view->height) / share;
    struct box own = {.grey = view->grey, .width = view->width, .height = view->height, .reach = smooth ? 1 : 0};
    struct box around = own;
    around.reach = reach > REACH_MIN ? reach : REACH_MIN;
    uint8_t *means = malloc((size_t)view->width);
    bool fine = means && box_open(&own) && box_open(&around);
    if (fine)
        subtract_around(out, &own, &around, means);
    free(means);
    free(own.sums);
    free(around.sums);
    return fine;
}
