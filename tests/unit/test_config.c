/* SPDX-License-Identifier: MIT
 * The configuration file: what is taken, what is refused and in which words, and that no secret is repeated.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <fcntl.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "config_rig.h"
#include "core/keymap.h"

#define TOKEN "d75b3a66374942c5b3c019c698abc2067e151558acbd412345"

static void defaults_are_those_of_the_table(void **state)
{
    struct fixture *it = *state;
    assert_true(read_text(it, "\n# nothing\n; here\n"));
    assert_string_equal(it->config.api_url, "https://api.green-api.com");
    assert_null(it->config.ca_file);
    assert_string_equal(it->config.qr_mode, "auto");
    assert_int_equal(it->config.sextants, CONFIG_SEXTANTS_AUTO);
    assert_int_equal(it->config.renewals, 2);
    assert_int_equal(it->config.poll, 60);
    assert_int_equal(it->config.instance_count, 0);
    assert_string_equal(it->config.file, it->path);
}

static void every_option_is_taken(void **state)
{
    struct fixture *it = *state;
    assert_true(read_text(it, "api_url = http://127.0.0.1:8080/x/\nca_file = /dev/null\nqr_mode = wide-sextant\n"
                              "sextants = no\nrenewals = 0\npoll = 3600\n"
                              "[instance a b]\nid = 1\ntoken = " TOKEN "\n"
                              "[instance c]\nid = 2\ntoken_command = pass show c | head -1;echo\n"
                              "[instance d]\nid = 3\ntoken_file = ~/d\napi_url = https://7103.api.greenapi.com/v3\n"
                              "[instance e]\nid = 00000000000000000004\ntoken_env = _D4\n"));
    const struct config_instance *instances = it->config.instances;
    assert_int_equal(it->config.instance_count, 4);
    assert_string_equal(it->config.ca_file, "/dev/null");
    assert_string_equal(it->config.qr_mode, "wide-sextant");
    assert_int_equal(it->config.sextants, CONFIG_SEXTANTS_NO);
    assert_int_equal(it->config.renewals, 0);
    assert_int_equal(it->config.poll, 3600);
    assert_string_equal(instances[0].label, "a b");
    assert_int_equal(instances[0].line, 7);
    assert_int_equal(instances[0].secret_kind, SECRET_VALUE);
    assert_string_equal(instances[0].secret, TOKEN);
    assert_string_equal(instances[0].endpoint.host, "127.0.0.1");
    assert_int_equal(instances[0].endpoint.port, 8080);
    assert_string_equal(instances[0].endpoint.prefix, "/x");
    assert_int_equal(instances[1].secret_kind, SECRET_COMMAND);
    assert_string_equal(instances[1].secret, "pass show c | head -1;echo");
    assert_int_equal(instances[2].secret_kind, SECRET_FILE);
    assert_string_equal(instances[2].endpoint.host, "7103.api.greenapi.com");
    assert_string_equal(instances[2].endpoint.prefix, "/v3");
    assert_int_equal(instances[3].secret_kind, SECRET_ENV);
    assert_string_equal(instances[3].id, "00000000000000000004");
}

static void signs_of_the_syntax_can_be_keys(void **state)
{
    struct fixture *it = *state;
    assert_true(read_text(it, "[keys]\nhelp =;\nzoom = #\nwider = =\nnarrower = :\nquit = q ; not X\n"));
    static const char *const wanted[] = {";", "#", "=", ":", "q"};
    for (size_t i = 0; i < it->config.key_count; i++)
        assert_string_equal(it->config.keys[i].keys, wanted[i]);
}

static void a_key_of_two_actions_is_a_mistake_where_they_meet(void **state)
{
    assert_complaints(*state, "[keys]\nfind-next = o\nqueue-skip = o\nlevel = Tab\n",
                      "3: queue-skip: o is the key of \"find-next\" already\n"
                      "4: level: Tab is the key of \"panel\" already\n");
}

static void windows_files_and_indents_are_read(void **state)
{
    struct fixture *it = *state;
    assert_true(read_text(it, "\xEF\xBB\xBFpoll = 10 ; seconds\r\n   renewals : 3\r\n\r\n"
                              "  [ instance\ts\xC3\xA4les ]  # comment\r\n\tid=5\r\n"
                              "  token_env = T\r\n [keys]\r\n quit = Q"));
    assert_int_equal(it->config.poll, 10);
    assert_int_equal(it->config.renewals, 3);
    assert_string_equal(it->config.instances[0].label, "s\xC3\xA4les");
    assert_string_equal(it->config.keys[0].keys, "Q");
}

static void a_byte_order_mark_may_stand_before_a_section(void **state)
{
    struct fixture *it = *state;
    assert_true(read_text(it, "\xEF\xBB\xBF[instance a]\nid=5\ntoken_env=T\n"));
    assert_int_equal(it->config.instance_count, 1);
}

static void an_address_with_the_token_in_it_is_refused(void **state)
{
    assert_complaints(*state, "api_url = https://api.green-api.com/waInstance1/qr/" TOKEN "\n",
                      "1: api_url ends before /waInstance: give only what stands in front of it\n");
}

static void a_label_is_cleaned_and_whole(void **state)
{
    struct fixture *it = *state;
    char text[256], label[65];
    memset(label, 'x', 64);
    label[64] = '\0';
    snprintf(text, sizeof text, "[instance %s]\nid=1\ntoken_env=A\n[instance a\033[2J]\nid=2\ntoken_env=A\n", label);
    assert_true(read_text(it, text));
    assert_string_equal(it->config.instances[0].label, label);
    assert_string_equal(it->config.instances[1].label, "a?[2J");
}

static void labels_of_0_and_65_bytes_are_refused(void **state)
{
    assert_complaints(*state,
                      "[instance]\nid=1\ntoken_env=A\n"
                      "[instance aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
                      "aaaaaaa]\nid=2\ntoken_env=A\n",
                      "1: an instance needs a label of 1 to 64 bytes: [instance NAME]\n"
                      "4: an instance needs a label of 1 to 64 bytes: [instance NAME]\n");
}

static void wrong_values_are_named(void **state)
{
    assert_complaints(*state,
                      "renewals = 21\npoll = 4\nqr_mode = hlf\nsextants = maybe\nca_file = /tmp\n"
                      "api_url = ftp://x\n",
                      "1: renewals must be 0 to 20, not '21'\n2: poll must be 5 to 3600, not '4'\n"
                      "3: qr_mode must be auto, half, wide-sextant, picture, octant, sextant or full, not 'hlf'\n"
                      "4: sextants must be auto, yes or no, not 'maybe'\n"
                      "5: ca_file '/tmp' cannot be read: Is a directory\n"
                      "6: api_url 'ftp://x': it must begin with https://\n");
}

static void numbers_are_digits(void **state)
{
    assert_complaints(*state, "renewals = 18446744073709551617\npoll =\n[instance a]\nid = -1\ntoken_env = 0A\n",
                      "1: renewals must be 0 to 20, not '18446744073709551617'\n2: poll has no value\n"
                      "4: id must be 1 to 20 digits (idInstance), not '-1'\n"
                      "5: token_env is not the name of an environment variable\n");
}

static void unknown_names_get_a_suggestion(void **state)
{
    assert_complaints(*state, "renewal = 3\nxyzzy = 1\n[instanc a]\nid = 1\n[keys]\nlgout = x\n",
                      "1: unknown option 'renewal' (did you mean 'renewals'?)\n2: unknown option 'xyzzy'\n"
                      "3: unknown section [instanc a] (did you mean [instance a]?)\n"
                      "6: unknown action 'lgout' (did you mean 'logout'?)\n");
}

static void options_in_the_wrong_place_are_named(void **state)
{
    assert_complaints(*state, "id = 1\n[instance a]\nid = 2\ntoken_env = A\npoll = 60\n",
                      "1: 'id' is an option of one instance: it belongs below a line [instance NAME]\n"
                      "5: 'poll' is an option for all instances: it belongs above the first section\n");
}

static void syntax_errors_are_all_found(void **state)
{
    assert_complaints(*state, "nonsense\npoll = 60\nmore nonsense\n[keys\nx\n[instance a] b\nid=1\ntoken_env=A\nlast",
                      "1: this line is no 'name = value', no [section], and no comment\n"
                      "3: this line is no 'name = value', no [section], and no comment\n"
                      "4: the section's name lacks its ]\n"
                      "5: this line is no 'name = value', no [section], and no comment\n"
                      "6: nothing but a comment may follow the ]\n"
                      "9: this line is no 'name = value', no [section], and no comment\n");
}

static void complaints_stand_in_the_order_of_the_file(void **state)
{
    assert_complaints(*state, "[instance a]\nid = x\n[instance a]\nid = 1\ntoken_env = A\npoll = 1\n",
                      "1: instance 'a' has no token: give token_command, token_file, token_env, or token\n"
                      "2: id must be 1 to 20 digits (idInstance), not 'x'\n"
                      "3: the label 'a' is taken by the instance in line 1\n"
                      "6: 'poll' is an option for all instances: it belongs above the first section\n");
}

static void sections_need_their_options(void **state)
{
    assert_complaints(*state, "[instance a]\n\n# no\n[keys]\n[instance b]\napi_url = https://x.y\n",
                      "1: this section is empty\n4: this section is empty\n5: instance 'b' has no id\n"
                      "5: instance 'b' has no token: give token_command, token_file, token_env, or token\n");
}

static void two_tokens_are_one_too_many(void **state)
{
    assert_complaints(*state, "[instance a]\nid = 1\ntoken_env = A\ntoken_file = b\nid = 2\n",
                      "4: token_file besides token_env: give exactly one of them\n"
                      "5: id stands here a second time; first in line 2\n");
}

static void an_id_is_unique_on_its_host(void **state)
{
    assert_complaints(*state,
                      "[instance a]\nid=1\ntoken_env=A\n[instance b]\nid=1\ntoken_env=A\napi_url=https://x.y\n"
                      "[instance c]\nid=1\ntoken_env=A\n",
                      "8: instance 1 of api.green-api.com stands in line 1 already\n");
}

static void long_lines_and_nul_bytes_are_named(void **state)
{
    struct fixture *it = *state;
    char text[700];
    int len = snprintf(text, sizeof text, "# %0300d\n[instance a]\nid = 1\ntoken_command = %0250d\npoll = 6?\n", 0, 0);
    text[len - 2] = '\0';
    write_file(it, text, (size_t)len);
    assert_false(config_read(&it->config, it->path, &it->errors));
    assert_non_null(strstr(it->errors.text, ":4: this line is longer than 199 bytes"));
    assert_non_null(strstr(it->errors.text, ":5: this line holds a NUL byte"));
}

static void a_token_needs_a_private_file(void **state)
{
    struct fixture *it = *state;
    static const char text[] = "[instance a]\nid=1\ntoken=" TOKEN "\n";
    write_file(it, text, strlen(text));
    assert_int_equal(chmod(it->path, 0640), 0);
    assert_false(config_read(&it->config, it->path, &it->errors));
    assert_non_null(strstr(it->errors.text, "chmod 600"));
    assert_null(strstr(it->errors.text, TOKEN));
}

static void a_file_without_token_may_be_public(void **state)
{
    struct fixture *it = *state;
    write_file(it, "poll=9", 6);
    assert_int_equal(chmod(it->path, 0644), 0);
    assert_true(config_read(&it->config, it->path, &it->errors));
}

/* Whatever line a token is put on by mistake, it is not repeated. */
static void no_complaint_repeats_a_secret(void **state)
{
    static const char *const lines[] = {"token = " TOKEN "!",      "token = a b " TOKEN, "id = " TOKEN,
                                        "token_env = " TOKEN "-",  "tokn = " TOKEN,      TOKEN,
                                        "api_url = https://api.green-api.com/waInstance1/qr/" TOKEN,
                                        "api_url = https://u:" TOKEN "@x", "api_url = https://x?token=" TOKEN,
                                        "token = " TOKEN "\ntoken_command = " TOKEN,
                                        "token = " TOKEN "\ntoken = " TOKEN};
    struct fixture *it = *state;
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        char text[512];
        snprintf(text, sizeof text, "[instance a]\nid = 1\n%s\n", lines[i]);
        assert_false(read_text(it, text));
        assert_null(strcasestr(it->errors.text, TOKEN));
        config_free(&it->config);
        config_errors_free(&it->errors);
        config_init(&it->config);
    }
}

#define KEY "abcdef0123456789abcdef0123456789abcdef01"

/* It looks like a sum, and is shown as a label, a host, a file's name. */
static void a_token_in_another_field_is_refused(void **state)
{
    static const char *const lines[] = {
        "[instance " KEY "]", "[instance a " KEY "]",  "api_url = https://" KEY ".example.invalid", "token_file = /x/" KEY, "token_env = A" KEY,
        "token_command = cat /" KEY, "[keys]\n" KEY " = x", "sort = ABCDEF0123456789ABCDEF0123456789ABCDEF01", "[" KEY "]", KEY, "id=" KEY,
        "log_file = /tmp/0123456789012345678901234567890123456789012345678901234567" KEY "/x",
    };
    struct fixture *it = *state;
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        char text[512];
        snprintf(text, sizeof text, "%s\n[instance x]\nid = 1\ntoken = \"" KEY "\" ; " KEY "\n# " KEY "\n", lines[i]);
        assert_false(read_text(it, text));
        assert_non_null(strstr(it->errors.text, ": this line holds the token of line"));
        assert_null(strcasestr(it->errors.text, "abcdef0123456789"));
        config_free(&it->config);
        config_errors_free(&it->errors);
        config_init(&it->config);
    }
    /* Of a test service, perhaps. */
    assert_true(read_text(it, "[instance shop77] ; Shop77\nid = 1\ntoken = p77 ; Shop77\n# Shop77\n[instance b]\nid = 2\ntoken = Shop77\n"));
}

static void assert_refused(struct fixture *it, const char *path, const char *words)
{
    assert_false(config_read(&it->config, path, &it->errors));
    assert_non_null(strstr(it->errors.text, words));
}

static void a_fifo_does_not_hang(void **state)
{
    struct fixture *it = *state;
    assert_int_equal(mkfifo(it->path, 0600), 0);
    assert_refused(it, it->path, "the configuration gave nothing");
}

static void a_link_is_followed(void **state)
{
    struct fixture *it = *state;
    char link[128];
    snprintf(link, sizeof link, "%s/l", it->folder);
    write_file(it, "poll=7", 6);
    assert_int_equal(symlink("f", link), 0);
    bool taken = config_read(&it->config, link, &it->errors);
    unlink(link);
    assert_true(taken);
    assert_int_equal(it->config.poll, 7);
}

static void large_files_are_refused(void **state)
{
    struct fixture *it = *state;
    write_file(it, "", 0);
    assert_int_equal(truncate(it->path, (1 << 20) + 1), 0);
    assert_refused(it, it->path, "larger than 1048576 bytes");
}

static void a_missing_file_is_named(void **state)
{
    struct fixture *it = *state;
    assert_refused(it, "/nonexistent\033/x", "/nonexistent?/x: the configuration cannot be opened: No such file");
}

static void no_file_at_the_usual_place_shows_how_to_begin(void **state)
{
    struct fixture *it = *state;
    char usual[256], wanted[256];
    setenv("XDG_CONFIG_HOME", it->folder, 1);
    assert_true(config_default_path(usual, sizeof usual));
    snprintf(wanted, sizeof wanted, "%s/scandeck/scandeck.conf", it->folder);
    assert_string_equal(usual, wanted);
    assert_refused(it, usual, "scandeck --demo");
    assert_non_null(strstr(it->errors.text, "[instance sales-eu]\n"));
    assert_int_equal(it->errors.count, 1);
}

static void the_usual_place_follows_the_environment(void **state)
{
    char path[64];
    (void)state;
    unsetenv("XDG_CONFIG_HOME");
    setenv("HOME", "/h", 1);
    assert_true(config_default_path(path, sizeof path));
    assert_string_equal(path, "/h/.config/scandeck/scandeck.conf");
    setenv("XDG_CONFIG_HOME", "relative", 1);
    assert_true(config_default_path(path, sizeof path));
    assert_string_equal(path, "/h/.config/scandeck/scandeck.conf");
    assert_false(config_default_path(path, 12));
    unsetenv("XDG_CONFIG_HOME");
    unsetenv("HOME");
    assert_false(config_default_path(path, sizeof path));
}

static void overrides_win_over_the_file(void **state)
{
    struct fixture *it = *state;
    assert_true(read_text(it, "poll = 10\n[instance a]\nid=1\ntoken_env=A\n"
                              "[instance b]\nid=1\ntoken_env=A\napi_url=https://own.example\n"));
    assert_true(config_override(&it->config, "poll=20", &it->errors));
    assert_true(config_override(&it->config, "api_url=https://other.example/v3", &it->errors));
    assert_int_equal(it->config.poll, 20);
    assert_string_equal(it->config.instances[0].endpoint.host, "other.example");
    assert_string_equal(it->config.instances[1].endpoint.host, "own.example");
}

static void wrong_overrides_are_named(void **state)
{
    struct fixture *it = *state;
    assert_false(config_override(&it->config, "pol=20", &it->errors));
    assert_false(config_override(&it->config, "foo=20", &it->errors));
    assert_false(config_override(&it->config, "poll", &it->errors));
    assert_false(config_override(&it->config, "poll=1", &it->errors));
    assert_false(config_override(&it->config, "id=1", &it->errors));
    assert_false(config_override(&it->config, "token=" TOKEN, &it->errors));
    assert_int_equal(it->errors.count, 6);
    assert_string_equal(it->errors.text,
                        "-o: unknown option 'pol' (did you mean 'poll'?)\n"
                        "-o: unknown option 'foo'\n"
                        "-o: write it as KEY=VALUE, for example -o renewals=3\n"
                        "-o: poll must be 5 to 3600, not '1'\n"
                        "-o: 'id' is an option of one instance: it belongs below a line [instance NAME]\n"
                        "-o: token never goes on the command line: it belongs into the file\n");
}

static void keys_come_in_an_order_that_binds(void **state)
{
    struct fixture *it = *state;
    struct keymap map;
    char why[200];
    assert_true(read_text(it, "[keys]\nstop = L\nlogout = q\nquit = Q C-x\n"));
    assert_int_equal(it->config.key_count, 3);
    keymap_init(&map);
    for (size_t i = 0; i < 3; i++)
        assert_true(keymap_bind(&map, it->config.keys[i].action, it->config.keys[i].keys, why, sizeof why));
    assert_int_equal(keymap_action(&map, CONTEXT_BIT(CONTEXT_LIST), 'q'), ACTION_LOGOUT);
    assert_int_equal(keymap_action(&map, CONTEXT_BIT(CONTEXT_LIST), 'Q'), ACTION_QUIT);
    assert_int_equal(keymap_action(&map, CONTEXT_BIT(CONTEXT_LIST), 'L'), ACTION_STOP);
}

static void key_conflicts_are_named(void **state)
{
    struct fixture *it = *state;
    assert_false(read_text(it, "[keys]\nlogout = q\nstop = Foo\nzoom =\nstop = S\nlogout = Y\n"));
    assert_non_null(strstr(it->errors.text, ":2: logout: "));
    assert_non_null(strstr(it->errors.text, ":3: stop: "));
    assert_non_null(strstr(it->errors.text, ":4: zoom has no key"));
    assert_non_null(strstr(it->errors.text, ":5: stop stands here a second time; first in line 3"));
    assert_non_null(strstr(it->errors.text, ":6: logout stands here a second time; first in line 2"));
}

static void nonsense_is_cut_short(void **state)
{
    struct fixture *it = *state;
    char text[3000];
    for (size_t i = 0; i < sizeof text - 1; i += 2)
        memcpy(text + i, "x\n", 2);
    write_file(it, text, sizeof text - 2);
    assert_false(config_read(&it->config, it->path, &it->errors));
    assert_int_equal(it->errors.count, 101);
    assert_non_null(strstr(it->errors.text, ": and 1399 more"));
}

static void thousands_of_instances_load_fast(void **state)
{
    struct fixture *it = *state;
    FILE *file = fopen(it->path, "w");
    assert_non_null(file);
    for (int i = 0; i < 15000; i++)
        fprintf(file, "[instance shop-%05d]\nid=%d\ntoken_env=T%d\n", i, 700000 + i, i);
    fclose(file);
    clock_t before = clock();
    assert_true(config_read(&it->config, it->path, &it->errors));
    assert_true(clock() - before < 5 * CLOCKS_PER_SEC);
    assert_int_equal(it->config.instance_count, 15000);
    assert_string_equal(it->config.instances[14999].secret, "T14999");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, config_rig_set_up, config_rig_tear_down)

int main(void)
{
    static const struct CMUnitTest tests[] = {
        TEST(defaults_are_those_of_the_table),
        TEST(every_option_is_taken),
        TEST(signs_of_the_syntax_can_be_keys),
        TEST(a_key_of_two_actions_is_a_mistake_where_they_meet),
        TEST(windows_files_and_indents_are_read),
        TEST(a_byte_order_mark_may_stand_before_a_section),
        TEST(an_address_with_the_token_in_it_is_refused),
        TEST(a_label_is_cleaned_and_whole),
        TEST(labels_of_0_and_65_bytes_are_refused),
        TEST(wrong_values_are_named),
        TEST(numbers_are_digits),
        TEST(unknown_names_get_a_suggestion),
        TEST(options_in_the_wrong_place_are_named),
        TEST(syntax_errors_are_all_found),
        TEST(complaints_stand_in_the_order_of_the_file),
        TEST(sections_need_their_options),
        TEST(two_tokens_are_one_too_many),
        TEST(an_id_is_unique_on_its_host),
        TEST(long_lines_and_nul_bytes_are_named),
        TEST(a_token_needs_a_private_file),
        TEST(a_file_without_token_may_be_public),
        TEST(no_complaint_repeats_a_secret),
        TEST(a_token_in_another_field_is_refused),
        TEST(a_fifo_does_not_hang),
        TEST(a_link_is_followed),
        TEST(large_files_are_refused),
        TEST(a_missing_file_is_named),
        TEST(no_file_at_the_usual_place_shows_how_to_begin),
        TEST(the_usual_place_follows_the_environment),
        TEST(overrides_win_over_the_file),
        TEST(wrong_overrides_are_named),
        TEST(keys_come_in_an_order_that_binds),
        TEST(key_conflicts_are_named),
        TEST(nonsense_is_cut_short),
        TEST(thousands_of_instances_load_fast),
    };
    setlocale(LC_ALL, "C.UTF-8");
    return cmocka_run_group_tests_name("config", tests, NULL, NULL);
}
