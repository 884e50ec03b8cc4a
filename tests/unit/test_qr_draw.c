/* SPDX-License-Identifier: MIT
 * Cells, and the proof that reads them back.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "qr/code.h"
#include "qr/spec.h"
#include "qr_rig.h"

#define V11_PAYLOAD 277

static struct qr_matrix symbol;
static uint8_t payload[3000];

/* A symbol of the version, full at level L. Returns the bytes of its payload. */
static size_t make_symbol(int version)
{
    uint32_t seed = (uint32_t)version;
    size_t len = rig_capacity(version, 'L');
    rig_fill(payload, len, &seed);
    rig_encode(&symbol, payload, len, version, 'L');
    return len;
}

static struct qr_drawing draw(enum qr_mode mode)
{
    struct qr_drawing drawing;
    const struct qr_draw_request request = {.mode = mode, .side = QR_QUIET_SIDE, .top = QR_QUIET_TOP};
    assert_true(qr_draw(&drawing, &symbol, &request));
    return drawing;
}

static void test_every_mode_and_version_proves(void **state)
{
    (void)state;
    for (int version = 1; version <= SPEC_VERSION_MAX; version++) {
        size_t len = make_symbol(version);
        for (int mode = 0; mode < QR_MODE_COUNT; mode++) {
            int columns, rows;
            struct qr_drawing drawing = draw((enum qr_mode)mode);
            qr_mode_size((enum qr_mode)mode, symbol.size, NULL, &columns, &rows);
            assert_int_equal(drawing.columns, columns);
            assert_int_equal(drawing.rows, rows);
            assert_true(qr_drawing_proves(&drawing, payload, len, NULL));
            payload[len / 2] ^= 1;
            assert_false(qr_drawing_proves(&drawing, payload, len, NULL));
            payload[len / 2] ^= 1;
            assert_false(qr_drawing_proves(&drawing, payload, len - 1, NULL));
            qr_drawing_free(&drawing);
            assert_null(drawing.cells);
        }
    }
}

static void test_encoded_payloads_prove(void **state)
{
    (void)state;
    struct qr_failure failure;
    uint32_t seed = 9;
    for (size_t len = 1; len <= 2953; len += len < 40 ? 1 : 97) {
        rig_fill(payload, len, &seed);
        assert_true(qr_encode(&symbol, payload, len, &failure));
        struct qr_drawing drawing = draw(QR_MODE_HALF);
        assert_true(qr_drawing_proves(&drawing, payload, len, NULL));
        qr_drawing_free(&drawing);
    }
}

static void test_encode_bounds(void **state)
{
    (void)state;
    struct qr_failure failure;
    static uint8_t much[2954];
    memset(much, 0xff, sizeof much);
    assert_true(qr_encode(&symbol, much, 2953, &failure));
    assert_int_equal(symbol.size, 177);
    assert_false(qr_encode(&symbol, much, 2954, &failure));
    assert_int_equal(failure.step, QR_STEP_ENCODE);
    assert_int_equal(symbol.size, 0);
    assert_false(qr_encode(&symbol, much, 0, &failure));
    assert_true(qr_encode(&symbol, much, V11_PAYLOAD, &failure));
    assert_int_equal(symbol.size, 61);
}

/* Columns and rows that the layout of the screen counts on. */
static void test_sizes_of_version_11(void **state)
{
    (void)state;
    static const int wanted[QR_MODE_COUNT][2] = {[QR_MODE_HALF] = {65, 32},
                                                 [QR_MODE_WIDE_SEXTANT] = {65, 21},
                                                 [QR_MODE_SEXTANT] = {33, 21},
                                                 [QR_MODE_FULL] = {130, 63}};
    for (int mode = 0; mode < QR_MODE_COUNT; mode++) {
        int columns, rows;
        qr_mode_size((enum qr_mode)mode, 61, NULL, &columns, &rows);
        assert_int_equal(columns, wanted[mode][0]);
        assert_int_equal(rows, wanted[mode][1]);
    }
}

static bool dark_at(int x, int y)
{
    int column = x - QR_QUIET_SIDE, row = y - QR_QUIET_TOP;
    return column >= 0 && row >= 0 && column < symbol.size && row < symbol.size &&
           symbol.dark[row * symbol.size + column];
}

static void test_half_blocks_use_one_glyph(void **state)
{
    (void)state;
    make_symbol(11);
    struct qr_drawing drawing = draw(QR_MODE_HALF);
    for (int i = 0; i < drawing.rows * drawing.columns; i++) {
        bool top = dark_at(i % drawing.columns, i / drawing.columns * 2);
        bool bottom = dark_at(i % drawing.columns, i / drawing.columns * 2 + 1);
        assert_int_equal(drawing.cells[i].glyph, top == bottom ? 0x20 : 0x2580);
        assert_int_equal(drawing.cells[i].light_background, !bottom);
    }
    qr_drawing_free(&drawing);
}

/* The sextants in the order of Unicode: every set of the six but none, all, and the two halves. */
static uint32_t sextant(unsigned marks)
{
    uint32_t glyph = 0x1fb00;
    if (marks == 0)
        return 0x20;
    if (marks == 21)
        return 0x258c;
    if (marks == 42)
        return 0x2590;
    for (unsigned n = 1; n < marks; n++)
        glyph += n != 21 && n != 42;
    return glyph;
}

static void check_sextants(enum qr_mode mode, int across)
{
    struct qr_drawing drawing = draw(mode);
    for (int i = 0; i < drawing.rows * drawing.columns; i++) {
        int x = i % drawing.columns * across, y = i / drawing.columns * 3;
        bool ground = dark_at(x + across - 1, y + 2);
        unsigned marks = 0;
        for (int k = 0; k < 6; k++)
            marks |= (unsigned)(dark_at(across == 2 ? x + k % 2 : x, y + k / 2) != ground) << k;
        assert_int_equal(drawing.cells[i].glyph, sextant(marks));
        assert_int_equal(drawing.cells[i].light_background, !ground);
    }
    qr_drawing_free(&drawing);
}

static void test_sextants(void **state)
{
    (void)state;
    make_symbol(40);
    check_sextants(QR_MODE_WIDE_SEXTANT, 1);
    check_sextants(QR_MODE_SEXTANT, 2);
}

/* The other way to draw a sextant cell: marks and ground exchanged. The proof must see the same. */
static void test_the_proof_sees_every_sextant(void **state)
{
    (void)state;
    size_t len = make_symbol(40);
    struct qr_drawing drawing = draw(QR_MODE_SEXTANT);
    for (int i = 0; i < drawing.rows * drawing.columns; i++) {
        struct qr_cell *cell = &drawing.cells[i];
        for (unsigned marks = 1; marks < 63; marks++) {
            if (cell->glyph != sextant(marks))
                continue;
            *cell = (struct qr_cell){.glyph = sextant(63 - marks), .light_background = !cell->light_background};
            break;
        }
    }
    assert_true(qr_drawing_proves(&drawing, payload, len, NULL));
    qr_drawing_free(&drawing);
}

static void test_quiet_zone_is_raised_and_kept(void **state)
{
    (void)state;
    size_t len = make_symbol(3);
    struct qr_drawing drawing;
    assert_true(qr_draw(&drawing, &symbol, &(struct qr_draw_request){.mode = QR_MODE_HALF, .side = 0, .top = -5}));
    assert_int_equal(drawing.columns, 29 + 4);
    assert_true(qr_drawing_proves(&drawing, payload, len, NULL));
    qr_drawing_free(&drawing);
    assert_true(qr_draw(&drawing, &symbol, &(struct qr_draw_request){.mode = QR_MODE_FULL, .side = 1000000000, .top = 1000000000}));
    assert_int_equal(drawing.columns, 2 * (29 + 2 * QR_QUIET_MAX));
    assert_int_equal(drawing.rows, 29 + 2 * QR_QUIET_MAX);
    assert_true(qr_drawing_proves(&drawing, payload, len, NULL));
    qr_drawing_free(&drawing);
    make_symbol(40);
    assert_true(qr_draw(&drawing, &symbol, &(struct qr_draw_request){.mode = QR_MODE_SEXTANT, .side = QR_QUIET_MAX, .top = QR_QUIET_MAX}));
    assert_true(qr_drawing_proves(&drawing, payload, rig_capacity(40, 'L'), NULL));
    qr_drawing_free(&drawing);
}

/* A single dark module in the quiet zone is no error that may be mended. */
static void test_the_quiet_zone_must_be_light(void **state)
{
    (void)state;
    size_t len = make_symbol(2);
    for (int mode = 0; mode < QR_MODE_COUNT; mode++) {
        const struct qr_mode_info *info = qr_mode_info((enum qr_mode)mode);
        struct qr_drawing drawing = draw((enum qr_mode)mode);
        for (int i = 0; i < drawing.rows * drawing.columns; i++) {
            int x = i % drawing.columns / info->cells * info->across, y = i / drawing.columns * info->down;
            bool quiet = x + info->across <= QR_QUIET_SIDE || y + info->down <= QR_QUIET_TOP ||
                         x >= QR_QUIET_SIDE + symbol.size || y >= QR_QUIET_TOP + symbol.size;
            if (!quiet)
                continue;
            drawing.cells[i].light_background = false;
            assert_false(qr_drawing_proves(&drawing, payload, len, NULL));
            drawing.cells[i].light_background = true;
        }
        assert_true(qr_drawing_proves(&drawing, payload, len, NULL));
        qr_drawing_free(&drawing);
    }
}

/* Takes columns and rows of cells away, and tries to prove what is left. */
static bool proves_cropped(const struct qr_drawing *drawing, int left, int top, int right, int bottom, size_t len)
{
    struct qr_drawing cropped = {
        .mode = drawing->mode, .columns = drawing->columns - left - right, .rows = drawing->rows - top - bottom};
    cropped.cells = malloc((size_t)(cropped.columns * cropped.rows) * sizeof *cropped.cells);
    assert_non_null(cropped.cells);
    for (int row = 0; row < cropped.rows; row++)
        memcpy(cropped.cells + row * cropped.columns, drawing->cells + (row + top) * drawing->columns + left,
               (size_t)cropped.columns * sizeof *cropped.cells);
    bool proves = qr_drawing_proves(&cropped, payload, len, NULL);
    qr_drawing_free(&cropped);
    return proves;
}

static void test_the_quiet_zone_must_be_wide(void **state)
{
    (void)state;
    size_t len = make_symbol(2);
    struct qr_drawing drawing = draw(QR_MODE_FULL);
    assert_true(proves_cropped(&drawing, 0, 0, 0, 0, len));
    assert_false(proves_cropped(&drawing, 2, 0, 0, 0, len));
    assert_false(proves_cropped(&drawing, 0, 1, 0, 0, len));
    assert_false(proves_cropped(&drawing, 0, 0, 2, 0, len));
    assert_false(proves_cropped(&drawing, 0, 0, 0, 1, len));
    qr_drawing_free(&drawing);
}

static void test_glyphs_of_another_mode(void **state)
{
    (void)state;
    static const uint32_t strange[] = {0, '#', 0x2584, 0x2588, 0x1fb3c, 0x1faff, 0xffffffff};
    size_t len = make_symbol(4);
    for (int mode = 0; mode < QR_MODE_COUNT; mode++) {
        struct qr_drawing drawing = draw((enum qr_mode)mode);
        struct qr_cell *cell = &drawing.cells[drawing.columns * drawing.rows / 2], kept = *cell;
        for (size_t i = 0; i < sizeof strange / sizeof strange[0]; i++) {
            cell->glyph = strange[i];
            assert_false(qr_drawing_proves(&drawing, payload, len, NULL));
        }
        *cell = kept;
        if (mode == QR_MODE_WIDE_SEXTANT) {
            cell->glyph = 0x258c;
            assert_false(qr_drawing_proves(&drawing, payload, len, NULL));
        }
        *cell = kept;
        if (mode == QR_MODE_FULL) { /* the two cells of a module must agree */
            cell->light_background = !cell->light_background;
            assert_false(qr_drawing_proves(&drawing, payload, len, NULL));
        }
        qr_drawing_free(&drawing);
    }
}

/* A single wrong cell is mended like any error of a camera; a third of them is more than can be. */
static void test_damage_beyond_correction(void **state)
{
    (void)state;
    size_t len = make_symbol(5);
    for (int mode = 0; mode < QR_MODE_COUNT; mode++) {
        uint32_t seed = 21;
        struct qr_drawing drawing = draw((enum qr_mode)mode);
        int cells = drawing.rows * drawing.columns;
        struct qr_cell *middle = &drawing.cells[drawing.rows / 2 * drawing.columns + drawing.columns / 4 * 2];
        int module_cells = qr_mode_info((enum qr_mode)mode)->cells;
        for (int i = 0; i < module_cells; i++)
            middle[i].light_background = !middle[i].light_background;
        assert_true(qr_drawing_proves(&drawing, payload, len, NULL));
        for (int n = 0; n < cells / 3; n++) {
            struct qr_cell *cell = &drawing.cells[rig_random(&seed) % (uint32_t)cells];
            cell->light_background = !cell->light_background;
        }
        assert_false(qr_drawing_proves(&drawing, payload, len, NULL));
        qr_drawing_free(&drawing);
    }
}

static void test_absurd_drawings(void **state)
{
    (void)state;
    struct qr_cell cells[4] = {
        {.glyph = ' ', .light_background = true}, {.glyph = ' '}, {.glyph = ' '}, {.glyph = ' '}};
    struct qr_drawing drawing = {.mode = QR_MODE_HALF, .columns = 2, .rows = 2, .cells = cells};
    assert_false(qr_drawing_proves(&drawing, (const uint8_t *)"", 0, NULL));
    drawing.columns = 0;
    assert_false(qr_drawing_proves(&drawing, (const uint8_t *)"", 0, NULL));
    drawing.columns = drawing.rows = 1000000;
    assert_false(qr_drawing_proves(&drawing, (const uint8_t *)"", 0, NULL));
    drawing.mode = QR_MODE_COUNT;
    assert_false(qr_drawing_proves(&drawing, (const uint8_t *)"", 0, NULL));
}

static void test_names_of_modes(void **state)
{
    (void)state;
    for (int mode = 0; mode < QR_MODE_COUNT; mode++)
        assert_int_equal(qr_mode_find(qr_mode_info((enum qr_mode)mode)->name), mode);
    assert_int_equal(qr_mode_find("auto"), QR_MODE_AUTO);
    assert_int_equal(qr_mode_find("octant"), -1);
    assert_int_equal(qr_mode_find(""), -1);
    assert_null(qr_mode_info(QR_MODE_AUTO));
}

static void test_the_ladder(void **state)
{
    (void)state;
    const struct qr_terminal best = {.can = {true, true, true}}, plain = {.can = {true, true}}, ascii = {.can = {true}};
    assert_int_equal(qr_mode_pick(QR_MODE_AUTO, 61, 65, 32, &best, 0), QR_MODE_HALF);
    assert_int_equal(qr_mode_pick(QR_MODE_AUTO, 61, 65, 31, &best, 0), QR_MODE_WIDE_SEXTANT);
    assert_int_equal(qr_mode_pick(QR_MODE_AUTO, 61, 65, 21, &best, 0), QR_MODE_WIDE_SEXTANT);
    assert_int_equal(qr_mode_pick(QR_MODE_AUTO, 61, 64, 21, &best, 0), QR_MODE_SEXTANT);
    assert_int_equal(qr_mode_pick(QR_MODE_AUTO, 61, 33, 21, &best, 0), QR_MODE_SEXTANT);
    assert_int_equal(qr_mode_pick(QR_MODE_AUTO, 61, 32, 21, &best, 0), -1);
    assert_int_equal(qr_mode_pick(QR_MODE_AUTO, 61, 80, 20, &best, 0), -1);
    assert_int_equal(qr_mode_pick(QR_MODE_AUTO, 61, 65, 31, &plain, 0), -1);
    assert_int_equal(qr_mode_pick(QR_MODE_AUTO, 61, 200, 100, &ascii, 0), QR_MODE_FULL);
    assert_int_equal(qr_mode_pick(QR_MODE_AUTO, 61, 129, 100, &ascii, 0), -1);
    assert_int_equal(qr_mode_pick(QR_MODE_AUTO, 61, 200, 20, &plain, 0), -1);
    assert_int_equal(qr_mode_pick(QR_MODE_FULL, 61, 130, 63, &ascii, 0), QR_MODE_FULL);
    assert_int_equal(qr_mode_pick(QR_MODE_FULL, 61, 129, 63, &ascii, 0), -1);
    assert_int_equal(qr_mode_pick(QR_MODE_SEXTANT, 61, 200, 100, &plain, 0), -1);
    assert_int_equal(qr_mode_pick(QR_MODE_SEXTANT, 61, 200, 100, &best, 0), QR_MODE_SEXTANT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_mode_and_version_proves),
        cmocka_unit_test(test_encoded_payloads_prove),
        cmocka_unit_test(test_encode_bounds),
        cmocka_unit_test(test_sizes_of_version_11),
        cmocka_unit_test(test_half_blocks_use_one_glyph),
        cmocka_unit_test(test_sextants),
        cmocka_unit_test(test_the_proof_sees_every_sextant),
        cmocka_unit_test(test_quiet_zone_is_raised_and_kept),
        cmocka_unit_test(test_the_quiet_zone_must_be_light),
        cmocka_unit_test(test_the_quiet_zone_must_be_wide),
        cmocka_unit_test(test_glyphs_of_another_mode),
        cmocka_unit_test(test_damage_beyond_correction),
        cmocka_unit_test(test_absurd_drawings),
        cmocka_unit_test(test_names_of_modes),
        cmocka_unit_test(test_the_ladder),
    };
    return cmocka_run_group_tests_name("qr_draw", tests, NULL, NULL);
}
