/* SPDX-License-Identifier: MIT
 * Key names in both directions, and binding keys to actions.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "core/keymap.h"

static void defaults_are_all_readable_and_distinct(void **state)
{
    (void)state;
    struct keymap map;
    char names[64];
    keymap_init(&map);
    for (int i = 0; i < ACTION_COUNT; i++) {
        enum action action = (enum action)i;
        keymap_names(&map, action, names, sizeof names);
        assert_string_equal(names, action_info(action)->keys);
        for (int k = 0; k < KEYMAP_KEYS_MAX && map.keys[i][k] != KEYNAME_NONE; k++)
            assert_int_equal(keymap_action(&map, CONTEXT_BIT(action_info(action)->context), map.keys[i][k]), action);
    }
}

static void defaults_never_meet(void **state)
{
    (void)state;
    struct keymap map;
    char why[160];
    keymap_init(&map);
    for (int i = 0; i < ACTION_COUNT; i++)
        assert_true(keymap_bind(&map, action_info((enum action)i)->name, action_info((enum action)i)->keys, why, sizeof why));
}

static void contexts_tell_keys_apart(void **state)
{
    (void)state;
    struct keymap map;
    char why[160] = "";
    keymap_init(&map);
    assert_int_equal(keymap_action(&map, CONTEXT_BIT(CONTEXT_LIST), 'o'), ACTION_SORT);
    assert_int_equal(keymap_action(&map, CONTEXT_BIT(CONTEXT_LOG), 'o'), ACTION_NONE);
    assert_int_equal(keymap_action(&map, 0, 'S'), ACTION_NONE);
    assert_int_equal(keymap_action(&map, CONTEXT_BIT(CONTEXT_QUEUE), 'S'), ACTION_QUEUE_SKIP);
    assert_true(keymap_bind(&map, "find-next", "o", why, sizeof why));
    assert_int_equal(keymap_action(&map, CONTEXT_BIT(CONTEXT_LIST), 'o'), ACTION_SORT);
    assert_int_equal(keymap_action(&map, CONTEXT_BIT(CONTEXT_LOG), 'o'), ACTION_FIND_NEXT);
    assert_false(keymap_bind(&map, "queue-skip", "o", why, sizeof why));
    assert_non_null(strstr(why, "find-next"));
}

static void actions_are_found_by_name(void **state)
{
    (void)state;
    for (int i = 0; i < ACTION_COUNT; i++)
        assert_int_equal(action_find(action_info((enum action)i)->name), i);
    assert_int_equal(action_find("dance"), ACTION_NONE);
    assert_int_equal(action_find(""), ACTION_NONE);
}

static void keys_find_their_action(void **state)
{
    (void)state;
    struct keymap map;
    keymap_init(&map);
    assert_int_equal(keymap_action(&map, CONTEXT_BIT(CONTEXT_LIST), KEYNAME_ENTER), ACTION_LINK);
    assert_int_equal(keymap_action(&map, CONTEXT_BIT(CONTEXT_LIST), 'k'), ACTION_UP);
    assert_int_equal(keymap_action(&map, CONTEXT_BIT(CONTEXT_LIST), KEYNAME_UP), ACTION_UP);
    assert_int_equal(keymap_action(&map, CONTEXT_BIT(CONTEXT_LIST), 12), ACTION_REDRAW);
    assert_int_equal(keymap_action(&map, 0, 'l'), ACTION_NONE);
    assert_int_equal(keymap_action(&map, CONTEXT_BIT(CONTEXT_LIST), KEYNAME_NONE), ACTION_NONE);
    assert_int_equal(keymap_action(&map, CONTEXT_BIT(CONTEXT_LIST), -1), ACTION_NONE);
}

static void binding_replaces_the_keys(void **state)
{
    (void)state;
    struct keymap map;
    char why[160] = "", names[64];
    keymap_init(&map);
    assert_true(keymap_bind(&map, "logout", "  F2 C-o  ж insert ", why, sizeof why));
    assert_int_equal(keymap_action(&map, CONTEXT_BIT(CONTEXT_LIST), 'L'), ACTION_NONE);
    assert_int_equal(keymap_action(&map, CONTEXT_BIT(CONTEXT_LIST), KEYNAME_F2), ACTION_LOGOUT);
    assert_int_equal(keymap_action(&map, CONTEXT_BIT(CONTEXT_LIST), 15), ACTION_LOGOUT);
    assert_int_equal(keymap_action(&map, CONTEXT_BIT(CONTEXT_LIST), 0x436), ACTION_LOGOUT);
    keymap_names(&map, ACTION_LOGOUT, names, sizeof names);
    assert_string_equal(names, "F2 C-o ж Insert");
    assert_true(keymap_bind(&map, "reboot", "L", why, sizeof why));
}

static void names_are_read_in_any_case(void **state)
{
    (void)state;
    struct keymap map;
    char why[160] = "", names[64];
    keymap_init(&map);
    assert_true(keymap_bind(&map, "details", "INSERT f5 c-D C-w", why, sizeof why));
    keymap_names(&map, ACTION_DETAILS, names, sizeof names);
    assert_string_equal(names, "Insert F5 C-d C-w");
    assert_true(keymap_bind(&map, "mark", "space", why, sizeof why));
    assert_true(keymap_bind(&map, "help", "# =", why, sizeof why));
}

static void refuses(const char *action, const char *keys, const char *word)
{
    struct keymap map, before;
    char why[160] = "";
    keymap_init(&map);
    before = map;
    assert_false(keymap_bind(&map, action, keys, why, sizeof why));
    assert_non_null(strstr(why, word));
    assert_memory_equal(&map, &before, sizeof map);
}

static void bad_bindings_say_why_and_change_nothing(void **state)
{
    (void)state;
    refuses("dance", "d", "dance");
    refuses("logout", "Hyper", "Hyper");
    refuses("logout", "LL", "LL");
    refuses("logout", "", "no key");
    refuses("logout", "a b c d e", "4");
    refuses("logout", "Z q", "quit");
    refuses("logout", "C-c", "signal");
    refuses("logout", "C-s", "output");
    refuses("logout", "C-j", "Enter");
    refuses("logout", "C-m", "link");
    refuses("logout", "averyveryverylongname", "name");
    refuses("logout", "C-1", "is no key");
    refuses("logout", "C-[", "is no key");
    refuses("logout", "\xff", "\"?\" is no key");
    refuses("logout", "\xc0\x80", "is no key");
    refuses("logout", "\xed\xa0\x80", "is no key");
    refuses("logout", "\xc2\x85", "is no key");
    refuses("logout", "\x01", "is no key");
}

static void a_key_of_its_own_action_may_stay(void **state)
{
    (void)state;
    struct keymap map;
    char why[160] = "", names[64];
    keymap_init(&map);
    assert_true(keymap_bind(&map, "up", "k k K", why, sizeof why));
    keymap_names(&map, ACTION_UP, names, sizeof names);
    assert_string_equal(names, "k K");
}

static void names_never_run_over_their_buffer(void **state)
{
    (void)state;
    struct keymap map;
    char names[8];
    keymap_init(&map);
    keymap_names(&map, ACTION_FIRST, names, sizeof names);
    assert_string_equal(names, "Home g");
    keymap_names(&map, ACTION_FIRST, names, 6);
    assert_string_equal(names, "Home");
    keymap_key_name(names, sizeof names, 0x10ffff);
    assert_string_equal(names, "\xf4\x8f\xbf\xbf");
    keymap_key_name(names, 4, KEYNAME_BACKSPACE);
    assert_string_equal(names, "Bac");
    keymap_key_name(names, sizeof names, KEYNAME_F12 + 1);
    assert_string_equal(names, "?");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(defaults_are_all_readable_and_distinct),
        cmocka_unit_test(defaults_never_meet),
        cmocka_unit_test(contexts_tell_keys_apart),
        cmocka_unit_test(actions_are_found_by_name),
        cmocka_unit_test(keys_find_their_action),
        cmocka_unit_test(binding_replaces_the_keys),
        cmocka_unit_test(names_are_read_in_any_case),
        cmocka_unit_test(bad_bindings_say_why_and_change_nothing),
        cmocka_unit_test(a_key_of_its_own_action_may_stay),
        cmocka_unit_test(names_never_run_over_their_buffer),
    };
    return cmocka_run_group_tests_name("keymap", tests, NULL, NULL);
}
