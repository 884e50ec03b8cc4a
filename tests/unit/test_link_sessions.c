/* SPDX-License-Identifier: MIT
 * Sessions of the linking machine: how their end is told, peers that vanish, services that send too much or nothing.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "link_rig.h"

#define TIMEOUT "{\"type\":\"timeout\"}"
#define NOT_READY "{\"type\":\"error\",\"message\":\"Instance is not ready, try later\"}"

static void open_next(struct world *w)
{
    closed(w, 1000);
    wait_for_connect(w);
    simple(w, LINK_EV_OPEN);
}

static void lost(struct world *w)
{
    step(w, &(struct link_event){.kind = LINK_EV_LOST, .text = "127.0.0.1 fell silent"});
}

static void say_of(const struct world *w, enum report report, const char *text)
{
    const struct link_effect *told = reported(w, report);
    assert_non_null(told);
    assert_string_equal(told->text, text);
}

/* True numbers, whatever the service's usual ones are. */
static void the_end_tells_sessions_and_seconds(void **state)
{
    struct world w = in_session();
    (void)state;
    for (unsigned i = 1; i <= 3; i++) {
        frame(&w, CODE);
        w.now += 8000;
        frame(&w, TIMEOUT);
        if (i == 3)
            break;
        say_of(&w, REPORT_RENEW, i == 1 ? "nobody scanned in 8 s: renewing, 1 of 2" : "nobody scanned in 8 s: renewing, 2 of 2");
        assert_non_null(strstr(w.link.reason, "nobody scanned in 8 s; renewing"));
        open_next(&w);
    }
    say_of(&w, REPORT_TIMEOUT, "nobody scanned in 3 sessions, 24 s in all, renewed 2 of 2");
    assert_string_equal(w.link.reason, "nobody scanned in 3 sessions, 24 s in all");
    assert_int_equal(w.link.phase, PHASE_EXPIRED);
}

static void one_session_is_told_by_its_seconds(void **state)
{
    struct world w = new_world(0, 0);
    (void)state;
    open_session(&w);
    frame(&w, CODE);
    w.now += 100400;
    closed(&w, 1000);
    assert_string_equal(w.link.reason, "nobody scanned in 100 s");
    simple(&w, LINK_EV_LINK);
    assert_int_equal(w.link.open_ms, 0);
}

static void no_code_is_not_nobody_scanned(void **state)
{
    struct world w = in_session();
    (void)state;
    while (!reported(&w, REPORT_RENEW))
        wait_on(&w);
    say_of(&w, REPORT_RENEW, "no code came in 105 s: renewing, 1 of 2");
    open_next(&w);
    w.now += 10000;
    frame(&w, TIMEOUT);
    open_next(&w);
    w.now += 100000;
    closed(&w, 1000);
    assert_null(reported(&w, REPORT_TIMEOUT));
    assert_true(reported(&w, REPORT_NO_CODE)->final);
    assert_non_null(strstr(reported(&w, REPORT_NO_CODE)->text, "reboot the instance"));
    assert_string_equal(w.link.reason, "no code came in 3 sessions, 215 s in all");
    assert_int_equal(w.link.phase, PHASE_ERROR);
    assert_int_equal(w.link.stage, LINK_IDLE);
    assert_true(link_was_in_vain(&w.link));
}

/* One code of all sessions, and somebody could have scanned. */
static void a_code_in_any_session_counts(void **state)
{
    struct world w = new_world(1, 0);
    (void)state;
    open_session(&w);
    frame(&w, CODE);
    w.now += 100000;
    frame(&w, TIMEOUT);
    open_next(&w);
    frame(&w, TIMEOUT);
    assert_null(reported(&w, REPORT_NO_CODE));
    assert_non_null(reported(&w, REPORT_TIMEOUT));
}

static void a_peer_that_vanishes_spends_no_renewal(void **state)
{
    static const int64_t after[] = {20000, 99000};
    (void)state;
    for (size_t i = 0; i < sizeof after / sizeof *after; i++) {
        struct world w = in_session();
        frame(&w, CODE);
        w.now += after[i];
        lost(&w);
        assert_null(reported(&w, REPORT_RENEW));
        assert_non_null(strstr(reported(&w, REPORT_NETWORK)->text, "fell silent"));
        assert_false(reported(&w, REPORT_NETWORK)->final);
        assert_int_equal(w.link.phase, PHASE_OFFLINE);
        assert_int_equal(w.link.renewed, 0);
        assert_int_equal(w.link.socket, LINK_SOCKET_NONE);
        assert_false(link_has_code(&w.link));
        wait_for_call(&w, METHOD_STATE);
        state_is(&w, "notAuthorized");
        wait_for_connect(&w);
    }
}

static void vanishing_again_and_again_ends_as_network(void **state)
{
    struct world w = in_session();
    (void)state;
    for (int i = 0; i < 2; i++) {
        frame(&w, CODE);
        lost(&w);
        wait_for_call(&w, METHOD_STATE);
        state_is(&w, "notAuthorized");
        wait_for_connect(&w);
        simple(&w, LINK_EV_OPEN);
    }
    lost(&w);
    assert_true(reported(&w, REPORT_NETWORK)->final);
    assert_int_equal(w.link.stage, LINK_IDLE);
}

/* While we close it ourselves it may well vanish. */
static void a_socket_that_is_closed_may_vanish(void **state)
{
    struct world w = in_session();
    (void)state;
    frame(&w, CODE);
    frame(&w, ACCOUNT);
    lost(&w);
    assert_null(reported(&w, REPORT_NETWORK));
    assert_int_equal(w.link.phase, PHASE_LINKING);
    assert_int_equal(w.link.socket, LINK_SOCKET_NONE);
}

/* A `qr` that hangs at the end of a session: whether somebody scanned is not known before its answer. */
static void polled_sessions_do_not_end_before_an_answer(void **state)
{
    struct world w = new_world(2, 0);
    (void)state;
    simple(&w, LINK_EV_LINK);
    wait_for_call(&w, METHOD_STATE);
    state_is(&w, "notAuthorized");
    wait_for_connect(&w);
    step(&w, &(struct link_event){.kind = LINK_EV_REFUSED, .status = 403, .text = ""});
    wait_for_call(&w, METHOD_QR);
    reply(&w, METHOD_QR, 200, CODE);
    wait_for_call(&w, METHOD_QR);
    w.now += 40000;
    simple(&w, LINK_EV_TICK);
    w.now += 70000;
    simple(&w, LINK_EV_TICK);
    assert_null(reported(&w, REPORT_RENEW));
    step(&w, &(struct link_event){.kind = LINK_EV_CALL_FAILED, .method = METHOD_QR, .text = "no answer within 70 s"});
    assert_null(reported(&w, REPORT_RENEW));
    assert_int_equal(w.link.phase, PHASE_OFFLINE);
}

static void want_of_our_own_is_no_wall(void **state)
{
    struct world w = new_world(2, 0);
    (void)state;
    simple(&w, LINK_EV_LINK);
    for (int i = 0; i < 4; i++) {
        wait_for_call(&w, METHOD_STATE);
        state_is(&w, "notAuthorized");
        wait_for_connect(&w);
        step(&w, &(struct link_event){.kind = LINK_EV_FAILED, .status = 24, .text = "no file descriptors left"});
        assert_int_equal(w.link.stage, LINK_BACKOFF);
        assert_null(reported(&w, REPORT_OVER_HTTPS));
    }
}

/* A thousand codes a second: one is taken each second, the newest, and what was too much is one line. */
static void a_flood_of_codes_is_slowed_down(void **state)
{
    struct world w = in_session();
    unsigned taken = 0, lines = 0;
    (void)state;
    for (int i = 0; i < 20000; i++, w.now++) {
        if (link_deadline(&w.link) <= w.now) {
            simple(&w, LINK_EV_TICK);
            taken += reported(&w, REPORT_CODE) != NULL;
        }
        frame(&w, CODE);
        taken += reported(&w, REPORT_CODE) != NULL;
        lines += reported(&w, REPORT_NOTE) != NULL;
    }
    assert_in_range(taken, 19, 21);
    assert_int_equal(w.link.codes, taken);
    assert_int_equal(lines, 0);
    frame(&w, TIMEOUT);
    char text[120];
    snprintf(text, sizeof text, "%u more codes came, faster than one a second: they were not taken", 20000 - taken);
    say_of(&w, REPORT_NOTE, text);
}

/* Two codes at once: the second is the one that lives. */
static void the_newest_code_wins(void **state)
{
    struct world w = in_session();
    (void)state;
    frame(&w, CODE);
    w.now += 100;
    frame(&w, CODE);
    assert_null(reported(&w, REPORT_CODE));
    assert_true(w.link.code_held);
    assert_int_equal(link_deadline(&w.link), w.now + 900);
    wait_on(&w);
    assert_non_null(reported(&w, REPORT_CODE));
    assert_false(w.link.code_held);
    assert_int_equal(w.link.code_index, 2);
    assert_int_equal(w.link.codes_passed, 0);
}

static void noise_is_counted_at_the_end(void **state)
{
    struct world w = in_session();
    (void)state;
    for (int i = 0; i < 1000; i++)
        frame(&w, "{\"type\":\"noise\"}");
    assert_null(reported(&w, REPORT_NOTE));
    closed(&w, 1006);
    say_of(&w, REPORT_NOTE, "980 more messages that mean nothing here were not logged");
}

static void not_ready_is_asked_once_more(void **state)
{
    struct world w = in_session();
    (void)state;
    frame(&w, NOT_READY);
    assert_null(reported(&w, REPORT_ERROR));
    assert_true(did(&w, LINK_FX_CLOSE));
    int64_t told = w.now;
    closed(&w, 1000);
    wait_for_call(&w, METHOD_STATE);
    assert_in_range(w.now - told, 3000, 10000);
    state_is(&w, "notAuthorized");
    wait_for_connect(&w);
    simple(&w, LINK_EV_OPEN);
    frame(&w, NOT_READY);
    assert_true(reported(&w, REPORT_ERROR)->final);
    assert_int_equal(w.link.stage, LINK_IDLE);
}

static void not_ready_after_a_code_is_an_error(void **state)
{
    struct world w = in_session();
    (void)state;
    frame(&w, CODE);
    frame(&w, NOT_READY);
    assert_true(reported(&w, REPORT_ERROR)->final);
}

/* Nobody looked, so nobody knows. */
static void an_end_out_of_sight_is_told_so(void **state)
{
    struct world w = in_session();
    (void)state;
    frame(&w, CODE);
    frame(&w, ACCOUNT);
    while (!reported(&w, REPORT_NETWORK)) {
        assert_true(w.now < 900000);
        if (w.link.in_flight == METHOD_STATE)
            step(&w, &(struct link_event){.kind = LINK_EV_CALL_FAILED, .method = METHOD_STATE, .text = "no route"});
        else
            wait_on(&w);
    }
    assert_true(reported(&w, REPORT_NETWORK)->final);
    assert_string_equal(w.link.reason, "scanned 10 minutes ago, but the state cannot be asked for");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_end_tells_sessions_and_seconds),
        cmocka_unit_test(one_session_is_told_by_its_seconds),
        cmocka_unit_test(no_code_is_not_nobody_scanned),
        cmocka_unit_test(a_code_in_any_session_counts),
        cmocka_unit_test(a_peer_that_vanishes_spends_no_renewal),
        cmocka_unit_test(vanishing_again_and_again_ends_as_network),
        cmocka_unit_test(a_socket_that_is_closed_may_vanish),
        cmocka_unit_test(polled_sessions_do_not_end_before_an_answer),
        cmocka_unit_test(want_of_our_own_is_no_wall),
        cmocka_unit_test(a_flood_of_codes_is_slowed_down),
        cmocka_unit_test(the_newest_code_wins),
        cmocka_unit_test(noise_is_counted_at_the_end),
        cmocka_unit_test(not_ready_is_asked_once_more),
        cmocka_unit_test(not_ready_after_a_code_is_an_error),
        cmocka_unit_test(an_end_out_of_sight_is_told_so),
    };
    return cmocka_run_group_tests_name("link sessions", tests, NULL, NULL);
}
