/* SPDX-License-Identifier: MIT
 * Configurations as people write them who have another format in mind: each line gets a sentence that helps.
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

#include "config_rig.h"

#define NO_LINE "this line is no 'name = value', no [section], and no comment"
#define ID "id must be 1 to 20 digits (idInstance), not "
#define COMMENT ": a comment after a value begins with a blank and a semicolon"
#define REST "\ntoken_env = T\n"

static void start_again(struct fixture *it)
{
    config_free(&it->config);
    config_errors_free(&it->errors);
    config_init(&it->config);
}

/* The one complaint about a text, without the file's name. */
static void assert_complaint(struct fixture *it, const char *text, const char *expected)
{
    start_again(it);
    if (read_text(it, text))
        fail_msg("taken: %s", text);
    const char *said = it->errors.text + strlen(it->path) + 1;
    if (strncmp(said, expected, strlen(expected)) != 0 || strcmp(said + strlen(expected), "\n") != 0)
        fail_msg("%s\n%s", text, it->errors.text);
}

static void assert_lines(struct fixture *it, const char *before, const char *const rows[][2], size_t count, const char *behind)
{
    for (size_t i = 0; i < count; i++) {
        char text[512];
        snprintf(text, sizeof text, "%s%s%s", before, rows[i][0], behind);
        assert_complaint(it, text, rows[i][1]);
    }
}
#define ASSERT_LINES(it, before, rows, behind) assert_lines(it, before, rows, sizeof rows / sizeof *rows, behind)

static void the_vendor_s_names_lead_to_ours(void **state)
{
    static const char *const names[][2] = {
        {"idInstance", "id"},       {"id_instance", "id"},      {"ID", "id"},                   {"instance_id", "id"},
        {"instanceId", "id"},       {"\"idInstance\"", "id"},   {"- id", "id"},                 {"apiTokenInstance", "token"},
        {"api_token", "token"},     {"token_instance", "token"}, {"Token", "token"},            {"API_TOKEN_INSTANCE", "token"},
        {"export TOKEN", "token"},  {"apiUrl", "api_url"},      {"api-url", "api_url"},         {"url", "api_url"},
        {"host", "api_url"},        {"Server", "api_url"},      {"tokenFile", "token_file"},    {"token-command", "token_command"},
        {"name", "[instance NAME]"}, {"label", "[instance NAME]"}, {"api_ulr", "api_url"},      {"tokne", "token"},
    };
    char text[256], expected[256];
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        snprintf(text, sizeof text, "[instance a]\nid = 1\ntoken_env = T\n%s = x\n", names[i][0]);
        snprintf(expected, sizeof expected, "4: unknown option '%s' (did you mean '%s'?)", names[i][0], names[i][1]);
        assert_complaint(*state, text, expected);
    }
}

static void sections_of_other_names_lead_to_ours(void **state)
{
    static const char *const rows[][2] = {
        {"[shop]", "1: unknown section [shop] (did you mean [instance shop]?)"},
        {"[\"my shop\"]", "1: unknown section [\"my shop\"] (did you mean [instance my shop]?)"},
        {"[Instance x]", "1: unknown section [Instance x] (did you mean [instance x]?)"},
        {"[INSTANCE]", "1: unknown section [INSTANCE] (did you mean [instance NAME]?)"},
        {"[instance.shop]", "1: unknown section [instance.shop] (did you mean [instance shop]?)"},
        {"[instance:shop]", "1: unknown section [instance:shop] (did you mean [instance shop]?)"},
        {"[instance=\"shop\"]", "1: unknown section [instance=\"shop\"] (did you mean [instance shop]?)"},
        {"[instances]", "1: unknown section [instances] (did you mean [instance NAME]?)"},
        {"[instnace shop]", "1: unknown section [instnace shop] (did you mean [instance shop]?)"},
        {"[Keys]", "1: unknown section [Keys] (did you mean [keys]?)"},
        {"[keybindings]", "1: unknown section [keybindings] (did you mean [keys]?)"},
        {"[colors]", "1: unknown section [colors] (did you mean [theme]?)"},
        {"[global]", "1: unknown section [global]: options for all instances stand above the first section"},
        {"[7103000001]", "1: unknown section [7103000001] (did you mean [instance 7103000001]?)"},
    };
    ASSERT_LINES(*state, "", rows, "\nid = 1" REST);
}

static void what_stands_in_a_value_is_named(void **state)
{
    static const char *const rows[][2] = {
        {"id = 7103000001   # shop", "2: " ID "'7103000001   # shop'" COMMENT},
        {"id = 7103000001 // shop", "2: " ID "'7103000001 // shop'" COMMENT},
        {"id = 7103000001;shop", "2: " ID "'7103000001;shop'" COMMENT},
        {"id = \"7103000001\"", "2: " ID "'\"7103000001\"': write it without quotes"},
        {"id = '7103000001'", "2: " ID "''7103000001'': write it without quotes"},
        {"id = \xE2\x80\x9C" "7103\xE2\x80\x9D", "2: " ID "'\xE2\x80\x9C" "7103\xE2\x80\x9D': write it without quotes"},
        {"id: 7103000001,", "2: " ID "'7103000001,': write nothing behind it"},
        {"id = 7103 000 001", "2: " ID "'7103 000 001'"},
        {"id = waInstance7103000001", "2: " ID "'waInstance7103000001'"},
        {"id = $SHOP_ID", "2: " ID "'$SHOP_ID': variables are not replaced here: token_env takes the name of one"},
    };
    static const char *const tokens[][2] = {
        {"token = \"secretsecret\"", "3: the token is not 1 to 256 letters, digits, '.', '_' and '-': write it without quotes"},
        {"token = $TOKEN", "3: the token is not 1 to 256 letters, digits, '.', '_' and '-': variables are not replaced here: token_env "
                           "takes the name of one"},
        {"token_env = $TOKEN", "3: token_env is not the name of an environment variable: write the variable's name alone, without $"},
        {"token_env = A;d", "3: token_env is not the name of an environment variable" COMMENT},
        {"token_file = \"~/x\"", "3: token_file: write it without quotes"},
        {"token_file = ~/x # shop", "3: token_file" COMMENT},
    };
    ASSERT_LINES(*state, "[instance a]\n", rows, REST);
    ASSERT_LINES(*state, "[instance a]\nid = 1\n", tokens, "\n");
}

static void the_same_above_the_sections(void **state)
{
    static const char *const rows[][2] = {
        {"poll = \"60\"", "1: poll must be 5 to 3600, not '\"60\"': write it without quotes"},
        {"poll = 60 # s", "1: poll must be 5 to 3600, not '60 # s'" COMMENT},
        {"log_file = $HOME/x", "1: log_file: variables are not replaced here: token_env takes the name of one"},
        {"log_file = /tmp/x # mine", "1: log_file" COMMENT},
        {"api_url = api.green-api.com", "1: api_url 'api.green-api.com': it must begin with https://"},
        {"api_url = \"https://api.green-api.com\"",
         "1: api_url '\"https://api.green-api.com\"': it must begin with https://: write it without quotes"},
        {"api_url = https://api.green-api.com/waInstance7103", "1: api_url ends before /waInstance: give only what stands in front of it"},
        {"poll 60", "1: " NO_LINE " (did you mean 'poll = ...'?)"},
        {"idInstance 7103000001", "1: " NO_LINE " (did you mean 'id = ...'?)"},
        {"---", "1: " NO_LINE},
    };
    ASSERT_LINES(*state, "", rows, "\n");
}

static void the_same_in_keys_and_theme(void **state)
{
#define NO_KEY " is no key: write one character, C-a to C-z, or a name such as Enter, PgUp, F1"
    static const char *const rows[][2] = {
        {"help = F1 # mine", "2: help: \"mine\"" NO_KEY COMMENT},
        {"quit = \"Q\"", "2: quit: \"\"Q\"\"" NO_KEY ": write it without quotes"},
    };
#undef NO_KEY
    struct fixture *it = *state;
    ASSERT_LINES(it, "[keys]\n", rows, "\n");
    start_again(it);
    assert_false(read_text(it, "[theme]\ngood = \"green\"\n"));
    assert_non_null(strstr(it->errors.text, ": write it without quotes\n"));
    start_again(it);
    assert_true(read_text(it, "[keys]\nzoom = #\nhelp = \" ? $ ,\n"));
}

static void other_formats_are_named_in_one_sentence(void **state)
{
#define HOW ": a configuration has lines 'name = value' and sections [instance NAME] (man scandeck.conf)"
    static const char *const rows[][2] = {
        {"{\n  \"idInstance\": 7103000001,\n  \"apiTokenInstance\": \"x\"\n}", " this is JSON" HOW},
        {"\n [\n{\"idInstance\": 1}]", " this is JSON" HOW},
        {"[{\"idInstance\": 1}]", " this is JSON" HOW},
        {"<?xml version=\"1.0\"?>", " this is XML or HTML" HOW},
        {"-----BEGIN CERTIFICATE-----\nabc", " this is a key or a certificate, no configuration"},
    };
    ASSERT_LINES(*state, "", rows, "\n");
#undef HOW
}

static void a_label_loses_its_quotes(void **state)
{
    static const char *const headings[] = {"[instance \"x y\"]", "[instance 'x y']", "[instance \xE2\x80\x9Cx y\xE2\x80\x9D]",
                                           "[instance\t\"x y\" ]", "[instance\xC2\xA0x y]", "[ instance  x y ] # mine"};
    struct fixture *it = *state;
    for (size_t i = 0; i < sizeof headings / sizeof *headings; i++) {
        char text[128];
        start_again(it);
        snprintf(text, sizeof text, "%s\nid = 1" REST, headings[i]);
        if (!read_text(it, text))
            fail_msg("%s", it->errors.text);
        assert_string_equal(it->config.instances[0].label, "x y");
    }
}

static void a_label_needs_both_of_its_quotes(void **state)
{
    static const char *const labels[] = {"'x", "\"x", "\xE2\x80\x9Cx", "'x\"", "\""};
    for (size_t i = 0; i < sizeof labels / sizeof *labels; i++) {
        char text[128];
        snprintf(text, sizeof text, "[instance %s]\nid = 1" REST, labels[i]);
        assert_complaint(*state, text, "1: the label lacks its closing quote; one that begins with a quote stands between two of another kind");
    }
    struct fixture *it = *state;
    start_again(it);
    assert_true(read_text(it, "[instance \"'s-Hertogenbosch\"]\nid = 1" REST));
    assert_string_equal(it->config.instances[0].label, "'s-Hertogenbosch");
}

static void a_label_in_another_encoding_is_refused(void **state)
{
    assert_complaint(*state, "# caf\xE9\n[instance caf\xE9]\nid = 1" REST, "2: the label is not UTF-8: save the file as UTF-8");
}

static void a_label_of_nothing_is_none(void **state)
{
    assert_complaint(*state, "[instance \"\"]\nid = 1" REST, "1: an instance needs a label of 1 to 64 bytes: [instance NAME]");
}

static void what_nobody_sees_does_no_harm(void **state)
{
    struct fixture *it = *state;
    assert_true(read_text(it, "poll\xC2\xA0=\xC2\xA0" "10\xC2\xA0\r\n\xE2\x80\x8Brenewals\t:\xE3\x80\x80" "3  \t\r\n"
                              "[instance a]\r\nid = 5 \t\r\ntoken_command = echo a\xC2\xA0" "b\r\n"));
    assert_int_equal(it->config.poll, 10);
    assert_int_equal(it->config.renewals, 3);
    assert_string_equal(it->config.instances[0].id, "5");
    assert_string_equal(it->config.instances[0].secret, "echo a\xC2\xA0" "b");
}

static void lines_may_end_in_a_carriage_return_alone(void **state)
{
    struct fixture *it = *state;
    assert_true(read_text(it, "poll = 10\r[instance a]\rid = 5\rtoken_env = T\r"));
    assert_int_equal(it->config.poll, 10);
    assert_int_equal(it->config.instances[0].line, 2);
    assert_complaint(it, "poll = 10\r\rfoo = 1\r", "3: unknown option 'foo'");
}

static void relative_files_count_from_the_folder(void **state)
{
    struct fixture *it = *state;
    char wanted[128];
    assert_true(read_text(it, "ca_file = f\nlog_file = sub/deck.log\n[instance a]\nid = 5\ntoken_file = t\n"
                              "[instance b]\nid = 6\ntoken_file = ~/t\n[instance c]\nid = 7\ntoken_file = /t\n"));
    snprintf(wanted, sizeof wanted, "%s/f", it->folder);
    assert_string_equal(it->config.ca_file, wanted);
    snprintf(wanted, sizeof wanted, "%s/sub/deck.log", it->folder);
    assert_string_equal(it->config.log_file, wanted);
    snprintf(wanted, sizeof wanted, "%s/t", it->folder);
    assert_string_equal(it->config.instances[0].secret, wanted);
    assert_string_equal(it->config.instances[1].secret, "~/t");
    assert_string_equal(it->config.instances[2].secret, "/t");
    assert_true(config_override(&it->config, "log_file=here.log", &it->errors));
    assert_string_equal(it->config.log_file, "here.log");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, config_rig_set_up, config_rig_tear_down)

int main(void)
{
    static const struct CMUnitTest tests[] = {
        TEST(the_vendor_s_names_lead_to_ours),
        TEST(sections_of_other_names_lead_to_ours),
        TEST(what_stands_in_a_value_is_named),
        TEST(the_same_above_the_sections),
        TEST(the_same_in_keys_and_theme),
        TEST(other_formats_are_named_in_one_sentence),
        TEST(a_label_loses_its_quotes),
        TEST(a_label_needs_both_of_its_quotes),
        TEST(a_label_in_another_encoding_is_refused),
        TEST(a_label_of_nothing_is_none),
        TEST(what_nobody_sees_does_no_harm),
        TEST(lines_may_end_in_a_carriage_return_alone),
        TEST(relative_files_count_from_the_folder),
    };
    setlocale(LC_ALL, "C.UTF-8");
    return cmocka_run_group_tests_name("misread", tests, NULL, NULL);
}
