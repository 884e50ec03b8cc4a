/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "core/log.h"

static void newest_line_comes_first(void **state)
{
    struct log *log = log_new();
    (void)state;
    assert_null(log_line(log, 0));
    log_add(log, 1, LOG_INFO, "a", "first");
    log_add(log, 2, LOG_WARN, "b", "second");
    assert_int_equal(log_count(log), 2);
    assert_string_equal(log_line(log, 0)->text, "second");
    assert_string_equal(log_line(log, 1)->label, "a");
    assert_null(log_line(log, 2));
    log_free(&log);
    assert_null(log);
}

static void oldest_lines_go(void **state)
{
    struct log *log = log_new();
    char text[32];
    (void)state;
    for (int i = 0; i < LOG_LINES + 5; i++) {
        snprintf(text, sizeof text, "line %d", i);
        log_add(log, i, LOG_INFO, "", text);
    }
    assert_int_equal(log_count(log), LOG_LINES);
    assert_int_equal(log_total(log), LOG_LINES + 5);
    assert_string_equal(log_line(log, LOG_LINES - 1)->text, "line 5");
    log_free(&log);
}

static void long_text_is_cut_not_overrun(void **state)
{
    struct log *log = log_new();
    char text[LOG_TEXT_MAX + 50];
    (void)state;
    memset(text, 'x', sizeof text);
    text[sizeof text - 1] = '\0';
    log_add(log, 0, LOG_ERROR, text, text);
    assert_int_equal(strlen(log_line(log, 0)->text), LOG_TEXT_MAX - 1);
    assert_int_equal(strlen(log_line(log, 0)->label), LOG_LABEL_MAX - 1);
    assert_string_equal(log_level_name(log_line(log, 0)->level), "error");
    log_free(&log);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(newest_line_comes_first),
        cmocka_unit_test(oldest_lines_go),
        cmocka_unit_test(long_text_is_cut_not_overrun),
    };
    return cmocka_run_group_tests_name("log", tests, NULL, NULL);
}
