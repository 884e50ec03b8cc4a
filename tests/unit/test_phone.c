/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "core/phone.h"

static void numbers_are_read_as_people_type_them(void **state)
{
    static const struct {
        const char *typed, *digits;
    } rows[] = {
        {"441234567890", "441234567890"},       {"+44 1234-567 890", "441234567890"}, {"0044 1234 567890", "441234567890"},
        {"00 44 1234 567890", "441234567890"},  {" +44 (1234) 567.890 ", "441234567890"}, {"+1/234/5678", "12345678"},
        {"1234567", "1234567"},                 {"123456789012345", "123456789012345"}, {"00123456789012345", "123456789012345"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char digits[PHONE_SIZE], why[128] = "";
        if (!phone_parse(digits, rows[i].typed, why, sizeof why))
            fail_msg("%s: %s", rows[i].typed, why);
        assert_string_equal(digits, rows[i].digits);
        assert_true(phone_is_sound(digits));
    }
}

static void what_is_wrong_is_said(void **state)
{
    static const struct {
        const char *typed, *why;
    } rows[] = {
        {"", "give the phone number"},        {"   ", "give the phone number"},  {"+", "give the phone number"},
        {"00", "give the phone number"},      {"44 abc 567", "digits only"},     {"44+1234567", "digits only"},
        {"++441234567", "digits only"},       {"44\xC2\xA0" "1234567", "digits only"}, {"44\n1234567", "digits only"},
        {"01234 567890", "begins with 0"},    {"+0044 1234567", "begins with 0"}, {"000441234567", "begins with 0"},
        {"+44 123", "too short: 5 digits"},   {"1", "too short: 1 digit,"},       {"1234567890123456", "too long: 16 digits"},
        {"001234567890123456", "too long: 16 digits"}, {"12345678901234567890123456789012345678901234567890", "too long: 50"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char digits[PHONE_SIZE] = "x", why[128] = "";
        assert_false(phone_parse(digits, rows[i].typed, why, sizeof why));
        if (!strstr(why, rows[i].why))
            fail_msg("'%s': %s", rows[i].typed, why);
        assert_string_equal(digits, "");
    }
}

static void only_digits_are_sound(void **state)
{
    static const char *const bad[] = {"", "123456", "1234567890123456", "0123456789", "+441234567890", "44 1234567", "44123456x"};
    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_false(phone_is_sound(bad[i]));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_are_read_as_people_type_them),
        cmocka_unit_test(what_is_wrong_is_said),
        cmocka_unit_test(only_digits_are_sound),
    };
    return cmocka_run_group_tests_name("phone", tests, NULL, NULL);
}
