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
#define RECTS 7
#define MODULES_MOST 177
#define FRAME 1 /* around a code in a pane */

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
    const struct rect all[RECTS] = {layout->header, layout->list,   layout->code, layout->clocks,
                                    layout->log,   layout->status, layout->hints};
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
    struct layout before = plan(100, 30, 0, with_sextants), after = plan(100, 30, 61, with_sextants);
    assert_memory_equal(&before, &after, sizeof before);
    before = plan(120, 40, 0, with_sextants);
    after = plan(120, 40, 61, with_sextants);
    assert_memory_equal(&before, &after, sizeof before);
    after = plan(120, 40, 57, with_sextants);
    assert_memory_equal(&before, &after, sizeof before);
}

/* Only a drawn code takes its row, and gives it back. */
static void a_header_is_there_unless_a_code_needs_its_row(void **state)
{
    (void)state;
    for (int columns = LAYOUT_MIN_COLUMNS; columns <= COLUMNS_MOST; columns++)
        for (int rows = LAYOUT_MIN_ROWS; rows <= ROWS_MOST; rows++)
            for (int large = 0; large < 2; large++) {
                struct layout_request request = with_sextants;
                request.log_large = large;
                struct layout without = plan(columns, rows, 0, request), with = plan(columns, rows, 61, request);
                if (without.header.rows != 1 || without.header.columns != columns || without.header.y || without.header.x)
                    fail_msg("%dx%d: no header across the screen, though there is no code", columns, rows);
                bool needed = with.code.rows > 0 && with.log.rows < 2;
                if (with.header.columns != columns && !needed)
                    fail_msg("%dx%d: no header across the screen, and no code that needs its row", columns, rows);
                if (is_empty(&with.header) && with.list.columns >= LAYOUT_WIDE_LIST_COLUMNS)
                    fail_msg("%dx%d: no header above a list that has the width", columns, rows);
            }
    assert_int_equal(plan(80, 24, 61, with_sextants).header.rows, 0);
    assert_int_equal(plan(80, 24, 61, without_sextants).header.rows, 1);
}

static void large_window_has_half_blocks_and_a_header(void **state)
{
    (void)state;
    struct layout layout = plan(120, 40, 61, with_sextants);
    assert_int_equal(layout.mode, QR_MODE_HALF);
    assert_int_equal(layout.header.columns, 120);
    assert_int_equal(layout.code.y, 1);
    assert_int_equal(layout.code.columns, 65);
    assert_int_equal(layout.clocks.y, 33);
    assert_int_equal(layout.log.y, 34);
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
    assert_int_equal(layout.log.rows, 21);
    assert_int_equal(layout.code.rows, 0);
    assert_int_equal(layout.mode, -1);
    layout = plan(200, 60, 61, request);
    assert_int_equal(layout.mode, QR_MODE_HALF);
    assert_true(layout.list.rows > 30);
}

/* What the code in a pane may take: all but the frame. */
static struct rect inside(const struct rect *pane)
{
    return (struct rect){pane->y + FRAME, pane->x + FRAME, pane->rows - 2 * FRAME, pane->columns - 2 * FRAME};
}

static bool holds(const struct rect *outer, const struct rect *inner)
{
    return inner->y >= outer->y && inner->x >= outer->x && inner->y + inner->rows <= outer->y + outer->rows &&
           inner->x + inner->columns <= outer->x + outer->columns;
}

/* The panes share the code's rectangle, which overlaps nothing: see check. */
static void check_panes(const struct layout *layout, const struct layout_request *rq)
{
    int columns, rows;
    if (layout->panes == 0)
        return;
    qr_mode_size((enum qr_mode)layout->mode, rq->modules ? rq->modules : LAYOUT_USUAL_MODULES, &rq->terminal, &columns, &rows);
    bool bad = layout->panes < 2 || layout->panes > rq->codes || layout->mode == QR_MODE_PICTURE || !is_empty(&layout->clocks);
    for (int i = 0; i < layout->panes; i++) {
        struct rect here = inside(&layout->pane[i]);
        bad = bad || !holds(&layout->code, &layout->pane[i]) || here.columns < columns || here.rows < rows;
        if (i > 0) {
            struct rect left = inside(&layout->pane[i - 1]);
            bad = bad || here.x - (left.x + left.columns) < LAYOUT_CODE_GAP || overlap(&layout->pane[i - 1], &layout->pane[i]);
        }
    }
    if (bad)
        fail_msg("%dx%d, %d codes of %d modules: the %d panes in mode %d are too near, too small, or outside", rq->columns,
                 rq->rows, rq->codes, rq->modules, layout->panes, layout->mode);
}

static void check_panes_at_all_sizes(struct layout_request request)
{
    static const int modules[] = {0, 21, 57, 61, 65, MODULES_MOST};
    for (size_t i = 0; i < sizeof modules / sizeof *modules; i++)
        for (request.rows = 1; request.rows <= ROWS_MOST; request.rows++)
            for (request.columns = 1; request.columns <= COLUMNS_MOST; request.columns++) {
                struct layout layout;
                request.modules = modules[i];
                layout_plan(&layout, &request);
                check(&layout, request.columns, request.rows, modules[i], &request.terminal);
                check_panes(&layout, &request);
            }
}

static void codes_side_by_side_are_sound(void **state)
{
    struct layout_request request = with_sextants;
    (void)state;
    for (request.codes = 2; request.codes <= LAYOUT_PANES_MAX; request.codes++) {
        request.zoom = false;
        check_panes_at_all_sizes(request);
        request.zoom = true;
        check_panes_at_all_sizes(request);
    }
    request = with_pictures;
    request.codes = LAYOUT_PANES_MAX;
    check_panes_at_all_sizes(request);
    request = without_sextants;
    request.codes = LAYOUT_PANES_MAX;
    request.status_columns = 40;
    check_panes_at_all_sizes(request);
}

static int panes_at(int columns, int rows, int codes, bool zoom)
{
    struct layout_request request = with_sextants;
    request.codes = codes;
    request.zoom = zoom;
    return plan(columns, rows, LAYOUT_USUAL_MODULES, request).panes;
}

/* A larger screen, or a wish for more, never shows fewer. */
static void as_many_codes_as_fit(void **state)
{
    (void)state;
    for (int zoom = 0; zoom < 2; zoom++)
        for (int rows = LAYOUT_MIN_ROWS; rows < ROWS_MOST; rows++)
            for (int columns = LAYOUT_MIN_COLUMNS; columns < COLUMNS_MOST; columns++)
                for (int codes = 2; codes <= LAYOUT_PANES_MAX; codes++) {
                    int panes = panes_at(columns, rows, codes, zoom);
                    if (panes > panes_at(columns + 1, rows, codes, zoom) || panes > panes_at(columns, rows + 1, codes, zoom) ||
                        panes > panes_at(columns, rows, codes + 1, zoom))
                        fail_msg("%dx%d%s: %d of %d codes, and fewer with more room", columns, rows, zoom ? " zoomed" : "", panes,
                                 codes);
                }
}

/* Codes of 33 columns in frames, 6 columns between these; a list of 10 and its border. */
static void codes_come_one_by_one(void **state)
{
    static const struct {
        int columns, panes, zoomed;
    } rows[] = {{80, 0, 2}, {86, 0, 2}, {87, 2, 2}, {117, 2, 3}, {127, 2, 3}, {128, 3, 3}, {158, 3, 4}, {168, 3, 4}, {169, 4, 4}};
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        assert_int_equal(panes_at(rows[i].columns, 25, LAYOUT_PANES_MAX, false), rows[i].panes);
        assert_int_equal(panes_at(rows[i].columns, 25, LAYOUT_PANES_MAX, true), rows[i].zoomed);
        assert_int_equal(panes_at(rows[i].columns, 24, LAYOUT_PANES_MAX, false), 0);
        assert_int_equal(panes_at(rows[i].columns, 25, 1, false), 0);
    }
    assert_int_equal(panes_at(COLUMNS_MOST, ROWS_MOST, 99, false), LAYOUT_PANES_MAX);
}

static void a_large_log_leaves_one_code(void **state)
{
    struct layout_request request = with_sextants;
    (void)state;
    request.codes = 2;
    request.log_large = true;
    assert_int_equal(plan(300, 60, 61, request).panes, 0);
}

/* A line above the log, or the beginning of its only one. */
static void status_takes_of_the_log_alone(void **state)
{
    (void)state;
    for (int columns = 1; columns <= COLUMNS_MOST; columns++)
        for (int rows = 1; rows <= ROWS_MOST; rows++)
            for (int wide = 20; wide < 10000; wide *= 20) {
                struct layout_request request = with_sextants;
                struct layout without = plan(columns, rows, 61, request);
                request.status_columns = wide;
                struct layout with = plan(columns, rows, 61, request);
                check(&with, columns, rows, 61, &request.terminal);
                assert_int_equal(without.status.rows, 0);
                assert_int_equal(with.status.rows, without.log.rows > 0);
                assert_true(without.log.rows == 0 || holds(&without.log, &with.status));
                assert_int_equal(with.status.rows * with.status.columns + with.log.rows * with.log.columns,
                                 without.log.rows * without.log.columns);
                without.log = with.log, without.status = with.status;
                assert_memory_equal(&without, &with, sizeof with);
            }
}

/* However far the operator pushes, the code stays as it is drawn and no panel goes. */
static void wishes_go_as_far_as_there_is_room(void **state)
{
    static const int wishes[] = {-100000, -30, -1, 0, 1, 30, 100000};
    const size_t count = sizeof wishes / sizeof *wishes;
    (void)state;
    for (size_t i = 0; i < count * count; i++)
        for (int columns = LAYOUT_MIN_COLUMNS; columns <= COLUMNS_MOST; columns += 3)
            for (int rows = LAYOUT_MIN_ROWS; rows <= ROWS_MOST; rows++) {
                struct layout_request request = with_sextants;
                struct layout usual = plan(columns, rows, 61, request);
                request.list_wish = wishes[i / count], request.log_wish = wishes[i % count];
                struct layout layout = plan(columns, rows, 61, request);
                check(&layout, columns, rows, 61, &request.terminal);
                if (layout.mode != usual.mode || layout.list.columns < 10 || layout.list.rows < 1 || layout.log.rows < 1)
                    fail_msg("%dx%d, wishes %d and %d: mode %d, list of %d columns, log of %d lines", columns, rows,
                             request.list_wish, request.log_wish, layout.mode, layout.list.columns, layout.log.rows);
            }
}

static void wishes_are_granted(void **state)
{
    struct layout_request request = with_sextants;
    (void)state;
    int list = plan(200, 60, 61, request).list.columns, log = plan(200, 60, 61, request).log.rows;
    request.list_wish = -20;
    assert_int_equal(plan(200, 60, 61, request).list.columns, list - 20);
    request.log_wish = 3;
    assert_int_equal(plan(200, 60, 61, request).log.rows, log + 3);
    request.log_wish = -3;
    assert_int_equal(plan(200, 60, 61, request).log.rows, log - 3);
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
        cmocka_unit_test(a_header_is_there_unless_a_code_needs_its_row),
        cmocka_unit_test(large_window_has_half_blocks_and_a_header),
        cmocka_unit_test(half_blocks_come_as_soon_as_they_fit),
        cmocka_unit_test(below_the_least_size_only_a_sentence_fits),
        cmocka_unit_test(zoom_shows_what_the_panels_leave_no_room_for),
        cmocka_unit_test(large_log_takes_a_small_screen_and_leaves_a_large_one),
        cmocka_unit_test(codes_side_by_side_are_sound),
        cmocka_unit_test(as_many_codes_as_fit),
        cmocka_unit_test(codes_come_one_by_one),
        cmocka_unit_test(a_large_log_leaves_one_code),
        cmocka_unit_test(status_takes_of_the_log_alone),
        cmocka_unit_test(wishes_go_as_far_as_there_is_room),
        cmocka_unit_test(wishes_are_granted),
    };
    return cmocka_run_group_tests_name("layout", tests, NULL, NULL);
}
