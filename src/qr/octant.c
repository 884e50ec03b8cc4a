/* SPDX-License-Identifier: MIT */
#include "qr/octant.h"

#include <stddef.h>

#define OCTANT_FIRST 0x1cd00

struct older_glyph {
    unsigned marks;
    uint32_t glyph;
};

/* Sets of marks that Unicode has elsewhere, in increasing order: the octants leave them out. Those with a 0 are U+1CEA0,
 * A3, A8, AB, U+1FB82, 85, E6 and E7. kitty 0.41 draws only the last two of them itself, foot only the two before. */
static const struct older_glyph older_glyphs[] = {
    {0x00, 0x20},   {0x01, 0},      {0x02, 0},      {0x03, 0},      {0x05, 0x2598}, {0x0a, 0x259d}, {0x0f, 0x2580},
    {0x14, 0},      {0x28, 0},      {0x3f, 0},      {0x40, 0},      {0x50, 0x2596}, {0x55, 0x258c}, {0x5a, 0x259e},
    {0x5f, 0x259b}, {0x80, 0},      {0xa0, 0x2597}, {0xa5, 0x259a}, {0xaa, 0x2590}, {0xaf, 0x259c}, {0xc0, 0x2582},
    {0xf0, 0x2584}, {0xf5, 0x2599}, {0xfa, 0x259f}, {0xfc, 0x2586}, {0xff, 0x2588},
};

uint32_t octant_glyph(unsigned n)
{
    uint32_t glyph = OCTANT_FIRST + n;
    for (size_t i = 0; i < sizeof older_glyphs / sizeof older_glyphs[0] && older_glyphs[i].marks <= n; i++, glyph--) {
        if (older_glyphs[i].marks == n)
            return older_glyphs[i].glyph;
    }
    return glyph;
}
