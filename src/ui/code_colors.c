/* SPDX-License-Identifier: MIT */
#include "ui/code_colors.h"

#define DIRECT_COLORS (1 << 24)

struct code_colors code_colors(int colors)
{
    /* The most a row is for comes first. Themes change the lowest 16, so the cube's own corners are taken where there is
     * one. Where a number is the colour itself, the lowest still mean those 16 (or 256), and black is the first after them. */
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
