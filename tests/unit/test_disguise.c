/* SPDX-License-Identifier: MIT
 * What is given away has the shape of what came, and nothing of it.
 */
#include <ctype.h>
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
#include "disguise.h"
#include "qr/base64.h"
#include "qr/code.h"
#include "sim/pngmaker.h"
#include "sim/wacode.h"

#define TOKEN "d75b3a66374942c5b3c019c698abc2067e151558acbd412345"
#define PHONE "79001234500"

static const struct disguise disguise = {.seed = 42};

static char *hidden(const char *message, const char **note)
{
    char *text = disguise_message(&disguise, message, strlen(message), TOKEN, note);
    assert_non_null(text);
    return text;
}

static char *picture_frame(const char *payload)
{
    size_t len;
    char *frame = NULL;
    unsigned char *png = pngmaker_draw(payload, &len);
    char *base64 = base64_encode(png, len);
    assert_true(asprintf(&frame, "{\"type\":\"qrCode\",\"message\":\"%s\"}", base64) > 0);
    free(base64);
    free(png);
    return frame;
}

static void assert_same_shape(const char *fake, const char *real)
{
    size_t prefix = (size_t)(strchr(real, '@') + 1 - real), same = 0;
    assert_int_equal(strlen(fake), strlen(real));
    assert_memory_equal(fake, real, prefix);
    for (size_t i = prefix; real[i]; i++) {
        assert_true(!isalnum((unsigned char)real[i]) == !isalnum((unsigned char)fake[i]));
        assert_true(!isdigit((unsigned char)real[i]) == !isdigit((unsigned char)fake[i]));
        same += isalnum((unsigned char)real[i]) && real[i] == fake[i];
    }
    assert_int_equal(same, 0);
}

static void read_code(struct qr_reading *reading, const char *frame)
{
    struct wire_frame wire;
    struct qr_failure failure;
    wire_read_frame(&wire, frame, strlen(frame), NULL);
    assert_int_equal(wire.kind, WIRE_CODE);
    assert_true(qr_read_base64(reading, NULL, wire.code, wire.code_len, &failure));
    wire_frame_free(&wire);
}

static void pictures_hold_a_fake_of_the_same_shape(void **state)
{
    static struct qr_reading reading;
    (void)state;
    for (uint64_t serial = 0; serial < 6; serial++) {
        char payload[WACODE_SIZE];
        const char *note;
        wacode_make(payload, 7, serial, serial % 2 ? WACODE_NEW : WACODE_OLD);
        char *frame = picture_frame(payload), *fake = hidden(frame, &note), *again = hidden(frame, NULL);
        assert_null(note);
        assert_string_equal(fake, again);
        read_code(&reading, fake);
        assert_same_shape((const char *)reading.payload, payload);
        free(frame);
        free(fake);
        free(again);
    }
}

static void another_recording_has_other_fakes(void **state)
{
    const struct disguise second = {.seed = 43};
    uint8_t one[] = "2@abcdefgh,ijkl", other[] = "2@abcdefgh,ijkl";
    (void)state;
    disguise_payload(&disguise, one, sizeof one - 1);
    disguise_payload(&second, other, sizeof other - 1);
    assert_string_not_equal((char *)one, (char *)other);
    uint8_t bytes[] = {'a', 0, 0xff, 'b', 0};
    disguise_payload(&disguise, bytes, 4);
    assert_int_equal(strlen((char *)bytes), 4);
}

static void what_is_no_picture_is_left_out(void **state)
{
    const char *note;
    (void)state;
    char *text = hidden("{\"type\":\"qrCode\",\"message\":\"iVBORw0KGgoAAAA\"}", &note);
    assert_string_equal(text, "{\"type\":\"qrCode\",\"message\":\"\"}");
    assert_non_null(note);
    free(text);
}

static void persons_are_hidden(void **state)
{
    static const char message[] =
        "{\"type\":\"accountData\",\"wid\":\"" PHONE "@c.us\",\"pushname\":\"Łukasz 7\",\"phone\":" PHONE
        ",\"webhookUrl\":\"https://joe:pw@hooks.example/x?key=abc\",\"webhookUrlToken\":\"geheim\",\"n\":[\"Joe\"]}";
    struct wire_frame frame;
    (void)state;
    char *text = hidden(message, NULL);
    static const char *const originals[] = {PHONE, "ukasz", "joe", "pw", "hooks", "abc", "geheim", "Joe"};
    for (size_t i = 0; i < sizeof originals / sizeof *originals; i++)
        assert_null(strstr(text, originals[i]));
    assert_int_equal(strlen(text), strlen(message));
    wire_read_frame(&frame, text, strlen(text), NULL);
    assert_int_equal(frame.kind, WIRE_ACCOUNT);
    assert_int_equal(strlen(frame.account.phone), strlen(PHONE));
    assert_non_null(strstr(frame.account.wid, "@c.us"));
    char number[48];
    snprintf(number, sizeof number, "\"phone\":%s,", frame.account.phone);
    assert_non_null(strstr(text, number)); /* one person stays one person */
    free(text);
}

static void persons_inside_a_string_are_hidden(void **state)
{
    struct wire_frame frame;
    (void)state;
    char *text = hidden("{\"type\":\"accountData\",\"message\":\"{\\\"wid\\\":\\\"" PHONE "@c.us\\\"}\"}", NULL);
    assert_null(strstr(text, PHONE));
    wire_read_frame(&frame, text, strlen(text), NULL);
    assert_int_equal(strlen(frame.account.phone), strlen(PHONE));
    free(text);
}

static void what_the_machine_decides_by_stays(void **state)
{
    static const char *const rows[] = {
        "{\"stateInstance\":\"notAuthorized\"}",
        "{\"type\":\"error\",\"message\":\"Instance has auth. You need to make log out\"}",
        "{\"type\":\"timeout\",\"message\":\"timeout\"}",
        "{\"isLogout\":true}",
        "{\"code\":401,\"description\":\"Unauthorized\"}",
        "[{\"timestamp\":1795722512,\"stateInstance\":\"starting\"}]",
        "{\"stateInstance\":\"suspended\",\"suspendedUntil\":1795722512}",
        "null",
        "Unauthorized",
        "<html>502</html>",
        "{\"message\":\"instance in starting process try later\"}",
        "{\"message\":\"2026-11-25 23:55:10 connect ECONNREFUSED 192.168.100.200:27017, 3 of 5\"}",
        "{\"saveSettings\":true,\"markIncomingMessagesReadedOnReply\":7}",
        "{\"timestamp\":\"1795722512\"}",
        "{\"wid\":\"@s.whatsapp.net\"}",
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char *text = hidden(rows[i], NULL);
        assert_string_equal(text, rows[i]);
        free(text);
    }
}

static void secrets_are_hidden(void **state)
{
    static const char *const rows[] = {
        "{\"type\":\"error\",\"message\":\"/waInstance1/" TOKEN "\"}", "{\"" TOKEN "\":1}", "<p>" TOKEN "</p>",
        "{\"status\":true,\"code\":\"ABCD1234\"}", "{\"type\":\"x\",\"message\":\"iVBORw0KGgoAAAANSUhEUgAAASQAAAEkCA ABCD1234\"}",
        "call " PHONE " now",
    };
    struct wire_reply reply;
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char *text = hidden(rows[i], NULL);
        assert_null(strcasestr(text, TOKEN));
        assert_null(strstr(text, PHONE));
        assert_null(strstr(text, "iVBORw0K"));
        if (i == 3) {
            assert_null(strstr(text, "ABCD1234"));
            wire_read_reply(&reply, METHOD_PAIR, 200, text, strlen(text), NULL);
            assert_true(reply.done);
            assert_int_equal(strlen(reply.pairing), 8);
        }
        free(text);
    }
}

static void assert_nothing_of(const char *message, const char *const *originals)
{
    char *text = hidden(message, NULL);
    for (; *originals; originals++)
        if (strstr(text, *originals))
            fail_msg("'%s' is left of %s in %s", *originals, message, text);
    free(text);
}

/* Every place in which a message may hold something, and every way to break its form. */
static void nobody_hides_in_a_corner(void **state)
{
    static const struct {
        const char *message, *originals[4];
    } rows[] = {
        {"{\"" PHONE "@c.us\":1,\"id" PHONE "\":2,\"Joe Smith\":{\"Łukasz\":3}}", {PHONE, "Joe", "ukasz"}},
        {"{\"a\xff\xe2\x80\xae\":1}", {"\xff", "\xe2\x80\xae"}},
        {"{\"message\":\" \\n{\\\"pushname\\\":\\\"Joe\\\"}\"}", {"Joe"}},
        {"{\"message\":\"[{\\\"pushname\\\":\\\"Joe\\\"}]\"}", {"Joe"}},
        {"{\"message\":\"{\\\"pushname\\\":\\\"Joe\\\"\"}", {"Joe"}},
        {" {\"wid\":\"" PHONE "@c.us\",\"pushname\":\"Joe\",\"webhookUrl\":\"https://h/?k=s3", {PHONE, "Joe", "s3"}},
        {"{\"wid\":\"" PHONE "@Joe\"}", {PHONE, "Joe"}},
        {"{\"webhookUrl\":\"httpsJoe://h\"}", {"Joe"}},
        {"{\"timestamp\":\"Joe\",\"idInstance\":\"of Joe\"}", {"Joe"}},
        {"{\"status\":true,\"code\":123456}", {"123456"}},
        {"{\"message\":\"+7 900 123-45-00, (7900) 1234500\"}", {"900", "123-45", "1234500"}},
        {"{\"message\":\"7900123 45cdefghijklmnopqrstuvwxyz\"}", {"7900123", "cdefgh"}},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_nothing_of(rows[i].message, rows[i].originals);
}

static void a_number_is_the_same_however_it_is_written(void **state)
{
    char joined[] = "call " PHONE ".", apart[] = "call +7 (900) 123-45-00.", digits[sizeof joined] = "";
    (void)state;
    disguise_text(&disguise, joined);
    disguise_text(&disguise, apart);
    for (size_t i = 0, n = 0; apart[i]; i++)
        if (isdigit((unsigned char)apart[i]))
            digits[n++] = apart[i];
    assert_memory_equal(apart, "call +", 6);
    assert_memory_equal(joined + strlen("call "), digits, strlen(PHONE));
}

static void long_messages_are_left_out(void **state)
{
    const char *note;
    size_t len = 300000;
    char *message = malloc(len + 1);
    (void)state;
    snprintf(message, 16, "{\"text\":\"");
    memset(message + 9, 'a', len - 11);
    memcpy(message + len - 2, "\"}", 3);
    char *text = hidden(message, &note);
    assert_string_equal(text, "{}");
    assert_non_null(note);
    free(text);
    free(message);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pictures_hold_a_fake_of_the_same_shape),
        cmocka_unit_test(another_recording_has_other_fakes),
        cmocka_unit_test(what_is_no_picture_is_left_out),
        cmocka_unit_test(persons_are_hidden),
        cmocka_unit_test(persons_inside_a_string_are_hidden),
        cmocka_unit_test(what_the_machine_decides_by_stays),
        cmocka_unit_test(secrets_are_hidden),
        cmocka_unit_test(nobody_hides_in_a_corner),
        cmocka_unit_test(a_number_is_the_same_however_it_is_written),
        cmocka_unit_test(long_messages_are_left_out),
    };
    setlocale(LC_CTYPE, "C.UTF-8");
    return cmocka_run_group_tests_name("disguise", tests, NULL, NULL);
}
