/* SPDX-License-Identifier: MIT
 * What the operator is advised: in no phase, stage or circumstance does a sentence name a key that does nothing then.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "ui/explain.h"

#define NOW 100000000
#define COUNT(array) (sizeof(array) / sizeof *(array))

/* Keys whose names stand in no sentence by chance, for all actions that one may name. */
static const struct {
    enum action action;
    int key;
    const char *name;
    enum link_event_kind order;
} keys[] = {
    {ACTION_LINK, KEYNAME_F1, "F1", LINK_EV_LINK},       {ACTION_REFRESH, KEYNAME_F2, "F2", LINK_EV_REFRESH},
    {ACTION_LOGOUT, KEYNAME_F3, "F3", LINK_EV_LOGOUT},   {ACTION_REBOOT, KEYNAME_F4, "F4", LINK_EV_REBOOT},
    {ACTION_STOP, KEYNAME_F5, "F5", LINK_EV_STOP},       {ACTION_PAIR, KEYNAME_F6, "F6", LINK_EV_PAIR},
    {ACTION_VENDOR_PAGE, KEYNAME_F7, "F7", LINK_EV_TICK}, {ACTION_MODE, KEYNAME_F8, "F8", LINK_EV_TICK},
    {ACTION_ZOOM, KEYNAME_F9, "F9", LINK_EV_TICK},
};

static struct keymap bound(void)
{
    struct keymap map;
    memset(&map, 0, sizeof map);
    for (size_t i = 0; i < COUNT(keys); i++)
        map.keys[keys[i].action][0] = keys[i].key;
    return map;
}

static const struct keymap unbound;

static struct instance at(enum phase phase, enum link_stage stage)
{
    static char label[] = "shop", id[] = "7103000001", token[] = "secret";
    return (struct instance){.label = label, .id = id, .token = token, .line = 14,
                             .link = {.phase = phase, .stage = stage, .phase_since = NOW - 20000, .state_since = NOW - 20000,
                                      .starting_since = NOW - 20000, .in_flight = -1, .limits = {.renewals = 2}}};
}

static const char *explained(const struct ui_model *model, const struct instance *it)
{
    static char text[EXPLAIN_MAX];
    explain_phase(text, sizeof text, model, it);
    return text;
}

/* Whether the key does something, by what the manual says of it. */
static bool works(const struct ui_model *model, const struct instance *it, size_t i)
{
    enum action action = keys[i].action;
    if (model->keymap->keys[action][0] == KEYNAME_NONE)
        return false;
    if (action == ACTION_MODE || action == ACTION_ZOOM)
        return true;
    if (model->replay || !it->token || (model->readonly && (action == ACTION_LOGOUT || action == ACTION_REBOOT)))
        return false;
    return action == ACTION_VENDOR_PAGE ? it->link.phase == PHASE_PASSKEY : link_takes(&it->link, keys[i].order);
}

static void check(const struct ui_model *model, const struct instance *it)
{
    const char *text = explained(model, it);
    assert_true(text[0]);
    for (size_t i = 0; i < COUNT(keys); i++)
        if (strstr(text, keys[i].name) && !works(model, it, i))
            fail_msg("phase '%s', stage %d%s%s%s: %s does nothing, but it says: %s", phase_words(it->link.phase),
                     (int)it->link.stage, model->readonly ? ", read-only" : "", model->replay ? ", replay" : "",
                     it->token ? "" : ", no token", action_info(keys[i].action)->name, text);
    if (strstr(text, "(no key)") || strstr(text, "()") || strstr(text, ";.") || strstr(text, ". ."))
        fail_msg("phase '%s': a gap where a key was: %s", phase_words(it->link.phase), text);
}

static const char *const reasons[] = {
    "", "Instance has auth. You need to make log out", "no code came", "no pairing code: busy",
    "still starting after 10 minutes: reboot the instance", "logout was taken, but the phone is still linked: refresh later",
};

static void no_sentence_names_a_key_that_does_nothing(void **state)
{
    const struct keymap all = bound();
    struct fleet fleet = {.count = 1};
    (void)state;
    for (int phase = 0; phase < PHASE_COUNT; phase++)
        for (int stage = 0; stage < LINK_STAGE_COUNT; stage++)
            for (unsigned bits = 0; bits < 64; bits++)
                for (size_t reason = 0; reason < COUNT(reasons); reason++) {
                    struct instance it = at((enum phase)phase, (enum link_stage)stage);
                    const struct ui_model model = {.fleet = &fleet, .keymap = bits & 4 ? &unbound : &all, .now = NOW, .speed = 1,
                                                   .readonly = bits & 1, .replay = bits & 2, .queue_runs = bits & 8};
                    it.token = bits & 16 ? NULL : it.token;
                    it.link.starting_since = bits & 32 ? NOW - LINK_STARTING_MS : NOW;
                    snprintf(it.link.reason, sizeof it.link.reason, "%s", reasons[reason]);
                    check(&model, &it);
                }
}

/* What the unbound and the bound model share. */
static struct fleet one = {.count = 1};

static void assert_names(enum phase phase, enum link_stage stage, int64_t starting_ms, const char *reason, const char *wanted)
{
    const struct keymap all = bound();
    const struct ui_model model = {.fleet = &one, .keymap = &all, .now = NOW, .speed = 1};
    struct instance it = at(phase, stage);
    char named[64] = "";
    it.link.starting_since = NOW - starting_ms;
    snprintf(it.link.reason, sizeof it.link.reason, "%s", reason);
    const char *text = explained(&model, &it);
    for (size_t i = 0; i < COUNT(keys); i++)
        if (strstr(text, keys[i].name))
            snprintf(named + strlen(named), sizeof named - strlen(named), "%s%s", named[0] ? " " : "", action_info(keys[i].action)->name);
    if (strcmp(named, wanted) != 0)
        fail_msg("phase '%s': names '%s', not '%s': %s", phase_words(phase), named, wanted, text);
}

static void what_helps_is_named(void **state)
{
    (void)state;
    assert_names(PHASE_UNKNOWN, LINK_IDLE, 0, "", "link refresh");
    assert_names(PHASE_UNLINKED, LINK_IDLE, 0, "", "link");
    assert_names(PHASE_LINKED, LINK_IDLE, 0, "", "logout");
    assert_names(PHASE_EXPIRED, LINK_IDLE, 0, "nobody scanned", "link reboot");
    assert_names(PHASE_ERROR, LINK_IDLE, 0, "some error", "link");
    assert_names(PHASE_ERROR, LINK_IDLE, 0, "Instance has auth. You need to make log out", "link logout");
    assert_names(PHASE_ERROR, LINK_IDLE, 0, "no pairing code: busy", "link logout reboot");
    assert_names(PHASE_ERROR, LINK_IDLE, 0, "still starting after 10 minutes: reboot the instance", "link reboot");
    assert_names(PHASE_PASSKEY, LINK_IDLE, 0, "", "refresh vendor-page");
    assert_names(PHASE_REFUSED, LINK_IDLE, 0, "401: the token is wrong", "refresh");
    assert_names(PHASE_OFFLINE, LINK_IDLE, 0, "no connection", "refresh");
    assert_names(PHASE_BLOCKED, LINK_IDLE, 0, "", "refresh");
    assert_names(PHASE_SUSPENDED, LINK_IDLE, 0, "", "");
}

static void a_reboot_is_advised_after_5_minutes_and_not_during_one(void **state)
{
    (void)state;
    assert_names(PHASE_STARTING, LINK_IDLE, 0, "", "");
    assert_names(PHASE_STARTING, LINK_IDLE, LINK_STARTING_MS - 1, "", "");
    assert_names(PHASE_STARTING, LINK_IDLE, LINK_STARTING_MS, "", "reboot");
    assert_names(PHASE_STARTING, LINK_CHECK, LINK_STARTING_MS, "", "reboot");
    assert_names(PHASE_STARTING, LINK_REBOOT, LINK_STARTING_MS, "", "");
    assert_names(PHASE_STARTING, LINK_CURE, LINK_STARTING_MS, "", "");
}

static void without_an_instance_it_says_why(void **state)
{
    const struct keymap all = bound();
    struct fleet fleet = {0};
    struct ui_model model = {.fleet = &fleet, .keymap = &all, .now = NOW, .speed = 1};
    (void)state;
    assert_string_equal(explained(&model, NULL), "There is no instance in the configuration.\n");
    fleet.count = 3;
    assert_string_equal(explained(&model, NULL), "No instance fits the filter. Esc shows all again.\n");
}

static void no_token_says_what_to_mend(void **state)
{
    const struct keymap all = bound();
    const struct ui_model model = {.fleet = &one, .keymap = &all, .now = NOW, .speed = 1};
    struct instance it = at(PHASE_NO_TOKEN, LINK_IDLE);
    static char problem[] = "token_file: /x: No such file or directory";
    (void)state;
    it.token = NULL;
    it.problem = problem;
    assert_string_equal(explained(&model, &it), "There is no token, so the service cannot be asked: "
                                                "token_file: /x: No such file or directory.\nConfig: line 14.\n\n"
                                                "Mend that, then save the configuration: the token is fetched again.\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_sentence_names_a_key_that_does_nothing),
        cmocka_unit_test(what_helps_is_named),
        cmocka_unit_test(a_reboot_is_advised_after_5_minutes_and_not_during_one),
        cmocka_unit_test(without_an_instance_it_says_why),
        cmocka_unit_test(no_token_says_what_to_mend),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
