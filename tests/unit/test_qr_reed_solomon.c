/* SPDX-License-Identifier: MIT
 * Reed-Solomon against blocks that are encoded here with the plainest arithmetic there is.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "qr/reed_solomon.h"
#include "qr/spec.h"
#include "qr_rig.h"

static uint8_t multiply(unsigned a, unsigned b)
{
    unsigned product = 0;
    for (; b; b >>= 1) {
        product ^= b & 1 ? a : 0;
        a = a << 1 ^ (a & 0x80 ? 0x11d : 0);
    }
    return (uint8_t)product;
}

/* The product of (x - 2^i), the highest power first. */
static void generator_of(uint8_t *generator, int checks)
{
    uint8_t root = 1;
    memset(generator, 0, (size_t)checks + 1);
    generator[0] = 1;
    for (int i = 0; i < checks; i++) {
        for (int k = i + 1; k > 0; k--)
            generator[k] ^= multiply(generator[k - 1], root);
        root = multiply(root, 2);
    }
}

static void append_checks(uint8_t *block, int data, int checks)
{
    uint8_t generator[REED_SOLOMON_CHECKS_MAX + 1], rest[255] = {0};
    generator_of(generator, checks);
    memcpy(rest, block, (size_t)data);
    for (int i = 0; i < data; i++) {
        uint8_t factor = rest[i];
        for (int k = 0; k <= checks; k++)
            rest[i + k] ^= multiply(generator[k], factor);
    }
    memcpy(block + data, rest + data, (size_t)checks);
}

/* Makes exactly `count` codewords wrong. */
static void damage(uint8_t *block, int len, int count, uint32_t *seed)
{
    uint8_t hit[255] = {0};
    while (count > 0) {
        int at = (int)(rig_random(seed) % (uint32_t)len);
        if (hit[at])
            continue;
        hit[at] = 1;
        block[at] ^= (uint8_t)(1 + rig_random(seed) % 255);
        count--;
    }
}

static void try_block(int len, int checks, int mendable, uint32_t *seed)
{
    uint8_t good[255], block[255], bad[255];
    rig_fill(good, (size_t)(len - checks), seed);
    append_checks(good, len - checks, checks);
    for (int wrong = 0; wrong <= mendable; wrong++) {
        memcpy(block, good, sizeof block);
        damage(block, len, wrong, seed);
        assert_int_equal(reed_solomon_mend(block, len, checks, mendable), wrong);
        assert_memory_equal(block, good, (size_t)len);
    }
    memcpy(bad, good, sizeof bad);
    damage(bad, len, mendable + 1, seed);
    memcpy(block, bad, sizeof block);
    assert_int_equal(reed_solomon_mend(block, len, checks, mendable), -1);
    assert_memory_equal(block, bad, (size_t)len);
}

static void test_every_block_shape(void **state)
{
    (void)state;
    uint32_t seed = 7;
    for (int version = 1; version <= SPEC_VERSION_MAX; version++) {
        for (const char *level = SPEC_LEVELS; *level; level++) {
            struct spec_blocks b;
            spec_blocks(&b, version, *level);
            assert_in_range(b.checks, 7, REED_SOLOMON_CHECKS_MAX);
            try_block(b.short_len, b.checks, b.mendable, &seed);
            if (b.longer)
                try_block(b.short_len + 1, b.checks, b.mendable, &seed);
        }
    }
}

/* The smallest symbols keep checks back; the figures are those of the standard's table. */
static void test_mendable_codewords(void **state)
{
    (void)state;
    static const int wanted[4][4] = {{2, 4, 6, 8}, {4, 8, 11, 14}, {7, 13, 9, 11}, {10, 9, 13, 8}};
    for (int version = 1; version <= 4; version++) {
        for (int level = 0; level < 4; level++) {
            struct spec_blocks b;
            spec_blocks(&b, version, SPEC_LEVELS[level]);
            assert_int_equal(b.mendable, wanted[version - 1][level]);
        }
    }
}

static void test_the_whole_field(void **state)
{
    (void)state;
    uint32_t seed = 3;
    try_block(255, 30, 15, &seed);
    try_block(31, 30, 15, &seed);
}

/* Whatever the noise, a block that comes out mended is a codeword: mending it again mends nothing. */
static void test_noise(void **state)
{
    (void)state;
    uint32_t seed = 11;
    for (int round = 0; round < 2000; round++) {
        uint8_t block[60];
        rig_fill(block, sizeof block, &seed);
        int mended = reed_solomon_mend(block, sizeof block, 8, 4);
        if (mended >= 0)
            assert_int_equal(reed_solomon_mend(block, sizeof block, 8, 4), 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_block_shape),
        cmocka_unit_test(test_mendable_codewords),
        cmocka_unit_test(test_the_whole_field),
        cmocka_unit_test(test_noise),
    };
    return cmocka_run_group_tests_name("qr_reed_solomon", tests, NULL, NULL);
}
