/* SPDX-License-Identifier: MIT
 * Views of the log: they filter, search, and hold their place while lines come in.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "core/logview.h"

static int setup(void **state)
{
    *state = log_new();
    return *state ? 0 : -1;
}

static int teardown(void **state)
{
    struct log *log = *state;
    log_free(&log);
    return 0;
}

static void fill(struct log *log, int from, int to)
{
    char text[32];
    for (int i = from; i < to; i++) {
        snprintf(text, sizeof text, "line %d", i);
        log_add(log, i, i % 10 == 0 ? LOG_WARN : LOG_INFO, i % 2 ? "one" : "two", text);
    }
}

static const char *selected(const struct logview *view, const struct log *log)
{
    const struct log_line *line = logview_selected(view, log);
    return line ? line->text : "";
}

static void it_follows_the_newest_line(void **state)
{
    struct log *log = *state;
    struct logview view = {0};
    struct logview_page page;
    assert_string_equal(selected(&view, log), "");
    fill(log, 0, 30);
    logview_page(&view, log, 10, &page);
    assert_int_equal(page.count, 10);
    assert_string_equal(page.lines[9]->text, "line 29");
    assert_int_equal(page.selected, 9);
    fill(log, 30, 31);
    assert_string_equal(selected(&view, log), "line 30");
}

static void frozen_it_does_not_move(void **state)
{
    struct log *log = *state;
    struct logview view = {0};
    struct logview_page page;
    fill(log, 0, 100);
    logview_move(&view, log, -1, 10);
    assert_string_equal(selected(&view, log), "line 98");
    fill(log, 100, 600);
    logview_page(&view, log, 10, &page);
    assert_string_equal(page.lines[9]->text, "line 98");
    assert_int_equal(page.newer, 501);
    logview_move(&view, log, 100000, 10);
    assert_false(view.frozen);
    logview_freeze(&view, log, true);
    fill(log, 600, 601);
    assert_string_equal(selected(&view, log), "line 599");
    logview_freeze(&view, log, false);
    assert_string_equal(selected(&view, log), "line 600");
}

static void a_line_that_leaves_the_log_gives_way_to_the_oldest(void **state)
{
    struct log *log = *state;
    struct logview view = {0};
    fill(log, 0, 50);
    logview_move(&view, log, -40, 5);
    fill(log, 50, LOG_LINES + 100);
    assert_string_equal(selected(&view, log), "line 100");
}

static void the_oldest_page_is_full_and_single_steps_walk_on_it(void **state)
{
    struct log *log = *state;
    struct logview view = {0};
    struct logview_page page;
    fill(log, 0, 30);
    logview_move(&view, log, -1000, 10);
    logview_page(&view, log, 10, &page);
    assert_string_equal(page.lines[0]->text, "line 0");
    assert_int_equal(page.selected, 9);
    logview_move(&view, log, -1, 10);
    logview_page(&view, log, 10, &page);
    assert_string_equal(page.lines[0]->text, "line 0");
    assert_int_equal(page.selected, 8);
    for (int i = 0; i < 20; i++)
        logview_move(&view, log, -1, 10);
    assert_string_equal(selected(&view, log), "line 0");
}

static void levels_and_instances_are_chosen(void **state)
{
    struct log *log = *state;
    struct logview view = {.least = LOG_WARN};
    fill(log, 0, 100);
    assert_int_equal(logview_count(&view, log), 10);
    assert_string_equal(logview_line(&view, log, 0)->text, "line 0");
    assert_null(logview_line(&view, log, 10));
    snprintf(view.label, sizeof view.label, "one");
    assert_int_equal(logview_count(&view, log), 0);
    assert_null(logview_selected(&view, log));
    logview_move(&view, log, -1, 5);
    view.least = LOG_INFO;
    assert_int_equal(logview_count(&view, log), 50);
}

static void search_goes_up_and_around(void **state)
{
    struct log *log = *state;
    struct logview view = {0};
    struct logview_page page;
    bool wrapped = false;
    fill(log, 0, 100);
    snprintf(view.search, sizeof view.search, "LINE 9");
    assert_true(logview_find(&view, log, true, &wrapped));
    assert_string_equal(selected(&view, log), "line 99");
    for (int i = 0; i < 10; i++)
        assert_true(logview_find(&view, log, false, &wrapped));
    assert_string_equal(selected(&view, log), "line 9");
    assert_false(wrapped);
    logview_page(&view, log, 10, &page);
    assert_int_equal(page.match, 11);
    assert_int_equal(page.matches, 11);
    assert_true(logview_find(&view, log, false, &wrapped));
    assert_true(wrapped);
    assert_string_equal(selected(&view, log), "line 99");
    snprintf(view.search, sizeof view.search, "nothing");
    assert_false(logview_find(&view, log, false, &wrapped));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(it_follows_the_newest_line, setup, teardown),
        cmocka_unit_test_setup_teardown(frozen_it_does_not_move, setup, teardown),
        cmocka_unit_test_setup_teardown(a_line_that_leaves_the_log_gives_way_to_the_oldest, setup, teardown),
        cmocka_unit_test_setup_teardown(the_oldest_page_is_full_and_single_steps_walk_on_it, setup, teardown),
        cmocka_unit_test_setup_teardown(levels_and_instances_are_chosen, setup, teardown),
        cmocka_unit_test_setup_teardown(search_goes_up_and_around, setup, teardown),
    };
    return cmocka_run_group_tests_name("logview", tests, NULL, NULL);
}
