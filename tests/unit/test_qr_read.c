/* SPDX-License-Identifier: MIT
 * Pictures of symbols, as a machine draws them and as others then treat them.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "qr/code.h"
#include "qr/picture.h"
#include "qr/read.h"
#include "qr/spec.h"
#include "qr/timing.h"
#include "qr_rig.h"

static struct qr_matrix symbol, found;
static struct qr_reading reading;
static struct qr_failure failure;
static uint8_t payload[3000];
static size_t payload_len;

static const struct rig_paint plain = {.pitch = 4, .border = 16, .dark = 0, .light = 255, .border_grey = 255};

static void make_symbol(int version, char level)
{
    uint32_t seed = (uint32_t)version * 31 + (uint32_t)level;
    payload_len = rig_capacity(version, level);
    rig_fill(payload, payload_len, &seed);
    rig_encode(&symbol, payload, payload_len, version, level);
}

static bool read_picture_of(const struct rig_picture *picture)
{
    size_t len;
    uint8_t *png = rig_png(picture, &len);
    bool fine = qr_read_png(&reading, &found, png, len, &failure);
    free(png);
    return fine;
}

static void expect_payload(const struct rig_picture *picture, const char *what)
{
    bool fine = read_picture_of(picture);
    if (!fine)
        print_error("version %d, %s, %dx%d: %s\n", spec_version(symbol.size), what, picture->width, picture->height,
                    failure.text);
    assert_true(fine);
    assert_int_equal(reading.payload_len, payload_len);
    assert_memory_equal(reading.payload, payload, payload_len);
    assert_int_equal(found.size, symbol.size);
    assert_int_equal(reading.version, spec_version(symbol.size));
    assert_int_equal(reading.width, picture->width);
    assert_int_equal(reading.height, picture->height);
}

static void expect_painted(const struct rig_paint *how, const char *what)
{
    struct rig_picture picture = rig_paint(&symbol, how);
    expect_payload(&picture, what);
    free(picture.grey);
}

static void test_every_version_and_level(void **state)
{
    (void)state;
    struct rig_paint how = plain;
    how.pitch = 2;
    how.border = 8;
    for (int version = 1; version <= SPEC_VERSION_MAX; version++) {
        for (const char *level = SPEC_LEVELS; *level; level++) {
            make_symbol(version, *level);
            expect_painted(&how, "pitch 2");
            assert_int_equal(reading.level, *level);
            assert_int_equal(reading.corrected, 0);
            assert_memory_equal(found.dark, symbol.dark, (size_t)(symbol.size * symbol.size));
        }
    }
}

static void test_pitches_and_margins(void **state)
{
    (void)state;
    static const double pitches[] = {1, 1.05, 1.2, 1.37, 1.5, 1.83, 2.5, 3, 3.3, 4.75, 6, 9.9};
    for (int version = 1; version <= SPEC_VERSION_MAX; version += version < 12 ? 1 : 7) {
        make_symbol(version, 'M');
        for (size_t i = 0; i < sizeof pitches / sizeof pitches[0]; i++) {
            struct rig_paint how = plain;
            how.pitch = pitches[i];
            how.border = 0;
            expect_painted(&how, "no margin");
            how.border = 5;
            expect_painted(&how, "margin of 5");
            how.border_grey = 0;
            expect_painted(&how, "dark border");
        }
    }
}

static void test_turned_mirrored_inverted(void **state)
{
    (void)state;
    static const int versions[] = {1, 6, 7, 11, 25};
    for (size_t i = 0; i < sizeof versions / sizeof versions[0]; i++) {
        make_symbol(versions[i], 'Q');
        for (int mirrored = 0; mirrored < 2; mirrored++) {
            for (int inverted = 0; inverted < 2; inverted++) {
                struct rig_paint how = {
                    .pitch = 2.6, .border = 9, .dark = inverted ? 240 : 10, .light = inverted ? 10 : 240};
                how.border_grey = how.light;
                struct rig_picture picture = rig_paint(&symbol, &how);
                if (mirrored)
                    rig_mirror(&picture);
                for (int turns = 0; turns < 4; turns++, rig_quarter_turn(&picture)) {
                    expect_payload(&picture, "turned");
                    assert_int_equal(reading.quarter_turns, turns);
                    assert_int_equal(reading.mirrored, mirrored);
                    assert_int_equal(reading.inverted, inverted);
                    assert_memory_equal(found.dark, symbol.dark, (size_t)(symbol.size * symbol.size));
                }
                free(picture.grey);
            }
        }
    }
}

static void test_greys(void **state)
{
    (void)state;
    static const struct rig_paint ways[] = {
        {.pitch = 4, .border = 16, .dark = 120, .light = 132, .border_grey = 132},
        {.pitch = 4, .border = 16, .dark = 0, .light = 3, .border_grey = 3},
        {.pitch = 4, .border = 60, .dark = 0, .light = 255, .border_grey = 128},
        {.pitch = 4, .border = 200, .dark = 0, .light = 255, .border_grey = 60},
        {.pitch = 4, .border = 200, .dark = 0, .light = 255, .border_grey = 200},
        {.pitch = 4, .border = 90, .dark = 118, .light = 140, .border_grey = 255},
        {.pitch = 4, .border = 90, .dark = 118, .light = 140, .border_grey = 0},
        {.pitch = 4, .border = 90, .dark = 60, .light = 230, .border_grey = 0},
    };
    make_symbol(8, 'L');
    for (size_t i = 0; i < sizeof ways / sizeof ways[0]; i++)
        expect_painted(&ways[i], "greys");
}

/* The mean of the pixels around each, as often as told. */
static void blur(struct rig_picture *picture, int times)
{
    uint8_t *out = malloc((size_t)picture->width * (size_t)picture->height);
    assert_non_null(out);
    for (; times > 0; times--) {
        for (int y = 0; y < picture->height; y++) {
            for (int x = 0; x < picture->width; x++) {
                int sum = 0, count = 0;
                for (int dy = -1; dy <= 1; dy++) {
                    for (int dx = -1; dx <= 1; dx++) {
                        if (x + dx < 0 || y + dy < 0 || x + dx >= picture->width || y + dy >= picture->height)
                            continue;
                        sum += picture->grey[(y + dy) * picture->width + x + dx];
                        count++;
                    }
                }
                out[y * picture->width + x] = (uint8_t)(sum / count);
            }
        }
        memcpy(picture->grey, out, (size_t)picture->width * (size_t)picture->height);
    }
    free(out);
}

static void add_noise(struct rig_picture *picture, int amplitude)
{
    uint32_t seed = 77;
    for (int i = 0; i < picture->width * picture->height; i++) {
        int grey = picture->grey[i] + (int)(rig_random(&seed) % (uint32_t)(2 * amplitude + 1)) - amplitude;
        picture->grey[i] = (uint8_t)(grey < 0 ? 0 : grey > 255 ? 255 : grey);
    }
}

static void add_shade(struct rig_picture *picture, int percent)
{
    for (int i = 0; i < picture->width * picture->height; i++)
        picture->grey[i] = (uint8_t)(picture->grey[i] * (100 - percent * (i / picture->width) / picture->height) / 100);
}

static void test_blur_noise_and_shade(void **state)
{
    (void)state;
    struct rig_paint how = plain;
    make_symbol(11, 'L');
    for (int way = 0; way < 4; way++) {
        how.dark = 30;
        how.light = 220;
        struct rig_picture picture = rig_paint(&symbol, &how);
        if (way == 0 || way == 3)
            blur(&picture, 2);
        if (way == 1 || way == 3)
            add_noise(&picture, 60);
        if (way == 2 || way == 3)
            add_shade(&picture, 60);
        expect_payload(&picture, way == 0 ? "blur" : way == 1 ? "noise" : way == 2 ? "shade" : "all three");
        free(picture.grey);
    }
}

/* As much of the symbol as its level can spare is painted over. */
static void test_a_sticker_on_it(void **state)
{
    (void)state;
    make_symbol(11, 'H');
    struct rig_picture picture = rig_paint(&symbol, &plain);
    int side = picture.width / 4, first = (picture.width - side) / 2;
    for (int y = first; y < first + side; y++)
        memset(picture.grey + y * picture.width + first, 90, (size_t)side);
    expect_payload(&picture, "sticker");
    assert_in_range(reading.corrected, 10, 200);
    free(picture.grey);
}

/* Two symbols in a row: six finder patterns, of which any three may be tried. One of the two is read. */
static void test_two_symbols(void **state)
{
    (void)state;
    make_symbol(4, 'L');
    struct rig_picture one = rig_paint(&symbol, &plain), both = {.width = one.width * 2, .height = one.height};
    both.grey = malloc((size_t)both.width * (size_t)both.height);
    assert_non_null(both.grey);
    for (int y = 0; y < one.height; y++) {
        memcpy(both.grey + y * both.width, one.grey + y * one.width, (size_t)one.width);
        memcpy(both.grey + y * both.width + one.width, one.grey + y * one.width, (size_t)one.width);
    }
    expect_payload(&both, "two symbols");
    free(one.grey);
    free(both.grey);
}

static void test_leaning(void **state)
{
    (void)state;
    static const double degrees[] = {0.5, -0.8, 1.3, 2, -3, 5};
    static const int versions[] = {1, 2, 7, 11, 25, 40};
    for (size_t i = 0; i < sizeof versions / sizeof versions[0]; i++) {
        make_symbol(versions[i], 'M');
        for (size_t k = 0; k < sizeof degrees / sizeof degrees[0]; k++) {
            struct rig_paint how = {.pitch = 3.5, .border = 40, .dark = 10, .light = 250, .border_grey = 250};
            struct rig_picture picture = rig_paint(&symbol, &how);
            if (k % 2)
                rig_mirror(&picture);
            rig_quarter_turn(&picture);
            rig_lean(&picture, degrees[k]);
            expect_payload(&picture, "leaning");
            assert_int_equal(reading.mirrored, k % 2);
            assert_int_equal(reading.quarter_turns, 1);
            free(picture.grey);
        }
    }
}

/* The modules run into each other until the timing patterns can no longer be counted. */
static void test_strong_blur(void **state)
{
    (void)state;
    make_symbol(11, 'L');
    struct rig_paint how = plain;
    how.pitch = 5;
    struct rig_picture picture = rig_paint(&symbol, &how);
    blur(&picture, 10);
    expect_payload(&picture, "strong blur");
    free(picture.grey);
}

static void paint_finder(struct rig_picture *picture, int left, int top, int pitch)
{
    for (int y = 0; y < 7 * pitch; y++) {
        for (int x = 0; x < 7 * pitch; x++) {
            int across = abs(x / pitch - 3), down = abs(y / pitch - 3), ring = across > down ? across : down;
            picture->grey[(top + y) * picture->width + left + x] = ring == 2 ? 255 : 0;
        }
    }
}

static struct rig_picture blank(int width, int height)
{
    struct rig_picture picture = {.width = width, .height = height, .grey = malloc((size_t)width * (size_t)height)};
    assert_non_null(picture.grey);
    memset(picture.grey, 255, (size_t)width * (size_t)height);
    return picture;
}

/* Rectangles of noise, of one grey, and inverted ones: whatever they hide, no other text comes out. */
static void test_mutated_pictures(void **state)
{
    (void)state;
    uint32_t seed = 3;
    int read = 0;
    for (int round = 0; round < 300; round++) {
        make_symbol(1 + round % 12, SPEC_LEVELS[round % 4]);
        struct rig_picture picture = rig_paint(&symbol, &plain);
        for (int i = 0; i < 1 + round % 5; i++) {
            int side = picture.width, x = (int)(rig_random(&seed) % (uint32_t)side);
            int y = (int)(rig_random(&seed) % (uint32_t)side), way = (int)(rig_random(&seed) % 3);
            for (int at = 0; at < side * side / 80; at++) {
                uint8_t *pixel = &picture.grey[(y + at / (side / 8)) % side * side + (x + at % (side / 8)) % side];
                *pixel = way == 0 ? (uint8_t)rig_random(&seed) : way == 1 ? 128 : (uint8_t)(255 - *pixel);
            }
        }
        if (read_picture_of(&picture)) {
            read++;
            assert_int_equal(reading.payload_len, payload_len);
            assert_memory_equal(reading.payload, payload, payload_len);
        } else {
            assert_true(failure.step >= QR_STEP_FINDER && failure.text[0] != '\0');
        }
        free(picture.grey);
    }
    assert_in_range(read, 60, 299);
}

/* Every turn, also of what is mirrored, is read from what the service sends. */
static void test_any_turn(void **state)
{
    (void)state;
    for (int degrees = 0; degrees < 360; degrees += 9) {
        make_symbol(1 + degrees / 9 % 12, SPEC_LEVELS[degrees / 9 % 4]);
        struct rig_paint roomy = plain;
        roomy.border = symbol.size;
        struct rig_picture picture = rig_paint(&symbol, &roomy);
        if (degrees % 2)
            rig_mirror(&picture);
        rig_lean(&picture, degrees);
        expect_payload(&picture, "turned");
        free(picture.grey);
    }
}

/* Twenty-four clean finders that belong to no symbol, seen before those that do. */
static void test_lone_finders(void **state)
{
    (void)state;
    make_symbol(11, 'L');
    struct rig_picture one = rig_paint(&symbol, &plain), picture = blank(one.width + 12, one.height + 108);
    for (int i = 0; i < 24; i++)
        paint_finder(&picture, 4 + i % 8 * 36, 4 + i / 8 * 36, 4);
    for (int y = 0; y < one.height; y++)
        memcpy(picture.grey + (y + 108) * picture.width, one.grey + y * one.width, (size_t)one.width);
    expect_payload(&picture, "lone finders");
    free(one.grey);
    free(picture.grey);
}

/* Nothing but finders, at every distance from each other: given up before it costs much. */
static void test_a_hostile_picture_has_a_budget(void **state)
{
    (void)state;
    struct rig_picture picture = blank(2000, 2000);
    for (int y = 0; y + 28 <= 2000; y += 36) {
        for (int x = 0; x + 28 <= 2000; x += 36)
            paint_finder(&picture, x, y, 4);
    }
    struct picture grey = {.width = 2000, .height = 2000, .grey = picture.grey};
    struct read_effort effort = {READ_EFFORT_DRAWN, READ_EFFORT_TURNED, 0};
    failure = (struct qr_failure){0};
    found.size = 0;
    assert_false(read_picture(&reading, &found, &grey, &effort, &failure));
    assert_int_equal(effort.drawn, 0);
    assert_int_equal(effort.turned, 0);
    assert_string_not_equal(failure.text, "");
    free(picture.grey);
}

/* The picture that a code is drawn as costs next to nothing of the budget, and without one it is not read. */
static void test_what_a_reading_costs(void **state)
{
    (void)state;
    make_symbol(11, 'L');
    struct rig_picture picture = rig_paint(&symbol, &plain);
    struct picture grey = {.width = picture.width, .height = picture.height, .grey = picture.grey};
    struct read_effort effort = {.drawn = READ_EFFORT_DRAWN};
    failure = (struct qr_failure){0};
    assert_true(read_picture(&reading, NULL, &grey, &effort, &failure));
    assert_in_range(effort.drawn, READ_EFFORT_DRAWN / 100 * 99, READ_EFFORT_DRAWN);
    for (long needed = READ_EFFORT_DRAWN - effort.drawn; needed > 1000; needed /= 2) {
        struct read_effort left = {.drawn = needed};
        failure = (struct qr_failure){0};
        assert_false(read_picture(&reading, NULL, &grey, &left, &failure));
        assert_int_equal(left.drawn, 0);
        assert_int_not_equal(failure.step, QR_STEP_NONE);
    }
    free(picture.grey);
}

/* What is known of a symbol beforehand is what libqrencode draws. */
static void test_patterns(void **state)
{
    (void)state;
    static uint8_t marks[QR_MODULES_MAX * QR_MODULES_MAX];
    for (int version = 1; version <= SPEC_VERSION_MAX; version++) {
        int known = 0;
        make_symbol(version, 'L');
        spec_patterns(marks, version);
        for (int i = 0; i < symbol.size * symbol.size; i++) {
            known += marks[i] != SPEC_OPEN;
            if (marks[i] != SPEC_OPEN)
                assert_int_equal(symbol.dark[i], marks[i] == SPEC_DARK);
        }
        assert_in_range(known, 3 * 64 + 2 * (symbol.size - 16), 1700);
    }
}

static void expect_failure(const struct rig_picture *picture, enum qr_step step, const char *part)
{
    assert_false(read_picture_of(picture));
    if (failure.step != step || !strstr(failure.text, part))
        print_error("step %s: %s\n", qr_step_name(failure.step), failure.text);
    assert_int_equal(failure.step, step);
    assert_non_null(strstr(failure.text, part));
}

static void test_nothing_to_read(void **state)
{
    (void)state;
    static const int sizes[][2] = {{1, 1}, {1, 300}, {300, 1}, {20, 20}, {276, 276}, {4096, 3}, {2, 4096}};
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        struct rig_picture picture = blank(sizes[i][0], sizes[i][1]);
        expect_failure(&picture, QR_STEP_FINDER, "have one colour");
        assert_int_equal(found.size, 0);
        add_noise(&picture, 255);
        bool fine = read_picture_of(&picture);
        assert_false(fine);
        free(picture.grey);
    }
}

static void cover(struct rig_picture *picture, int x, int y, int width, int height, uint8_t grey)
{
    for (int row = y; row < y + height; row++)
        memset(picture->grey + row * picture->width + x, grey, (size_t)width);
}

static void test_a_finder_is_missing(void **state)
{
    (void)state;
    make_symbol(11, 'L');
    struct rig_picture picture = rig_paint(&symbol, &plain);
    cover(&picture, 16, 16, 28, 28, 255);
    expect_failure(&picture, QR_STEP_FINDER, " in 276x276 pixels");
    cover(&picture, 0, 0, 276, 60, 255);
    cover(&picture, 0, 0, 80, 276, 255);
    expect_failure(&picture, QR_STEP_FINDER, " in 276x276 pixels; ");
    cover(&picture, 0, 0, 276, 276, 255);
    cover(&picture, 100, 100, 50, 20, 0);
    expect_failure(&picture, QR_STEP_FINDER, "no finder pattern in 276x276 pixels; 0 candidates");
    free(picture.grey);
}

/* Three finders with nothing between them. */
static void test_timing_is_broken(void **state)
{
    (void)state;
    struct rig_picture picture = blank(276, 276);
    paint_finder(&picture, 16, 16, 4);
    paint_finder(&picture, 16 + 54 * 4, 16, 4);
    paint_finder(&picture, 16, 16 + 54 * 4, 4);
    expect_failure(&picture, QR_STEP_TIMING, "timing broken: of ");
    assert_non_null(strstr(failure.text, " in row 7 and "));
    assert_int_equal(found.size, 0);
    free(picture.grey);
}

static void test_timing_counts_each_line(void **state)
{
    (void)state;
    struct timing timing;
    make_symbol(7, 'L');
    timing_check(&timing, &symbol);
    assert_int_equal(timing.row_wrong + timing.column_wrong, 0);
    assert_true(timing_holds(&timing, &failure));
    for (int i = 8; i < 18; i++)
        symbol.dark[6 * symbol.size + i] ^= 1;
    for (int i = 8; i < 17; i++)
        symbol.dark[i * symbol.size + 6] ^= 1;
    timing_check(&timing, &symbol);
    assert_false(timing_holds(&timing, &failure));
    assert_string_equal(failure.text,
                        "timing broken: of 31 modules a line, 10 are wrong in row 7 and 9 in column 7 of a "
                        "symbol with 45 a side");
}

/* A symbol readable but for its timing patterns is read. */
static void test_timing_is_painted_over(void **state)
{
    (void)state;
    make_symbol(11, 'L');
    struct rig_picture picture = rig_paint(&symbol, &plain);
    cover(&picture, 16 + 4 * 8, 16 + 4 * 6, 4 * 45, 4, 255);
    cover(&picture, 16 + 4 * 6, 16 + 4 * 8, 4, 4 * 45, 255);
    expect_payload(&picture, "no timing");
    free(picture.grey);
}

/* Both copies of the format information. */
static void test_format_is_painted_over(void **state)
{
    (void)state;
    make_symbol(11, 'L');
    struct rig_picture picture = rig_paint(&symbol, &plain);
    for (int at = 0; at < 60; at += 54) {
        int first = at ? 16 + 4 * 53 : 16, length = at ? 4 * 8 : 4 * 6;
        cover(&picture, first, 16 + 4 * 8, length, 4, 255);
        cover(&picture, 16 + 4 * 8, first, 4, length, 255);
    }
    cover(&picture, 16 + 4 * 7, 16 + 4 * 8, 8, 4, 255);
    cover(&picture, 16 + 4 * 8, 16 + 4 * 7, 4, 4, 255);
    expect_failure(&picture, QR_STEP_FORMAT, "of 15 bits are wrong in one copy");
    free(picture.grey);
}

/* What cannot be read but was found can be drawn as it is. */
static void test_unreadable_symbols_are_handed_out(void **state)
{
    (void)state;
    make_symbol(11, 'L');
    struct rig_picture picture = rig_paint(&symbol, &plain);
    cover(&picture, 16 + 4 * 15, 16 + 4 * 15, 4 * 30, 4 * 30, 0);
    expect_failure(&picture, QR_STEP_ERRORS, "too many errors: block 1 of 4 in version 11-L");
    assert_int_equal(found.size, 61);
    assert_memory_equal(found.dark, symbol.dark, 61 * 6);
    cover(&picture, 16, 16 + 4 * 8, 276 - 32, 4, 255); /* both copies of the format information */
    cover(&picture, 16 + 4 * 8, 16, 4, 276 - 32, 255);
    assert_false(read_picture_of(&picture));
    assert_int_equal(found.size, 61);
    free(picture.grey);
}

static void test_base64(void **state)
{
    (void)state;
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    size_t len;
    make_symbol(11, 'L');
    struct rig_picture picture = rig_paint(&symbol, &plain);
    uint8_t *png = rig_png(&picture, &len);
    char *text = malloc(len * 2 + 64), *at = text;
    assert_non_null(text);
    at += strlen(strcpy(at, "data:image/jpeg;base64,"));
    for (size_t i = 0; i + 2 < len; i += 3) {
        unsigned group = (unsigned)png[i] << 16 | (unsigned)png[i + 1] << 8 | png[i + 2];
        for (int shift = 18; shift >= 0; shift -= 6)
            *at++ = digits[group >> shift & 63];
    }
    assert_true(qr_read_base64(&reading, NULL, text, (size_t)(at - text), &failure)); /* the end chunk may be cut off */
    assert_memory_equal(reading.payload, payload, payload_len);
    text[100] = '*';
    assert_false(qr_read_base64(&reading, &found, text, (size_t)(at - text), &failure));
    assert_int_equal(failure.step, QR_STEP_BASE64);
    assert_false(qr_read_base64(&reading, &found, "", 0, &failure));
    assert_int_equal(failure.step, QR_STEP_PNG);
    assert_false(qr_read_base64(&reading, &found, text, (size_t)QR_BASE64_CHARS_MAX + 1, &failure));
    assert_int_equal(failure.step, QR_STEP_BASE64);
    free(text);
    free(png);
    free(picture.grey);
}

static void test_names_of_steps(void **state)
{
    (void)state;
    for (int step = QR_STEP_NONE; step <= QR_STEP_MEMORY; step++)
        assert_string_not_equal(qr_step_name((enum qr_step)step), "unknown");
    assert_string_equal(qr_step_name((enum qr_step)(QR_STEP_MEMORY + 1)), "unknown");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_version_and_level),
        cmocka_unit_test(test_pitches_and_margins),
        cmocka_unit_test(test_turned_mirrored_inverted),
        cmocka_unit_test(test_greys),
        cmocka_unit_test(test_blur_noise_and_shade),
        cmocka_unit_test(test_a_sticker_on_it),
        cmocka_unit_test(test_two_symbols),
        cmocka_unit_test(test_leaning),
        cmocka_unit_test(test_strong_blur),
        cmocka_unit_test(test_mutated_pictures),
        cmocka_unit_test(test_any_turn),
        cmocka_unit_test(test_lone_finders),
        cmocka_unit_test(test_a_hostile_picture_has_a_budget),
        cmocka_unit_test(test_what_a_reading_costs),
        cmocka_unit_test(test_patterns),
        cmocka_unit_test(test_nothing_to_read),
        cmocka_unit_test(test_a_finder_is_missing),
        cmocka_unit_test(test_timing_is_broken),
        cmocka_unit_test(test_timing_counts_each_line),
        cmocka_unit_test(test_timing_is_painted_over),
        cmocka_unit_test(test_format_is_painted_over),
        cmocka_unit_test(test_unreadable_symbols_are_handed_out),
        cmocka_unit_test(test_base64),
        cmocka_unit_test(test_names_of_steps),
    };
    return cmocka_run_group_tests_name("qr_read", tests, NULL, NULL);
}
