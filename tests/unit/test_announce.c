/* SPDX-License-Identifier: MIT
 * Which reports are told, and how many at once. The terminal and the hook are replaced by counters.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "announce.h"
#include "link_rig.h"

#define BIT(occasion) (1u << (occasion))
#define ALL (BIT(OCCASION_LINKED) | BIT(OCCASION_DROPPED) | BIT(OCCASION_CODE))
#define START 5000

static struct {
    int bells, notifications, hooks;
    char text[256], event[32];
    enum notify_how how;
} told;

void ui_bell(struct ui *ui)
{
    (void)ui;
    told.bells++;
}

void ui_notify(struct ui *ui, enum notify_how how, const char *text)
{
    (void)ui;
    told.notifications++;
    told.how = how;
    snprintf(told.text, sizeof told.text, "%s", text);
}

void hooks_run(struct hooks *hooks, const char *event, const struct instance *instance)
{
    (void)hooks;
    assert_string_equal(instance->label, "sales-eu");
    told.hooks++;
    snprintf(told.event, sizeof told.event, "%s", event);
}

void hooks_set_program(struct hooks *hooks, const char *program, const struct child_hidden *hidden)
{
    (void)hidden;
    (void)hooks;
    (void)program;
}

static char label[] = "sales-eu";
static struct hooks *const some_hooks = (struct hooks *)label; /* never looked into */

static struct announce announcer(unsigned bell, unsigned notify)
{
    struct announce announce = {.hooks = some_hooks};
    const struct config config = {.bell = bell, .notify = notify, .notify_how = CONFIG_NOTIFY_OSC777};
    memset(&told, 0, sizeof told);
    announce_configure(&announce, &config);
    return announce;
}

/* Tells what the newest step of the machine reported, as the app does. */
static void tell(struct announce *announce, struct instance *it, const struct world *w)
{
    it->label = label;
    it->link = w->link;
    for (size_t i = 0; i < w->fx.count; i++)
        if (w->fx.item[i].kind == LINK_FX_REPORT)
            announce_report(announce, it, &w->fx.item[i]);
}

static void tell_report(struct announce *announce, enum report report)
{
    struct instance it = {.label = label};
    const struct link_effect effect = {.kind = LINK_FX_REPORT, .report = report};
    it.link.codes = 1;
    announce_report(announce, &it, &effect);
}

/* The questions for a linked instance's account come in between. */
static void poll_says(struct announce *announce, struct instance *it, struct world *w, const char *state)
{
    int64_t end = w->now + 900000;
    while (w->link.in_flight != METHOD_STATE) {
        assert_true(w->now < end);
        if (w->link.in_flight == METHOD_SETTINGS)
            reply(w, METHOD_SETTINGS, 200, "{}");
        else
            wait_on(w);
    }
    state_is(w, state);
    tell(announce, it, w);
}

static void first_code_of_an_attempt_counts(void **state)
{
    struct announce announce = announcer(ALL, 0);
    struct instance it = {0};
    struct world w = in_session();
    (void)state;
    frame(&w, CODE);
    tell(&announce, &it, &w);
    assert_int_equal(told.hooks, 1);
    assert_string_equal(told.event, "code");
    frame(&w, CODE);
    tell(&announce, &it, &w);
    assert_int_equal(told.hooks, 1);
}

static void drop_is_told_once(void **state)
{
    struct announce announce = announcer(ALL, ALL);
    struct instance it = {0};
    struct world w = new_world(2, 5);
    (void)state;
    poll_says(&announce, &it, &w, "authorized");
    poll_says(&announce, &it, &w, "starting");
    poll_says(&announce, &it, &w, "authorized");
    assert_int_equal(told.hooks, 0);
    poll_says(&announce, &it, &w, "starting");
    poll_says(&announce, &it, &w, "notAuthorized");
    assert_int_equal(told.hooks, 1);
    assert_string_equal(told.event, "dropped");
    poll_says(&announce, &it, &w, "notAuthorized");
    poll_says(&announce, &it, &w, "blocked");
    assert_int_equal(told.hooks, 1);
}

static void what_was_never_linked_does_not_drop(void **state)
{
    struct announce announce = announcer(ALL, ALL);
    struct instance it = {0};
    struct world w = new_world(2, 5);
    (void)state;
    poll_says(&announce, &it, &w, "notAuthorized");
    poll_says(&announce, &it, &w, "blocked");
    assert_int_equal(told.hooks, 0);
}

static void our_own_logout_is_no_drop(void **state)
{
    struct announce announce = announcer(ALL, ALL);
    struct instance it = {0};
    struct world w = new_world(2, 5);
    (void)state;
    poll_says(&announce, &it, &w, "authorized");
    simple(&w, LINK_EV_LOGOUT);
    tell(&announce, &it, &w);
    if (w.link.in_flight == METHOD_SETTINGS)
        reply(&w, METHOD_SETTINGS, 200, "{}");
    wait_for_call(&w, METHOD_LOGOUT);
    reply(&w, METHOD_LOGOUT, 200, "{\"isLogout\":true}");
    tell(&announce, &it, &w);
    poll_says(&announce, &it, &w, "notAuthorized");
    assert_int_equal(w.link.phase, PHASE_UNLINKED);
    poll_says(&announce, &it, &w, "notAuthorized");
    assert_int_equal(told.hooks, 0);
}

static void only_what_is_switched_on_rings(void **state)
{
    struct announce announce = announcer(BIT(OCCASION_LINKED), BIT(OCCASION_CODE));
    (void)state;
    tell_report(&announce, REPORT_CODE);
    announce_turn(&announce, NULL, START);
    assert_int_equal(told.bells, 0);
    assert_int_equal(told.notifications, 1);
    assert_string_equal(told.text, "sales-eu: code");
    assert_int_equal(told.how, NOTIFY_OSC777);
    tell_report(&announce, REPORT_LINKED);
    announce_turn(&announce, NULL, START + 5000);
    assert_int_equal(told.bells, 1);
    assert_int_equal(told.notifications, 1);
    assert_int_equal(told.hooks, 2);
}

static void nothing_is_told_of_nothing(void **state)
{
    struct announce announce = announcer(ALL, ALL);
    (void)state;
    tell_report(&announce, REPORT_NOTE);
    tell_report(&announce, REPORT_ALREADY_LINKED);
    assert_int_equal(announce_turn(&announce, NULL, START), 0);
    assert_int_equal(told.bells + told.notifications + told.hooks, 0);
}

static void a_thousand_are_one_a_second(void **state)
{
    struct announce announce = announcer(ALL, ALL);
    (void)state;
    tell_report(&announce, REPORT_LINKED);
    assert_int_equal(announce_turn(&announce, NULL, START), 0);
    assert_string_equal(told.text, "sales-eu: linked");
    for (int i = 0; i < 1000; i++) {
        tell_report(&announce, i % 4 ? REPORT_LINKED : REPORT_CODE);
        assert_int_equal(announce_turn(&announce, NULL, START + i % 1000), START + 1000);
    }
    assert_int_equal(told.bells, 1);
    assert_int_equal(told.notifications, 1);
    assert_int_equal(announce_turn(&announce, NULL, START + 1000), 0);
    assert_int_equal(told.bells, 2);
    assert_int_equal(told.notifications, 2);
    assert_string_equal(told.text, "750 linked, 250 code");
    assert_int_equal(announce_turn(&announce, NULL, START + 5000), 0);
    assert_int_equal(told.bells, 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(first_code_of_an_attempt_counts),
        cmocka_unit_test(drop_is_told_once),
        cmocka_unit_test(what_was_never_linked_does_not_drop),
        cmocka_unit_test(our_own_logout_is_no_drop),
        cmocka_unit_test(only_what_is_switched_on_rings),
        cmocka_unit_test(nothing_is_told_of_nothing),
        cmocka_unit_test(a_thousand_are_one_a_second),
    };
    return cmocka_run_group_tests_name("announce", tests, NULL, NULL);
}
