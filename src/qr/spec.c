/* SPDX-License-Identifier: MIT */
#include "qr/spec.h"

#include <stdlib.h>
#include <string.h>

/* Check codewords per block, and blocks, at L, M, Q, and H. */
static const struct {
    uint8_t checks, count;
} blocks[SPEC_VERSION_MAX][4] = {
    /*  1 */ {{7, 1}, {10, 1}, {13, 1}, {17, 1}},
    /*  2 */ {{10, 1}, {16, 1}, {22, 1}, {28, 1}},
    /*  3 */ {{15, 1}, {26, 1}, {18, 2}, {22, 2}},
    /*  4 */ {{20, 1}, {18, 2}, {26, 2}, {16, 4}},
    /*  5 */ {{26, 1}, {24, 2}, {18, 4}, {22, 4}},
    /*  6 */ {{18, 2}, {16, 4}, {24, 4}, {28, 4}},
    /*  7 */ {{20, 2}, {18, 4}, {18, 6}, {26, 5}},
    /*  8 */ {{24, 2}, {22, 4}, {22, 6}, {26, 6}},
    /*  9 */ {{30, 2}, {22, 5}, {20, 8}, {24, 8}},
    /* 10 */ {{18, 4}, {26, 5}, {24, 8}, {28, 8}},
    /* 11 */ {{20, 4}, {30, 5}, {28, 8}, {24, 11}},
    /* 12 */ {{24, 4}, {22, 8}, {26, 10}, {28, 11}},
    /* 13 */ {{26, 4}, {22, 9}, {24, 12}, {22, 16}},
    /* 14 */ {{30, 4}, {24, 9}, {20, 16}, {24, 16}},
    /* 15 */ {{22, 6}, {24, 10}, {30, 12}, {24, 18}},
    /* 16 */ {{24, 6}, {28, 10}, {24, 17}, {30, 16}},
    /* 17 */ {{28, 6}, {28, 11}, {28, 16}, {28, 19}},
    /* 18 */ {{30, 6}, {26, 13}, {28, 18}, {28, 21}},
    /* 19 */ {{28, 7}, {26, 14}, {26, 21}, {26, 25}},
    /* 20 */ {{28, 8}, {26, 16}, {30, 20}, {28, 25}},
    /* 21 */ {{28, 8}, {26, 17}, {28, 23}, {30, 25}},
    /* 22 */ {{28, 9}, {28, 17}, {30, 23}, {24, 34}},
    /* 23 */ {{30, 9}, {28, 18}, {30, 25}, {30, 30}},
    /* 24 */ {{30, 10}, {28, 20}, {30, 27}, {30, 32}},
    /* 25 */ {{26, 12}, {28, 21}, {30, 29}, {30, 35}},
    /* 26 */ {{28, 12}, {28, 23}, {28, 34}, {30, 37}},
    /* 27 */ {{30, 12}, {28, 25}, {30, 34}, {30, 40}},
    /* 28 */ {{30, 13}, {28, 26}, {30, 35}, {30, 42}},
    /* 29 */ {{30, 14}, {28, 28}, {30, 38}, {30, 45}},
    /* 30 */ {{30, 15}, {28, 29}, {30, 40}, {30, 48}},
    /* 31 */ {{30, 16}, {28, 31}, {30, 43}, {30, 51}},
    /* 32 */ {{30, 17}, {28, 33}, {30, 45}, {30, 54}},
    /* 33 */ {{30, 18}, {28, 35}, {30, 48}, {30, 57}},
    /* 34 */ {{30, 19}, {28, 37}, {30, 51}, {30, 60}},
    /* 35 */ {{30, 19}, {28, 38}, {30, 53}, {30, 63}},
    /* 36 */ {{30, 20}, {28, 40}, {30, 56}, {30, 66}},
    /* 37 */ {{30, 21}, {28, 43}, {30, 59}, {30, 70}},
    /* 38 */ {{30, 22}, {28, 45}, {30, 62}, {30, 74}},
    /* 39 */ {{30, 24}, {28, 47}, {30, 65}, {30, 77}},
    /* 40 */ {{30, 25}, {28, 49}, {30, 68}, {30, 81}},
};

int spec_version(int size)
{
    int version = (size - 17) / 4;
    return size >= 21 && size <= QR_MODULES_MAX && spec_size(version) == size ? version : 0;
}

/* Check codewords that the smallest symbols keep back, so that noise is not mended into another text. */
static int kept_back(int version, char level)
{
    static const struct {
        int version;
        char level;
        int codewords;
    } rules[] = {{1, 'L', 3}, {1, 'M', 2}, {1, 'Q', 1}, {1, 'H', 1}, {2, 'L', 2}, {3, 'L', 1}};
    for (size_t i = 0; i < sizeof rules / sizeof rules[0]; i++) {
        if (rules[i].version == version && rules[i].level == level)
            return rules[i].codewords;
    }
    return 0;
}

/* Centres of the alignment patterns along one side. Returns how many. */
static int alignment_centres(int centres[7], int version)
{
    if (version == 1)
        return 0;
    int intervals = version / 7 + 1, span = spec_size(version) - 13;
    int step = (span + 2 * intervals - 1) / (2 * intervals) * 2;
    if (version == 32) /* the one row of the standard's table that no rounding rule gives */
        step = 26;
    for (int i = 1; i <= intervals; i++)
        centres[i] = spec_size(version) - 7 - (intervals - i) * step;
    centres[0] = 6;
    return intervals + 1;
}

/* Codewords that the data modules of a version hold. */
static int spec_codewords(int version)
{
    int size = spec_size(version), centres[7];
    int n = alignment_centres(centres, version);
    int modules = size * size - 3 * 64 - 2 * 15 - 1 - 2 * (size - 16);
    if (n > 0)
        modules -= 25 * (n * n - 3) - 10 * (n - 2); /* on the timing lines five of the 25 are counted already */
    if (version >= SPEC_FIRST_WITH_VERSION_INFORMATION)
        modules -= 2 * 18;
    return modules / 8;
}

void spec_blocks(struct spec_blocks *out, int version, char level)
{
    const char *column = strchr(SPEC_LEVELS, level);
    int total = spec_codewords(version);
    out->checks = blocks[version - 1][column - SPEC_LEVELS].checks;
    out->count = blocks[version - 1][column - SPEC_LEVELS].count;
    out->short_len = total / out->count;
    out->longer = total % out->count;
    out->mendable = (out->checks - kept_back(version, level)) / 2;
}

static void take(uint8_t *taken, int size, int row, int column, int height, int width)
{
    for (int r = row; r < row + height; r++)
        memset(taken + r * size + column, 1, (size_t)width);
}

static void take_alignments(uint8_t *taken, int version)
{
    int centres[7], n = alignment_centres(centres, version);
    for (int r = 0; r < n; r++) {
        for (int c = 0; c < n; c++) {
            bool on_finder = (r == 0 && c == 0) || (r == 0 && c == n - 1) || (r == n - 1 && c == 0);
            if (!on_finder)
                take(taken, spec_size(version), centres[r] - 2, centres[c] - 2, 5, 5);
        }
    }
}

void spec_taken(uint8_t *taken, int version)
{
    int size = spec_size(version);
    memset(taken, 0, (size_t)(size * size));
    take(taken, size, 0, 0, 9, 9);
    take(taken, size, 0, size - 8, 9, 8);
    take(taken, size, size - 8, 0, 8, 9);
    take(taken, size, 6, 0, 1, size);
    take(taken, size, 0, 6, size, 1);
    take_alignments(taken, version);
    if (version >= SPEC_FIRST_WITH_VERSION_INFORMATION) {
        take(taken, size, 0, size - 11, 6, 3);
        take(taken, size, size - 11, 0, 3, 6);
    }
}

/* Squares in each other: dark at the centre, then as the rings tell, from the middle outwards. */
static void mark_rings(uint8_t *marks, int size, int row, int column, const char *rings)
{
    int reach = (int)strlen(rings) - 1;
    for (int r = row - reach; r <= row + reach; r++) {
        for (int c = column - reach; c <= column + reach; c++) {
            int down = abs(r - row), across = abs(c - column);
            if (r >= 0 && c >= 0 && r < size && c < size)
                marks[r * size + c] = rings[down > across ? down : across] == '#' ? SPEC_DARK : SPEC_LIGHT;
        }
    }
}

void spec_patterns(uint8_t *marks, int version)
{
    int size = spec_size(version), centres[7], n = alignment_centres(centres, version);
    memset(marks, SPEC_OPEN, (size_t)(size * size));
    for (int i = 0; i < n * n; i++) {
        int r = centres[i / n], c = centres[i % n];
        bool on_finder = (r == 6 && c == 6) || (r == 6 && c == size - 7) || (r == size - 7 && c == 6);
        if (!on_finder)
            mark_rings(marks, size, r, c, "#.#");
    }
    for (int i = 8; i < size - 8; i++)
        marks[6 * size + i] = marks[i * size + 6] = i % 2 == 0 ? SPEC_DARK : SPEC_LIGHT;
    mark_rings(marks, size, 3, 3, "##.#.");
    mark_rings(marks, size, 3, size - 4, "##.#.");
    mark_rings(marks, size, size - 4, 3, "##.#.");
}
