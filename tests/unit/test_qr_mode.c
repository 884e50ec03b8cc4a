/* SPDX-License-Identifier: MIT
 * The table of modes, and which of them is picked.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "qr/mode.h"

static const struct qr_terminal best = {
    .can = {true, true, true, true, true}, .cell_width = 8, .cell_height = 17};

/* Columns and rows that the layout of the screen counts on. */
static void test_sizes(void **state)
{
    (void)state;
    static const struct {
        enum qr_mode mode;
        int modules, columns, rows;
    } wanted[] = {
        {QR_MODE_HALF, 57, 61, 30},    {QR_MODE_WIDE_SEXTANT, 57, 61, 20}, {QR_MODE_PICTURE, 57, 46, 21},
        {QR_MODE_OCTANT, 57, 31, 15},  {QR_MODE_SEXTANT, 57, 31, 20},      {QR_MODE_FULL, 57, 122, 59},
        {QR_MODE_HALF, 61, 65, 32},    {QR_MODE_WIDE_SEXTANT, 61, 65, 21}, {QR_MODE_PICTURE, 61, 41, 20},
        {QR_MODE_OCTANT, 61, 33, 16},  {QR_MODE_SEXTANT, 61, 33, 21},      {QR_MODE_FULL, 61, 130, 63},
        {QR_MODE_HALF, 65, 69, 34},    {QR_MODE_WIDE_SEXTANT, 65, 69, 23}, {QR_MODE_PICTURE, 65, 44, 21},
        {QR_MODE_OCTANT, 65, 35, 17},  {QR_MODE_SEXTANT, 65, 35, 23},      {QR_MODE_FULL, 65, 138, 67},
        {QR_MODE_PICTURE, 177, 68, 32},
    };
    for (size_t i = 0; i < sizeof wanted / sizeof wanted[0]; i++) {
        int columns, rows;
        qr_mode_size(wanted[i].mode, wanted[i].modules, wanted[i].mode == QR_MODE_PICTURE ? &best : NULL, &columns, &rows);
        assert_int_equal(columns, wanted[i].columns);
        assert_int_equal(rows, wanted[i].rows);
    }
}

static void test_names_of_modes(void **state)
{
    (void)state;
    for (int mode = 0; mode < QR_MODE_COUNT; mode++)
        assert_int_equal(qr_mode_find(qr_mode_info((enum qr_mode)mode)->name), mode);
    assert_int_equal(qr_mode_find("auto"), QR_MODE_AUTO);
    assert_int_equal(qr_mode_find("braille"), -1);
    assert_int_equal(qr_mode_find(""), -1);
    assert_null(qr_mode_info(QR_MODE_AUTO));
}

static int pick(int columns, int rows, const struct qr_terminal *terminal, qr_mode_set barred)
{
    return qr_mode_pick(QR_MODE_AUTO, 61, columns, rows, terminal, barred);
}

static void test_the_ladder(void **state)
{
    (void)state;
    const struct qr_terminal sextants = {.can = {true, true, true}}, plain = {.can = {true, true}},
                             ascii = {.can = {true}};
    assert_int_equal(pick(65, 32, &sextants, 0), QR_MODE_HALF);
    assert_int_equal(pick(65, 31, &sextants, 0), QR_MODE_WIDE_SEXTANT);
    assert_int_equal(pick(65, 21, &sextants, 0), QR_MODE_WIDE_SEXTANT);
    assert_int_equal(pick(64, 21, &sextants, 0), QR_MODE_SEXTANT);
    assert_int_equal(pick(33, 21, &sextants, 0), QR_MODE_SEXTANT);
    assert_int_equal(pick(32, 21, &sextants, 0), -1);
    assert_int_equal(pick(80, 20, &sextants, 0), -1);
    assert_int_equal(pick(65, 31, &plain, 0), -1);
    assert_int_equal(pick(200, 100, &ascii, 0), QR_MODE_FULL);
    assert_int_equal(pick(129, 100, &ascii, 0), -1);
    assert_int_equal(pick(200, 20, &plain, 0), -1);
    assert_int_equal(qr_mode_pick(QR_MODE_FULL, 61, 130, 63, &ascii, 0), QR_MODE_FULL);
    assert_int_equal(qr_mode_pick(QR_MODE_FULL, 61, 129, 63, &ascii, 0), -1);
    assert_int_equal(qr_mode_pick(QR_MODE_SEXTANT, 61, 200, 100, &plain, 0), -1);
    assert_int_equal(qr_mode_pick(QR_MODE_SEXTANT, 61, 200, 100, &sextants, 0), QR_MODE_SEXTANT);
}

/* From the largest window to the smallest on a terminal that can do everything. */
static void test_the_whole_ladder(void **state)
{
    (void)state;
    assert_int_equal(pick(65, 32, &best, 0), QR_MODE_HALF);
    assert_int_equal(pick(65, 31, &best, 0), QR_MODE_WIDE_SEXTANT);
    assert_int_equal(pick(64, 31, &best, 0), QR_MODE_PICTURE);
    assert_int_equal(pick(41, 20, &best, 0), QR_MODE_PICTURE);
    assert_int_equal(pick(40, 20, &best, 0), QR_MODE_OCTANT);
    assert_int_equal(pick(33, 16, &best, 0), QR_MODE_OCTANT);
    assert_int_equal(pick(32, 16, &best, 0), -1);
    struct qr_terminal terminal = best;
    terminal.cell_width = 0;
    assert_int_equal(pick(64, 31, &terminal, 0), QR_MODE_OCTANT);
    terminal.can[QR_ABILITY_OCTANTS] = false;
    assert_int_equal(pick(64, 31, &terminal, 0), QR_MODE_SEXTANT);
    terminal = (struct qr_terminal){.can = {true, true, [QR_ABILITY_PICTURES] = true}, .cell_width = 8, .cell_height = 17};
    assert_int_equal(pick(80, 21, &terminal, 0), QR_MODE_PICTURE);
}

/* A mode whose proof failed gives way to the next; where none is left, to full blocks. */
static void test_barred_modes(void **state)
{
    (void)state;
    static const enum qr_mode order[] = {QR_MODE_HALF,   QR_MODE_WIDE_SEXTANT, QR_MODE_PICTURE,
                                         QR_MODE_OCTANT, QR_MODE_SEXTANT,      QR_MODE_FULL};
    qr_mode_set barred = 0;
    for (size_t i = 0; i < sizeof order / sizeof order[0]; i++) {
        assert_int_equal(pick(200, 100, &best, barred), order[i]);
        barred |= QR_MODE_BIT(order[i]);
        int instead = qr_mode_pick(order[i], 61, 200, 100, &best, barred);
        assert_int_equal(instead, i + 1 < sizeof order / sizeof order[0] ? (int)order[i + 1] : -1);
    }
    assert_int_equal(pick(200, 100, &best, barred & ~QR_MODE_BIT(QR_MODE_SEXTANT)), QR_MODE_SEXTANT);
    assert_int_equal(qr_mode_pick(QR_MODE_OCTANT, 61, 200, 100, &best, QR_MODE_BIT(QR_MODE_HALF)), QR_MODE_OCTANT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sizes),
        cmocka_unit_test(test_names_of_modes),
        cmocka_unit_test(test_the_ladder),
        cmocka_unit_test(test_the_whole_ladder),
        cmocka_unit_test(test_barred_modes),
    };
    return cmocka_run_group_tests_name("qr_mode", tests, NULL, NULL);
}
