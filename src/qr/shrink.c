/* SPDX-License-Identifier: MIT */
#include "qr/shrink.h"

#include <stdlib.h>

uint8_t *shrink(struct view *view)
{
    int width = view->width / 2, height = view->height / 2;
    uint8_t *grey = malloc((size_t)width * (size_t)height + 1);
    for (int y = 0; y < height && grey; y++) {
        const uint8_t *upper = view->grey + (size_t)(2 * y) * (size_t)view->width, *lower = upper + view->width;
        uint8_t *row = grey + (size_t)y * (size_t)width;
        for (int x = 0; x < width; x++)
            row[x] = (uint8_t)((upper[2 * x] + upper[2 * x + 1] + lower[2 * x] + lower[2 * x + 1] + 2) / 4);
    }
    if (grey)
        *view = (struct view){.grey = grey, .width = width, .height = height};
    return grey;
}
