/* SPDX-License-Identifier: MIT
 * The fit advisor: every line names what is needed, what there is, and what helps.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "ui/advise.h"

#define KNOWN {.can = true, .sure = true, .why = "known"}
#define UNSURE {.can = true, .sure = false, .why = "assumed"}
#define MAYBE {.can = false, .sure = false, .why = "not known"}
#define NEVER {.can = false, .sure = true, .why = "this C library does not know them"}

static const struct ui_ability unknown_terminal[QR_ABILITY_COUNT] = {KNOWN, UNSURE, MAYBE, NEVER, NEVER};
static const struct ui_ability sextants_known[QR_ABILITY_COUNT] = {KNOWN, KNOWN, KNOWN, NEVER, NEVER};
static const struct ui_ability no_utf8[QR_ABILITY_COUNT] = {KNOWN, NEVER, NEVER, NEVER, NEVER};

static struct advise_request request_of(const struct ui_ability *abilities, enum qr_mode wish, int columns, int rows)
{
    struct advise_request request = {
        .layout = {.columns = columns, .rows = rows, .modules = 61, .wish = wish},
        .abilities = abilities,
        .mode_key = "m",
        .zoom_key = "z",
    };
    for (int i = 0; i < QR_ABILITY_COUNT; i++)
        request.layout.terminal.can[i] = abilities[i].can;
    return request;
}

static void assert_advice(const struct advise_request *request, const char *wanted)
{
    char line[512];
    advise_fit(line, sizeof line, request);
    assert_string_equal(line, wanted);
}

static void names_a_mode_that_fits(void **state)
{
    (void)state;
    struct advise_request request = request_of(sextants_known, QR_MODE_HALF, 80, 24);
    assert_advice(&request, "half blocks need 65x32, this window has 80x24: wide sextants fit (65x21), press m");
    request = request_of(sextants_known, QR_MODE_FULL, 120, 40);
    assert_advice(&request, "full blocks need 130x63, this window has 120x40: half blocks fit (65x32), press m");
}

static void names_a_mode_that_may_fit(void **state)
{
    (void)state;
    struct advise_request request = request_of(unknown_terminal, QR_MODE_AUTO, 80, 24);
    assert_advice(&request, "half blocks need 65x32, this window has 80x24: wide sextants would fit (65x21) if this "
                            "terminal draws them, press m to see");
}

static void names_zoom_where_only_the_panels_are_in_the_way(void **state)
{
    (void)state;
    struct advise_request request = request_of(unknown_terminal, QR_MODE_AUTO, 80, 33);
    assert_advice(&request, "half blocks need 65x32 and with the panels a window of 80x34, this one has 80x33: alone on "
                            "the screen they fit, press z");
}

static void names_the_window_when_nothing_else_helps(void **state)
{
    (void)state;
    struct advise_request request = request_of(no_utf8, QR_MODE_AUTO, 100, 40);
    char line[512];
    int columns, rows;
    assert_true(advise_window(&request, &columns, &rows));
    advise_fit(line, sizeof line, &request);
    assert_non_null(strstr(line, "full blocks need 130x63, this window has 100x40: enlarge it to "));
    request.layout.columns = columns;
    request.layout.rows = rows;
    struct layout layout;
    layout_plan(&layout, &request.layout);
    assert_int_equal(layout.mode, QR_MODE_FULL);
    request.layout.rows--;
    layout_plan(&layout, &request.layout);
    assert_int_equal(layout.mode, -1);
}

static void counts_the_clocks_of_a_zoomed_code(void **state)
{
    (void)state;
    struct advise_request request = request_of(sextants_known, QR_MODE_HALF, 66, 30);
    request.layout.zoom = true;
    assert_advice(&request, "half blocks and a line of clocks need 65x33, this window has 66x30: wide sextants fit "
                            "(65x21), press m");
}

static void says_why_a_mode_is_impossible(void **state)
{
    (void)state;
    struct advise_request request = request_of(no_utf8, QR_MODE_WIDE_SEXTANT, 200, 80);
    assert_advice(&request, "wide sextants cannot be drawn here (this C library does not know them): full blocks fit "
                            "(130x63), press m");
    int columns, rows;
    assert_false(advise_window(&request, &columns, &rows));
}

static void leaves_out_modes_whose_proof_failed(void **state)
{
    (void)state;
    struct advise_request request = request_of(sextants_known, QR_MODE_HALF, 80, 24);
    request.layout.barred = QR_MODE_BIT(QR_MODE_WIDE_SEXTANT);
    assert_advice(&request, "half blocks need 65x32, this window has 80x24: sextants fit (33x21), press m");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_a_mode_that_fits),
        cmocka_unit_test(names_a_mode_that_may_fit),
        cmocka_unit_test(names_zoom_where_only_the_panels_are_in_the_way),
        cmocka_unit_test(names_the_window_when_nothing_else_helps),
        cmocka_unit_test(counts_the_clocks_of_a_zoomed_code),
        cmocka_unit_test(says_why_a_mode_is_impossible),
        cmocka_unit_test(leaves_out_modes_whose_proof_failed),
    };
    return cmocka_run_group_tests_name("advise", tests, NULL, NULL);
}
