/* SPDX-License-Identifier: MIT
 * The options of the console's looks, order, messages and log file: what they may be, and in which words they are refused.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "config/setting.h"
#include "config_rig.h"

static void looks_are_taken(void **state)
{
    struct fixture *it = *state;
    assert_true(read_text(it, "theme = dark\n[theme]\nwarn = magenta  bold\ngood = 34\ntitle = plain\n"
                              "[instance a]\nid = 1\ntoken_env = A\n"));
    struct style warn = config_style(&it->config, THEME_WARN), title = config_style(&it->config, THEME_TITLE);
    assert_true(warn.color == 5 && warn.attributes == 1u << STYLE_BOLD);
    assert_int_equal(config_style(&it->config, THEME_GOOD).color, 34);
    assert_true(title.color == STYLE_COLOR_DEFAULT && title.attributes == 0);
    for (int role = 0; role < THEME_ROLE_COUNT; role++) {
        struct style is = config_style(&it->config, (enum theme_role)role);
        struct style dark = style_of_theme(STYLE_THEME_DARK, (enum theme_role)role);
        if (role != THEME_WARN && role != THEME_GOOD && role != THEME_TITLE)
            assert_memory_equal(&is, &dark, sizeof is);
    }
}

static void wrong_looks_are_named(void **state)
{
#define WHAT_THERE_IS " is no colour (default, red, bright-red, 0 to 255) and no attribute (bold, dim, underline, reverse)"
    assert_complaints(*state,
                      "theme = drak\n[theme]\nwran = red\ngood = pink\nbad = red blue\nkey = bold\nkey = dim\nbusy =\n"
                      "zzz\033[1m = red\ngood = 3\n[theme x]\n[themes]\n",
                      "1: theme must be auto, light, dark or mono, not 'drak'\n"
                      "3: unknown meaning 'wran' (did you mean 'warn'?)\n"
                      "4: good: 'pink'" WHAT_THERE_IS "\n"
                      "5: bad: blue is a second colour: give one\n"
                      "7: key stands here a second time; first in line 6\n"
                      "8: busy has no value\n"
                      "9: unknown meaning 'zzz?[1m'\n"
                      "10: good stands here a second time; first in line 4\n"
                      "11: unknown section [theme x] (did you mean [theme]?)\n"
                      "12: unknown section [themes] (did you mean [theme]?)\n");
#undef WHAT_THERE_IS
}

static void what_tells_is_a_set_of_words(void **state)
{
    struct fixture *it = *state;
    char value[SETTING_VALUE_MAX];
    assert_int_equal(it->config.bell, 1u << OCCASION_LINKED);
    assert_int_equal(it->config.notify, 0);
    assert_true(read_text(it, "mouse = yes\nbell = dropped\t linked dropped\nnotify = none\nnotify_how = osc777\n"));
    assert_int_equal(it->config.bell, 1u << OCCASION_LINKED | 1u << OCCASION_DROPPED);
    assert_int_equal(it->config.notify, 0);
    assert_int_equal(it->config.notify_how, CONFIG_NOTIFY_OSC777);
    assert_int_equal(it->config.mouse, CONFIG_YES);
    setting_value(value, sizeof value, &it->config, SETTING_BELL);
    assert_string_equal(value, "linked dropped");
    setting_value(value, sizeof value, &it->config, SETTING_NOTIFY);
    assert_string_equal(value, "none");
}

static void wrong_words_are_named(void **state)
{
#define OCCASIONS "linked, dropped, code, several of these with blanks between, or none"
    assert_complaints(*state, "bell = linked,code\nnotify = linked none\nbell =\nnotify_how = osc8\nsort = lable\nmouse = on\n",
                      "1: bell must be " OCCASIONS ", not 'linked,code'\n"
                      "2: notify must be " OCCASIONS ", not 'linked none'\n"
                      "3: bell stands here a second time; first in line 1\n"
                      "4: notify_how must be auto, osc9 or osc777, not 'osc8'\n"
                      "5: sort must be problems, config, label, id, phase, code, session, phone, name, since or error, not 'lable'\n"
                      "6: mouse must be no or yes, not 'on'\n");
#undef OCCASIONS
}

static void every_order_can_be_the_first(void **state)
{
    struct fixture *it = *state;
    char line[64];
    assert_int_equal(it->config.sort, ORDER_PROBLEMS);
    for (int i = 0; i < ORDER_COUNT; i++) {
        snprintf(line, sizeof line, "sort=%s", order_name((enum order)i));
        assert_true(config_override(&it->config, line, &it->errors));
        assert_int_equal(it->config.sort, i);
    }
}

static void the_log_s_file_has_a_size(void **state)
{
    struct fixture *it = *state;
    assert_int_equal(it->config.log_size, 10);
    assert_true(read_text(it, "log_file = ~/deck.log\nlog_format = json\nlog_size = 0\n"));
    assert_int_equal(it->config.log_size, 0);
    assert_int_equal(it->config.log_format, CONFIG_LOG_JSON);
    assert_true(it->config.log_file[0] != '~');
    assert_true(config_override(&it->config, "log_size=1000", &it->errors));
    assert_false(config_override(&it->config, "log_size=1001", &it->errors));
    assert_false(config_override(&it->config, "log_size=-1", &it->errors));
    assert_false(config_override(&it->config, "log_size=10M", &it->errors));
    assert_false(config_override(&it->config, "log_size=4294967296", &it->errors));
    assert_int_equal(it->config.log_size, 1000);
    assert_non_null(strstr(it->errors.text, "-o: log_size must be 0 to 1000, not '10M'\n"));
}

/* The hook is run without a shell, so nobody looks for it; and nobody finds out only when it is too late. */
static void a_hook_is_there_and_can_be_run(void **state)
{
    struct fixture *it = *state;
    char text[256];
    write_file(it, "#!/bin/sh\n", 10);
    snprintf(text, sizeof text, "hook=%s", it->path);
    assert_false(config_override(&it->config, text, &it->errors));
    assert_non_null(strstr(it->errors.text, "' cannot be run: Permission denied\n"));
    assert_int_equal(chmod(it->path, 0700), 0);
    assert_true(config_override(&it->config, text, &it->errors));
    assert_string_equal(it->config.hook, it->path);
    setenv("HOME", it->folder, 1);
    assert_true(config_override(&it->config, "hook=~/f", &it->errors));
    assert_string_equal(it->config.hook, it->path);
    unsetenv("HOME");
}

static void other_hooks_are_refused(void **state)
{
    static const struct {
        const char *value, *complaint;
    } rows[] = {
        {"true", "hook './true' cannot be run: No such file or directory"}, /* it is not looked for in $PATH */
        {"./f", "hook '././f' cannot be run: No such file or directory"},
        {"~x/f", "hook '~x/f' cannot be run: No such file or directory"},
        {"/tmp", "hook '/tmp' cannot be run: Is a directory"},
        {"/no/such\033", "hook '/no/such?' cannot be run: No such file or directory"},
        {"/bin/echo linked", "hook '/bin/echo linked' cannot be run: No such file or directory"},
    };
    struct fixture *it = *state;
    char text[128];
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        snprintf(text, sizeof text, "hook=%s", rows[i].value);
        assert_false(config_override(&it->config, text, &it->errors));
        snprintf(text, sizeof text, "-o: %s\n", rows[i].complaint);
        assert_string_equal(it->errors.text, text);
        assert_null(it->config.hook);
        config_errors_free(&it->errors);
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, config_rig_set_up, config_rig_tear_down)

int main(void)
{
    static const struct CMUnitTest tests[] = {
        TEST(looks_are_taken),
        TEST(wrong_looks_are_named),
        TEST(what_tells_is_a_set_of_words),
        TEST(wrong_words_are_named),
        TEST(every_order_can_be_the_first),
        TEST(the_log_s_file_has_a_size),
        TEST(a_hook_is_there_and_can_be_run),
        TEST(other_hooks_are_refused),
    };
    setlocale(LC_ALL, "C.UTF-8");
    return cmocka_run_group_tests_name("settings", tests, NULL, NULL);
}
