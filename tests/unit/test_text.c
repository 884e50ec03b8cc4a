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
    assert_cleaned("sa\xE2\x80\x8Cles", "sa?les");
    assert_cleaned("sa\xE2\x80\x8Dles", "sa?les");
    assert_cleaned("sales\xEF\xB8\x8F", "sales?");
    assert_cleaned("\xE2\x80\x8Dx", "?x");
    assert_cleaned("👨\xE2\x80\x8D\xE2\x80\x8D👩", "👨\xE2\x80\x8D?👩");
    assert_cleaned("mark \xE2\x80\x8F", "mark ?");
}

/* Emoji with selectors, families, Persian and Hindi with joiners, keycaps, skin tones, flags, a kanji with its variant. */
static void names_stay_as_they_are(void **state)
{
    static const char *const names[] = {
        "❤️ shop", "می‌خواهم", "👨‍👩‍👧", "❤️‍🔥", "1️⃣ #️⃣", "👩🏽‍💻", "🇩🇪", "क्‍ष", "葛󠄀", "Ünïcödé", "\xEE\x82\xA0", "שָׁ֑", "©️",
    };
    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        assert_cleaned(names[i], names[i]);
        assert_true(text_is_clean(names[i], strlen(names[i])));
    }
    assert_false(text_is_clean("a\xE2\x80\xAE", 4));
}

#define BLACK_FLAG "\xF0\x9F\x8F\xB4"
#define TAG_B "\xF3\xA0\x81\xA2"
#define TAG_E "\xF3\xA0\x81\xA5"
#define TAG_G "\xF3\xA0\x81\xA7"
#define TAG_N "\xF3\xA0\x81\xAE"
#define TAG_END "\xF3\xA0\x81\xBF"
#define ENGLAND BLACK_FLAG TAG_G TAG_B TAG_E TAG_N TAG_G TAG_END

/* Tags say whose a flag is; anywhere else they hide a text. */
static void flags_of_regions_stay(void **state)
{
    char out[64];
    (void)state;
    assert_cleaned(ENGLAND " shop " ENGLAND ENGLAND, ENGLAND " shop " ENGLAND ENGLAND);
    assert_true(text_is_clean(ENGLAND, strlen(ENGLAND)));
    assert_cleaned(BLACK_FLAG TAG_G TAG_B TAG_E "x", BLACK_FLAG "???x");
    assert_cleaned(BLACK_FLAG TAG_G TAG_END, BLACK_FLAG "??");
    assert_cleaned(BLACK_FLAG TAG_G TAG_B TAG_E TAG_N TAG_G TAG_G TAG_G TAG_END, BLACK_FLAG "????????");
    assert_cleaned(BLACK_FLAG "a" TAG_G TAG_B TAG_E TAG_END, BLACK_FLAG "a????");
    assert_cleaned(ENGLAND TAG_G, ENGLAND "?");
    assert_false(text_is_clean(BLACK_FLAG TAG_G TAG_B TAG_E, 16));
    assert_int_equal(text_show(out, sizeof out, ENGLAND "x"), 3);
    assert_string_equal(out, BLACK_FLAG "x");
    text_copy(out, strlen(ENGLAND), ENGLAND);
    assert_string_equal(out, BLACK_FLAG);
}

static void invalid_utf8_is_replaced(void **state)
{
    (void)state;
    assert_cleaned("overlong \xC0\xAF", "overlong ??");
    assert_cleaned("surrogate \xED\xA0\x80", "surrogate ?");
    assert_cleaned("cut \xE2\x82", "cut ?");
    assert_cleaned("no character \xEF\xBF\xBF", "no character ?");
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
    char out[64];
    assert_cleaned("z\xCC\x81\xCC\x81\xCC\x81\xCC\x81\xCC\x81\xCC\x81\xCC\x81\xCC\x81\xCC\x81",
                   "z\xCC\x81\xCC\x81\xCC\x81\xCC\x81\xCC\x81\xCC\x81\xCC\x81\xCC\x81");
    assert_int_equal(text_show(out, sizeof out, "z\xCC\x81\xCC\x81\xCC\x81y"), 2);
    assert_string_equal(out, "z\xCC\x81\xCC\x81y");
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
    text_copy_part(out, sizeof out, "ab東", 3);
    assert_string_equal(out, "ab");
    text_copy(out, sizeof out, "a");
    text_append(out, sizeof out, "b東京");
    assert_string_equal(out, "ab東");
    assert_int_equal(text_format(out, sizeof out, "%s", "abc東"), 3);
    assert_string_equal(out, "abc");
    assert_int_equal(text_format(out, sizeof out, "%d%s", 1, "東"), 4);
    assert_string_equal(out, "1東");
}

/* Whatever the size: valid, a prefix, and without a joiner that joins nothing. */
static void every_cut_is_valid(void **state)
{
    static const char text[] = "aé東👨‍👩‍👧❤️ می‌خواهم e\xCC\x81z" ENGLAND "!";
    char out[sizeof text + 1], formatted[sizeof text + 1], cleaned[sizeof text + 1];
    (void)state;
    for (size_t size = 1; size <= sizeof out; size++) {
        text_copy(out, size, text);
        text_format(formatted, size, "%s", text);
        text_clean(cleaned, size, text, strlen(text), NULL);
        assert_string_equal(out, formatted);
        assert_string_equal(out, cleaned);
        assert_memory_equal(out, text, strlen(out));
        assert_true(text_is_clean(out, strlen(out)));
        assert_true(strlen(out) < 3 || memcmp(out + strlen(out) - 3, "\xE2\x80\x8D", 3) != 0);
    }
    assert_string_equal(out, text);
}

/* Drawn without what terminals disagree on: each part has the width that all give it. */
static void drawn_text_keeps_its_columns(void **state)
{
    static const struct {
        const char *text, *shown;
        int columns;
    } cases[] = {
        {"❤️ shop", "❤ shop", 6},   {"می‌خواهم", "میخواهم", 7}, {"👨‍👩‍👧", "👨👩👧", 6},
        {"👍🏽 yes", "👍 yes", 6},    {"1️⃣", "1⃣", 1},             {"\xEE\x82\xA0x", "?x", 2},
        {"\xF3\xB0\x80\x80", "?", 1}, {"🏽", "🏽", 2},
    };
    char out[64];
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_int_equal(text_columns(cases[i].text), cases[i].columns);
        assert_int_equal(text_show(out, sizeof out, cases[i].text), cases[i].columns);
        assert_string_equal(out, cases[i].shown);
    }
    assert_int_equal(text_fit(out, sizeof out, "👨‍👩‍👧", 5, 0), 5);
    assert_string_equal(out, "👨👩…");
}

/* A byte of UTF-8 may be a control character of an 8-bit terminal. */
static void other_locale_gets_ascii(void **state)
{
    (void)state;
    setlocale(LC_CTYPE, "C");
    assert_cleaned("\xC3\x9B" "2J", "?2J");
    setlocale(LC_CTYPE, "C.UTF-8");
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
        cmocka_unit_test(names_stay_as_they_are),
        cmocka_unit_test(flags_of_regions_stay),
        cmocka_unit_test(marks_do_not_pile_up),
        cmocka_unit_test(cut_falls_between_characters),
        cmocka_unit_test(every_cut_is_valid),
        cmocka_unit_test(drawn_text_keeps_its_columns),
        cmocka_unit_test(other_locale_gets_ascii),
        cmocka_unit_test(secret_never_passes),
        cmocka_unit_test(columns_are_counted),
        cmocka_unit_test(fit_keeps_within_columns),
        cmocka_unit_test(url_secrets_are_masked),
    };
    setlocale(LC_CTYPE, "C.UTF-8");
    return cmocka_run_group_tests_name("text", tests, NULL, NULL);
}
