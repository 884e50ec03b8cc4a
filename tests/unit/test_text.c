/* SPDX-License-Identifier: MIT */
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "core/text.h"

static void assert_cleaned(const char *src, const char *expected)
{
    char out[256];
    size_t n = text_clean(out, sizeof out, src, strlen(src), NULL);
    assert_string_equal(out, expected);
    assert_int_equal(n, strlen(expected));
}

static void controls_become_question_marks(void **state)
{
    (void)state;
    assert_cleaned("a\033[2Jb", "a?[2Jb");
    assert_cleaned("bell\a del\177", "bell? del?");
    assert_cleaned("c1 \xC2\x9B" "31m", "c1 ?31m");
    assert_cleaned("raw c1 \x9b", "raw c1 ?");
    assert_cleaned("line\nbreak\ttab\r", "line break tab ");
}

static void deceptive_characters_become_question_marks(void **state)
{
    (void)state;
    assert_cleaned("bidi \xE2\x80\xAE" "gpj.exe", "bidi ?gpj.exe");
    assert_cleaned("isolate \xE2\x81\xA6", "isolate ?");
    assert_cleaned("zero\xE2\x80\x8Bwidth", "zero?width");
    assert_cleaned("bom \xEF\xBB\xBF", "bom ?");
    assert_cleaned("tag \xF3\xA0\x81\x81", "tag ?");
}

static void invalid_utf8_is_replaced(void **state)
{
    (void)state;
    assert_cleaned("overlong \xC0\xAF", "overlong ??");
    assert_cleaned("surrogate \xED\xA0\x80", "surrogate ?");
    assert_cleaned("cut \xE2\x82", "cut ?");
    assert_cleaned("big \xF5\x80\x80\x80", "big ????");
}

static void good_text_stays(void **state)
{
    (void)state;
    assert_cleaned("Käthe 東京 ✓", "Käthe 東京 ✓");
    assert_cleaned("e\xCC\x81", "e\xCC\x81");
}

static void marks_do_not_pile_up(void **state)
{
    (void)state;
    assert_cleaned("z\xCC\x81\xCC\x81\xCC\x81\xCC\x81", "z\xCC\x81\xCC\x81");
    assert_cleaned("\xCC\x81x", "x");
}

static void cut_falls_between_characters(void **state)
{
    char out[6];
    (void)state;
    text_clean(out, sizeof out, "ab東京", strlen("ab東京"), NULL);
    assert_string_equal(out, "ab東");
    text_copy(out, sizeof out, "abc東");
    assert_string_equal(out, "abc");
}

static void secret_never_passes(void **state)
{
    char out[64], small[10];
    const char *src = "GET /waInstance1/x/0123456789ABCDEF end 0123456789abcdef";
    (void)state;
    text_clean(out, sizeof out, src, strlen(src), "0123456789abcdef");
    assert_string_equal(out, "GET /waInstance1/x/*** end ***");
    /* Cut in the middle of the secret: not even a part of it stays. */
    text_clean(small, sizeof small, "12345 0123456789abcdef", 22, "0123456789abcdef");
    assert_string_equal(small, "12345 ***");
    strcpy(out, "x0123456789abcdef0123456789abcdefy");
    text_redact(out, "0123456789ABCDEF");
    assert_string_equal(out, "x******y");
}

static void columns_are_counted(void **state)
{
    (void)state;
    assert_int_equal(text_columns("abc"), 3);
    assert_int_equal(text_columns("東京"), 4);
    assert_int_equal(text_columns("e\xCC\x81"), 1);
}

static void fit_keeps_within_columns(void **state)
{
    char out[64];
    (void)state;
    assert_int_equal(text_fit(out, sizeof out, "sales", 8, 0), 5);
    assert_string_equal(out, "sales");
    assert_int_equal(text_fit(out, sizeof out, "sales-europe", 8, 0), 8);
    assert_string_equal(out, "sales-e…");
    assert_int_equal(text_fit(out, sizeof out, "sales-europe", 8, 1), 8);
    assert_string_equal(out, "sales-e~");
    /* A wide character that would stick out is left away whole. */
    assert_int_equal(text_fit(out, sizeof out, "東京都", 4, 0), 3);
    assert_string_equal(out, "東…");
    assert_int_equal(text_fit(out, sizeof out, "abc", 0, 0), 0);
    assert_string_equal(out, "");
}

static void url_secrets_are_masked(void **state)
{
    char out[128];
    (void)state;
    text_mask_url(out, sizeof out, "https://user:pw@example.com/hook?token=1");
    assert_string_equal(out, "https://***@example.com/hook?***");
    text_mask_url(out, sizeof out, "https://example.com/hook");
    assert_string_equal(out, "https://example.com/hook");
    text_mask_url(out, sizeof out, "https://example.com/a@b#frag");
    assert_string_equal(out, "https://example.com/a@b?***");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(controls_become_question_marks),
        cmocka_unit_test(deceptive_characters_become_question_marks),
        cmocka_unit_test(invalid_utf8_is_replaced),
        cmocka_unit_test(good_text_stays),
        cmocka_unit_test(marks_do_not_pile_up),
        cmocka_unit_test(cut_falls_between_characters),
        cmocka_unit_test(secret_never_passes),
        cmocka_unit_test(columns_are_counted),
        cmocka_unit_test(fit_keeps_within_columns),
        cmocka_unit_test(url_secrets_are_masked),
    };
    setlocale(LC_CTYPE, "C.UTF-8");
    return cmocka_run_group_tests_name("text", tests, NULL, NULL);
}
