/* SPDX-License-Identifier: MIT */
#include "qr/codewords.h"

#include <string.h>

#include "qr/failure.h"
#include "qr/reed_solomon.h"
#include "qr/spec.h"

#define BLOCK_MAX 255

/* Every mask repeats itself after this many rows and columns. */
#define MASK_PERIOD 12

static bool codewords_masked(int mask, int row, int column)
{
    int product = row * column;
    switch (mask) {
    case 0:
        return (row + column) % 2 == 0;
    case 1:
        return row % 2 == 0;
    case 2:
        return column % 3 == 0;
    case 3:
        return (row + column) % 3 == 0;
    case 4:
        return (row / 2 + column / 3) % 2 == 0;
    case 5:
        return product % 2 + product % 3 == 0;
    case 6:
        return (product % 2 + product % 3) % 2 == 0;
    default:
        return ((row + column) % 2 + product % 3) % 2 == 0;
    }
}

/* Bits gathered into bytes; what does not fill the last one is dropped, as are bytes behind `room`. */
struct gathering {
    uint8_t *bytes;
    int len, room;
    unsigned bits, count;
};

static void gather(struct gathering *g, unsigned bit)
{
    g->bits = g->bits << 1 | bit;
    if (++g->count < 8)
        return;
    if (g->len < g->room)
        g->bytes[g->len++] = (uint8_t)g->bits;
    g->count = 0;
}

/* One column of the pattern, so that a walk along a column needs no arithmetic. */
static void mask_column(uint8_t *pattern, int mask, int column)
{
    for (int row = 0; row < MASK_PERIOD; row++)
        pattern[row] = codewords_masked(mask, row, column);
}

/* Two columns at a time, from the right, up and down in turn; the vertical timing line is no part of a pair. */
static void gather_all(struct gathering *g, const struct qr_matrix *symbol, const uint8_t *taken, int mask)
{
    int size = symbol->size;
    uint8_t pattern[2][MASK_PERIOD];
    bool upward = true;
    for (int right = size - 1; right > 0; right -= 2, upward = !upward) {
        if (right == 6)
            right--;
        mask_column(pattern[0], mask, right);
        mask_column(pattern[1], mask, right - 1);
        int row = upward ? size - 1 : 0, phase = row % MASK_PERIOD;
        for (int n = 0; n < size; n++) {
            const uint8_t *dark = symbol->dark + row * size + right, *in_use = taken + row * size + right;
            if (!in_use[0])
                gather(g, (unsigned)(dark[0] ^ pattern[0][phase]));
            if (!in_use[-1])
                gather(g, (unsigned)(dark[-1] ^ pattern[1][phase]));
            row += upward ? -1 : 1;
            phase = upward ? (phase == 0 ? MASK_PERIOD - 1 : phase - 1) : (phase == MASK_PERIOD - 1 ? 0 : phase + 1);
        }
    }
}

/* The codewords of one block, which stand apart from each other in the symbol. Returns how many are data. */
static int pick_block(uint8_t *block, const uint8_t *raw, const struct spec_blocks *blocks, int index)
{
    int short_data = blocks->short_len - blocks->checks;
    bool longer = index >= blocks->count - blocks->longer;
    int data = short_data + longer;
    for (int i = 0; i < short_data; i++)
        block[i] = raw[i * blocks->count + index];
    if (longer)
        block[short_data] = raw[short_data * blocks->count + index - (blocks->count - blocks->longer)];
    const uint8_t *checks = raw + short_data * blocks->count + blocks->longer;
    for (int i = 0; i < blocks->checks; i++)
        block[data + i] = checks[i * blocks->count + index];
    return data;
}

bool codewords_read(uint8_t *data, size_t *len, int *corrected, const struct qr_matrix *symbol, int version, char level,
                    int mask, struct qr_failure *failure)
{
    uint8_t taken[QR_MODULES_MAX * QR_MODULES_MAX], raw[SPEC_CODEWORDS_MAX], block[BLOCK_MAX];
    struct gathering g = {.bytes = raw, .room = SPEC_CODEWORDS_MAX};
    struct spec_blocks blocks;
    spec_taken(taken, version);
    gather_all(&g, symbol, taken, mask);
    spec_blocks(&blocks, version, level);
    *len = 0;
    *corrected = 0;
    for (int i = 0; i < blocks.count; i++) {
        int held = pick_block(block, raw, &blocks, i);
        int mended = reed_solomon_mend(block, held + blocks.checks, blocks.checks, blocks.mendable);
        if (mended < 0)
            return failure_set(failure, QR_STEP_ERRORS,
                               "too many errors: block %d of %d in version %d-%c has more than %d wrong codewords",
                               i + 1, blocks.count, version, level, blocks.mendable);
        memcpy(data + *len, block, (size_t)held);
        *len += (size_t)held;
        *corrected += mended;
    }
    return true;
}
