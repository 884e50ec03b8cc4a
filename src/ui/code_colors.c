/* SPDX-License-Identifier: MIT */
#include "ui/code_colors.h"

#define DIRECT_COLORS (1 << 24)

struct code_colors code_colors(int colors)
{
    /* Themes change the lowest 16, so where there is a colour cube its corners are taken. Where numbers are colours
     * themselves, the lowest still mean those 16, or 256, by TERM: black is a shade that is above them. */
    static const struct {
        int least, most;
        struct code_colors use;
    } rows[] = {
        {DIRECT_COLORS, DIRECT_COLORS, {false, 0x010101, 0xffffff}},
        {256, 256, {false, 16, 231}},
        {88, 255, {false, 16, 79}},
        {16, 87, {false, 0, 15}},
        {8, DIRECT_COLORS, {false, 0, 7}},
    };
    for (unsigned i = 0; i < sizeof rows / sizeof rows[0]; i++)
        if (colors >= rows[i].least && colors <= rows[i].most)
            return rows[i].use;
    return (struct code_colors){.reverse = true};
}
