/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "core/redact.h"

#define TOKEN "d75b3a66374942c5b3c019c698abc2067e151558acbd412345"
#define SECRET "Abc123.x_Y-9"

static void assert_redacted(const char *text, const char *secret, const char *expected)
{
    char out[1024];
    snprintf(out, sizeof out, "%s", text);
    redact(out, secret);
    assert_string_equal(out, expected);
}

static void known_secret_is_found_in_every_form(void **state)
{
    static const char *const forms[] = {
        SECRET,
        "abc123.x_y-9",
        "ABC123.X_Y-9",
        "%41bc123.x_Y-9",
        "%41%62%63%31%32%33%2e%78%5F%59%2d%39",
        "%2541bc123%252Ex_Y-9",
        "\\u0041bc123\\u002ex_Y-9",
        "Abc123\n.x_Y-9",
        "Abc123\r\n .x_Y-9",
        "A b c 1 2 3 . x _ Y - 9",
        "Abc1\t\v\f23.x_Y-9",
        "Abc1%0a23.x_Y-9",
        "Abc1\\n23.x_Y-9",
        "Abc1\xC2\xA0" "23.x\xE2\x80\x8B_Y-9",
    };
    (void)state;
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        char text[256];
        snprintf(text, sizeof text, "<%s> and %s, again", forms[i], forms[i]);
        assert_redacted(text, SECRET, "<***> and ***, again");
    }
    assert_redacted(SECRET SECRET, SECRET, "******");
}

#define HALF_1 "d75b3a66374942c5b3c019c69"
#define HALF_2 "8abc2067e151558acbd412345"

/* Nothing that is no word keeps the halves of a long one apart. */
static void gaps_of_every_kind_are_seen_through(void **state)
{
    static const char *const gaps[] = {
        "\n                                                            ", "\xC2\xAD", "\xEF\xBB\xBF", "\xE2\x81\xA0", "\xE2\x81\x9F",
        "\xE3\x80\x80", "\xE1\x9A\x80", "\xE1\xA0\x8E", "\xCD\x8F", "\xC2\x85", "\a", "\x1b[0m", "\x1b[38;5;12m", "\x7f",
        "\xCC\x81", "\xEF\xB8\x8F", "\xFF", "\\u200b", "\\u00a0", "%E2%80%8B", "%20", "%0D%0A", "\\r\\n", "\\\\n", "\\x1b[0m", "\\033[0m",
        "\\e[1;31m", "=\n", "=\r\n", "\\\n", "-\n", "\n> ", "\n| ", " |\n| ", "\n// ", "\n# ", "<br>", "<br />\n", "<wbr>", "</b><b class=\"x1\">",
        "&lt;br&gt;", "&nbsp;", "&ZeroWidthSpace;", "&#8203;", "&#x200b;", "&shy;", "+", "\" + \"", "', '", "\",\n  \"", "...", "\xE2\x80\xA6",
        "\xE2\x86\xA9\n", "][", "><",
    };
    char text[512];
    (void)state;
    for (size_t i = 0; i < sizeof gaps / sizeof *gaps; i++) {
        snprintf(text, sizeof text, "bad %s%s%s end", HALF_1, gaps[i], HALF_2);
        assert_redacted(text, TOKEN, "bad *** end");
        snprintf(text, sizeof text, "xyz%s%s%s!", HALF_1, gaps[i], HALF_2);
        assert_redacted(text, TOKEN, "xyz***!");
    }
    assert_redacted("a" HALF_1 "\0", TOKEN, "a***");
}

struct escape {
    const char *before;
    enum { HEX_2, HEX_4, HEX_8, HEX, OCTAL, DECIMAL, PLAIN } kind;
    const char *behind;
};

static void append_escaped(char *dst, size_t size, const struct escape *it, char c)
{
    unsigned code = (unsigned char)c;
    char number[16];
    snprintf(number, sizeof number, "%c", c);
    if (it->kind == OCTAL)
        snprintf(number, sizeof number, "%03o", code);
    else if (it->kind == DECIMAL)
        snprintf(number, sizeof number, "%u", code);
    else if (it->kind != PLAIN)
        snprintf(number, sizeof number, "%0*x", it->kind == HEX_2 ? 2 : it->kind == HEX_4 ? 4 : it->kind == HEX_8 ? 8 : 1, code);
    size_t used = strlen(dst);
    snprintf(dst + used, size - used, "%s%s%s", it->before, number, it->behind);
}

static void escapes_of_every_kind_are_read(void **state)
{
    static const struct escape escapes[] = {
        {"%", HEX_2, ""}, {"%25", HEX_2, ""}, {"%252525", HEX_2, ""}, {"%u", HEX_4, ""}, {"\\u", HEX_4, ""}, {"\\\\u", HEX_4, ""},
        {"\\\\\\\\u", HEX_4, ""}, {"\\u{", HEX, "}"}, {"\\U", HEX_8, ""}, {"\\x", HEX_2, ""}, {"\\\\x", HEX_2, ""}, {"\\", OCTAL, ""},
        {"&#", DECIMAL, ";"}, {"&#x", HEX, ";"}, {"&#0000", DECIMAL, ";"}, {"&amp;#", DECIMAL, ";"}, {"&amp;amp;#x", HEX, ";"},
        {"%26%23", DECIMAL, "%3b"}, {"\\u0026#", DECIMAL, ";"}, {"", PLAIN, "\\n"}, {"", PLAIN, "   "}, {"", PLAIN, "\xE2\x80\x8B"},
        {"", PLAIN, "\xCC\xB6"}, {"<i>", PLAIN, "</i>"}, {"\x1b[1m", PLAIN, "\x1b[0m"}, {"'", PLAIN, "', "},
    };
    char form[1024], expected[64];
    (void)state;
    for (size_t i = 0; i < sizeof escapes / sizeof *escapes; i++) {
        bool plain = escapes[i].kind == PLAIN;
        *form = '\0';
        for (const char *at = TOKEN; *at; at++)
            append_escaped(form, sizeof form, &escapes[i], *at);
        snprintf(expected, sizeof expected, "%s***%s", plain ? escapes[i].before : "", plain ? escapes[i].behind : "");
        assert_redacted(form, TOKEN, expected);
    }
    *form = '\0';
    for (const char *at = TOKEN; *at; at++) /* fullwidth */
        snprintf(form + strlen(form), sizeof form - strlen(form), "\xEF%c%c", *at < 'A' ? 0xBC : 0xBD, *at < 'A' ? 0x90 + *at - '0' : 0x81 + *at - 'a');
    assert_redacted(form, TOKEN, "***");
}

/* So much is no coincidence, wherever it was taken from. */
static void parts_of_a_long_secret_are_found(void **state)
{
    (void)state;
    assert_redacted("'d75b3a66374942c5b3c019c698abc2' is wrong", TOKEN, "'***' is wrong");
    assert_redacted("...c698abc2067e151558acbd412345", TOKEN, "...***");
    assert_redacted("x 4942c5b3c019c698abc2067e y", TOKEN, "x *** y");
    assert_redacted("x 4942c5b3c019c69 y", TOKEN, "x 4942c5b3c019c69 y");
    assert_redacted(HALF_1 TOKEN HALF_2, TOKEN, "*********");
    assert_redacted(HALF_2 " and " HALF_1, TOKEN, "*** and ***");
}

/* What looks like one by itself begins earlier: it must not hide where the known one begins. */
static void likely_does_not_swallow_half_of_the_known(void **state)
{
    char text[512], x[176];
    (void)state;
    memset(x, 'x', 175);
    x[175] = '\0';
    snprintf(text, sizeof text, "%s%s\n%s", x, HALF_1, HALF_2);
    redact(text, TOKEN);
    assert_non_null(strstr(text, "***"));
    assert_null(strstr(text, "8abc"));
    assert_redacted("abc" TOKEN "xyz", TOKEN, "***");
    assert_redacted("abc1abc1abc1abc1abc1" HALF_1 "\n" HALF_2 ".", TOKEN, "***.");
}

/* A short secret may be an ordinary word. */
static void short_secrets_are_not_found_across_words(void **state)
{
    (void)state;
    assert_redacted("abc def, abc-def, ab<c>def", "abcdef", "abc def, abc-def, ab<c>def");
    assert_redacted("sign in form", "inform", "sign in form");
    assert_redacted("abcdef%61bcdef", "abcdef", "******");
    assert_redacted("Abc-123-xY9", "abc123xy9", "Abc-123-xY9");
}

/* A text that was cut keeps no half of it. */
static void cut_secret_is_found_at_the_end(void **state)
{
    (void)state;
    assert_redacted("at Abc123.x_", SECRET, "at ***");
    assert_redacted("at Abc123.x%5", SECRET, "at ***");
    assert_redacted("at Abc12", SECRET, "at Abc12");
    assert_redacted("at Abc123.x_ here", SECRET, "at Abc123.x_ here");
}

static void other_words_stay(void **state)
{
    (void)state;
    assert_redacted("Abc124.x_Y-9 Abc", SECRET, "Abc124.x_Y-9 Abc");
    assert_redacted("linked", "link", "linked");
    assert_redacted("-", "-", "-");
    assert_redacted("", SECRET, "");
}

static void what_looks_like_a_secret_is_found(void **state)
{
    static const char *const texts[] = {
        TOKEN,
        "D75B3A66374942C5B3C019C698ABC2067E151558ACBD412345",
        TOKEN "x",
        "x" TOKEN,
        "gac.1234567891234567891234567891213456789",
        "GAC.a1b2c3d4e5f6",
        "%64%37" TOKEN,
    };
    char text[512];
    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        snprintf(text, sizeof text, "'%s'\t%s;my_%s", texts[i], texts[i], texts[i]);
        assert_redacted(text, NULL, "'***'\t***;my_***");
        assert_true(redact_is_likely(text, strlen(text)));
    }
    assert_redacted("token=" TOKEN "&x", NULL, "token=***&x");
    assert_redacted("https://7103.api.greenapi.com/waInstance7103/getStateInstance/" TOKEN "?a", NULL,
                    "https://7103.api.greenapi.com/waInstance7103/getStateInstance/***?a");
}

/* In the place of a token anything is one. */
static void place_in_a_url_tells_a_secret(void **state)
{
    (void)state;
    assert_redacted("/waInstance7103/qr/" SECRET "/x", NULL, "/waInstance7103/qr/***/x");
    assert_redacted("https://qr.green-api.com/waInstance7103/abc12def3", NULL, "https://qr.green-api.com/waInstance7103/***");
    assert_redacted("/waInstance7103/getStateInstance", NULL, "/waInstance7103/getStateInstance");
    assert_redacted("/waInstance7103/qr/***", NULL, "/waInstance7103/qr/***");
}

static void ids_words_and_sums_stay(void **state)
{
    static const char *const texts[] = {
        "7103000001 71030000012 79001234501@c.us",
        "7103000001 7103000002 7103000003 7103000004 7103000005",
        "/home/me/da39a3ee5e6b4b0d3255bfef95601890afd80709/scandeck.conf",
        "550e8400-e29b-41d4-a716-446655440000",
        "notAuthorized", "Donaudampfschifffahrtselektrizitaetenhauptbetriebswerkbauunterbeamtengesellschaft",
        "gac.", "gac.onym", "gac.file.txt", "2026-11-25T22:15:03.120Z",
    };
    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        assert_redacted(texts[i], NULL, texts[i]);
        assert_false(redact_is_likely(texts[i], strlen(texts[i])));
    }
}

static void a_path_is_no_secret(void **state)
{
    (void)state;
    assert_true(redact_is_secret(TOKEN));
    assert_true(redact_is_secret("api_url=" TOKEN));
    assert_true(redact_is_secret("https://7103.api.greenapi.com/waInstance7103/getStateInstance/" TOKEN));
    assert_true(redact_is_secret("waInstance7103/qr/" TOKEN));
    assert_false(redact_is_secret("/tmp/" TOKEN "/scandeck.conf"));
    assert_false(redact_is_secret("7103000001"));
}

static void base64_is_left_to_those_who_know_it(void **state)
{
    char text[] = "iVBORw0KGgoAAAANSUhEUgAAAQ4AAAEOAQAAAAC0m9YAAAABcd " SECRET;
    (void)state;
    redact_known(text, SECRET);
    assert_string_equal(text, "iVBORw0KGgoAAAANSUhEUgAAAQ4AAAEOAQAAAAC0m9YAAAABcd ***");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(known_secret_is_found_in_every_form),
        cmocka_unit_test(gaps_of_every_kind_are_seen_through),
        cmocka_unit_test(escapes_of_every_kind_are_read),
        cmocka_unit_test(parts_of_a_long_secret_are_found),
        cmocka_unit_test(likely_does_not_swallow_half_of_the_known),
        cmocka_unit_test(short_secrets_are_not_found_across_words),
        cmocka_unit_test(cut_secret_is_found_at_the_end),
        cmocka_unit_test(other_words_stay),
        cmocka_unit_test(what_looks_like_a_secret_is_found),
        cmocka_unit_test(place_in_a_url_tells_a_secret),
        cmocka_unit_test(ids_words_and_sums_stay),
        cmocka_unit_test(a_path_is_no_secret),
        cmocka_unit_test(base64_is_left_to_those_who_know_it),
    };
    return cmocka_run_group_tests_name("redact", tests, NULL, NULL);
}
