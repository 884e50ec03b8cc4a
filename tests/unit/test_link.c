/* SPDX-License-Identifier: MIT
 * The linking machine, driven by hand: every event is one call, every effect is looked at.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "link_rig.h"

static void first_check_shows_the_state(void **state)
{
    struct world w = new_world(2, 0);
    (void)state;
    assert_int_equal(w.link.phase, PHASE_UNKNOWN);
    wait_on(&w);
    assert_int_equal(w.link.phase, PHASE_CHECKING);
    assert_true(called(&w, METHOD_STATE));
    state_is(&w, "notAuthorized");
    assert_int_equal(w.link.phase, PHASE_UNLINKED);
    assert_non_null(reported(&w, REPORT_STATE));
    int64_t next = link_deadline(&w.link) - w.now;
    assert_true(next >= 54000 && next <= 66000);
}

static void each_state_has_its_phase(void **state)
{
    static const struct {
        const char *state;
        enum phase phase;
    } rows[] = {
        {"authorized", PHASE_LINKED},       {"notAuthorized", PHASE_UNLINKED}, {"starting", PHASE_STARTING},
        {"blocked", PHASE_BLOCKED},         {"suspended", PHASE_SUSPENDED},    {"yellowCard", PHASE_SUSPENDED},
        {"sleepMode", PHASE_ERROR},       {"pendingCode", PHASE_ERROR},      {"somethingElse", PHASE_STARTING},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct world w = new_world(2, 0);
        wait_on(&w);
        state_is(&w, rows[i].state);
        assert_int_equal(w.link.phase, rows[i].phase);
    }
}

static void link_goes_all_the_way(void **state)
{
    struct world w = in_session();
    (void)state;
    frame(&w, CODE);
    assert_non_null(reported(&w, REPORT_CODE));
    assert_int_equal(link_code_left(&w.link, w.now), 20000);
    assert_int_equal(link_code_left(&w.link, w.now + 5000), 15000);
    assert_int_equal(link_session_left(&w.link, w.now + 99000), 1000);
    w.now += 20000;
    frame(&w, CODE);
    assert_int_equal(w.link.code_index, 2);
    frame(&w, ACCOUNT);
    assert_true(did(&w, LINK_FX_CLOSE));
    assert_non_null(reported(&w, REPORT_LINKING));
    assert_int_equal(w.link.phase, PHASE_LINKING);
    closed(&w, 1000);
    wait_for_call(&w, METHOD_STATE);
    state_is(&w, "starting");
    assert_int_equal(w.link.phase, PHASE_LINKING);
    wait_for_call(&w, METHOD_STATE);
    state_is(&w, "authorized");
    assert_int_equal(w.link.phase, PHASE_LINKED);
    wait_for_call(&w, METHOD_SETTINGS);
    reply(&w, METHOD_SETTINGS, 200, "{\"phone\":\"79001234567\"}");
    const struct link_effect *linked = reported(&w, REPORT_LINKED);
    assert_non_null(linked);
    assert_true(linked->final);
    assert_string_equal(w.link.account.phone, "79001234567");
    assert_string_equal(w.link.account.pushname, "Ann");
    assert_int_equal(w.link.stage, LINK_IDLE);
}

static void already_after_a_code_means_linked(void **state)
{
    struct world w = in_session();
    (void)state;
    frame(&w, CODE);
    frame(&w, "{\"type\":\"alreadyLogged\"}");
    assert_int_equal(w.link.phase, PHASE_LINKING);
    wait_for_call(&w, METHOD_STATE);
    state_is(&w, "authorized");
    wait_for_call(&w, METHOD_SETTINGS);
    reply(&w, METHOD_SETTINGS, 404, "");
    assert_non_null(reported(&w, REPORT_LINKED));
}

static void already_as_first_frame_means_linked_before(void **state)
{
    struct world w = in_session();
    (void)state;
    frame(&w, "{\"type\":\"alreadyLogged\"}");
    assert_null(reported(&w, REPORT_LINKING));
    wait_for_call(&w, METHOD_STATE);
    state_is(&w, "authorized");
    wait_for_call(&w, METHOD_SETTINGS);
    reply(&w, METHOD_SETTINGS, 200, "{\"phone\":\"7900\"}");
    assert_non_null(reported(&w, REPORT_ALREADY_LINKED));
    assert_null(reported(&w, REPORT_LINKED));
}

static void linked_instance_opens_no_socket(void **state)
{
    struct world w = new_world(2, 0);
    (void)state;
    simple(&w, LINK_EV_LINK);
    wait_for_call(&w, METHOD_STATE);
    state_is(&w, "yellowCard");
    assert_false(did(&w, LINK_FX_CONNECT));
    assert_int_equal(w.link.phase, PHASE_SUSPENDED);
    wait_for_call(&w, METHOD_SETTINGS);
    reply(&w, METHOD_SETTINGS, 500, "");
    assert_true(reported(&w, REPORT_ALREADY_LINKED)->final);
}

static void starting_is_waited_out(void **state)
{
    struct world w = new_world(2, 0);
    (void)state;
    simple(&w, LINK_EV_LINK);
    for (int i = 0; i < 5; i++) {
        wait_for_call(&w, METHOD_STATE);
        state_is(&w, "starting");
        assert_int_equal(w.link.phase, PHASE_STARTING);
        assert_true(link_deadline(&w.link) - w.now <= 5000);
    }
    wait_for_call(&w, METHOD_STATE);
    state_is(&w, "notAuthorized");
    wait_for_connect(&w);
}

static void starting_for_ever_ends(void **state)
{
    struct world w = new_world(2, 0);
    (void)state;
    simple(&w, LINK_EV_LINK);
    while (!reported(&w, REPORT_ERROR)) {
        assert_true(w.now < 700000);
        if (called(&w, METHOD_STATE))
            state_is(&w, "starting");
        else
            wait_on(&w);
    }
    assert_int_equal(w.link.stage, LINK_IDLE);
}

static void code_goes_stale_after_25_seconds(void **state)
{
    struct world w = in_session();
    (void)state;
    frame(&w, CODE);
    assert_int_equal(link_deadline(&w.link), w.now + 25000);
    w.now += 24999;
    simple(&w, LINK_EV_TICK);
    assert_true(link_has_code(&w.link));
    w.now += 1;
    simple(&w, LINK_EV_TICK);
    assert_false(link_has_code(&w.link));
    assert_int_equal(w.link.phase, PHASE_STALE);
    assert_non_null(reported(&w, REPORT_STALE));
    assert_int_equal(link_code_left(&w.link, w.now), -1);
    frame(&w, CODE);
    assert_true(link_has_code(&w.link));
}

/* The service's end, told or not: renewals are counted, sockets never overlap. */
static void run_out(const char *timeout_frame)
{
    struct world w = in_session();
    for (unsigned renewal = 1;; renewal++) {
        frame(&w, CODE);
        w.now += 100000;
        if (timeout_frame)
            frame(&w, timeout_frame);
        else
            closed(&w, 1000);
        if (renewal == 3)
            break;
        assert_non_null(reported(&w, REPORT_RENEW));
        if (timeout_frame) {
            assert_false(did(&w, LINK_FX_CONNECT));
            closed(&w, 1000);
        }
        wait_for_connect(&w);
        simple(&w, LINK_EV_OPEN);
    }
    assert_true(reported(&w, REPORT_TIMEOUT)->final);
    assert_int_equal(w.link.phase, PHASE_EXPIRED);
    assert_int_equal(w.link.session, 3);
}

static void renewals_are_bounded(void **state)
{
    (void)state;
    run_out("{\"type\":\"timeout\"}");
    run_out("{\"type\":\"timeoutExpired\",\"message\":\"timeoutExpired\"}");
    run_out(NULL);
}

static void silent_session_ends_by_our_deadline(void **state)
{
    struct world w = new_world(0, 0);
    (void)state;
    open_session(&w);
    int64_t opened = w.now;
    frame(&w, CODE);
    while (!reported(&w, REPORT_TIMEOUT))
        wait_on(&w);
    assert_int_equal(w.now - opened, 105000);
    assert_true(did(&w, LINK_FX_CLOSE));
}

static void expired_stays_until_something_happens(void **state)
{
    struct world w = new_world(0, 0);
    (void)state;
    open_session(&w);
    frame(&w, CODE);
    frame(&w, "{\"type\":\"timeout\"}");
    closed(&w, 1000);
    w.fx.count = 0;
    wait_on(&w);
    assert_true(called(&w, METHOD_STATE));
    state_is(&w, "notAuthorized");
    assert_int_equal(w.link.phase, PHASE_EXPIRED);
    simple(&w, LINK_EV_REFRESH);
    wait_for_call(&w, METHOD_STATE);
    state_is(&w, "notAuthorized");
    assert_int_equal(w.link.phase, PHASE_UNLINKED);
}

static void final_frames_end_the_attempt(void **state)
{
    static const struct {
        const char *frame;
        enum phase phase;
        enum report report;
    } rows[] = {
        {"{\"type\":\"error\",\"message\":\"Instance has auth. You need to make log out\"}", PHASE_ERROR, REPORT_ERROR},
        {"{\"type\":\"error\"}", PHASE_ERROR, REPORT_ERROR},
        {"{\"type\":\"passkeyRequired\"}", PHASE_PASSKEY, REPORT_PASSKEY},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct world w = in_session();
        frame(&w, CODE);
        frame(&w, rows[i].frame);
        assert_int_equal(w.link.phase, rows[i].phase);
        assert_true(reported(&w, rows[i].report)->final);
        assert_true(did(&w, LINK_FX_CLOSE));
        /* What the socket still says while we close it changes nothing. */
        frame(&w, CODE);
        assert_int_equal(w.link.phase, rows[i].phase);
        closed(&w, 1006);
        assert_int_equal(w.link.phase, rows[i].phase);
    }
}

static void noise_is_logged_and_survived(void **state)
{
    struct world w = in_session();
    (void)state;
    frame(&w, "{\"type\":\"news\",\"message\":\"hello\"}");
    assert_non_null(strstr(reported(&w, REPORT_NOTE)->text, "news"));
    frame(&w, "<html>");
    assert_non_null(strstr(reported(&w, REPORT_NOTE)->text, "not JSON"));
    simple(&w, LINK_EV_TOO_LARGE);
    assert_non_null(strstr(reported(&w, REPORT_NOTE)->text, "1 MiB"));
    assert_int_equal(w.link.phase, PHASE_WAITING);
    frame(&w, CODE);
    assert_int_equal(w.link.phase, PHASE_CODE);
}

/* Any refusal but "not so fast" means that nobody wants a websocket here; what only did not come about is tried again. */
static void handshake_status_decides(void **state)
{
    static const struct {
        unsigned status;
        enum link_stage stage;
        enum report report;
    } rows[] = {
        {401, LINK_POLLED, REPORT_OVER_HTTPS}, {403, LINK_POLLED, REPORT_OVER_HTTPS}, {404, LINK_POLLED, REPORT_OVER_HTTPS},
        {302, LINK_POLLED, REPORT_OVER_HTTPS}, {466, LINK_POLLED, REPORT_OVER_HTTPS}, {407, LINK_POLLED, REPORT_OVER_HTTPS},
        {400, LINK_BACKOFF, REPORT_NETWORK},   {429, LINK_BACKOFF, REPORT_NETWORK},   {503, LINK_BACKOFF, REPORT_NETWORK},
        {200, LINK_BACKOFF, REPORT_NETWORK},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct world w = new_world(2, 0);
        simple(&w, LINK_EV_LINK);
        wait_for_call(&w, METHOD_STATE);
        state_is(&w, "notAuthorized");
        wait_for_connect(&w);
        step(&w, &(struct link_event){.kind = LINK_EV_REFUSED, .status = rows[i].status, .text = ""});
        assert_int_equal(w.link.stage, rows[i].stage);
        assert_non_null(reported(&w, rows[i].report));
        assert_false(reported(&w, rows[i].report)->final);
    }
}

static void bad_token_is_refused_before_the_socket(void **state)
{
    struct world w = new_world(2, 0);
    (void)state;
    simple(&w, LINK_EV_LINK);
    wait_for_call(&w, METHOD_STATE);
    reply(&w, METHOD_STATE, 401, "");
    assert_int_equal(w.link.phase, PHASE_REFUSED);
    assert_int_equal(w.link.status, 401);
    assert_true(reported(&w, REPORT_REFUSED)->final);
}

static void failures_back_off_and_recover(void **state)
{
    struct world w = new_world(2, 0);
    (void)state;
    simple(&w, LINK_EV_LINK);
    for (int i = 0; i < 12; i++) {
        wait_for_call(&w, METHOD_STATE);
        step(&w, &(struct link_event){.kind = LINK_EV_CALL_FAILED, .method = METHOD_STATE, .text = "no route"});
        assert_int_equal(w.link.phase, PHASE_OFFLINE);
        assert_non_null(strstr(reported(&w, REPORT_NETWORK)->text, "no route"));
        assert_true(w.link.retry_at > w.now && w.link.retry_at <= w.now + 30000);
    }
    wait_for_call(&w, METHOD_STATE);
    state_is(&w, "notAuthorized");
    wait_for_connect(&w);
}

static void headless_tries_end(void **state)
{
    struct world w = new_world(2, 3);
    (void)state;
    simple(&w, LINK_EV_LINK);
    for (int i = 1; i <= 3; i++) {
        wait_for_call(&w, METHOD_STATE);
        step(&w, &(struct link_event){.kind = LINK_EV_CALL_FAILED, .method = METHOD_STATE, .text = "refused"});
        assert_int_equal(reported(&w, REPORT_NETWORK)->final, i == 3);
    }
    assert_int_equal(w.link.stage, LINK_IDLE);
}

static void cut_sessions_are_bounded(void **state)
{
    struct world w = in_session();
    (void)state;
    for (int cut = 1; cut <= 3; cut++) {
        frame(&w, CODE);
        closed(&w, 0);
        assert_false(link_has_code(&w.link));
        assert_int_equal(reported(&w, REPORT_NETWORK)->final, cut == 3);
        if (cut == 3)
            break;
        wait_for_call(&w, METHOD_STATE);
        state_is(&w, "notAuthorized");
        wait_for_connect(&w);
        simple(&w, LINK_EV_OPEN);
    }
    assert_int_equal(w.link.phase, PHASE_OFFLINE);
    assert_int_equal(w.link.stage, LINK_IDLE);
}

static void linked_and_not_linked_by_turns_ends(void **state)
{
    struct world w = in_session();
    (void)state;
    while (!reported(&w, REPORT_ERROR)) {
        frame(&w, "{\"type\":\"alreadyLogged\"}");
        if (reported(&w, REPORT_ERROR))
            break;
        closed(&w, 1000);
        wait_for_call(&w, METHOD_STATE);
        state_is(&w, "notAuthorized");
        wait_for_connect(&w);
        simple(&w, LINK_EV_OPEN);
        assert_true(w.link.session < 5);
    }
    assert_int_equal(w.link.stage, LINK_IDLE);
    assert_int_equal(w.link.phase, PHASE_ERROR);
}

/* The phone scanned, the line broke before the service could say so: it is linked by us all the same. */
static void scan_survives_a_cut(void **state)
{
    struct world w = in_session();
    (void)state;
    frame(&w, CODE);
    closed(&w, 0);
    wait_for_call(&w, METHOD_STATE);
    state_is(&w, "authorized");
    wait_for_call(&w, METHOD_SETTINGS);
    reply(&w, METHOD_SETTINGS, 200, "{\"phone\":\"7900\"}");
    assert_non_null(reported(&w, REPORT_LINKED));
}

static void polls_leave_the_end_of_an_attempt_on_show(void **state)
{
    struct world w = in_session();
    (void)state;
    frame(&w, "{\"type\":\"error\",\"message\":\"Instance has auth\"}");
    closed(&w, 1000);
    wait_for_call(&w, METHOD_STATE);
    reply(&w, METHOD_STATE, 502, "<html>");
    assert_int_equal(w.link.phase, PHASE_ERROR);
    wait_for_call(&w, METHOD_STATE);
    reply(&w, METHOD_STATE, 401, "");
    assert_int_equal(w.link.phase, PHASE_ERROR);
    wait_for_call(&w, METHOD_STATE);
    state_is(&w, "notAuthorized");
    assert_string_equal(w.link.reason, "Instance has auth");
    /* News end it: somebody linked the instance elsewhere. */
    wait_for_call(&w, METHOD_STATE);
    state_is(&w, "authorized");
    assert_int_equal(w.link.phase, PHASE_LINKED);
}

static void poll_troubles_pass_with_the_next_good_poll(void **state)
{
    static const unsigned statuses[] = {502, 401, 466};
    (void)state;
    for (size_t i = 0; i < sizeof statuses / sizeof *statuses; i++) {
        struct world w = new_world(2, 0);
        wait_on(&w);
        state_is(&w, "notAuthorized");
        wait_for_call(&w, METHOD_STATE);
        reply(&w, METHOD_STATE, statuses[i], "");
        assert_int_not_equal(w.link.phase, PHASE_UNLINKED);
        wait_for_call(&w, METHOD_STATE);
        state_is(&w, "notAuthorized");
        assert_int_equal(w.link.phase, PHASE_UNLINKED);
    }
}

static void calls_keep_their_distance_from_the_answer_on(void **state)
{
    struct world w = new_world(2, 0);
    (void)state;
    wait_on(&w);
    w.now += 5000;
    state_is(&w, "authorized");
    assert_false(called(&w, METHOD_SETTINGS));
    assert_int_equal(link_deadline(&w.link), w.now + LINK_CALL_GAP_MS);
}

static void refresh_during_backoff_tries_now(void **state)
{
    struct world w = new_world(2, 0);
    (void)state;
    simple(&w, LINK_EV_LINK);
    step(&w, &(struct link_event){.kind = LINK_EV_CALL_FAILED, .method = METHOD_STATE, .text = "no route"});
    assert_int_equal(w.link.stage, LINK_BACKOFF);
    simple(&w, LINK_EV_REFRESH);
    assert_int_equal(w.link.stage, LINK_CHECK);
}

static void reboot_of_an_unlinked_instance_may_fail(void **state)
{
    struct world w = new_world(2, 0);
    (void)state;
    simple(&w, LINK_EV_REBOOT);
    reply(&w, METHOD_REBOOT, 400, "instance account not authorized");
    assert_null(reported(&w, REPORT_REBOOTED));
    assert_int_equal(w.link.phase, PHASE_ERROR);
}

static void floods_of_noise_are_cut_short(void **state)
{
    struct world w = in_session();
    int told = 0;
    (void)state;
    for (int i = 0; i < 1000; i++) {
        frame(&w, "{\"type\":\"noise\"}");
        told += reported(&w, REPORT_NOTE) != NULL;
    }
    assert_int_equal(told, 20);
    frame(&w, CODE);
    assert_int_equal(w.link.phase, PHASE_CODE);
}

static void stop_closes_and_shows_the_state(void **state)
{
    struct world w = in_session();
    (void)state;
    frame(&w, CODE);
    simple(&w, LINK_EV_STOP);
    assert_true(did(&w, LINK_FX_CLOSE));
    assert_int_equal(w.link.phase, PHASE_UNLINKED);
    closed(&w, 1000);
    assert_int_equal(w.link.socket, LINK_SOCKET_NONE);
    assert_int_equal(w.link.phase, PHASE_UNLINKED);
    /* Again at once: the connect waits until a second has passed since the last one. */
    open_session(&w);
}

static void logout_is_confirmed(void **state)
{
    struct world w = new_world(2, 0);
    (void)state;
    wait_on(&w);
    state_is(&w, "authorized");
    wait_for_call(&w, METHOD_SETTINGS);
    reply(&w, METHOD_SETTINGS, 200, "{\"phone\":\"7900\"}");
    simple(&w, LINK_EV_LOGOUT);
    wait_for_call(&w, METHOD_LOGOUT);
    reply(&w, METHOD_LOGOUT, 200, "{\"isLogout\":true}");
    wait_for_call(&w, METHOD_STATE);
    state_is(&w, "authorized");
    assert_null(reported(&w, REPORT_LOGGED_OUT));
    wait_for_call(&w, METHOD_STATE);
    state_is(&w, "notAuthorized");
    assert_true(reported(&w, REPORT_LOGGED_OUT)->final);
    assert_int_equal(w.link.phase, PHASE_UNLINKED);
    assert_string_equal(w.link.state_text, "notAuthorized");
    assert_int_equal(w.link.state_since, w.now);
    assert_string_equal(w.link.account.phone, "");
}

static void logout_ends_a_session_first(void **state)
{
    struct world w = in_session();
    (void)state;
    frame(&w, CODE);
    simple(&w, LINK_EV_LOGOUT);
    assert_true(did(&w, LINK_FX_CLOSE));
    assert_false(link_has_code(&w.link));
}

static void failed_logout_says_so(void **state)
{
    struct world w = new_world(2, 0);
    (void)state;
    simple(&w, LINK_EV_LOGOUT);
    reply(&w, METHOD_LOGOUT, 500, "<html>");
    assert_true(reported(&w, REPORT_NETWORK)->final);
    assert_non_null(strstr(w.link.reason, "logout failed"));
    simple(&w, LINK_EV_LOGOUT);
    wait_for_call(&w, METHOD_LOGOUT);
    reply(&w, METHOD_LOGOUT, 200, "{\"isLogout\":false}");
    assert_non_null(reported(&w, REPORT_ERROR));
}

static void reboot_waits_until_it_is_up(void **state)
{
    struct world w = new_world(2, 0);
    (void)state;
    simple(&w, LINK_EV_REBOOT);
    wait_for_call(&w, METHOD_REBOOT);
    reply(&w, METHOD_REBOOT, 200, "{\"isReboot\":true}");
    assert_true(reported(&w, REPORT_REBOOTED)->final);
    assert_int_equal(w.link.phase, PHASE_STARTING);
    wait_for_call(&w, METHOD_STATE);
    state_is(&w, "starting");
    simple(&w, LINK_EV_LINK);
    assert_int_equal(w.link.stage, LINK_REBOOT);
    wait_for_call(&w, METHOD_STATE);
    state_is(&w, "notAuthorized");
    assert_int_equal(w.link.phase, PHASE_UNLINKED);
    assert_int_equal(w.link.stage, LINK_IDLE);
}

/* Asks for the state until `ms` are over; each answer is this one. */
static void state_stays(struct world *w, const char *state, int64_t ms)
{
    for (int64_t end = w->now + ms; w->now < end;) {
        if (w->link.in_flight == METHOD_STATE)
            state_is(w, state);
        else
            wait_on(w);
    }
}

static void only_a_long_starting_advises_a_reboot(void **state)
{
    struct world w = new_world(2, 0);
    (void)state;
    wait_on(&w);
    state_is(&w, "starting");
    int64_t began = w.now;
    assert_int_equal(w.link.starting_since, began);
    assert_null(strstr(w.link.reason, "reboot"));
    simple(&w, LINK_EV_REFRESH);
    assert_false(link_starts_too_long(&w.link, began + LINK_STARTING_MS));
    wait_for_call(&w, METHOD_STATE);
    state_is(&w, "starting");
    assert_int_equal(w.link.starting_since, began);
    assert_false(link_starts_too_long(&w.link, began + LINK_STARTING_MS - 1));
    assert_true(link_starts_too_long(&w.link, began + LINK_STARTING_MS));
    state_stays(&w, "starting", LINK_STARTING_MS + 10000);
    assert_non_null(strstr(w.link.reason, "reboot it"));
    state_stays(&w, "notAuthorized", 10000);
    assert_int_equal(w.link.starting_since, 0);
}

/* What it was before tells nothing of how long it starts. */
static void a_reboot_begins_the_starting_anew(void **state)
{
    struct world w = new_world(2, 0);
    (void)state;
    wait_on(&w);
    state_is(&w, "starting");
    w.now += LINK_STARTING_MS;
    simple(&w, LINK_EV_REBOOT);
    wait_for_call(&w, METHOD_REBOOT);
    reply(&w, METHOD_REBOOT, 200, "{\"isReboot\":true}");
    assert_int_equal(w.link.starting_since, w.now);
    assert_false(link_starts_too_long(&w.link, w.now + 60000));
    assert_null(strstr(w.link.reason, "reboot it"));
    state_stays(&w, "starting", LINK_STARTING_MS + 10000);
    assert_string_equal(w.link.reason, "still not up 5 minutes after the reboot");
}

static void scan_that_does_not_hold_ends(void **state)
{
    struct world w = in_session();
    (void)state;
    frame(&w, CODE);
    frame(&w, ACCOUNT);
    closed(&w, 1000);
    int64_t scanned = w.now;
    while (!reported(&w, REPORT_ERROR)) {
        if (called(&w, METHOD_STATE))
            state_is(&w, "notAuthorized");
        else
            wait_on(&w);
        assert_true(w.now - scanned < 70000);
    }
    assert_true(w.now - scanned >= 60000);
}

static void idle_trouble_is_told_once(void **state)
{
    struct world w = new_world(2, 0);
    int told = 0;
    (void)state;
    for (int i = 0; i < 3; i++) {
        wait_for_call(&w, METHOD_STATE);
        reply(&w, METHOD_STATE, 502, "<html>");
        told += reported(&w, REPORT_NETWORK) != NULL;
        w.now += 50000;
    }
    assert_int_equal(told, 1);
    assert_int_equal(w.link.phase, PHASE_OFFLINE);
}

/* Whatever happens in whatever order, the service's rules hold. */
struct watcher {
    bool socket, in_flight;
    int64_t connected_at, called_at;
};

static void watch(struct watcher *watcher, const struct world *w)
{
    for (size_t i = 0; i < w->fx.count; i++) {
        const struct link_effect *fx = &w->fx.item[i];
        if (fx->kind == LINK_FX_CONNECT) {
            assert_false(watcher->socket);
            assert_true(w->now - watcher->connected_at >= LINK_CONNECT_GAP_MS);
            watcher->socket = true;
            watcher->connected_at = w->now;
        } else if (fx->kind == LINK_FX_CALL) {
            assert_false(watcher->in_flight);
            assert_true(w->now - watcher->called_at >= LINK_CALL_GAP_MS);
            watcher->in_flight = true;
            watcher->called_at = w->now;
        } else if (fx->kind == LINK_FX_CLOSE) {
            assert_true(watcher->socket);
        }
    }
}

static void random_socket_event(struct world *w, struct watcher *watcher)
{
    static const char *const frames[] = {CODE, CODE, CODE, ACCOUNT, "{\"type\":\"alreadyLogged\"}", "{\"type\":\"timeout\"}",
                                         "{\"type\":\"error\",\"message\":\"x\"}", "junk"};
    static const unsigned statuses[] = {401, 503, 429, 200, 302};
    switch (w->link.socket == LINK_SOCKET_OPENING && rand() % 2 ? 3 : rand() % 10) {
    case 0:
        watcher->socket = false;
        closed(w, 1006);
        break;
    case 1:
        watcher->socket = false;
        step(w, &(struct link_event){.kind = LINK_EV_REFUSED, .status = statuses[rand() % 5], .text = ""});
        break;
    case 2:
        watcher->socket = false;
        step(w, &(struct link_event){.kind = LINK_EV_FAILED, .text = "no websocket"});
        break;
    case 3:
        simple(w, LINK_EV_OPEN);
        break;
    case 4:
        watcher->socket = false;
        step(w, &(struct link_event){.kind = LINK_EV_LOST, .text = "silence"});
        break;
    default:
        frame(w, frames[rand() % 8]);
    }
}

static void random_polled_reply(struct world *w)
{
    static const char *const frames[] = {CODE, "{\"type\":\"qrCode\",\"message\":\"aGo=\"}", "{\"type\":\"alreadyLogged\"}",
                                         "{\"type\":\"passkeyRequired\"}", "{\"type\":\"error\",\"message\":\"x\"}",
                                         "{\"type\":\"error\",\"message\":\"instance in starting process\"}", "{}"};
    reply(w, METHOD_QR, 200, frames[rand() % 7]);
}

static void random_reply(struct world *w, struct watcher *watcher)
{
    static const char unlinked[] = "{\"stateInstance\":\"notAuthorized\"}";
    static const char *const bodies[] = {unlinked, unlinked, "{\"stateInstance\":\"authorized\"}", "{\"stateInstance\":\"starting\"}",
                                         "{\"isLogout\":true,\"isReboot\":true}", "<html>", "null", "{\"status\":false}", "[]"};
    static const unsigned statuses[] = {200, 200, 200, 200, 401, 400, 502, 200, 200};
    watcher->in_flight = false;
    if (w->link.in_flight == METHOD_QR && rand() % 3)
        random_polled_reply(w);
    else if (w->link.in_flight == METHOD_PAIR && rand() % 2)
        reply(w, METHOD_PAIR, statuses[rand() % 9], "{\"status\":true,\"code\":\"GAPI2015\"}");
    else if (w->link.in_flight == METHOD_STATE && rand() % 2)
        reply(w, METHOD_STATE, 200, unlinked);
    else if (rand() % 20 == 0)
        step(w, &(struct link_event){.kind = LINK_EV_CALL_FAILED, .method = (enum method)w->link.in_flight, .text = "no route"});
    else
        reply(w, (enum method)w->link.in_flight, statuses[rand() % 9], bodies[rand() % 9]);
}

static void random_order(struct world *w)
{
    /* An attempt must live long enough to come to something. */
    static const enum link_event_kind orders[] = {LINK_EV_LINK, LINK_EV_LINK, LINK_EV_LINK, LINK_EV_LINK, LINK_EV_PAIR,
                                                  LINK_EV_PAIR, LINK_EV_DETAILS, LINK_EV_DETAILS, LINK_EV_REFRESH,
                                                  LINK_EV_STOP, LINK_EV_LOGOUT, LINK_EV_REBOOT, LINK_EV_CURE};
    static const char *const numbers[] = {"441234567890", "", "abc", NULL};
    step(w, &(struct link_event){.kind = orders[rand() % 13],
                                 .text = numbers[rand() % 10 < 7 ? 0 : rand() % 4],
                                 .trust_ms = rand() % 2 ? 45000 : 0});
}

static void check_what_is_shown(const struct world *w)
{
    const struct link *link = &w->link;
    assert_true(w->fx.count < LINK_EFFECTS_MAX);
    assert_true(!link_has_code(link) || link->stage == LINK_SESSION || link->stage == LINK_POLLED);
    assert_true(link->stage == LINK_PAIRING ? link->pairing_until - w->now <= LINK_PAIRING_MS : !link->pairing_code[0]);
    assert_true(link->stage == LINK_POLLED || link->in_flight == METHOD_QR || !(link->calls & 1u << METHOD_QR));
    assert_true(!link_is_polled(link) || link->over_https);
    assert_true(link->renewed <= link->limits.renewals);
    for (size_t i = 0; i < w->fx.count; i++)
        assert_null(strstr(w->fx.item[i].text, "GAPI2015"));
}

static void rules_hold_for_random_events(void **state)
{
    unsigned stages[LINK_STAGE_COUNT] = {0};
    (void)state;
    srand(1);
    for (int run = 0; run < 300; run++) {
        struct world w = new_world((unsigned)rand() % 3, (unsigned)rand() % 4);
        struct watcher watcher = {false, false, -100000, -100000};
        for (int i = 0; i < 400; i++) {
            int what = rand() % 10;
            w.now += rand() % 3000;
            if (rand() % (w.link.stage == LINK_IDLE ? 4 : 30) == 0)
                random_order(&w);
            else if (what < 4 && watcher.socket)
                random_socket_event(&w, &watcher);
            else if (what < 7 && watcher.in_flight)
                random_reply(&w, &watcher);
            else if (link_deadline(&w.link) < INT64_MAX)
                wait_on(&w);
            else
                simple(&w, LINK_EV_TICK);
            watch(&watcher, &w);
            check_what_is_shown(&w);
            stages[w.link.stage]++;
        }
    }
    for (int i = 0; i < LINK_STAGE_COUNT; i++)
        if (stages[i] < 100)
            fail_msg("stage %d was reached %u times only", i, stages[i]);
}

/* A machine that asks for a tick and then does nothing with it would spin. */
static void ticks_make_progress(void **state)
{
    struct world w = in_session();
    (void)state;
    frame(&w, CODE);
    for (int i = 0; i < 200; i++) {
        int64_t before = link_deadline(&w.link);
        int same = 0;
        while (link_deadline(&w.link) != INT64_MAX && link_deadline(&w.link) <= before) {
            wait_on(&w);
            assert_true(++same < 4);
        }
        if (w.link.in_flight >= 0)
            reply(&w, (enum method)w.link.in_flight, 200, "{\"stateInstance\":\"notAuthorized\"}");
        if (w.link.socket == LINK_SOCKET_CLOSING)
            closed(&w, 1000);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(first_check_shows_the_state),
        cmocka_unit_test(each_state_has_its_phase),
        cmocka_unit_test(link_goes_all_the_way),
        cmocka_unit_test(already_after_a_code_means_linked),
        cmocka_unit_test(already_as_first_frame_means_linked_before),
        cmocka_unit_test(linked_instance_opens_no_socket),
        cmocka_unit_test(starting_is_waited_out),
        cmocka_unit_test(starting_for_ever_ends),
        cmocka_unit_test(code_goes_stale_after_25_seconds),
        cmocka_unit_test(renewals_are_bounded),
        cmocka_unit_test(silent_session_ends_by_our_deadline),
        cmocka_unit_test(expired_stays_until_something_happens),
        cmocka_unit_test(final_frames_end_the_attempt),
        cmocka_unit_test(noise_is_logged_and_survived),
        cmocka_unit_test(handshake_status_decides),
        cmocka_unit_test(bad_token_is_refused_before_the_socket),
        cmocka_unit_test(failures_back_off_and_recover),
        cmocka_unit_test(headless_tries_end),
        cmocka_unit_test(cut_sessions_are_bounded),
        cmocka_unit_test(linked_and_not_linked_by_turns_ends),
        cmocka_unit_test(scan_survives_a_cut),
        cmocka_unit_test(polls_leave_the_end_of_an_attempt_on_show),
        cmocka_unit_test(poll_troubles_pass_with_the_next_good_poll),
        cmocka_unit_test(calls_keep_their_distance_from_the_answer_on),
        cmocka_unit_test(refresh_during_backoff_tries_now),
        cmocka_unit_test(reboot_of_an_unlinked_instance_may_fail),
        cmocka_unit_test(floods_of_noise_are_cut_short),
        cmocka_unit_test(stop_closes_and_shows_the_state),
        cmocka_unit_test(logout_is_confirmed),
        cmocka_unit_test(logout_ends_a_session_first),
        cmocka_unit_test(failed_logout_says_so),
        cmocka_unit_test(reboot_waits_until_it_is_up),
        cmocka_unit_test(only_a_long_starting_advises_a_reboot),
        cmocka_unit_test(a_reboot_begins_the_starting_anew),
        cmocka_unit_test(scan_that_does_not_hold_ends),
        cmocka_unit_test(idle_trouble_is_told_once),
        cmocka_unit_test(rules_hold_for_random_events),
        cmocka_unit_test(ticks_make_progress),
    };
    return cmocka_run_group_tests_name("link", tests, NULL, NULL);
}
