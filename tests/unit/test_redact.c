/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
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
