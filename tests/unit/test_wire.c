/* SPDX-License-Identifier: MIT */
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/wire.h"

#define TOKEN "d75b3a66374942c5b3c019c698abc2067e151558acbd412345"

static struct wire_frame read_frame(const char *text)
{
    struct wire_frame frame;
    wire_read_frame(&frame, text, strlen(text), TOKEN);
    return frame;
}

static struct wire_reply read_reply(enum method method, unsigned status, const char *body)
{
    struct wire_reply reply;
    wire_read_reply(&reply, method, status, body, strlen(body), TOKEN);
    return reply;
}

static void assert_kind(const char *text, enum wire_kind kind)
{
    struct wire_frame frame = read_frame(text);
    if (frame.kind != kind)
        fail_msg("%s: kind %d, not %d", text, frame.kind, kind);
    wire_frame_free(&frame);
}

static void types_are_told_apart(void **state)
{
    (void)state;
    assert_kind("{\"type\":\"qrCode\",\"message\":\"aGk=\"}", WIRE_CODE);
    assert_kind("{\"type\":\"error\",\"message\":\"x\"}", WIRE_ERROR);
    assert_kind("{\"type\":\"accountData\"}", WIRE_ACCOUNT);
    assert_kind("{\"type\":\"alreadyLogged\",\"message\":\"instance account already authorized\"}", WIRE_ALREADY);
    assert_kind("{\"type\":\"timeout\"}", WIRE_TIMEOUT);
    assert_kind("{\"type\":\"timeoutExpired\",\"message\":\"timeoutExpired\"}", WIRE_TIMEOUT);
    assert_kind("{\"type\":\"passkeyRequired\"}", WIRE_PASSKEY);
    assert_kind("{\"type\":\"PassKeyRequire\"}", WIRE_PASSKEY);
    assert_kind("{\"type\":\"somethingNew\"}", WIRE_UNKNOWN);
    assert_kind("{\"type\":7}", WIRE_UNKNOWN);
    assert_kind("{}", WIRE_UNKNOWN);
    assert_kind("{\"type\":\"qrCode\"}", WIRE_UNKNOWN);
    assert_kind("{\"type\":\"qrCode\",\"message\":null}", WIRE_UNKNOWN);
    assert_kind("null", WIRE_GARBAGE);
    assert_kind("[1]", WIRE_GARBAGE);
    assert_kind("<html>", WIRE_GARBAGE);
    assert_kind("", WIRE_GARBAGE);
    assert_kind("{\"type\":\"error\"", WIRE_GARBAGE);
}

static void code_is_handed_over_whole(void **state)
{
    struct wire_frame frame = read_frame("{\"type\":\"qrCode\",\"message\":\"aGVsbG8=\"}");
    (void)state;
    assert_string_equal(frame.code, "aGVsbG8=");
    assert_int_equal(frame.code_len, 8);
    wire_frame_free(&frame);
    assert_null(frame.code);
}

static void account_is_found_wherever_it_is(void **state)
{
    static const char *const frames[] = {
        "{\"type\":\"accountData\",\"wid\":\"79001234567@c.us\",\"pushname\":\"Ann\",\"webhookUrl\":\"https://e.com/h?k=1\"}",
        "{\"type\":\"accountData\",\"message\":{\"wid\":\"79001234567@c.us\",\"pushname\":\"Ann\",\"webhookUrl\":\"https://e.com/h?k=1\"}}",
        "{\"type\":\"accountData\",\"message\":\"{\\\"wid\\\":\\\"79001234567@c.us\\\",\\\"pushname\\\":\\\"Ann\\\",\\\"webhookUrl\\\":\\\"https://e.com/h?k=1\\\"}\"}",
    };
    (void)state;
    for (size_t i = 0; i < sizeof frames / sizeof *frames; i++) {
        struct wire_frame frame = read_frame(frames[i]);
        assert_int_equal(frame.kind, WIRE_ACCOUNT);
        assert_string_equal(frame.account.wid, "79001234567@c.us");
        assert_string_equal(frame.account.phone, "79001234567");
        assert_string_equal(frame.account.pushname, "Ann");
        assert_string_equal(frame.account.webhook_url, "https://e.com/h?***");
        wire_frame_free(&frame);
    }
}

static void ids_may_be_numbers(void **state)
{
    struct wire_frame frame = read_frame("{\"type\":\"alreadyLogged\",\"wid\":79001234567}");
    (void)state;
    assert_string_equal(frame.account.wid, "79001234567");
}

static void hostile_text_is_cleaned_and_the_token_goes(void **state)
{
    struct wire_frame frame =
        read_frame("{\"type\":\"error\",\"message\":\"\\u001b]0;x\\u0007 \\u202e " TOKEN " \\u0000 tail\"}");
    (void)state;
    assert_string_equal(frame.text, "?]0;x? ? *** ");
    frame = read_frame("\033[2J" TOKEN "\xff{");
    assert_int_equal(frame.kind, WIRE_GARBAGE);
    assert_string_equal(frame.text, "?[***?{");
    frame = read_frame("{\"type\":\"x\\u001b" TOKEN "\"}");
    assert_string_equal(frame.type, "x?***");
    frame = read_frame("{\"type\":\"accountData\",\"pushname\":\"\\u009b31m" TOKEN "\"}");
    assert_string_equal(frame.account.pushname, "?***");
}

static void half_an_emoji_costs_only_itself(void **state)
{
    struct wire_frame frame = read_frame("{\"type\":\"accountData\",\"wid\":\"7@c.us\",\"pushname\":\"Ann \\ud83d\"}");
    (void)state;
    assert_int_equal(frame.kind, WIRE_ACCOUNT);
    assert_string_equal(frame.account.pushname, "Ann ?");
    frame = read_frame("{\"type\":\"accountData\",\"pushname\":\"\\uDE00\\ud83d\\ude00 \\\\ud83d\"}");
    assert_string_equal(frame.account.pushname, "?\xF0\x9F\x98\x80 \\ud83d");
    /* The JSON that came with a lone half at its very end is still bad JSON. */
    assert_kind("{\"type\":\"error\\ud8", WIRE_GARBAGE);
    assert_kind("\\ud83d", WIRE_GARBAGE);
}

static void long_text_is_bounded(void **state)
{
    char *text = malloc(100000);
    (void)state;
    memset(text, 'A', 100000);
    memcpy(text, "{\"type\":\"error\",\"message\":\"", 27);
    memcpy(text + 99997, "\"}", 3);
    struct wire_frame frame = read_frame(text);
    assert_int_equal(frame.kind, WIRE_ERROR);
    assert_int_equal(strlen(frame.text), WIRE_TEXT_MAX - 1);
    free(text);
}

static void states_are_read(void **state)
{
    (void)state;
    assert_int_equal(read_reply(METHOD_STATE, 200, "{\"stateInstance\":\"authorized\"}").state, WIRE_STATE_AUTHORIZED);
    assert_int_equal(read_reply(METHOD_STATE, 200, "{\"stateInstance\":\"yellowCard\"}").state, WIRE_STATE_YELLOW_CARD);
    struct wire_reply reply = read_reply(METHOD_STATE, 200, "{\"stateInstance\":\"whatever\\u001b\"}");
    assert_int_equal(reply.outcome, WIRE_OK);
    assert_int_equal(reply.state, WIRE_STATE_OTHER);
    assert_string_equal(reply.state_text, "whatever?");
    assert_int_equal(read_reply(METHOD_STATE, 200, "null").outcome, WIRE_OK);
    assert_int_equal(read_reply(METHOD_STATE, 200, "{\"stateInstance\":null}").outcome, WIRE_OK);
    assert_int_equal(read_reply(METHOD_STATE, 200, "").outcome, WIRE_OK);
    assert_int_equal(read_reply(METHOD_STATE, 200, " \r\n").state, WIRE_STATE_OTHER);
}

static void errors_are_sorted(void **state)
{
    (void)state;
    struct wire_reply reply = read_reply(METHOD_STATE, 200, "{\"code\":401,\"description\":\"Unauthorized\"}");
    assert_int_equal(reply.outcome, WIRE_REFUSED);
    assert_int_equal(reply.status, 401);
    assert_string_equal(reply.text, "Unauthorized");
    assert_int_equal(read_reply(METHOD_STATE, 401, "").outcome, WIRE_REFUSED);
    assert_int_equal(read_reply(METHOD_STATE, 403, "<html>").outcome, WIRE_REFUSED);
    assert_int_equal(read_reply(METHOD_STATE, 302, "").outcome, WIRE_REFUSED);
    assert_int_equal(read_reply(METHOD_STATE, 429, "").outcome, WIRE_TROUBLE);
    assert_int_equal(read_reply(METHOD_STATE, 502, "<html><body>Bad gateway").outcome, WIRE_TROUBLE);
    assert_int_equal(read_reply(METHOD_STATE, 466, "{\"description\":\"QUOTE_EXCEEDED\"}").outcome, WIRE_FATAL);
    assert_int_equal(read_reply(METHOD_STATE, 200, "<html>").outcome, WIRE_TROUBLE);
    reply = read_reply(METHOD_STATE, 502, " <html><script>");
    assert_string_equal(reply.text, "an HTML page instead of an answer");
    reply = read_reply(METHOD_STATE, 400, "instance in starting process try later");
    assert_int_equal(reply.outcome, WIRE_STARTING_UP);
    assert_int_equal(reply.state, WIRE_STATE_STARTING);
    reply = read_reply(METHOD_LOGOUT, 400, "{\"message\":\"instance account not authorized\"}");
    assert_int_equal(reply.outcome, WIRE_NOT_LINKED);
    reply = read_reply(METHOD_STATE, 400, "Instance account is expired. Renew your instance from personal area");
    assert_int_equal(reply.outcome, WIRE_FATAL);
    assert_non_null(strstr(wire_advice(reply.text), "renew"));
    reply = read_reply(METHOD_STATE, 500, "no such /waInstance1/" TOKEN);
    assert_null(strstr(reply.text, TOKEN));
}

static void settings_bring_the_phone(void **state)
{
    (void)state;
    struct wire_reply reply = read_reply(METHOD_SETTINGS, 200,
                                         "{\"phone\":\"79001234567\",\"stateInstance\":\"suspended\",\"suspendedUntil\":1790000000}");
    assert_string_equal(reply.account.phone, "79001234567");
    assert_string_equal(reply.account.wid, "79001234567@c.us");
    assert_int_equal(reply.suspended_until, 1790000000);
    reply = read_reply(METHOD_SETTINGS, 200, "{\"phone\":79001234567}");
    assert_string_equal(reply.account.phone, "79001234567");
    reply = read_reply(METHOD_SETTINGS, 200, "{\"phone\":\"\",\"suspendedUntil\":1e300}");
    assert_string_equal(reply.account.wid, "");
    assert_int_equal(reply.suspended_until, 0);
}

static void orders_are_done_or_not(void **state)
{
    (void)state;
    assert_true(read_reply(METHOD_LOGOUT, 200, "{\"isLogout\":true}").done);
    assert_false(read_reply(METHOD_LOGOUT, 200, "{\"isLogout\":false}").done);
    assert_false(read_reply(METHOD_LOGOUT, 200, "{\"isReboot\":true}").done);
    assert_true(read_reply(METHOD_REBOOT, 200, "{\"isReboot\":true}").done);
    assert_false(read_reply(METHOD_REBOOT, 200, "null").done);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(types_are_told_apart),
        cmocka_unit_test(code_is_handed_over_whole),
        cmocka_unit_test(account_is_found_wherever_it_is),
        cmocka_unit_test(ids_may_be_numbers),
        cmocka_unit_test(hostile_text_is_cleaned_and_the_token_goes),
        cmocka_unit_test(half_an_emoji_costs_only_itself),
        cmocka_unit_test(long_text_is_bounded),
        cmocka_unit_test(states_are_read),
        cmocka_unit_test(errors_are_sorted),
        cmocka_unit_test(settings_bring_the_phone),
        cmocka_unit_test(orders_are_done_or_not),
    };
    setlocale(LC_CTYPE, "C.UTF-8");
    return cmocka_run_group_tests_name("wire", tests, NULL, NULL);
}
