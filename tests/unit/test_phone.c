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
        {"44\xC2\xA0" "1234\xC2\xA0" "567890", "441234567890"},            {"+44\xE2\x80\x91" "1234\xE2\x80\x93" "567890", "441234567890"},
        {"\xE2\x80\xAA+44 1234 567890\xE2\x80\xAC", "441234567890"},      {"\xEF\xBB\xBF+44\xE2\x80\xAF" "1234\xE2\x80\x8B" "567890", "441234567890"},
        {"44\xE2\x88\x92" "1234\xEF\xBC\x8D" "567890", "441234567890"},  {"+44\xE3\x80\x80" "1234\xE2\x80\x89\xE2\x80\xA8" "567890", "441234567890"},
        {"441234567890@c.us", "441234567890"},                          {"441234567890@C.US ", "441234567890"},
        {"441234567890:8@s.whatsapp.net", "441234567890"},              {"441234567890.0:12@s.whatsapp.net", "441234567890"},
        {"https://wa.me/441234567890", "441234567890"},                 {"wa.me/+441234567890?text=hello%20you", "441234567890"},
        {"http://www.wa.me/441234567890/", "441234567890"},             {"HTTPS://WA.ME/441234567890#x", "441234567890"},
        {"https://api.whatsapp.com/send?phone=441234567890", "441234567890"},
        {"https://api.whatsapp.com/send/?text=5&phone=%2B44%201234567890&app_absent=0", "441234567890"},
        {"https://web.whatsapp.com/send?phone=+44-1234-567890", "441234567890"},
        {"whatsapp://send?phone=441234567890", "441234567890"},         {"https://wa.me/?phone=441234567890", "441234567890"},
        {"tel:+44-1234-567890", "441234567890"},                        {"tel:+441234567890;ext=7", "441234567890"},
        {"TEL://0044 1234 567890", "441234567890"},                     {"sms:+441234567890?body=1", "441234567890"},
        {"+44 (0)1234 567890", "441234567890"},                         {"44(0)1234567890", "441234567890"},
        {"[44] 1234_567\xC2\xB7" "890", "441234567890"},
        {"\xD9\xA4\xD9\xA4\xD9\xA1\xD9\xA2\xD9\xA3\xD9\xA4\xD9\xA5\xD9\xA6", "44123456"}, /* Arabic */
        {"\xDB\xB4\xDB\xB4\xDB\xB1\xDB\xB2\xDB\xB3\xDB\xB4\xDB\xB5\xDB\xB6", "44123456"}, /* Persian */
        {"+\xE0\xA5\xAA\xE0\xA5\xAA \xE0\xA5\xA7\xE0\xA5\xA8\xE0\xA5\xA9\xE0\xA5\xAA\xE0\xA5\xAB", "4412345"}, /* Devanagari */
        {"\xEF\xBC\x8B\xEF\xBC\x94\xEF\xBC\x94\xEF\xBC\x88\xEF\xBC\x91\xEF\xBC\x92\xEF\xBC\x89\xEF\xBC\x93\xEF\xBC\x94\xEF\xBC\x95", "4412345"}, /* full width */
        {"\xD9\xA0\xD9\xA0" "441234567890", "441234567890"}, /* 00 in Arabic digits */
        {"<441234567890>", "441234567890"},     {"\"+441234567890\"", "441234567890"}, {"'441234567890'", "441234567890"},
        {"441234567890,", "441234567890"},      {"441234567890;", "441234567890"},     {"441234567890.", "441234567890"},
        {"\xE2\x98\x8E\xEF\xB8\x8F +44 1234 567890", "441234567890"},                   {"\xF0\x9F\x93\xB1+441234567890", "441234567890"},
        {"+441234567890 (mobile)", "441234567890"}, {"Phone: +44 1234 567890", "441234567890"}, {"Tel. 0044 1234 567890", "441234567890"},
        {"n\xC2\xB0 441234567890", "441234567890"}, {"\xD0\xA2\xD0\xB5\xD0\xBB: 441234567890", "441234567890"},
        {"WhatsApp: +441234567890.", "441234567890"}, {"<tel:+441234567890>", "441234567890"}, {"<https://wa.me/441234567890>", "441234567890"},
        {"[+44 1234 567890](tel:+441234567890)", "441234567890"}, {"[call](https://wa.me/441234567890)", "441234567890"},
        {"\xE2\x80\x9C+44 (1234) 567890\xE2\x80\x9D", "441234567890"}, {"* 441234567890", "441234567890"}, {"+44 123 (4567)", "441234567"},
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
        {"++441234567", "digits only"},       {"44@1234567", "digits only"}, {"44\n1234567", "digits only"},
        {"\"44 1234567\", \"44 7654321\"", "something else"}, {"[441234567](tel:+447654321)", "give one number"},
        {"44 123456O", "something else"}, {"44 1234567 O", "something else"}, {"44 1234567 ext. 5", "something else"}, {"order 441234567", "something else"},
        {"44 1234567; 44 7654321;", "give one number"}, {"\"\"", "give the phone number"}, {"(mobile)", "give the phone number"},
        {"44 1234567, 44 7654321", "give one number"}, {"44+1234567", "the + stands in front"}, {"1-800-FLOWERS", "something else"},
        {"https://wa.me/message/ABC123", "holds no phone number"}, {"https://chat.whatsapp.com/AbC1", "holds no phone number"},
        {"https://example.com/441234567890", "holds no phone number"}, {"https://wa.me/", "holds no phone number"},
        {"120363025@g.us", "group"},          {"99887766@lid", "WhatsApp hides"}, {"me@example.com", "digits only"},
        {"44\xFF" "1234567", "something else"}, {"(0)1234 567890", "begins with 0"}, {"\xE2\x80\x8B", "give the phone number"},
        {"01234 567890", "begins with 0"},    {"+0044 1234567", "begins with 0"}, {"000441234567", "begins with 0"},
        {"+44 123", "too short: 5 digits"},   {"1", "too short: 1 digit,"},       {"1234567890123456", "too long: 16 digits"},
        {"001234567890123456", "too long: 16 digits"}, {"12345678901234567890123456789012345678901234567890", "too long: 50"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char digits[PHONE_SIZE] = "x", why[128] = "";
        assert_false(phone_parse(digits, rows[i].typed, why, sizeof why));
        if (!strstr(why, rows[i].why) || strlen(why) >= 80)
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
