/* SPDX-License-Identifier: MIT
 * The whole way of an order without a screen: app, machine, network and the simulated service in one loop.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "app.h"
#include "core/text.h"

#define SPEED 40
#define ALL_FATES 40
#define DEADLINE_NS (UINT64_C(40) * 1000000000)

struct rig;

/* One thing done, and what must come of it before the next is done. */
struct act {
    void (*begin)(struct rig *rig);
    bool (*is_there)(const struct rig *rig);
};

struct rig {
    struct config config;
    struct app *app;
    struct instance *subject;
    unsigned reports[REPORT_COUNT]; /* of the subject */
    const struct act *acts;
    size_t left;
    bool begun;
    uint64_t deadline;
};

static void on_report(void *owner, struct instance *instance, struct link_effect *report)
{
    struct rig *rig = owner;
    if (instance == rig->subject)
        rig->reports[report->report]++;
}

static void on_turn(void *owner, bool changed)
{
    struct rig *rig = owner;
    (void)changed;
    if (!rig->begun)
        rig->acts->begin(rig);
    rig->begun = true;
    if (rig->acts->is_there(rig)) {
        rig->acts++;
        rig->left--;
        rig->begun = false;
    }
    if (rig->left == 0 || uv_hrtime() > rig->deadline)
        app_stop(rig->app, 0);
    app_wake_at(rig->app, app_now(rig->app) + (rig->begun ? 1000 : 0));
}

static void run(struct rig *rig, const struct act *acts, size_t count)
{
    rig->acts = acts;
    rig->left = count;
    rig->deadline = uv_hrtime() + DEADLINE_NS;
    app_run(rig->app);
    if (rig->left > 0)
        fail_msg("%zu acts before the end it did not come; phase %s, %s", rig->left, phase_words(rig->subject->link.phase),
                 rig->subject->link.reason);
}

static int set_up(void **state)
{
    struct rig *rig = calloc(1, sizeof *rig);
    char why[256];
    bool users_fault;
    assert_non_null(rig);
    config_init(&rig->config);
    const struct app_options options = {
        .config = &rig->config, .demo = true, .demo_speed = SPEED, .demo_instances = ALL_FATES, .tries = 5};
    rig->app = app_new(&options, &users_fault, why, sizeof why);
    if (!rig->app)
        fail_msg("%s", why);
    app_set_hooks(rig->app, &(struct app_hooks){.on_report = on_report, .on_turn = on_turn, .owner = rig});
    *state = rig;
    return 0;
}

static int tear_down(void **state)
{
    struct rig *rig = *state;
    app_set_hooks(rig->app, &(struct app_hooks){0});
    app_free(&rig->app, 1);
    config_free(&rig->config);
    free(rig);
    return 0;
}

static void order(struct rig *rig, const char *label, const struct link_event *event)
{
    rig->subject = fleet_find(app_fleet(rig->app), label);
    assert_non_null(rig->subject);
    assert_true(app_order(rig->app, rig->subject, event));
}

static bool is_paired(const struct rig *rig)
{
    return rig->subject->link.pairing_code[0] != '\0';
}

static bool has_code(const struct rig *rig)
{
    return link_has_code(&rig->subject->link) && rig->subject->code;
}

static bool is_linked(const struct rig *rig)
{
    return rig->reports[REPORT_LINKED] > 0;
}

static bool wants_passkey(const struct rig *rig)
{
    return rig->subject->link.phase == PHASE_PASSKEY;
}

static bool is_linked_elsewhere(const struct rig *rig)
{
    return rig->subject->link.phase == PHASE_LINKED;
}

static bool has_details(const struct rig *rig)
{
    return rig->subject->details->awaited == 0;
}

static void scan(struct rig *rig)
{
    assert_true(app_demo_scan(rig->app, rig->subject));
}

#define ALL(acts) acts, sizeof acts / sizeof *acts

static void ask_pairing(struct rig *rig)
{
    order(rig, "sales-eu", &(struct link_event){.kind = LINK_EV_PAIR, .text = "441234567890"});
}

static void type_pairing_code(struct rig *rig)
{
    const struct link *link = &rig->subject->link;
    assert_int_equal(strlen(link->pairing_code), 8);
    assert_int_equal(link->phase, PHASE_PAIRING);
    for (size_t i = 0; i < log_count(app_log(rig->app)); i++)
        assert_null(strstr(log_line(app_log(rig->app), i)->text, link->pairing_code));
    scan(rig);
}

static void pairing_code_links(void **state)
{
    static const struct act acts[] = {{ask_pairing, is_paired}, {type_pairing_code, is_linked}};
    struct rig *rig = *state;
    run(rig, ALL(acts));
    assert_string_equal(rig->subject->link.account.phone, "441234567890");
}

static void link_walled(struct rig *rig)
{
    order(rig, "walled", &(struct link_event){.kind = LINK_EV_LINK});
}

static void codes_come_over_https(void **state)
{
    static const struct act acts[] = {{link_walled, has_code}, {scan, is_linked}};
    struct rig *rig = *state;
    run(rig, ALL(acts));
    assert_int_equal(rig->reports[REPORT_OVER_HTTPS], 1);
    assert_int_equal(rig->reports[REPORT_CODE], 1);
    assert_null(rig->subject->code);
}

static void cure(struct rig *rig)
{
    order(rig, "sales-eu", &(struct link_event){.kind = LINK_EV_CURE});
}

static void cure_goes_on_to_a_code(void **state)
{
    static const struct act acts[] = {{cure, has_code}, {scan, is_linked}};
    struct rig *rig = *state;
    run(rig, ALL(acts));
    assert_int_equal(rig->reports[REPORT_REBOOTED], 1);
}

static void link_passkey(struct rig *rig)
{
    order(rig, "shop-04", &(struct link_event){.kind = LINK_EV_LINK});
}

static void give_passkey(struct rig *rig)
{
    scan(rig);
    order(rig, "shop-04", &(struct link_event){.kind = LINK_EV_REFRESH});
}

static void passkey_given_in_a_browser_links(void **state)
{
    static const struct act acts[] = {{link_passkey, wants_passkey}, {give_passkey, is_linked_elsewhere}};
    run(*state, ALL(acts));
}

static void ask_details(struct rig *rig)
{
    order(rig, "sales-us", &(struct link_event){.kind = LINK_EV_DETAILS});
    assert_int_equal(rig->subject->details->awaited, WIRE_DETAILS_METHODS);
}

static void check_and_ask_refused(struct rig *rig)
{
    const struct wire_details *details = rig->subject->details;
    assert_string_equal(details->problem, "");
    assert_string_equal(details->webhook_url, "https://***@hooks.example.com/wa?***");
    assert_string_equal(details->proxy, "proxy.example.com");
    assert_true(details->history_count > 0);
    assert_string_equal(details->history[0].state, "authorized");
    assert_string_equal(rig->subject->link.account.phone, "79001234501");
    order(rig, "shop-05", &(struct link_event){.kind = LINK_EV_DETAILS});
}

static void check_and_ask_offline(struct rig *rig)
{
    assert_non_null(strstr(rig->subject->details->problem, "getSettings: HTTP 401"));
    order(rig, "shop-06", &(struct link_event){.kind = LINK_EV_DETAILS});
}

static void details_are_told(void **state)
{
    static const struct act acts[] = {
        {ask_details, has_details}, {check_and_ask_refused, has_details}, {check_and_ask_offline, has_details}};
    struct rig *rig = *state;
    run(rig, ALL(acts));
    assert_non_null(strstr(rig->subject->details->problem, "getStateInstanceHistory: "));
}

int main(void)
{
#define ROW(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        ROW(pairing_code_links), ROW(codes_come_over_https), ROW(cure_goes_on_to_a_code),
        ROW(passkey_given_in_a_browser_links), ROW(details_are_told),
    };
#undef ROW
    return cmocka_run_group_tests_name("sim_app", tests, NULL, NULL);
}
