/* SPDX-License-Identifier: MIT
 * Base64 as the service sends it, and as nobody should.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "qr/base64.h"

/* Decodes from exactly sized memory, so that a sanitizer sees every byte too many. NULL = refused. */
static char *decode(const char *text, size_t len, struct qr_failure *failure)
{
    size_t out_len = 0;
    char *copy = malloc(len ? len : 1);
    uint8_t *out = malloc(BASE64_ROOM(len));
    assert_non_null(copy);
    assert_non_null(out);
    memcpy(copy, text, len);
    bool fine = base64_decode(out, &out_len, copy, len, failure);
    free(copy);
    char *string = fine ? malloc(out_len + 1) : NULL;
    if (string) {
        memcpy(string, out, out_len);
        string[out_len] = '\0';
    }
    free(out);
    return string;
}

static void expect(const char *text, const char *wanted)
{
    struct qr_failure failure = {0};
    char *got = decode(text, strlen(text), &failure);
    if (!wanted) {
        assert_null(got);
        assert_int_equal(failure.step, QR_STEP_BASE64);
        assert_true(strlen(failure.text) > 10);
        return;
    }
    assert_non_null(got);
    assert_string_equal(got, wanted);
    free(got);
}

static void test_good(void **state)
{
    (void)state;
    expect("", "");
    expect("Zg==", "f");
    expect("Zm8=", "fo");
    expect("Zm9v", "foo");
    expect("Zm9vYg==", "foob");
    expect("Zm9vYmE=", "fooba");
    expect("Zm9vYmFy", "foobar");
    expect("Zm9vYg", "foob");
    expect("Zm9vYmE", "fooba");
    expect("+/+/Pj4+", "\xfb\xff\xbf>>>");
    expect("-_-_Pj4-", "\xfb\xff\xbf>>>");
}

static void test_white_space(void **state)
{
    (void)state;
    expect(" Z\nm\r\n9\tv Y g = = \n", "foob");
    expect("Zm9v\nYmFy\n", "foobar");
    expect("Zm9vY\nmFyZm9v", "foobarfoo");
    expect("  \n", "");
}

static void test_data_uri(void **state)
{
    (void)state;
    expect("data:image/png;base64,Zm9v", "foo");
    expect("  data:image/jpeg;charset=x;base64, Zm9v", "foo");
    expect("DATA:IMAGE/PNG;BASE64,Zm9v", "foo");
    expect("\"Zm9v\"\n", "foo");
    expect("'data:image/png;base64,Zm9v'", "foo");
    expect("Zm\"9v", NULL);
    expect("data:image/png,Zm9v", NULL);
    expect("data:", NULL);
    expect("data:;base64,", "");
    expect("\xef\xbb\xbf" "Zm9v", "foo");
    expect("\xef\xbb\xbf data:image/png;base64,Zm9v", "foo");
    expect("\xef\xbb", NULL);
    expect("Zm9v\xef\xbb\xbf", NULL);
}

static void test_bad(void **state)
{
    (void)state;
    expect("Z", NULL);
    expect("Zm9vY", NULL);
    expect("Zg=", NULL);
    expect("Zg===", NULL);
    expect("Z===", NULL);
    expect("=", NULL);
    expect("Zg==Zg==", NULL);
    expect("Zm9v====", NULL);
    expect("Zm9!", NULL);
    expect("Zm9v\x80Zm9", NULL);
}

static void test_every_byte(void **state)
{
    (void)state;
    struct qr_failure failure;
    for (int byte = 0; byte < 256; byte++) {
        char text[5] = {'Z', 'm', (char)byte, 'v', '\0'};
        char *got = decode(text, 4, &failure);
        bool fine = byte < 128 && byte > 0 &&
                    strchr(" \t\r\nABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_", byte);
        assert_int_equal(got != NULL, fine);
        free(got);
    }
}

static void test_the_place_is_named(void **state)
{
    (void)state;
    struct qr_failure failure = {0};
    assert_null(decode("Zm9vZm9vZm*v", 12, &failure));
    assert_string_equal(failure.text, "byte 0x2a at offset 10 of 12 is not base64 here");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_good), cmocka_unit_test(test_white_space), cmocka_unit_test(test_data_uri),
        cmocka_unit_test(test_bad),  cmocka_unit_test(test_every_byte),  cmocka_unit_test(test_the_place_is_named),
    };
    return cmocka_run_group_tests_name("qr_base64", tests, NULL, NULL);
}
