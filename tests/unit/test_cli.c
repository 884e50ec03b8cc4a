/* SPDX-License-Identifier: MIT
 * The command line: what is understood, what is refused, in which words, and that no token is repeated.
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
#include <unistd.h>

#include "cli/cli.h"

#define TOKEN "d75b3a66374942c5b3c019c698abc2067e151558acbd412345"
#define WORDS_MAX 200
#define TEXT_MAX 16384

struct fixture {
    char *words[WORDS_MAX + 2];
    int count;
    char line[8192];
    struct cli_request request;
    int code;
    char out[TEXT_MAX], err[TEXT_MAX];
};

struct capture {
    int kept[2];
    FILE *files[2];
};

static void capture_begin(struct capture *it)
{
    fflush(stdout);
    fflush(stderr);
    for (int i = 0; i < 2; i++) {
        it->files[i] = tmpfile();
        assert_non_null(it->files[i]);
        it->kept[i] = dup(i + 1);
        dup2(fileno(it->files[i]), i + 1);
    }
}

static void capture_end(struct capture *it, char *out, char *err)
{
    char *texts[] = {out, err};
    fflush(stdout);
    fflush(stderr);
    for (int i = 0; i < 2; i++) {
        dup2(it->kept[i], i + 1);
        close(it->kept[i]);
        rewind(it->files[i]);
        texts[i][fread(texts[i], 1, TEXT_MAX - 1, it->files[i])] = '\0';
        fclose(it->files[i]);
    }
}

/* Cuts the line at its blanks into argv and parses it. */
static bool parse(struct fixture *it, const char *line)
{
    static char program[] = "scandeck";
    struct capture capture;
    snprintf(it->line, sizeof it->line, "%s", line);
    it->words[0] = program;
    it->count = 1;
    for (char *word = strtok(it->line, " "); word && it->count <= WORDS_MAX; word = strtok(NULL, " "))
        it->words[it->count++] = word;
    it->words[it->count] = NULL;
    capture_begin(&capture);
    bool goes_on = cli_parse(&it->request, it->count, it->words, &it->code);
    capture_end(&capture, it->out, it->err);
    return goes_on;
}

static void assert_refused(struct fixture *it, const char *line, const char *sentence)
{
    char wanted[512];
    snprintf(wanted, sizeof wanted, "scandeck: %s; try scandeck --help\n", sentence);
    assert_false(parse(it, line));
    assert_int_equal(it->code, EXIT_USAGE);
    assert_string_equal(it->err, wanted);
    assert_string_equal(it->out, "");
}

static int set_up(void **state)
{
    unsetenv("NO_COLOR");
    *state = calloc(1, sizeof(struct fixture));
    return *state ? 0 : -1;
}

static int tear_down(void **state)
{
    free(*state);
    return 0;
}

static void no_argument_means_the_console(void **state)
{
    struct fixture *it = *state;
    assert_true(parse(it, ""));
    assert_int_equal(it->request.command, COMMAND_CONSOLE);
    assert_int_equal(it->request.argument_count, 0);
    assert_int_equal(it->request.quiet_zone, -1);
    assert_int_equal(it->request.demo_instances, 12);
    assert_true(it->request.demo_speed >= 1 && it->request.demo_speed <= 1);
    assert_null(it->request.config_file);
    assert_false(it->request.no_color || it->request.demo || it->request.readonly || it->request.json);
}

static void options_stand_before_and_behind_the_command(void **state)
{
    struct fixture *it = *state;
    assert_true(parse(it, "-c a.conf link --json sales --with-payload -o poll=9 --option=renewals=0 --no-color "
                          "--log x"));
    assert_int_equal(it->request.command, COMMAND_LINK);
    assert_string_equal(it->request.config_file, "a.conf");
    assert_int_equal(it->request.argument_count, 1);
    assert_string_equal(it->request.arguments[0], "sales");
    assert_int_equal(it->request.override_count, 2);
    assert_string_equal(it->request.overrides[0], "poll=9");
    assert_string_equal(it->request.overrides[1], "renewals=0");
    assert_string_equal(it->request.log_file, "x");
    assert_true(it->request.json && it->request.with_payload && it->request.no_color);
}

static void render_takes_its_options(void **state)
{
    struct fixture *it = *state;
    assert_true(parse(it, "render - --mode wide-sextant --quiet-zone 4 --ascii --payload"));
    assert_int_equal(it->request.command, COMMAND_RENDER);
    assert_string_equal(it->request.arguments[0], "-");
    assert_string_equal(it->request.mode, "wide-sextant");
    assert_int_equal(it->request.quiet_zone, 4);
    assert_true(it->request.ascii && it->request.payload);
}

static void status_takes_any_number_of_names(void **state)
{
    struct fixture *it = *state;
    assert_true(parse(it, "status"));
    assert_int_equal(it->request.argument_count, 0);
    assert_true(parse(it, "status a b -- --json"));
    assert_int_equal(it->request.argument_count, 3);
    assert_string_equal(it->request.arguments[2], "--json");
    assert_false(it->request.json);
}

static void sessions_are_recorded_or_replayed(void **state)
{
    struct fixture *it = *state;
    assert_true(parse(it, "link a --record b"));
    assert_string_equal(it->request.record_file, "b");
    assert_true(parse(it, "--replay b --demo-speed 9"));
    assert_string_equal(it->request.replay_file, "b");
    assert_refused(it, "--replay a --record b", "--replay and --record do not go together");
    assert_refused(it, "--replay a --demo", "--replay goes without --demo");
    assert_refused(it, "status --record b", "--record does not go with status");
    assert_refused(it, "link a --replay b", "--replay does not go with link");
}

static void the_demo_has_speed_and_size(void **state)
{
    struct fixture *it = *state;
    assert_true(parse(it, "--demo --demo-speed 1000 --demo-instances 1"));
    assert_true(it->request.demo && it->request.demo_speed >= 1000);
    assert_int_equal(it->request.demo_instances, 1);
    assert_refused(it, "--demo --demo-speed 1001", "--demo-speed must be a number from 1 to 1000, not '1001'");
    assert_refused(it, "--demo --demo-speed 0", "--demo-speed must be a number from 1 to 1000, not '0'");
    assert_refused(it, "--demo --demo-instances 2x", "--demo-instances must be a number from 1 to 1000, not '2x'");
    assert_refused(it, "--demo-speed 2", "--demo-speed goes with --demo or --replay only");
    assert_refused(it, "--replay a --demo-instances 2", "--demo-instances goes with --demo only");
}

static void no_color_comes_from_the_environment(void **state)
{
    struct fixture *it = *state;
    setenv("NO_COLOR", "", 1);
    assert_true(parse(it, ""));
    assert_false(it->request.no_color);
    setenv("NO_COLOR", "0", 1);
    assert_true(parse(it, ""));
    assert_true(it->request.no_color);
}

static void unknown_words_get_a_suggestion(void **state)
{
    struct fixture *it = *state;
    assert_refused(it, "lnk", "unknown command 'lnk' (did you mean 'link'?)");
    assert_refused(it, "frobnicate", "unknown command 'frobnicate'");
    assert_refused(it, "list", "unknown command 'list' (did you mean 'status'?)");
    assert_refused(it, "start", "unknown command 'start' (the console starts without a command: scandeck)");
    assert_refused(it, "run", "unknown command 'run' (the console starts without a command: scandeck)");
    assert_refused(it, "LOGIN", "unknown command 'LOGIN' (did you mean 'link'?)");
    assert_refused(it, "help", "unknown command 'help' (did you mean '--help'?)");
    assert_refused(it, "--jsn link a", "unknown option --jsn (did you mean '--json'?)");
    assert_refused(it, "--frobnicate=3", "unknown option --frobnicate");
    assert_refused(it, "--json -xz", "unknown option -x");
    assert_refused(it, "\033[2J", "unknown command '?[2J'");
    assert_refused(it, "render a --mode hlf",
                   "unknown mode 'hlf' (did you mean 'half'?): there are half, wide-sextant, octant, sextant, full");
}

static void wrong_use_is_named(void **state)
{
    struct fixture *it = *state;
    assert_refused(it, "link", "link needs exactly one argument: scandeck link NAME");
    assert_refused(it, "link a b", "link needs exactly one argument: scandeck link NAME");
    assert_refused(it, "check x", "check takes no argument");
    assert_refused(it, "-c", "--config needs a value: --config FILE");
    assert_refused(it, "link a --log", "--log needs a value: --log FILE");
    assert_refused(it, "--demo=1", "--demo takes no value");
    assert_refused(it, "--json", "--json does not go with the console");
    assert_refused(it, "--yes status", "--yes does not go with status");
    assert_refused(it, "link a --payload", "--payload does not go with link");
    assert_refused(it, "render a --quiet-zone 41", "--quiet-zone must be a number from 0 to 40, not '41'");
    assert_refused(it, "-o poll", "-o needs KEY=VALUE, for example -o renewals=3");
}

static void readonly_forbids_calls_that_change(void **state)
{
    struct fixture *it = *state;
    assert_refused(it, "--readonly logout a", "--readonly forbids logout");
    assert_refused(it, "reboot a --readonly --yes", "--readonly forbids reboot");
    assert_true(parse(it, "--readonly status"));
    assert_true(it->request.readonly);
}

static void overrides_have_a_ceiling(void **state)
{
    struct fixture *it = *state;
    char line[2048] = "";
    for (int i = 0; i < CLI_OVERRIDES_MAX; i++)
        strcat(line, "-opoll=9 ");
    assert_true(parse(it, line));
    assert_int_equal(it->request.override_count, CLI_OVERRIDES_MAX);
    strcat(line, "-opoll=9");
    assert_refused(it, line, "-o can be given 64 times at most");
}

static void tokens_are_turned_away_unrepeated(void **state)
{
    static const char *const lines[] = {"--token " TOKEN,          "--token=" TOKEN, "link " TOKEN,     TOKEN,
                                        "--apiTokenInstance=abc",  "--api-token x",  "-o token=short",  "-otoken_env=A",
                                        "--frobnicate=" TOKEN,     "status a " TOKEN, "--password=x link", "-x" TOKEN};
    struct fixture *it = *state;
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        assert_false(parse(it, lines[i]));
        assert_int_equal(it->code, EXIT_USAGE);
        assert_null(strstr(it->err, TOKEN));
        if (strncmp(lines[i], "-x", 2) != 0)
            assert_non_null(strstr(it->err, "a token never goes on the command line"));
    }
}

static void help_and_version_end_the_program(void **state)
{
    struct fixture *it = *state;
    assert_false(parse(it, "--help"));
    assert_int_equal(it->code, EXIT_DONE);
    assert_string_equal(it->err, "");
#define ASSERT_SHOWN(id, code, words) assert_non_null(strstr(it->out, words));
    EXIT_TABLE(ASSERT_SHOWN)
#undef ASSERT_SHOWN
#define ASSERT_SHOWN(id, name, arguments, sentence) assert_non_null(strstr(it->out, sentence));
    COMMAND_TABLE(ASSERT_SHOWN)
#undef ASSERT_SHOWN
    assert_false(parse(it, "render -h"));
    assert_int_equal(it->code, EXIT_DONE);
    assert_int_equal(strncmp(it->out, "Usage: scandeck render FILE|- ", 30), 0);
    assert_non_null(strstr(it->out, "--quiet-zone N"));
    assert_null(strstr(it->out, "--yes"));
    assert_false(parse(it, "-V"));
    assert_int_equal(it->code, EXIT_DONE);
    assert_int_equal(strncmp(it->out, "scandeck ", 9), 0);
    assert_non_null(strstr(it->out, "\nbuilt with libwebsockets "));
}

static int check(struct fixture *it, const char *line, const char *config)
{
    char path[] = "/tmp/scandeck-check-XXXXXX", full[256];
    struct capture capture;
    int fd = mkstemp(path);
    assert_int_equal(write(fd, config, strlen(config)), strlen(config));
    close(fd);
    snprintf(full, sizeof full, "check -c %s %s", path, line);
    assert_true(parse(it, full));
    capture_begin(&capture);
    int code = cli_check(&it->request);
    capture_end(&capture, it->out, it->err);
    unlink(path);
    return code;
}

#define CONFIG                                                                     \
    "poll = 30\n[instance a]\nid = 1\ntoken = " TOKEN "\n"                         \
    "[instance \xE4\xB8\xAD\xE6\x96\x87]\nid = 22\ntoken_command = pass show b\n" \
    "api_url = https://x.example:8443/v3\n[instance c]\nid = 333\ntoken_env = C_TOKEN\n[keys]\nquit = Q\n"

static void check_prints_a_table(void **state)
{
    struct fixture *it = *state;
    assert_int_equal(check(it, "-o renewals=7", CONFIG), EXIT_DONE);
    assert_string_equal(it->err, "");
    assert_non_null(strstr(it->out, "\nrenewals   7\npoll       30\nsort       problems\n"));
    assert_non_null(strstr(it->out, "\nbell       linked\nnotify     none\n"));
    assert_non_null(strstr(it->out, "\nkey        quit = Q\ninstances  3\n"));
    assert_non_null(strstr(it->out, "\nLABEL  ID   HOST               TOKEN FROM\n"
                                    "a      1    api.green-api.com  token\n"
                                    "\xE4\xB8\xAD\xE6\x96\x87   22   x.example:8443/v3  token_command\n"
                                    "c      333  api.green-api.com  token_env C_TOKEN\n"));
    assert_null(strstr(it->out, TOKEN));
    assert_null(strstr(it->out, "pass show"));
}

static void check_prints_json(void **state)
{
    struct fixture *it = *state;
    assert_int_equal(check(it, "--json", CONFIG), EXIT_DONE);
    assert_non_null(strstr(it->out, "\"ca_file\":null,\"qr_mode\":\"auto\","
                                    "\"sextants\":\"auto\",\"renewals\":2,\"poll\":30,\"sort\":\"problems\","));
    assert_non_null(strstr(it->out, "{\"label\":\"c\",\"id\":\"333\",\"host\":\"api.green-api.com\","
                                    "\"token_from\":\"token_env\",\"token_name\":\"C_TOKEN\",\"line\":9}]}\n"));
    assert_null(strstr(it->out, TOKEN));
    assert_null(strstr(it->out, "pass show"));
}

static void check_of_the_demo_needs_no_file(void **state)
{
    struct fixture *it = *state;
    struct capture capture;
    assert_true(parse(it, "check --demo -o poll=9"));
    capture_begin(&capture);
    int code = cli_check(&it->request);
    capture_end(&capture, it->out, it->err);
    assert_int_equal(code, EXIT_DONE);
    assert_int_equal(strncmp(it->out, "file       -\n", 13), 0);
    assert_non_null(strstr(it->out, "\npoll       9\n"));
}

static void check_complains_on_stderr(void **state)
{
    struct fixture *it = *state;
    assert_int_equal(check(it, "-o pol=1", "renewal = 3\n"), EXIT_USAGE);
    assert_string_equal(it->out, "");
    assert_non_null(strstr(it->err, ":1: unknown option 'renewal' (did you mean 'renewals'?)\n"));
    assert_non_null(strstr(it->err, "\n-o: unknown option 'pol' (did you mean 'poll'?)\n"));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    static const struct CMUnitTest tests[] = {
        TEST(no_argument_means_the_console),
        TEST(options_stand_before_and_behind_the_command),
        TEST(render_takes_its_options),
        TEST(status_takes_any_number_of_names),
        TEST(the_demo_has_speed_and_size),
        TEST(sessions_are_recorded_or_replayed),
        TEST(no_color_comes_from_the_environment),
        TEST(unknown_words_get_a_suggestion),
        TEST(wrong_use_is_named),
        TEST(readonly_forbids_calls_that_change),
        TEST(overrides_have_a_ceiling),
        TEST(tokens_are_turned_away_unrepeated),
        TEST(help_and_version_end_the_program),
        TEST(check_prints_a_table),
        TEST(check_prints_json),
        TEST(check_of_the_demo_needs_no_file),
        TEST(check_complains_on_stderr),
    };
    setlocale(LC_ALL, "C.UTF-8");
    return cmocka_run_group_tests_name("cli", tests, NULL, NULL);
}
