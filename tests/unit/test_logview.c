/* SPDX-License-Identifier: MIT
 * What a view of the log shows, and that it keeps its place.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "core/logview.h"

#define ROWS 5

static void add(struct log *log, enum log_level level, const char *label, const char *text)
{
    log_add(log, 0, level, label, text);
}

/* "line 0" to "line N-1"; every third is a warning, every other one is of sales-eu, else of support. */
static void add_many(struct log *log, int from, int to)
{
    char text[32];
    for (int i = from; i < to; i++) {
        snprintf(text, sizeof text, "line %d", i);
        add(log, i % 3 ? LOG_INFO : LOG_WARN, i % 2 ? "sales-eu" : "support", text);
    }
}

static int set_up(void **state)
{
    *state = log_new();
    return *state ? 0 : -1;
}

static int tear_down(void **state)
{
    log_free((struct log **)state);
    return 0;
}

static const char *selected(const struct logview *view, const struct log *log)
{
    const struct log_line *line = logview_selected(view, log);
    return line ? line->text : "";
}

/* The page's first and last line, and the line of the selection in it. */
static void expect_page(const struct logview *view, const struct log *log, const char *first, const char *last, size_t row)
{
    struct logview_page page;
    logview_page(view, log, ROWS, &page);
    assert_true(page.count > 0 && page.count <= ROWS);
    assert_string_equal(page.lines[0]->text, first);
    assert_string_equal(page.lines[page.count - 1]->text, last);
    assert_int_equal(page.selected, row);
    assert_string_equal(page.lines[page.selected]->text, selected(view, log));
}

static void empty_log_has_an_empty_page(void **state)
{
    struct logview view = {.search = "x"};
    struct logview_page page;
    bool wrapped;
    uint64_t number = 0;
    logview_page(&view, *state, ROWS, &page);
    assert_int_equal(page.count, 0);
    assert_int_equal(page.selected, page.count);
    logview_move(&view, *state, -1, ROWS);
    logview_freeze(&view, *state, true);
    assert_false(view.frozen);
    assert_false(logview_find(&view, *state, true, &wrapped));
    assert_null(logview_selected(&view, *state));
    assert_null(logview_next(&view, *state, &number));
}

static void follows_the_newest_line(void **state)
{
    struct log *log = *state;
    struct logview view = {0};
    add_many(log, 0, 3);
    expect_page(&view, log, "line 0", "line 2", 2);
    add_many(log, 3, 20);
    expect_page(&view, log, "line 15", "line 19", 4);
}

static void frozen_view_does_not_move(void **state)
{
    struct log *log = *state;
    struct logview view = {0};
    struct logview_page page;
    add_many(log, 0, 20);
    logview_freeze(&view, log, true);
    add_many(log, 20, 32);
    expect_page(&view, log, "line 15", "line 19", 4);
    logview_page(&view, log, ROWS, &page);
    assert_int_equal(page.newer, 12);
    logview_freeze(&view, log, false);
    expect_page(&view, log, "line 27", "line 31", 4);
}

static void frozen_line_that_the_ring_drops_gives_way_to_the_oldest(void **state)
{
    struct log *log = *state;
    struct logview view = {0};
    add_many(log, 0, 20);
    logview_freeze(&view, log, true);
    add_many(log, 20, LOG_LINES + 15);
    assert_string_equal(selected(&view, log), "line 19");
    add_many(log, LOG_LINES + 15, LOG_LINES + 100);
    expect_page(&view, log, "line 100", "line 104", 0);
}

static void moves_by_lines_and_pages(void **state)
{
    struct log *log = *state;
    struct logview view = {0};
    add_many(log, 0, 20);
    logview_move(&view, log, -1, ROWS);
    expect_page(&view, log, "line 14", "line 18", 4);
    assert_true(view.frozen);
    logview_move(&view, log, -1000000, ROWS);
    expect_page(&view, log, "line 0", "line 4", 4);
    logview_move(&view, log, -1, ROWS);
    expect_page(&view, log, "line 0", "line 4", 3);
    logview_move(&view, log, -1000000, ROWS);
    expect_page(&view, log, "line 0", "line 4", 3);
    for (int i = 0; i < 9; i++)
        logview_move(&view, log, -1, ROWS);
    expect_page(&view, log, "line 0", "line 4", 0);
    logview_move(&view, log, 5, ROWS);
    expect_page(&view, log, "line 1", "line 5", 4);
    logview_move(&view, log, 1000000, ROWS);
    expect_page(&view, log, "line 15", "line 19", 4);
    assert_false(view.frozen);
}

/* A screen that is too small shows no line: the selection stays one that is there. */
static void moves_without_rows(void **state)
{
    struct log *log = *state;
    struct logview view = {0};
    add_many(log, 0, 20);
    logview_move(&view, log, -1000000, 0);
    assert_int_equal(view.at, 0);
    assert_string_equal(selected(&view, log), "line 0");
}

static void level_and_instance_filter(void **state)
{
    struct log *log = *state;
    struct logview view = {.least = LOG_WARN};
    struct logview_page page;
    add_many(log, 0, 20);
    expect_page(&view, log, "line 6", "line 18", 4);
    snprintf(view.label, sizeof view.label, "sales-eu");
    expect_page(&view, log, "line 3", "line 15", 2);
    view.least = LOG_ERROR;
    logview_page(&view, log, ROWS, &page);
    assert_int_equal(page.count, 0);
    add(log, LOG_ERROR, "support", "another's");
    add(log, LOG_ERROR, "sales-eu2", "a longer name");
    add(log, LOG_ERROR, "sales-eu", "broken");
    expect_page(&view, log, "broken", "broken", 0);
}

/* A line that a new filter hides gives way to the next older one; without the filter it is selected again. */
static void filter_keeps_the_place(void **state)
{
    struct log *log = *state;
    struct logview view = {0};
    add_many(log, 0, 20);
    logview_move(&view, log, -5, ROWS);
    assert_string_equal(selected(&view, log), "line 14");
    view.least = LOG_WARN;
    assert_string_equal(selected(&view, log), "line 12");
    view.least = LOG_INFO;
    assert_string_equal(selected(&view, log), "line 14");
}

static void search_goes_to_older_lines_and_wraps(void **state)
{
    struct log *log = *state;
    struct logview view = {.search = "TLS"};
    bool wrapped = true;
    add(log, LOG_WARN, "a", "no tls here");
    add_many(log, 0, 3);
    add(log, LOG_WARN, "a", "Tls once more");
    add_many(log, 3, 6);
    assert_true(logview_find(&view, log, true, &wrapped));
    assert_false(wrapped);
    assert_string_equal(selected(&view, log), "Tls once more");
    assert_true(logview_find(&view, log, false, &wrapped));
    assert_false(wrapped);
    assert_string_equal(selected(&view, log), "no tls here");
    assert_true(logview_find(&view, log, false, &wrapped));
    assert_true(wrapped);
    assert_string_equal(selected(&view, log), "Tls once more");
    snprintf(view.search, sizeof view.search, "sslv2");
    assert_false(logview_find(&view, log, true, &wrapped));
    assert_string_equal(selected(&view, log), "Tls once more");
}

/* The selected line counts only where it shall: while one types. */
static void search_from_here_or_further(void **state)
{
    struct log *log = *state;
    struct logview view = {.search = "line"};
    bool wrapped;
    add_many(log, 0, 3);
    assert_true(logview_find(&view, log, true, &wrapped));
    assert_string_equal(selected(&view, log), "line 2");
    assert_true(logview_find(&view, log, false, &wrapped));
    assert_string_equal(selected(&view, log), "line 1");
}

static void search_looks_at_labels_and_only_at_lines_of_the_view(void **state)
{
    struct log *log = *state;
    struct logview view = {.search = "SALES", .least = LOG_WARN};
    struct logview_page page;
    bool wrapped;
    add_many(log, 0, 20);
    assert_true(logview_find(&view, log, true, &wrapped));
    assert_string_equal(selected(&view, log), "line 15");
    assert_true(logview_find(&view, log, false, &wrapped));
    logview_page(&view, log, ROWS, &page);
    assert_int_equal(page.match, 2);
    assert_int_equal(page.matches, 3);
    logview_move(&view, log, 1, ROWS);
    logview_page(&view, log, ROWS, &page);
    assert_int_equal(page.match, 0);
}

static void lines_are_walked_oldest_first(void **state)
{
    struct log *log = *state;
    struct logview view = {.least = LOG_WARN};
    const struct log_line *line;
    uint64_t number = 0;
    size_t count = 0;
    char text[32];
    add_many(log, 0, LOG_LINES + 4);
    while ((line = logview_next(&view, log, &number))) {
        snprintf(text, sizeof text, "line %zu", 6 + 3 * count++);
        assert_string_equal(line->text, text);
    }
    assert_int_equal(count, (LOG_LINES + 1 - 6) / 3 + 1);
    assert_null(logview_next(&view, log, &number));
}

static void page_is_bounded(void **state)
{
    struct logview view = {0};
    struct logview_page page;
    add_many(*state, 0, LOG_LINES);
    logview_page(&view, *state, SIZE_MAX, &page);
    assert_int_equal(page.count, LOGVIEW_ROWS_MAX);
    assert_int_equal(page.selected, LOGVIEW_ROWS_MAX - 1);
}

int main(void)
{
#define WITH_LOG(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        WITH_LOG(empty_log_has_an_empty_page),
        WITH_LOG(follows_the_newest_line),
        WITH_LOG(frozen_view_does_not_move),
        WITH_LOG(frozen_line_that_the_ring_drops_gives_way_to_the_oldest),
        WITH_LOG(moves_by_lines_and_pages),
        WITH_LOG(moves_without_rows),
        WITH_LOG(level_and_instance_filter),
        WITH_LOG(filter_keeps_the_place),
        WITH_LOG(search_goes_to_older_lines_and_wraps),
        WITH_LOG(search_from_here_or_further),
        WITH_LOG(search_looks_at_labels_and_only_at_lines_of_the_view),
        WITH_LOG(lines_are_walked_oldest_first),
        WITH_LOG(page_is_bounded),
    };
#undef WITH_LOG
    return cmocka_run_group_tests_name("logview", tests, NULL, NULL);
}
