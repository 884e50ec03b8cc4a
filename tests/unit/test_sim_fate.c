/* SPDX-License-Identifier: MIT
 * The simulator's table of fates, its instances, their states over simulated time, and what they answer.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "sim/rest.h"
#include "sim/roster.h"

#define MANY 200

static void fates_are_well_formed(void **state)
{
    (void)state;
    for (size_t i = 0; i < fate_count(); i++) {
        const struct fate *fate = fate_at(i);
        unsigned seconds = 0;
        size_t steps = 0;
        assert_ptr_equal(fate_named(fate->name), fate);
        assert_non_null(fate->does);
        while (fate->steps[steps].say != SAY_NO_MORE) {
            seconds += fate->steps[steps].after_s;
            /* nothing comes after the last word */
            if (fate_is_final(fate->steps[steps].say))
                assert_int_equal(fate->steps[steps + 1].say, SAY_NO_MORE);
            steps++;
        }
        assert_true(steps < 16);
        assert_true(seconds <= 100);
    }
    assert_null(fate_named("nobody"));
}

static void patient_follows_the_protocol(void **state)
{
    const struct fate_step *steps = fate_patient()->steps;
    unsigned seconds = 0;
    (void)state;
    assert_string_equal(fate_patient()->name, "patient");
    for (int i = 0; i < 5; i++) {
        assert_int_equal(steps[i].say, SAY_CODE);
        assert_int_equal(steps[i].after_s, i == 0 ? 1 : 20);
        seconds += steps[i].after_s;
    }
    assert_int_equal(steps[5].say, SAY_TIMEOUT);
    assert_int_equal(seconds + steps[5].after_s, 100);
}

static void instances_are_distinct(void **state)
{
    static struct actor actors[MANY];
    (void)state;
    for (size_t i = 0; i < MANY; i++)
        roster_enter(&actors[i], i);
    for (size_t i = 0; i < MANY; i++) {
        assert_int_equal(strlen(actors[i].token), 50);
        assert_int_equal(strspn(actors[i].token, "0123456789abcdef"), 50);
        for (size_t j = 0; j < i; j++) {
            assert_string_not_equal(actors[i].label, actors[j].label);
            assert_string_not_equal(actors[i].id, actors[j].id);
            assert_string_not_equal(actors[i].token, actors[j].token);
        }
    }
    assert_string_equal(actors[0].id, "7103000001");
    assert_string_equal(actors[11].id, "7103000012");
}

static void every_fate_has_an_instance(void **state)
{
    (void)state;
    for (size_t i = 0; i < fate_count(); i++) {
        struct actor actor;
        size_t index = 0;
        do
            roster_enter(&actor, index);
        while (actor.born != fate_at(i) && index++ < fate_count());
        assert_ptr_equal(actor.born, fate_at(i));
    }
}

static void the_first_twelve_are_those_promised(void **state)
{
    static const char *const fates[] = {"patient", "linked",  "links-2", "one-code", "brief",     "error",
                                        "passkey", "refused", "offline", "starting", "suspended", "blocked"};
    struct actor actor;
    (void)state;
    for (size_t i = 0; i < 12; i++) {
        roster_enter(&actor, i);
        assert_string_equal(actor.born->name, fates[i]);
    }
    roster_enter(&actor, 0);
    assert_string_equal(actor.label, "sales-eu");
    assert_false(actor.autolink);
    roster_enter(&actor, 2);
    assert_true(actor.autolink);
}

/* The first instance that has this fate. */
static struct actor with_fate(const char *name)
{
    struct actor actor;
    size_t index = 0;
    do
        roster_enter(&actor, index++);
    while (strcmp(actor.born->name, name) != 0 && index < MANY);
    assert_string_equal(actor.born->name, name);
    return actor;
}

static void linking_passes_through_starting(void **state)
{
    struct actor actor = with_fate("patient");
    (void)state;
    assert_string_equal(actor_state_word(&actor, 0), "notAuthorized");
    actor_link(&actor, 1000);
    assert_string_equal(actor_state_word(&actor, 4999), "starting");
    assert_string_equal(actor_state_word(&actor, 5000), "authorized");
    assert_ptr_equal(actor_script(&actor, 5000), fate_linked_steps);
}

static void starting_settles(void **state)
{
    struct actor actor = with_fate("starting");
    (void)state;
    assert_int_equal(actor_state(&actor, 14999), FATE_STARTING);
    assert_ptr_equal(actor_script(&actor, 14999), fate_starting_steps);
    assert_false(actor_logout(&actor, 14999));
    assert_int_equal(actor_state(&actor, 15000), FATE_NOT_AUTHORIZED);
    assert_ptr_equal(actor_script(&actor, 15000), fate_patient()->steps);
}

static void logout_makes_patient(void **state)
{
    static const char *const names[] = {"linked", "suspended", "blocked", "error"};
    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        struct actor actor = with_fate(names[i]);
        const enum fate_state before = actor_state(&actor, 0);
        assert_true(actor_logout(&actor, 1000));
        assert_int_equal(actor_state(&actor, 2999), before);
        assert_int_equal(actor_state(&actor, 3000), FATE_NOT_AUTHORIZED);
        assert_ptr_equal(actor_script(&actor, 3000), fate_patient()->steps);
    }
}

static void reboot_returns_to_where_it_was(void **state)
{
    struct actor actor = with_fate("linked");
    (void)state;
    actor_reboot(&actor, 1000);
    assert_int_equal(actor_state(&actor, 5999), FATE_STARTING);
    actor_reboot(&actor, 5000);
    assert_int_equal(actor_state(&actor, 9999), FATE_STARTING);
    assert_int_equal(actor_state(&actor, 10000), FATE_AUTHORIZED);
}

static void paths(void **state)
{
    struct rest_path path;
    (void)state;
    assert_true(rest_read_path(&path, "/waInstance7103000001/getStateInstance/abc123"));
    assert_string_equal(path.id, "7103000001");
    assert_string_equal(path.method, "getStateInstance");
    assert_string_equal(path.token, "abc123");
    assert_false(rest_read_path(&path, "/"));
    assert_false(rest_read_path(&path, "/waInstance/qr/abc"));
    assert_false(rest_read_path(&path, "/waInstance1/qr/"));
    assert_false(rest_read_path(&path, "/waInstance1/qr/abc/more"));
    assert_false(rest_read_path(&path, "/waInstance12345678901234567890/qr/abc"));
}

static void check_post(struct actor *actor, const char *method, const char *body, int64_t now, unsigned status,
                       const char *part)
{
    struct rest_answer answer = rest_call(&(struct rest_question){.actor = actor,
                                                                  .method = method,
                                                                  .body = body,
                                                                  .now = now,
                                                                  .unix_now = 1700000000,
                                                                  .suspended_until = 1800000000});
    assert_int_equal(answer.status, status);
    assert_non_null(answer.body.text);
    assert_int_equal(answer.body.len, strlen(answer.body.text));
    if (!strstr(answer.body.text, part))
        fail_msg("%s answers %s", method, answer.body.text);
    speech_free(&answer.body);
}

static void check_answer(struct actor *actor, const char *method, int64_t now, unsigned status, const char *part)
{
    check_post(actor, method, NULL, now, status, part);
}

static void answers(void **state)
{
    struct actor linked = with_fate("linked");
    struct actor suspended = with_fate("suspended");
    struct actor starting = with_fate("starting");
    struct actor patient = with_fate("patient");
    (void)state;
    check_answer(&linked, "getStateInstance", 0, 200, "{\"stateInstance\":\"authorized\"}");
    check_answer(&linked, "getWaSettings", 0, 200, "\"phone\":\"79001234501\"");
    check_answer(&linked, "qr", 0, 200, "alreadyLogged");
    check_answer(&suspended, "getWaSettings", 0, 200, "\"suspendedUntil\":1800000000");
    check_answer(&patient, "getWaSettings", 0, 200, "\"phone\":\"\"");
    check_answer(&patient, "qr", 0, 200, "{\"type\":\"qrCode\",\"message\":\"iVBORw0KGgo");
    check_answer(&starting, "logout", 0, 400, "instance in starting process try later");
    check_answer(&linked, "logout", 0, 200, "{\"isLogout\":true}");
    check_answer(&linked, "reboot", 0, 200, "{\"isReboot\":true}");
    check_answer(&linked, "nonsense", 0, 404, "Not found");
}

#define NUMBER "{\"phoneNumber\":441234567890}"

static void pairing_codes_link(void **state)
{
    struct actor actor = with_fate("patient"), linked = with_fate("linked");
    (void)state;
    check_answer(&actor, "getAuthorizationCode", 0, 404, "Not found");
    check_post(&actor, "getStateInstance", "{}", 0, 404, "Not found");
    check_post(&actor, "getAuthorizationCode", "{\"phoneNumber\":\"441234567890\"}", 0, 400, "bad request data");
    check_post(&linked, "getAuthorizationCode", NUMBER, 0, 200, "{\"status\":false}");
    assert_false(actor_answer(&actor, 0));
    check_post(&actor, "getAuthorizationCode", NUMBER, 0, 200, "{\"status\":true,\"code\":\"");
    assert_false(actor_answer(&actor, ACTOR_PAIRING_MS));
    assert_true(actor_answer(&actor, ACTOR_PAIRING_MS - 1));
    check_post(&actor, "getAuthorizationCode", NUMBER, ACTOR_PAIRING_MS, 400, "starting");
    check_answer(&actor, "getWaSettings", 200000, 200, "\"phone\":\"441234567890\"");
}

/* The same code for 20 s; scanned, it links as one on a websocket does. */
static void codes_over_https_link(void **state)
{
    struct actor actor = with_fate("walled");
    char seen[3][32];
    (void)state;
    assert_int_equal(actor.fate->wall, 403);
    for (int i = 0; i < 3; i++) {
        const int64_t at[] = {1000, 20999, 21000};
        check_answer(&actor, "qr", at[i], 200, "{\"type\":\"qrCode\",\"message\":\"iVBORw0KGgo");
        snprintf(seen[i], sizeof seen[i], "%llu", (unsigned long long)actor.codes);
    }
    assert_string_equal(seen[0], seen[1]);
    assert_string_not_equal(seen[1], seen[2]);
    assert_false(actor_answer(&actor, 60000));
    assert_true(actor_answer(&actor, 30000));
    check_answer(&actor, "qr", 30000, 400, "starting");
    check_answer(&actor, "qr", 34000, 200, "alreadyLogged");
    check_answer(&actor, "getStateInstance", 34000, 200, "authorized");
}

static void a_passkey_given_elsewhere_links(void **state)
{
    struct actor actor = with_fate("passkey");
    (void)state;
    assert_false(actor_answer(&actor, 0));
    actor.wants_passkey = true;
    check_answer(&actor, "qr", 0, 200, "passkeyRequired");
    assert_true(actor_answer(&actor, 0));
    check_answer(&actor, "getStateInstance", 4000, 200, "authorized");
}

static void details(void **state)
{
    struct actor actor = with_fate("patient");
    (void)state;
    check_answer(&actor, "getSettings", 0, 200, "{\"wid\":\"\",\"webhookUrl\":\"https://");
    actor_link(&actor, 10000);
    check_answer(&actor, "getSettings", 20000, 200, "{\"wid\":\"79001234500@c.us\"");
    check_answer(&actor, "getStateInstanceHistory", 20000, 200,
                 "[{\"stateInstance\":\"authorized\",\"timestamp\":1699999994,\"phoneNumber\":\"79001234500@c.us\"},"
                 "{\"stateInstance\":\"starting\",\"timestamp\":1699999990,\"phoneNumber\":\"\"},"
                 "{\"stateInstance\":\"notAuthorized\",\"timestamp\":1699981980,\"phoneNumber\":\"\"}]");
    for (int i = 0; i < 20; i++)
        actor_reboot(&actor, 30000 + i * 10000);
    check_answer(&actor, "getStateInstanceHistory", 300000, 200, "authorized");
    assert_int_equal(actor.past_count, ACTOR_PAST_MAX);
}

static void check_said(struct actor *actor, enum fate_say say, size_t least, const char *part)
{
    struct speech speech = speech_say(actor, say);
    assert_non_null(speech.text);
    assert_true(speech.len >= least);
    assert_non_null(memmem(speech.text, speech.len, part, strlen(part)));
    speech_free(&speech);
    assert_null(speech.text);
}

static void words(void **state)
{
    struct actor actor = with_fate("hostile");
    (void)state;
    check_said(&actor, SAY_ACCOUNT, 1, "{\"type\":\"accountData\",\"wid\":\"7900");
    check_said(&actor, SAY_ACCOUNT_OBJECT, 1, "\"message\":{\"wid\":\"7900");
    check_said(&actor, SAY_ACCOUNT_STRING, 1, "\"message\":\"{\\\"wid\\\":\\\"7900");
    check_said(&actor, SAY_ACCOUNT_HOSTILE, 8000, "\\u001b[2J");
    check_said(&actor, SAY_ERROR_HOSTILE, 8000, actor.token);
    check_said(&actor, SAY_LARGE, SPEECH_LARGE, "\"}");
    check_said(&actor, SAY_TOO_LARGE, SPEECH_TOO_LARGE, "\"}");
    check_said(&actor, SAY_JUNK, 256, "\x80");
}

static void codes_are_never_the_same(void **state)
{
    struct actor actor = with_fate("patient");
    (void)state;
    struct speech first = speech_say(&actor, SAY_CODE);
    struct speech second = speech_say(&actor, SAY_CODE);
    assert_non_null(first.text);
    assert_non_null(second.text);
    assert_string_not_equal(first.text, second.text);
    speech_free(&first);
    speech_free(&second);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fates_are_well_formed),
        cmocka_unit_test(patient_follows_the_protocol),
        cmocka_unit_test(instances_are_distinct),
        cmocka_unit_test(every_fate_has_an_instance),
        cmocka_unit_test(the_first_twelve_are_those_promised),
        cmocka_unit_test(linking_passes_through_starting),
        cmocka_unit_test(starting_settles),
        cmocka_unit_test(logout_makes_patient),
        cmocka_unit_test(reboot_returns_to_where_it_was),
        cmocka_unit_test(paths),
        cmocka_unit_test(answers),
        cmocka_unit_test(pairing_codes_link),
        cmocka_unit_test(codes_over_https_link),
        cmocka_unit_test(a_passkey_given_elsewhere_links),
        cmocka_unit_test(details),
        cmocka_unit_test(words),
        cmocka_unit_test(codes_are_never_the_same),
    };
    return cmocka_run_group_tests_name("sim_fate", tests, NULL, NULL);
}
