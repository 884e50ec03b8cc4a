/* SPDX-License-Identifier: MIT */
#include "qr/format.h"

#include "qr/spec.h"

#define FORMAT_BITS 15
#define FORMAT_GENERATOR 0x537u
#define FORMAT_MASK 0x5412u
#define VERSION_GENERATOR 0x1f25u

/* The word followed by the remainder that makes it a multiple of the generator of this degree. */
static uint32_t bch_word(uint32_t word, uint32_t generator, int degree, int bits)
{
    uint32_t rest = word << degree;
    for (int i = bits - 1; i >= 0; i--) {
        if (rest >> (i + degree) & 1)
            rest ^= generator << i;
    }
    return word << degree | rest;
}

static int differing_bits(uint32_t a, uint32_t b)
{
    return __builtin_popcount(a ^ b);
}

static uint32_t module(const struct qr_matrix *symbol, int row, int column)
{
    return symbol->dark[row * symbol->size + column];
}

/* Bit 0 is the one at the top of column 8. */
static uint32_t copy_around_corner(const struct qr_matrix *symbol)
{
    uint32_t bits = 0;
    for (int i = 0; i < 6; i++) {
        bits |= module(symbol, i, 8) << i;
        bits |= module(symbol, 8, 5 - i) << (9 + i);
    }
    bits |= module(symbol, 7, 8) << 6 | module(symbol, 8, 8) << 7 | module(symbol, 8, 7) << 8;
    return bits;
}

static uint32_t copy_at_ends(const struct qr_matrix *symbol)
{
    uint32_t bits = 0;
    int end = symbol->size - 1;
    for (int i = 0; i < 8; i++)
        bits |= module(symbol, 8, end - i) << i;
    for (int i = 8; i < FORMAT_BITS; i++)
        bits |= module(symbol, end - 14 + i, 8) << i;
    return bits;
}

void format_read(struct format *out, const struct qr_matrix *symbol)
{
    static const char levels[] = {'M', 'L', 'H', 'Q'}; /* in the order of their two bits */
    uint32_t corner = copy_around_corner(symbol), ends = copy_at_ends(symbol);
    out->wrong_bits = FORMAT_BITS;
    for (uint32_t word = 0; word < 32; word++) {
        uint32_t right = bch_word(word, FORMAT_GENERATOR, 10, 5) ^ FORMAT_MASK;
        int at_corner = differing_bits(corner, right), at_ends = differing_bits(ends, right);
        int wrong = at_corner < at_ends ? at_corner : at_ends;
        if (wrong < out->wrong_bits)
            *out = (struct format){.level = levels[word >> 3],
                                   .mask = (int)(word & 7),
                                   .wrong_bits = wrong,
                                   .other_wrong_bits = at_corner + at_ends - wrong};
    }
}

int format_read_version(const struct qr_matrix *symbol, int *wrong_bits)
{
    uint32_t right_top = 0, left_bottom = 0;
    for (int i = 0; i < 18; i++) {
        int along = i / 3, across = symbol->size - 11 + i % 3;
        right_top |= module(symbol, along, across) << i;
        left_bottom |= module(symbol, across, along) << i;
    }
    int best = 0;
    *wrong_bits = 18;
    for (int version = SPEC_FIRST_WITH_VERSION_INFORMATION; version <= SPEC_VERSION_MAX; version++) {
        uint32_t right = bch_word((uint32_t)version, VERSION_GENERATOR, 12, 6);
        int at_top = differing_bits(right_top, right), at_bottom = differing_bits(left_bottom, right);
        int wrong = at_top < at_bottom ? at_top : at_bottom;
        if (wrong < *wrong_bits) {
            *wrong_bits = wrong;
            best = version;
        }
    }
    return best;
}
