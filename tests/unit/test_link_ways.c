/* SPDX-License-Identifier: MIT
 * The other ways to link: a trusted state, pairing codes, codes over HTTPS, the cure; and the books of an instance.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "link_rig.h"

#define CODE2 "{\"type\":\"qrCode\",\"message\":\"aGo=\"}"
#define STARTING "{\"type\":\"error\",\"message\":\"instance in starting process try later\"}"
#define PAIRED "{\"status\":true,\"code\":\"GAPI2015\"}"

static void refused(struct world *w, unsigned status)
{
    step(w, &(struct link_event){.kind = LINK_EV_REFUSED, .status = status, .text = ""});
}

static void link_trusting(struct world *w, int64_t trust_ms)
{
    step(w, &(struct link_event){.kind = LINK_EV_LINK, .trust_ms = trust_ms});
}

static void pair(struct world *w)
{
    step(w, &(struct link_event){.kind = LINK_EV_PAIR, .text = "441234567890"});
}

static void until_connecting(struct world *w)
{
    wait_for_call(w, METHOD_STATE);
    state_is(w, "notAuthorized");
    wait_for_connect(w);
}

/* In a session without a socket, the first request under way. */
static struct world polled(unsigned renewals)
{
    struct world w = new_world(renewals, 0);
    simple(&w, LINK_EV_LINK);
    until_connecting(&w);
    refused(&w, 403);
    wait_for_call(&w, METHOD_QR);
    return w;
}

static struct world pairing(void)
{
    struct world w = new_world(2, 0);
    pair(&w);
    wait_for_call(&w, METHOD_STATE);
    state_is(&w, "notAuthorized");
    wait_for_call(&w, METHOD_PAIR);
    return w;
}

/* Runs on with the same answer to each call until it is reported; a time limit, for what never comes. */
static void run_until(struct world *w, enum report report, const char *state, const char *qr, int64_t limit)
{
    int64_t end = w->now + limit;
    while (!reported(w, report)) {
        assert_true(w->now < end);
        if (w->link.in_flight == METHOD_STATE)
            state_is(w, state);
        else if (w->link.in_flight == METHOD_QR)
            reply(w, METHOD_QR, 200, qr);
        else if (w->link.in_flight == METHOD_SETTINGS)
            reply(w, METHOD_SETTINGS, 200, "{\"phone\":\"79001234567\"}");
        else
            wait_on(w);
    }
}

/* A state that was told lately. */

static void a_trusted_state_is_not_asked_again(void **state)
{
    struct world w = new_world(2, 0);
    (void)state;
    wait_on(&w);
    state_is(&w, "notAuthorized");
    w.now += 40000;
    link_trusting(&w, 45000);
    assert_true(did(&w, LINK_FX_CONNECT));
    assert_false(called(&w, METHOD_STATE));
    assert_int_equal(w.link.phase, PHASE_CONNECTING);
    simple(&w, LINK_EV_OPEN);
    frame(&w, CODE);
    assert_int_equal(w.link.phase, PHASE_CODE);
}

static void other_states_are_not_trusted(void **state)
{
    (void)state;
    for (int i = 0; i < 6; i++) {
        struct world w = new_world(2, 0);
        wait_on(&w);
        state_is(&w, i == 0 ? "authorized" : i == 1 ? "starting" : "notAuthorized");
        w.now += i == 2 ? 45001 : 1200;
        if (i == 3) {
            simple(&w, LINK_EV_REFRESH);
            wait_for_call(&w, METHOD_STATE);
            reply(&w, METHOD_STATE, 502, "");
        } else if (i == 4) {
            simple(&w, LINK_EV_CURE);
            simple(&w, LINK_EV_STOP);
        }
        link_trusting(&w, i == 5 ? 0 : 45000);
        assert_int_equal(w.link.stage, LINK_CHECK);
        assert_false(did(&w, LINK_FX_CONNECT));
    }
}

/* Codes over HTTPS. */

static void a_wall_leads_to_codes_over_https(void **state)
{
    struct world w = new_world(2, 0);
    (void)state;
    simple(&w, LINK_EV_LINK);
    until_connecting(&w);
    refused(&w, 401);
    const struct link_effect *told = reported(&w, REPORT_OVER_HTTPS);
    assert_string_equal(told->text, "the websocket is blocked: codes come over HTTPS instead (HTTP 401)");
    assert_true(w.link.over_https);
    assert_int_equal(w.link.phase, PHASE_WAITING);
    wait_for_call(&w, METHOD_QR);
    assert_int_equal(link_session_left(&w.link, w.now), 100000 - (w.now - w.link.opened_at));
    reply(&w, METHOD_QR, 200, CODE);
    assert_non_null(reported(&w, REPORT_CODE));
    assert_int_equal(link_code_left(&w.link, w.now), 20000);
    assert_true(link_is_polled(&w.link));
    run_until(&w, REPORT_LINKED, "authorized", "{\"type\":\"alreadyLogged\"}", 60000);
    assert_int_equal(w.link.stage, LINK_IDLE);
    assert_int_equal(w.link.codes_total, 1);
    /* Linked: nobody asks for codes any more. */
    for (int i = 0; i < 50; i++) {
        wait_on(&w);
        assert_int_not_equal(w.link.in_flight, METHOD_QR);
        if (w.link.in_flight >= 0)
            state_is(&w, "authorized");
    }
}

static void a_websocket_that_fails_once_is_tried_again(void **state)
{
    (void)state;
    for (int i = 0; i < 3; i++) {
        struct world w = new_world(2, 0);
        simple(&w, LINK_EV_LINK);
        for (int fail = 0; fail < 2; fail++) {
            until_connecting(&w);
            if (i == 0)
                refused(&w, 503);
            else if (i == 1)
                refused(&w, 200);
            else
                step(&w, &(struct link_event){.kind = LINK_EV_FAILED, .text = "it did not open a websocket"});
            assert_int_equal(reported(&w, REPORT_OVER_HTTPS) != NULL, fail == 1);
        }
        assert_int_equal(w.link.stage, LINK_POLLED);
        assert_int_equal(w.link.failures, 0);
    }
}

static void a_line_that_is_down_is_no_wall(void **state)
{
    struct world w = new_world(2, 0);
    (void)state;
    simple(&w, LINK_EV_LINK);
    for (int i = 0; i < 4; i++) {
        until_connecting(&w);
        step(&w, &(struct link_event){.kind = LINK_EV_FAILED, .text = "no route"});
        assert_int_equal(w.link.stage, LINK_BACKOFF);
        wait_for_call(&w, METHOD_STATE);
        step(&w, &(struct link_event){.kind = LINK_EV_CALL_FAILED, .method = METHOD_STATE, .text = "no route"});
    }
    for (int i = 0; i < 4; i++) {
        until_connecting(&w);
        refused(&w, 429);
        assert_int_equal(w.link.stage, LINK_BACKOFF);
    }
}

static void the_same_picture_goes_stale(void **state)
{
    struct world w = polled(2);
    (void)state;
    reply(&w, METHOD_QR, 200, CODE);
    int64_t came = w.now;
    run_until(&w, REPORT_STALE, "notAuthorized", CODE, 60000);
    assert_int_equal(w.now - came, LINK_STALE_MS);
    assert_false(link_has_code(&w.link));
    wait_for_call(&w, METHOD_QR);
    reply(&w, METHOD_QR, 200, CODE);
    assert_false(link_has_code(&w.link));
    wait_for_call(&w, METHOD_QR);
    reply(&w, METHOD_QR, 200, CODE2);
    assert_true(link_has_code(&w.link));
    assert_int_equal(w.link.code_index, 2);
}

static void polls_are_a_second_apart(void **state)
{
    struct world w = polled(2);
    (void)state;
    for (int i = 0; i < 30; i++) {
        int64_t answered = w.now += 300;
        reply(&w, METHOD_QR, 200, CODE);
        assert_int_equal(w.link.in_flight, -1);
        wait_for_call(&w, METHOD_QR);
        assert_int_equal(w.now - answered, LINK_CALL_GAP_MS);
    }
}

/* Sessions are only ours here, and so the code on show lives on over a renewal. */
static void polled_renewals_are_bounded(void **state)
{
    struct world w = polled(2);
    int renewals = 0;
    (void)state;
    int64_t began = w.link.opened_at;
    reply(&w, METHOD_QR, 200, CODE);
    while (!reported(&w, REPORT_TIMEOUT)) {
        if (w.link.in_flight == METHOD_QR)
            reply(&w, METHOD_QR, 200, w.now / 20000 % 2 ? CODE : CODE2);
        else
            wait_on(&w);
        if (reported(&w, REPORT_RENEW)) {
            renewals++;
            assert_true(link_has_code(&w.link));
        }
        assert_true(w.now - began < 400000);
    }
    assert_int_equal(renewals, 2);
    assert_int_equal(w.now - began, 300000);
    assert_int_equal(w.link.phase, PHASE_EXPIRED);
    assert_int_equal(w.link.renewals_total, 2);
    assert_true(w.link.codes_total > 10);
}

static void polled_ends_as_frames_do(void **state)
{
    static const struct {
        const char *body;
        enum phase phase;
        enum report report;
    } rows[] = {
        {"{\"type\":\"error\",\"message\":\"Instance has auth. You need to make log out\"}", PHASE_ERROR, REPORT_ERROR},
        {"{\"type\":\"passkeyRequired\"}", PHASE_PASSKEY, REPORT_PASSKEY},
        {"{\"type\":\"PassKeyRequire\",\"message\":\"x\"}", PHASE_PASSKEY, REPORT_PASSKEY},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct world w = polled(2);
        reply(&w, METHOD_QR, 200, CODE);
        wait_for_call(&w, METHOD_QR);
        reply(&w, METHOD_QR, 200, rows[i].body);
        assert_int_equal(w.link.phase, rows[i].phase);
        assert_true(reported(&w, rows[i].report)->final);
        assert_int_equal(w.link.stage, LINK_IDLE);
    }
}

static void a_polled_scan_is_seen_by_its_starting(void **state)
{
    static const char *const bodies[] = {STARTING, "instance in starting process try later"};
    (void)state;
    for (int i = 0; i < 2; i++) {
        struct world w = polled(2);
        reply(&w, METHOD_QR, 200, CODE);
        wait_for_call(&w, METHOD_QR);
        reply(&w, METHOD_QR, i ? 400 : 200, bodies[i]);
        assert_non_null(reported(&w, REPORT_LINKING));
        assert_int_equal(w.link.phase, PHASE_LINKING);
        assert_int_equal(link_session_left(&w.link, w.now), -1);
        for (int n = 0; n < 40; n++) { /* two minutes; asking for codes meanwhile would break it */
            wait_for_call(&w, METHOD_STATE);
            state_is(&w, "starting");
            assert_null(reported(&w, REPORT_LINKING));
        }
        run_until(&w, REPORT_LINKED, "authorized", CODE, 60000);
    }
}

static void starting_without_a_scan_goes_on_but_not_for_ever(void **state)
{
    struct world w = polled(2);
    (void)state;
    for (int i = 0; i < 3; i++) {
        reply(&w, METHOD_QR, 200, i % 2 ? CODE2 : CODE);
        assert_true(link_has_code(&w.link));
        wait_for_call(&w, METHOD_QR);
        reply(&w, METHOD_QR, 200, STARTING);
        wait_for_call(&w, METHOD_STATE);
        state_is(&w, "notAuthorized");
        if (i < 2)
            wait_for_call(&w, METHOD_QR);
    }
    assert_non_null(reported(&w, REPORT_ERROR));
    assert_int_equal(w.link.stage, LINK_IDLE);
}

static void starting_before_a_code_is_waited_out(void **state)
{
    struct world w = polled(0);
    (void)state;
    reply(&w, METHOD_QR, 400, "instance in starting process try later");
    assert_int_equal(w.link.phase, PHASE_WAITING);
    wait_for_call(&w, METHOD_STATE);
    state_is(&w, "notAuthorized");
    wait_for_call(&w, METHOD_QR);
    reply(&w, METHOD_QR, 200, CODE);
    assert_true(link_has_code(&w.link));
}

static void one_bad_answer_leaves_the_code_on_show(void **state)
{
    struct world w = polled(2);
    (void)state;
    reply(&w, METHOD_QR, 200, CODE);
    for (int i = 0; i < 2; i++) {
        wait_for_call(&w, METHOD_QR);
        reply(&w, METHOD_QR, 504, "<html>");
        assert_true(link_has_code(&w.link));
    }
    wait_for_call(&w, METHOD_QR);
    reply(&w, METHOD_QR, 504, "<html>");
    assert_int_equal(w.link.stage, LINK_BACKOFF);
    /* It goes on where it was: the websocket is not tried again in this attempt. */
    wait_for_call(&w, METHOD_STATE);
    state_is(&w, "notAuthorized");
    wait_for_call(&w, METHOD_QR);
    assert_false(did(&w, LINK_FX_CONNECT));
    reply(&w, METHOD_QR, 200, CODE2);
    assert_true(link_has_code(&w.link));
}

static void broken_polling_ends(void **state)
{
    struct world w = polled(2);
    int sessions = 1;
    (void)state;
    while (!reported(&w, REPORT_NETWORK) || !reported(&w, REPORT_NETWORK)->final) {
        if (w.link.in_flight == METHOD_QR)
            reply(&w, METHOD_QR, 502, "");
        else if (w.link.in_flight == METHOD_STATE)
            state_is(&w, "notAuthorized");
        else
            wait_on(&w);
        sessions += reported(&w, REPORT_CONNECTING) != NULL;
        assert_true(sessions < 5);
    }
    assert_int_equal(w.link.phase, PHASE_OFFLINE);
}

static void a_refused_qr_method_is_told(void **state)
{
    struct world w = polled(2);
    (void)state;
    reply(&w, METHOD_QR, 404, "");
    assert_true(reported(&w, REPORT_REFUSED)->final);
    assert_int_equal(w.link.status, 404);
    assert_string_equal(w.link.reason, "404: the websocket is blocked, and codes over HTTPS are refused");
}

/* A new order tries the websocket again, for the wall may be gone. */
static void stop_ends_polling(void **state)
{
    struct world w = polled(2);
    (void)state;
    simple(&w, LINK_EV_STOP);
    assert_int_equal(w.link.phase, PHASE_UNLINKED);
    reply(&w, METHOD_QR, 200, CODE);
    assert_false(link_has_code(&w.link));
    assert_int_equal(w.link.phase, PHASE_UNLINKED);
    simple(&w, LINK_EV_LINK);
    until_connecting(&w);
    assert_false(w.link.over_https);
}

/* Pairing codes. */

static void pairing_goes_all_the_way(void **state)
{
    struct world w = new_world(2, 0);
    (void)state;
    pair(&w);
    assert_int_equal(w.link.phase, PHASE_CHECKING);
    wait_for_call(&w, METHOD_STATE);
    state_is(&w, "notAuthorized");
    assert_int_equal(w.link.phase, PHASE_PAIRING);
    assert_string_equal(w.link.pairing_code, "");
    assert_int_equal(link_pairing_left(&w.link, w.now), -1);
    wait_on(&w);
    assert_true(called(&w, METHOD_PAIR));
    assert_string_equal(w.fx.item[0].text, "{\"phoneNumber\":441234567890}");
    reply(&w, METHOD_PAIR, 200, PAIRED);
    assert_string_equal(w.link.pairing_code, "GAPI2015");
    assert_int_equal(link_pairing_left(&w.link, w.now), 150000);
    assert_null(strstr(reported(&w, REPORT_PAIRING)->text, "GAPI"));
    assert_false(reported(&w, REPORT_PAIRING)->final);
    for (int i = 0; i < 5; i++) {
        int64_t before = w.now;
        wait_for_call(&w, METHOD_STATE);
        assert_int_equal(w.now - before, LINK_PAIRING_POLL_MS);
        state_is(&w, i < 3 ? "notAuthorized" : "starting");
        assert_int_equal(w.link.phase, PHASE_PAIRING);
    }
    run_until(&w, REPORT_LINKED, "authorized", CODE, 20000);
    assert_true(w.link.scanned);
    assert_string_equal(w.link.account.phone, "79001234567");
    assert_string_equal(w.link.pairing_code, "");
    assert_int_equal(w.link.codes_total, 1);
    assert_false(did(&w, LINK_FX_CONNECT));
}

static void pairing_codes_expire(void **state)
{
    struct world w = pairing();
    (void)state;
    reply(&w, METHOD_PAIR, 200, PAIRED);
    int64_t came = w.now;
    run_until(&w, REPORT_TIMEOUT, "notAuthorized", CODE, 200000);
    assert_int_equal(w.now - came, 150000);
    assert_int_equal(w.link.phase, PHASE_EXPIRED);
    assert_non_null(strstr(w.link.reason, "the pairing code has expired"));
    assert_string_equal(w.link.pairing_code, "");
    wait_for_call(&w, METHOD_STATE);
    state_is(&w, "notAuthorized");
    assert_int_equal(w.link.phase, PHASE_EXPIRED);
}

static void a_code_typed_in_the_last_moment_counts(void **state)
{
    struct world w = pairing();
    (void)state;
    reply(&w, METHOD_PAIR, 200, PAIRED);
    run_until(&w, REPORT_LINKING, "starting", CODE, 200000);
    assert_int_equal(w.link.phase, PHASE_LINKING);
    run_until(&w, REPORT_LINKED, "authorized", CODE, 20000);
}

static void no_pairing_code_is_an_error_with_advice(void **state)
{
    static const struct {
        enum report report;
        unsigned status;
        const char *body, *part;
    } rows[] = {
        {REPORT_ERROR, 200, "{\"status\":false}", "status false"},
        {REPORT_ERROR, 200, "{\"status\":false,\"code\":\"\"}", "status false"},
        {REPORT_ERROR, 200, "{\"status\":true,\"code\":\"\"}", "could be typed"},
        {REPORT_ERROR, 200, "{\"status\":true,\"code\":\"AB\\u001b[2JCD\"}", "typed"},
        {REPORT_ERROR, 200, "{\"status\":true}", "could be typed"},
        {REPORT_ERROR, 200, "null", "status false"},
        {REPORT_NETWORK, 500, "<html>", "HTTP 500"},
        {REPORT_ERROR, 404, "", "HTTP 404"},
        {REPORT_NETWORK, 429, "", "HTTP 429"},
        {REPORT_ERROR, 400, "bad request data", "bad request"},
        {REPORT_ERROR, 200, "{\"code\":401,\"description\":\"Unauthorized\"}", "401: Unauthorized"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct world w = pairing();
        reply(&w, METHOD_PAIR, rows[i].status, rows[i].body);
        assert_int_equal(w.link.phase, PHASE_ERROR);
        assert_int_equal(w.link.stage, LINK_IDLE);
        const struct link_effect *told = reported(&w, rows[i].report);
        assert_true(told->final);
        if (!strstr(told->text, rows[i].part) || !strstr(told->text, "reboot the instance"))
            fail_msg("%s: %s", rows[i].body, told->text);
    }
}

static void a_pairing_that_is_never_answered_ends(void **state)
{
    struct world w = pairing();
    (void)state;
    step(&w, &(struct link_event){.kind = LINK_EV_CALL_FAILED, .method = METHOD_PAIR, .text = "no answer within 70 s"});
    assert_int_equal(w.link.phase, PHASE_ERROR);
    w = pairing();
    run_until(&w, REPORT_NETWORK, "notAuthorized", CODE, 200000);
}

/* Whether somebody typed it cannot be known where nobody could ask. */
static void a_pairing_out_of_sight_is_told_so(void **state)
{
    struct world w = pairing();
    (void)state;
    reply(&w, METHOD_PAIR, 200, "{\"status\":true,\"code\":\"GAPI2015\"}");
    while (!reported(&w, REPORT_NETWORK)) {
        assert_true(w.now < 400000);
        if (w.link.in_flight == METHOD_STATE)
            step(&w, &(struct link_event){.kind = LINK_EV_CALL_FAILED, .method = METHOD_STATE, .text = "no route"});
        else
            wait_on(&w);
    }
    assert_true(reported(&w, REPORT_NETWORK)->final);
    assert_non_null(strstr(w.link.reason, "cannot be asked"));
}

static void pairing_needs_an_unlinked_instance(void **state)
{
    struct world w = new_world(2, 0);
    (void)state;
    pair(&w);
    run_until(&w, REPORT_ALREADY_LINKED, "authorized", CODE, 20000);
    assert_int_equal(w.link.phase, PHASE_LINKED);
}

static void bad_numbers_are_not_sent(void **state)
{
    static const char *const bad[] = {NULL, "", "12", "+441234567890", "0441234567890", "44123,\"x\":1"};
    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct world w = new_world(2, 0);
        step(&w, &(struct link_event){.kind = LINK_EV_PAIR, .text = bad[i]});
        assert_int_equal(w.link.stage, LINK_IDLE);
        assert_false(did(&w, LINK_FX_CALL));
    }
}

static void pairing_takes_over_from_a_qr_code_and_back(void **state)
{
    struct world w = in_session();
    (void)state;
    frame(&w, CODE);
    assert_true(link_takes(&w.link, LINK_EV_PAIR));
    pair(&w);
    assert_true(did(&w, LINK_FX_CLOSE));
    assert_false(link_has_code(&w.link));
    wait_for_call(&w, METHOD_STATE);
    state_is(&w, "notAuthorized");
    wait_for_call(&w, METHOD_PAIR);
    closed(&w, 1000);
    reply(&w, METHOD_PAIR, 200, PAIRED);
    assert_string_equal(w.link.pairing_code, "GAPI2015");
    assert_true(link_takes(&w.link, LINK_EV_LINK));
    simple(&w, LINK_EV_LINK);
    assert_string_equal(w.link.pairing_code, "");
    until_connecting(&w);
    simple(&w, LINK_EV_OPEN);
    frame(&w, CODE);
    assert_true(link_has_code(&w.link));
}

static void stop_ends_pairing(void **state)
{
    struct world w = pairing();
    (void)state;
    simple(&w, LINK_EV_STOP);
    reply(&w, METHOD_PAIR, 200, PAIRED);
    assert_string_equal(w.link.pairing_code, "");
    assert_int_equal(w.link.phase, PHASE_UNLINKED);
}

static void pairing_survives_a_bad_line(void **state)
{
    struct world w = pairing();
    (void)state;
    reply(&w, METHOD_PAIR, 200, PAIRED);
    for (int i = 0; i < 3; i++) {
        wait_for_call(&w, METHOD_STATE);
        reply(&w, METHOD_STATE, i ? 502 : 401, "");
        assert_int_equal(w.link.phase, PHASE_PAIRING);
        assert_int_equal(reported(&w, REPORT_NOTE) != NULL, i == 0);
    }
    assert_string_equal(w.link.pairing_code, "GAPI2015");
}

/* The cure. */

static struct world curing(void)
{
    struct world w = new_world(2, 0);
    simple(&w, LINK_EV_CURE);
    wait_for_call(&w, METHOD_REBOOT);
    reply(&w, METHOD_REBOOT, 200, "{\"isReboot\":true}");
    return w;
}

static void the_cure_reboots_and_links(void **state)
{
    struct world w = curing();
    int64_t rebooted = w.now;
    (void)state;
    assert_false(reported(&w, REPORT_REBOOTED)->final);
    assert_int_equal(w.link.phase, PHASE_STARTING);
    assert_non_null(strstr(w.link.reason, "then its code is shown"));
    assert_int_equal(w.link.phase_since, rebooted);
    assert_true(link_is_busy(&w.link));
    assert_false(link_takes(&w.link, LINK_EV_LINK));
    assert_true(link_takes(&w.link, LINK_EV_STOP));
    /* Still up, for the reboot has not begun. */
    wait_for_call(&w, METHOD_STATE);
    state_is(&w, "notAuthorized");
    assert_int_equal(w.link.stage, LINK_CURE);
    for (int i = 0; i < 10; i++) {
        wait_for_call(&w, METHOD_STATE);
        state_is(&w, "starting");
    }
    assert_int_equal(w.link.phase_since, rebooted);
    wait_for_call(&w, METHOD_STATE);
    state_is(&w, "notAuthorized");
    assert_int_equal(w.link.phase, PHASE_CONNECTING);
    wait_for_connect(&w);
    simple(&w, LINK_EV_OPEN);
    frame(&w, CODE);
    assert_true(link_has_code(&w.link));
}

static void a_cure_that_comes_up_linked_says_so(void **state)
{
    struct world w = curing();
    (void)state;
    run_until(&w, REPORT_ALREADY_LINKED, "authorized", CODE, 30000);
    assert_true(reported(&w, REPORT_ALREADY_LINKED)->final);
    assert_int_equal(w.link.phase, PHASE_LINKED);
}

static void a_cure_gives_up_as_a_reboot_does(void **state)
{
    struct world w = curing();
    (void)state;
    run_until(&w, REPORT_ERROR, "starting", CODE, 700000);
    assert_non_null(strstr(w.link.reason, "the reboot was taken 10 minutes ago, but the state is 'starting'"));
    w = new_world(2, 0);
    simple(&w, LINK_EV_CURE);
    reply(&w, METHOD_REBOOT, 400, "instance account not authorized");
    assert_int_equal(w.link.phase, PHASE_ERROR);
    w = curing();
    wait_for_call(&w, METHOD_STATE);
    state_is(&w, "blocked");
    assert_int_equal(w.link.phase, PHASE_BLOCKED);
    assert_int_equal(w.link.stage, LINK_IDLE);
}

static void a_cure_can_be_stopped(void **state)
{
    struct world w = curing();
    (void)state;
    simple(&w, LINK_EV_STOP);
    assert_int_equal(w.link.stage, LINK_IDLE);
    wait_for_call(&w, METHOD_STATE);
    state_is(&w, "notAuthorized");
    assert_int_equal(w.link.phase, PHASE_UNLINKED);
}

/* Details. */

static unsigned answer_details(struct world *w, int64_t limit)
{
    unsigned asked = 0;
    int64_t end = w->now + limit;
    while (w->now < end) {
        int method = w->link.in_flight;
        if (method == METHOD_SETTINGS || method == METHOD_ACCOUNT || method == METHOD_HISTORY)
            asked |= 1u << method;
        if (method == METHOD_STATE)
            state_is(w, "notAuthorized");
        else if (method >= 0)
            reply(w, (enum method)method, 200, method == METHOD_QR ? CODE : "{}");
        else if (link_deadline(&w->link) < end)
            wait_on(w);
        else
            break;
    }
    return asked;
}

static void details_are_asked_in_pauses(void **state)
{
    const unsigned all = 1u << METHOD_SETTINGS | 1u << METHOD_ACCOUNT | 1u << METHOD_HISTORY;
    struct world idle = new_world(2, 0), session = in_session(), over_https = polled(2), paired = pairing(), cure = curing();
    (void)state;
    reply(&over_https, METHOD_QR, 200, CODE);
    frame(&session, CODE);
    reply(&paired, METHOD_PAIR, 200, PAIRED);
    struct world *const worlds[] = {&idle, &session, &over_https, &paired, &cure};
    for (size_t i = 0; i < sizeof worlds / sizeof *worlds; i++) {
        enum link_stage stage = worlds[i]->link.stage;
        enum phase phase = worlds[i]->link.phase;
        simple(worlds[i], LINK_EV_DETAILS);
        assert_int_equal(worlds[i]->link.stage, stage);
        assert_int_equal(answer_details(worlds[i], 8000), all);
        if (i > 0)
            assert_int_equal(worlds[i]->link.phase, phase);
    }
}

static void details_do_not_come_before_an_attempt(void **state)
{
    struct world w = new_world(2, 0);
    (void)state;
    w.link.call_at = 2000;
    simple(&w, LINK_EV_DETAILS);
    simple(&w, LINK_EV_LINK);
    wait_on(&w);
    for (int i = 0; i < 6; i++) { /* a bad line, waits of many seconds */
        assert_int_equal(w.link.in_flight, METHOD_STATE);
        reply(&w, METHOD_STATE, 502, "");
        while (w.link.in_flight < 0)
            wait_on(&w);
    }
    assert_int_equal(w.link.in_flight, METHOD_STATE);
    state_is(&w, "notAuthorized");
    while (w.link.socket != LINK_SOCKET_OPENING) {
        assert_int_equal(w.link.in_flight, -1);
        wait_on(&w);
    }
    simple(&w, LINK_EV_OPEN);
    assert_int_not_equal(answer_details(&w, 8000), 0);
}

/* The books. */

static void troubles_are_kept_newest_first(void **state)
{
    static const char *const texts[] = {"one", "two", "two", "three", "four", "five"};
    struct world w = new_world(2, 0);
    (void)state;
    simple(&w, LINK_EV_LINK);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        wait_for_call(&w, METHOD_STATE);
        step(&w, &(struct link_event){.kind = LINK_EV_CALL_FAILED, .method = METHOD_STATE, .text = texts[i]});
        assert_string_equal(w.link.troubles[0].text, texts[i]);
        assert_int_equal(w.link.troubles[0].at, w.now);
    }
    assert_int_equal(w.link.trouble_count, LINK_TROUBLES_MAX);
    assert_string_equal(w.link.troubles[1].text, "four");
    assert_string_equal(w.link.troubles[3].text, "two");
    wait_for_call(&w, METHOD_STATE);
    reply(&w, METHOD_STATE, 403, "");
    assert_non_null(strstr(w.link.troubles[0].text, "403"));
}

static void codes_and_renewals_are_counted_over_attempts(void **state)
{
    struct world w = in_session();
    (void)state;
    for (unsigned i = 1; i <= 3; i++) {
        frame(&w, CODE);
        frame(&w, "{\"type\":\"timeout\"}");
        closed(&w, 1000);
        wait_for_connect(&w);
        simple(&w, LINK_EV_OPEN);
        assert_int_equal(w.link.codes_total, i);
        assert_int_equal(w.link.renewals_total, i);
        simple(&w, LINK_EV_STOP);
        closed(&w, 1000);
        open_session(&w);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_trusted_state_is_not_asked_again),
        cmocka_unit_test(other_states_are_not_trusted),
        cmocka_unit_test(a_wall_leads_to_codes_over_https),
        cmocka_unit_test(a_websocket_that_fails_once_is_tried_again),
        cmocka_unit_test(a_line_that_is_down_is_no_wall),
        cmocka_unit_test(the_same_picture_goes_stale),
        cmocka_unit_test(polls_are_a_second_apart),
        cmocka_unit_test(polled_renewals_are_bounded),
        cmocka_unit_test(polled_ends_as_frames_do),
        cmocka_unit_test(a_polled_scan_is_seen_by_its_starting),
        cmocka_unit_test(starting_without_a_scan_goes_on_but_not_for_ever),
        cmocka_unit_test(starting_before_a_code_is_waited_out),
        cmocka_unit_test(one_bad_answer_leaves_the_code_on_show),
        cmocka_unit_test(broken_polling_ends),
        cmocka_unit_test(a_refused_qr_method_is_told),
        cmocka_unit_test(stop_ends_polling),
        cmocka_unit_test(pairing_goes_all_the_way),
        cmocka_unit_test(pairing_codes_expire),
        cmocka_unit_test(a_code_typed_in_the_last_moment_counts),
        cmocka_unit_test(no_pairing_code_is_an_error_with_advice),
        cmocka_unit_test(a_pairing_that_is_never_answered_ends),
        cmocka_unit_test(a_pairing_out_of_sight_is_told_so),
        cmocka_unit_test(pairing_needs_an_unlinked_instance),
        cmocka_unit_test(bad_numbers_are_not_sent),
        cmocka_unit_test(pairing_takes_over_from_a_qr_code_and_back),
        cmocka_unit_test(stop_ends_pairing),
        cmocka_unit_test(pairing_survives_a_bad_line),
        cmocka_unit_test(the_cure_reboots_and_links),
        cmocka_unit_test(a_cure_that_comes_up_linked_says_so),
        cmocka_unit_test(a_cure_gives_up_as_a_reboot_does),
        cmocka_unit_test(a_cure_can_be_stopped),
        cmocka_unit_test(details_are_asked_in_pauses),
        cmocka_unit_test(details_do_not_come_before_an_attempt),
        cmocka_unit_test(troubles_are_kept_newest_first),
        cmocka_unit_test(codes_and_renewals_are_counted_over_attempts),
    };
    return cmocka_run_group_tests_name("link ways", tests, NULL, NULL);
}
