/* SPDX-License-Identifier: MIT
 * The screen's arithmetic over all sizes from 1x1 to 300x100.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "ui/layout.h"

#define COLUMNS_MOST 300
#define ROWS_MOST 100
#define RECTS 6

static struct layout plan(int columns, int rows, int modules, struct layout_request more)
{
    struct layout layout;
    more.columns = columns;
    more.rows = rows;
    more.modules = modules;
    layout_plan(&layout, &more);
    return layout;
}

static const struct layout_request with_sextants = {.wish = QR_MODE_AUTO, .terminal = {.can = {true, true, true}}};
static const struct layout_request without_sextants = {.wish = QR_MODE_AUTO, .terminal = {.can = {true, true}}};

static const struct layout_request with_pictures = {
    .wish = QR_MODE_PICTURE,
    .terminal = {.can = {true, true, [QR_ABILITY_PICTURES] = true}, .cell_width = 8, .cell_height = 17}};

static void collect(const struct layout *layout, struct rect rects[RECTS])
{
    const struct rect all[RECTS] = {layout->title,  layout->list, layout->code,
                                      layout->clocks, layout->log,  layout->hints};
    for (int i = 0; i < RECTS; i++)
        rects[i] = all[i];
}

static bool is_empty(const struct rect *r)
{
    return r->rows == 0 || r->columns == 0;
}

static bool overlap(const struct rect *a, const struct rect *b)
{
    return !is_empty(a) && !is_empty(b) && a->y < b->y + b->rows && b->y < a->y + a->rows && a->x < b->x + b->columns &&
           b->x < a->x + a->columns;
}

static bool code_is_whole(const struct layout *layout, int modules, const struct qr_terminal *terminal)
{
    int columns, rows;
    if (layout->mode < 0)
        return true;
    qr_mode_size((enum qr_mode)layout->mode, modules, terminal, &columns, &rows);
    return columns <= layout->code.columns && rows <= layout->code.rows;
}

static void check(const struct layout *layout, int columns, int rows, int modules, const struct qr_terminal *terminal)
{
    struct rect rects[RECTS];
    collect(layout, rects);
    bool bad = modules > 0 && !code_is_whole(layout, modules, terminal);
    for (int i = 0; i < RECTS; i++) {
        const struct rect *r = &rects[i];
        bad = bad || r->y < 0 || r->x < 0 || r->rows < 0 || r->columns < 0 || r->y + r->rows > rows ||
              r->x + r->columns > columns;
        for (int j = 0; j < i; j++)
            bad = bad || overlap(r, &rects[j]);
    }
    if (bad)
        fail_msg("%dx%d, %d modules, mode %d: a panel is outside, overlaps, or clips the code", columns, rows, modules,
                 layout->mode);
}

static void check_all_sizes(struct layout_request request)
{
    static const int modules[] = {0, 21, 53, 57, 61, 65, 69, 177};
    for (int columns = 1; columns <= COLUMNS_MOST; columns++)
        for (int rows = 1; rows <= ROWS_MOST; rows++)
            for (size_t i = 0; i < sizeof modules / sizeof modules[0]; i++) {
                struct layout layout = plan(columns, rows, modules[i], request);
                check(&layout, columns, rows, modules[i], &request.terminal);
            }
}

static void every_size_is_sound(void **state)
{
    (void)state;
    check_all_sizes(with_sextants);
    check_all_sizes(without_sextants);
    check_all_sizes(with_pictures);
}

static void every_size_is_sound_zoomed_or_with_large_log(void **state)
{
    (void)state;
    struct layout_request request = with_sextants;
    request.zoom = true;
    check_all_sizes(request);
    request.terminal.can[QR_ABILITY_SEXTANTS] = false;
    check_all_sizes(request);
    request.zoom = false;
    request.log_large = true;
    check_all_sizes(request);
}

static void every_wish_is_sound(void **state)
{
    (void)state;
    struct layout_request request = with_sextants;
    for (int wish = 0; wish < QR_MODE_COUNT; wish++) {
        request.wish = (enum qr_mode)wish;
        check_all_sizes(request);
    }
}

static void small_window_keeps_all_panels(void **state)
{
    (void)state;
    struct layout layout = plan(80, 24, 61, with_sextants);
    assert_int_equal(layout.mode, QR_MODE_WIDE_SEXTANT);
    assert_int_equal(layout.list.columns, 14);
    assert_int_equal(layout.code.x, 15);
    assert_int_equal(layout.code.columns, 65);
    assert_int_equal(layout.code.rows, 21);
    assert_int_equal(layout.clocks.y, 21);
    assert_int_equal(layout.log.y, 22);
    assert_int_equal(layout.log.rows, 1);
    assert_int_equal(layout.hints.y, 23);
}

static void hints_give_way_inside_tmux(void **state)
{
    (void)state;
    struct layout layout = plan(80, 23, 61, with_sextants);
    assert_int_equal(layout.mode, QR_MODE_WIDE_SEXTANT);
    assert_int_equal(layout.hints.rows, 0);
    assert_int_equal(layout.log.rows, 1);
    layout = plan(80, 23, 0, with_sextants);
    assert_int_equal(layout.hints.rows, 1);
}

static void a_code_moves_nothing_when_it_comes(void **state)
{
    (void)state;
    struct layout before = plan(80, 24, 0, with_sextants), after = plan(80, 24, 61, with_sextants);
    assert_memory_equal(&before, &after, sizeof before);
    before = plan(120, 40, 0, with_sextants);
    after = plan(120, 40, 61, with_sextants);
    assert_memory_equal(&before, &after, sizeof before);
    after = plan(120, 40, 57, with_sextants);
    assert_memory_equal(&before, &after, sizeof before);
}

static void large_window_has_half_blocks_and_a_title(void **state)
{
    (void)state;
    struct layout layout = plan(120, 40, 61, with_sextants);
    assert_int_equal(layout.mode, QR_MODE_HALF);
    assert_int_equal(layout.title.rows, 1);
    assert_int_equal(layout.code.y, 0);
    assert_int_equal(layout.code.columns, 65);
    assert_int_equal(layout.clocks.y, 32);
    assert_int_equal(layout.log.y, 33);
    assert_int_equal(layout.hints.y, 39);
}

static void half_blocks_come_as_soon_as_they_fit(void **state)
{
    (void)state;
    assert_int_equal(plan(80, 34, 61, without_sextants).mode, QR_MODE_HALF);
    assert_int_equal(plan(80, 33, 61, without_sextants).mode, -1);
    assert_true(plan(80, 33, 61, without_sextants).zoom_would_fit);
    assert_int_equal(plan(80, 35, 61, with_sextants).mode, QR_MODE_HALF);
}

static void below_the_least_size_only_a_sentence_fits(void **state)
{
    (void)state;
    assert_true(plan(79, 24, 61, with_sextants).too_small);
    assert_true(plan(80, 22, 61, with_sextants).too_small);
    assert_true(plan(80, 22, 61, with_sextants).zoom_would_fit);
    assert_false(plan(80, 23, 61, with_sextants).too_small);
}

static void zoom_shows_what_the_panels_leave_no_room_for(void **state)
{
    (void)state;
    struct layout_request request = with_sextants;
    struct layout layout = plan(80, 24, 65, request);
    assert_int_equal(layout.mode, -1);
    assert_true(layout.zoom_would_fit);
    request.zoom = true;
    layout = plan(80, 24, 65, request);
    assert_int_equal(layout.mode, QR_MODE_WIDE_SEXTANT);
    assert_int_equal(layout.clocks.y, 23);
    layout = plan(80, 24, 69, request);
    assert_int_equal(layout.mode, QR_MODE_WIDE_SEXTANT);
    assert_int_equal(layout.code.x, 1);
    assert_int_equal(layout.clocks.x, 74);
    assert_false(plan(80, 22, 61, request).too_small);
}

static void large_log_takes_a_small_screen_and_leaves_a_large_one(void **state)
{
    (void)state;
    struct layout_request request = with_sextants;
    request.log_large = true;
    struct layout layout = plan(80, 24, 61, request);
    assert_int_equal(layout.log.rows, 22);
    assert_int_equal(layout.code.rows, 0);
    assert_int_equal(layout.mode, -1);
    layout = plan(200, 60, 61, request);
    assert_int_equal(layout.mode, QR_MODE_HALF);
    assert_true(layout.list.rows > 30);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_size_is_sound),
        cmocka_unit_test(every_size_is_sound_zoomed_or_with_large_log),
        cmocka_unit_test(every_wish_is_sound),
        cmocka_unit_test(small_window_keeps_all_panels),
        cmocka_unit_test(hints_give_way_inside_tmux),
        cmocka_unit_test(a_code_moves_nothing_when_it_comes),
        cmocka_unit_test(large_window_has_half_blocks_and_a_title),
        cmocka_unit_test(half_blocks_come_as_soon_as_they_fit),
        cmocka_unit_test(below_the_least_size_only_a_sentence_fits),
        cmocka_unit_test(zoom_shows_what_the_panels_leave_no_room_for),
        cmocka_unit_test(large_log_takes_a_small_screen_and_leaves_a_large_one),
    };
    return cmocka_run_group_tests_name("layout", tests, NULL, NULL);
}
