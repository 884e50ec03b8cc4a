/* SPDX-License-Identifier: MIT
 * Tokens fetched from everywhere they may be, and each way that can fail.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "config/secret.h"
#include "config/secret_command.h"

#define TOKEN "d75b3a66374942c5b3c019c698abc2067e151558acbd412345"
#define PATIENCE_MS 300
#define LONG_PATIENCE_MS 2000 /* for commands that shall get somewhere */
#define INSTANCES_MAX 40
#define NANOSECONDS UINT64_C(1000000000)

struct fixture {
    char path[64];
    uv_loop_t loop;
    struct config config;
    struct config_instance instances[INSTANCES_MAX];
    struct secret_result results[INSTANCES_MAX];
};

static int set_up(void **state)
{
    struct fixture *it = calloc(1, sizeof *it);
    if (!it || uv_loop_init(&it->loop) != 0)
        return -1;
    snprintf(it->path, sizeof it->path, "/tmp/scandeck-token-XXXXXX");
    int fd = mkstemp(it->path);
    it->config.instances = it->instances;
    *state = it;
    return fd < 0 ? -1 : close(fd);
}

static void forget(struct fixture *it)
{
    secret_results_free(it->results, it->config.instance_count);
    for (size_t i = 0; i < it->config.instance_count; i++)
        free(it->instances[i].secret);
    it->config.instance_count = 0;
}

static int tear_down(void **state)
{
    struct fixture *it = *state;
    forget(it);
    unlink(it->path);
    int busy = uv_loop_close(&it->loop); /* no handle may be left behind */
    free(it);
    return busy;
}

static void add(struct fixture *it, enum secret_kind kind, const char *secret)
{
    struct config_instance instance = {.secret_kind = kind, .secret = strdup(secret)};
    it->instances[it->config.instance_count++] = instance;
}

static void fetch(struct fixture *it)
{
    assert_true(secret_fetch_all(&it->config, &it->loop, it->results, NULL));
}

static void assert_token(struct fixture *it, enum secret_kind kind, const char *secret)
{
    add(it, kind, secret);
    fetch(it);
    assert_null(it->results[0].problem);
    assert_string_equal(it->results[0].token, TOKEN);
    forget(it);
}

static void assert_problem(struct fixture *it, enum secret_kind kind, const char *secret, const char *problem)
{
    add(it, kind, secret);
    fetch(it);
    assert_null(it->results[0].token);
    assert_string_equal(it->results[0].problem, problem);
    forget(it);
}

static void write_token(struct fixture *it, const char *text)
{
    int fd = open(it->path, O_WRONLY | O_TRUNC);
    assert_int_equal(write(fd, text, strlen(text)), strlen(text));
    close(fd);
}

static void the_file_itself(void **state)
{
    assert_token(*state, SECRET_VALUE, TOKEN);
    assert_problem(*state, SECRET_NONE, "", "the configuration gives no token");
}

static void a_token_has_256_bytes_at_most(void **state)
{
    char token[258];
    memset(token, 'x', 257);
    token[257] = '\0';
    assert_problem(*state, SECRET_VALUE, token,
                   "token: its first line is not 1 to 256 letters, digits, '.', '_' and '-'");
    token[256] = '\0';
    struct fixture *it = *state;
    add(it, SECRET_VALUE, token);
    fetch(it);
    assert_string_equal(it->results[0].token, token);
}

static void the_environment(void **state)
{
    setenv("SCANDECK_TEST_TOKEN", TOKEN, 1);
    assert_token(*state, SECRET_ENV, "SCANDECK_TEST_TOKEN");
    setenv("SCANDECK_TEST_TOKEN", "", 1);
    assert_problem(*state, SECRET_ENV, "SCANDECK_TEST_TOKEN", "token_env SCANDECK_TEST_TOKEN: its first line is empty");
    unsetenv("SCANDECK_TEST_TOKEN");
    assert_problem(*state, SECRET_ENV, "SCANDECK_TEST_TOKEN",
                   "token_env SCANDECK_TEST_TOKEN: this environment variable is not set");
}

static void a_token_file(void **state)
{
    struct fixture *it = *state;
    write_token(it, TOKEN "  \r\nsecond line\n");
    assert_token(it, SECRET_FILE, it->path);
    write_token(it, TOKEN);
    assert_token(it, SECRET_FILE, it->path);
    setenv("HOME", "/tmp", 1);
    char below[80];
    snprintf(below, sizeof below, "~%s", it->path + strlen("/tmp"));
    assert_token(it, SECRET_FILE, below);
}

static void a_token_file_as_editors_of_other_systems_write_it(void **state)
{
    static const char *const texts[] = {"\xEF\xBB\xBF" TOKEN "\r\n", TOKEN "\rmore\r", "  " TOKEN "\xC2\xA0\n", "\xEF\xBB\xBF" TOKEN};
    struct fixture *it = *state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        write_token(it, texts[i]);
        assert_token(it, SECRET_FILE, it->path);
    }
    assert_token(it, SECRET_COMMAND, "printf '\\357\\273\\277" TOKEN "\\r\\n'");
}

static void a_token_file_in_utf_16_is_named(void **state)
{
    struct fixture *it = *state;
    char problem[256];
    write_token(it, "\xFF\xFE" "a");
    snprintf(problem, sizeof problem, "token_file %s is UTF-16: save it as UTF-8", it->path);
    assert_problem(it, SECRET_FILE, it->path, problem);
}

static void a_bad_token_file(void **state)
{
    struct fixture *it = *state;
    char problem[256];
    write_token(it, "not a token\n");
    snprintf(problem, sizeof problem,
             "token_file %s: its first line is not 1 to 256 letters, digits, '.', '_' and '-'", it->path);
    assert_problem(it, SECRET_FILE, it->path, problem);
    assert_int_equal(chmod(it->path, 0604), 0);
    snprintf(problem, sizeof problem, "token_file %s: others can read it: chmod 600 '%s'", it->path, it->path);
    assert_problem(it, SECRET_FILE, it->path, problem);
    assert_int_equal(truncate(it->path, 4097), 0);
    snprintf(problem, sizeof problem, "token_file %s is larger than 4096 bytes", it->path);
    assert_problem(it, SECRET_FILE, it->path, problem);
    assert_problem(it, SECRET_FILE, "/nonexistent",
                   "token_file /nonexistent cannot be opened: No such file or directory");
    assert_problem(it, SECRET_FILE, "/tmp", "token_file /tmp is a directory, not a file");
}

static void a_command(void **state)
{
    assert_token(*state, SECRET_COMMAND, "echo " TOKEN);
    assert_token(*state, SECRET_COMMAND, "printf '" TOKEN " \\t\\r\\nuser: me\\n'");
    assert_token(*state, SECRET_COMMAND, "printf " TOKEN);
    assert_token(*state, SECRET_COMMAND, "printf d75b3a66374942c5b3c019c698; sleep 0.1; echo abc2067e151558acbd412345");
}

static void a_failing_command(void **state)
{
    assert_problem(*state, SECRET_COMMAND, "exit 3", "token_command ended with exit status 3");
    assert_problem(*state, SECRET_COMMAND, "echo " TOKEN "; exit 1", "token_command ended with exit status 1");
    assert_problem(*state, SECRET_COMMAND, "exec /nonexistent 2>/dev/null",
                   "token_command ended with exit status 127: the shell did not find it");
    assert_problem(*state, SECRET_COMMAND, "kill -9 $$", "token_command was ended by signal 9 (Killed)");
    assert_problem(*state, SECRET_COMMAND, "true", "token_command printed nothing");
    assert_problem(*state, SECRET_COMMAND, "echo; echo " TOKEN, "token_command: its first line is empty");
    assert_problem(*state, SECRET_COMMAND, "echo gpg: oh " TOKEN,
                   "token_command: its first line is not 1 to 256 letters, digits, '.', '_' and '-'");
}

static void a_talkative_command(void **state)
{
    struct fixture *it = *state;
    add(it, SECRET_COMMAND, "printf '" TOKEN "\\n%04045d' 0"); /* 4096 bytes in all */
    add(it, SECRET_COMMAND, "printf '" TOKEN "\\n%04046d' 0");
    add(it, SECRET_COMMAND, "exec cat /dev/zero");
    fetch(it);
    assert_string_equal(it->results[0].token, TOKEN);
    assert_string_equal(it->results[1].problem, "token_command printed more than 4096 bytes");
    assert_string_equal(it->results[2].problem, "token_command printed more than 4096 bytes");
}

static void a_slow_command_is_ended(void **state)
{
    struct fixture *it = *state;
    uint64_t before = uv_hrtime();
    add(it, SECRET_COMMAND, "exec sleep 60");
    add(it, SECRET_COMMAND, "trap '' TERM; echo " TOKEN "; while :; do sleep 0.1; done");
    assert_true(secret_run_commands(&it->config, &it->loop, it->results, PATIENCE_MS, NULL));
    assert_true(uv_hrtime() - before < 20 * NANOSECONDS);
    for (size_t i = 0; i < 2; i++) {
        assert_null(it->results[i].token);
        assert_string_equal(it->results[i].problem, "token_command did not end within 0 s and was ended");
    }
}

static void on_time(uv_timer_t *timer)
{
    *(bool *)timer->data = true;
    uv_stop(timer->loop); /* as a signal, which comes by the poll, makes the loop return */
}

/* The operator gave up. */
static void all_are_ended_on_a_stop(void **state)
{
    struct fixture *it = *state;
    bool stop = false;
    uv_timer_t timer;
    uint64_t before = uv_hrtime();
    uv_timer_init(&it->loop, &timer);
    timer.data = &stop;
    uv_timer_start(&timer, on_time, 20, 0);
    add(it, SECRET_COMMAND, "sleep 60 | cat");
    add(it, SECRET_COMMAND, "exec sleep 60");
    assert_true(secret_run_commands(&it->config, &it->loop, it->results, SECRET_COMMAND_MS, &stop));
    assert_true(uv_hrtime() - before < 20 * NANOSECONDS);
    for (size_t i = 0; i < 2; i++)
        assert_string_equal(it->results[i].problem, "token_command was stopped");
    uv_close((uv_handle_t *)&timer, NULL);
    uv_run(&it->loop, UV_RUN_DEFAULT);
}

/* Whatever it made of itself: a pipeline, children that outlive the shell or their parent, some that ignore SIGTERM. */
static void a_slow_command_leaves_nothing_behind(void **state)
{
    static const char *const commands[] = {
        "sh -c 'echo $$ >>$F; exec sleep 60' | cat",
        "(trap '' TERM; sh -c 'echo $$ >>$F; exec sleep 60'); :",
        "(sh -c 'echo $$ >>$F; exec sleep 60' &) ; sleep 60",
    };
    struct fixture *it = *state;
    char command[160], gone[256];
    if (access("/proc/self/environ", F_OK) != 0)
        skip();
    setenv("F", it->path, 1);
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++)
        add(it, SECRET_COMMAND, commands[i]);
    assert_true(secret_run_commands(&it->config, &it->loop, it->results, LONG_PATIENCE_MS, NULL));
    snprintf(command, sizeof command, "test $(wc -l <%s) = 3", it->path);
    assert_int_equal(system(command), 0);
    /* A dead one that nobody waits for is gone as well. */
    snprintf(gone, sizeof gone, "for p in $(cat %s); do i=0; while grep -q '^State:.*[RSD] ' /proc/$p/status 2>/dev/null; do"
             " i=$((i+1)); [ $i -lt 100 ] || exit 1; sleep 0.05; done; done", it->path);
    assert_int_equal(system(gone), 0);
    unsetenv("F");
}

/* Nor do other tokens reach it, nor what a library left open. */
static void a_command_inherits_three_descriptors(void **state)
{
    struct fixture *it = *state;
    char command[256];
    if (access("/proc/self/fd", F_OK) != 0)
        skip();
    int leak = dup2(0, 200);
    setenv("OTHER_TOKEN", TOKEN, 1);
    child_hide(&it->config.hidden, "OTHER_TOKEN");
    snprintf(command, sizeof command, "{ ls /proc/$$/fd; env | grep OTHER_TOKEN; } | tr '\\n' ' ' >%s; echo " TOKEN, it->path);
    assert_token(it, SECRET_COMMAND, command);
    close(leak);
    unsetenv("OTHER_TOKEN");
    snprintf(command, sizeof command, "grep -qx '0 1 2 ' %s", it->path);
    assert_int_equal(system(command), 0);
    child_hidden_free(&it->config.hidden);
}

/* An agent that the command left running holds the pipe open; the token is there all the same. */
static void a_grandchild_is_not_waited_for(void **state)
{
    struct fixture *it = *state;
    uint64_t before = uv_hrtime();
    assert_token(it, SECRET_COMMAND, "sleep 5 2>/dev/null & echo " TOKEN);
    assert_true(uv_hrtime() - before < 4 * NANOSECONDS);
}

static void commands_run_side_by_side_but_not_all_at_once(void **state)
{
    struct fixture *it = *state;
    char command[512], most[8] = "";
    write_token(it, "");
    for (int i = 0; i < INSTANCES_MAX; i++) {
        snprintf(command, sizeof command, "mkdir %s.$$; ls -d %s.* 2>/dev/null | wc -l >>%s; sleep 0.05; "
                 "rmdir %s.$$; echo " TOKEN,
                 it->path, it->path, it->path, it->path);
        add(it, SECRET_COMMAND, command);
    }
    fetch(it);
    for (int i = 0; i < INSTANCES_MAX; i++)
        assert_string_equal(it->results[i].token, TOKEN);
    snprintf(command, sizeof command, "sort -n %s | tail -1", it->path);
    FILE *answer = popen(command, "r");
    assert_non_null(fgets(most, sizeof most, answer));
    pclose(answer);
    assert_in_range(atoi(most), 2, SECRET_COMMANDS_AT_ONCE);
}

static void many_kinds_in_one_go(void **state)
{
    struct fixture *it = *state;
    write_token(it, "file\n");
    setenv("SCANDECK_TEST_TOKEN", "env", 1);
    add(it, SECRET_COMMAND, "echo command");
    add(it, SECRET_FILE, it->path);
    add(it, SECRET_COMMAND, "false");
    add(it, SECRET_ENV, "SCANDECK_TEST_TOKEN");
    add(it, SECRET_VALUE, "value");
    fetch(it);
    assert_string_equal(it->results[0].token, "command");
    assert_string_equal(it->results[1].token, "file");
    assert_null(it->results[2].token);
    assert_string_equal(it->results[3].token, "env");
    assert_string_equal(it->results[4].token, "value");
}

/* What a fetch that goes on with the loop leaves behind. */
struct outcome {
    struct secret_fetch *running;
    int done;
};

static void on_done(void *owner)
{
    struct outcome *outcome = owner;
    assert_null(outcome->running);
    outcome->done++;
}

static void run_until_done(struct fixture *it, struct outcome *outcome)
{
    uint64_t deadline = uv_hrtime() + 20 * NANOSECONDS;
    while (!outcome->done && uv_hrtime() < deadline)
        uv_run(&it->loop, UV_RUN_ONCE);
    assert_int_equal(outcome->done, 1);
}

static void without_commands_all_is_done_at_once(void **state)
{
    struct fixture *it = *state;
    struct outcome outcome = {0};
    add(it, SECRET_VALUE, TOKEN);
    assert_true(secret_fetch_start(&it->config, &it->loop, it->results, on_done, &outcome, &outcome.running));
    assert_int_equal(outcome.done, 1);
    assert_string_equal(it->results[0].token, TOKEN);
}

/* More commands than there are slots; none may read what the operator types at the console, or write on its screen. */
static void commands_run_while_the_loop_goes_on(void **state)
{
    struct fixture *it = *state;
    struct outcome outcome = {0};
    int kept[] = {dup(STDIN_FILENO), dup(STDERR_FILENO)}, fd = open(it->path, O_WRONLY | O_TRUNC), keyboard[2];
    assert_int_equal(pipe(keyboard), 0);
    dup2(keyboard[0], STDIN_FILENO);
    dup2(fd, STDERR_FILENO);
    for (int i = 0; i < 2 * SECRET_COMMANDS_AT_ONCE; i++)
        add(it, SECRET_COMMAND, "echo noise >&2; read line; echo " TOKEN);
    assert_true(secret_fetch_start(&it->config, &it->loop, it->results, on_done, &outcome, &outcome.running));
    assert_int_equal(outcome.done, 0);
    assert_non_null(outcome.running);
    run_until_done(it, &outcome);
    dup2(kept[0], STDIN_FILENO);
    dup2(kept[1], STDERR_FILENO);
    assert_int_equal(lseek(fd, 0, SEEK_CUR), 0);
    const int opened[] = {kept[0], kept[1], fd, keyboard[0], keyboard[1]};
    for (size_t i = 0; i < sizeof opened / sizeof *opened; i++)
        close(opened[i]);
    for (size_t i = 0; i < it->config.instance_count; i++)
        assert_string_equal(it->results[i].token, TOKEN);
}

static void commands_that_run_are_stopped(void **state)
{
    struct fixture *it = *state;
    struct outcome outcome = {0};
    uint64_t before = uv_hrtime();
    for (int i = 0; i < INSTANCES_MAX; i++)
        add(it, SECRET_COMMAND, i == 0 ? "trap '' TERM; while :; do sleep 0.1; done" : "sleep 60");
    assert_true(secret_fetch_start(&it->config, &it->loop, it->results, on_done, &outcome, &outcome.running));
    secret_stop(outcome.running);
    run_until_done(it, &outcome);
    assert_true(uv_hrtime() - before < 10 * NANOSECONDS);
    for (size_t i = 0; i < it->config.instance_count; i++) {
        assert_null(it->results[i].token);
        if (i < SECRET_COMMANDS_AT_ONCE)
            assert_string_equal(it->results[i].problem, "token_command was stopped");
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    static const struct CMUnitTest tests[] = {
        TEST(the_file_itself),
        TEST(a_token_has_256_bytes_at_most),
        TEST(the_environment),
        TEST(a_token_file),
        TEST(a_token_file_as_editors_of_other_systems_write_it),
        TEST(a_token_file_in_utf_16_is_named),
        TEST(a_bad_token_file),
        TEST(a_command),
        TEST(a_failing_command),
        TEST(a_talkative_command),
        TEST(a_slow_command_is_ended),
        TEST(all_are_ended_on_a_stop),
        TEST(a_slow_command_leaves_nothing_behind),
        TEST(a_command_inherits_three_descriptors),
        TEST(a_grandchild_is_not_waited_for),
        TEST(commands_run_side_by_side_but_not_all_at_once),
        TEST(many_kinds_in_one_go),
        TEST(without_commands_all_is_done_at_once),
        TEST(commands_run_while_the_loop_goes_on),
        TEST(commands_that_run_are_stopped),
    };
    return cmocka_run_group_tests_name("secret", tests, NULL, NULL);
}
