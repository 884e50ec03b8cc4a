/* SPDX-License-Identifier: MIT
 * The operator's program: what it is told, what is heard of it, and how it ends. Small shell scripts stand for it. Time runs
 * faster where a test waits for the program's end.
 */
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "hook.h"

#define NOTES_MAX 256
#define PATIENCE_MS 30000
/* A dead one that nobody waits for is gone as well. */
#define CHILD_IS_GONE                                                                               \
    "i=0; while grep -q '^State:.*[RSD] ' \"/proc/$(cat child)/status\" 2>/dev/null; do"             \
    " i=$((i+1)); [ $i -lt 100 ] || exit 1; sleep 0.05; done"

struct rig {
    uv_loop_t loop;
    struct hooks *hooks;
    struct instance instance;
    uv_timer_t patience;
    char directory[64], program[96], label[16], id[16];
    struct {
        enum log_level level;
        char text[LOG_TEXT_MAX];
    } notes[NOTES_MAX];
    size_t count;
    bool gave_up;
    struct child_hidden hidden;
};

/* 1, or how many times faster the timers of the hooks run. */
static uint64_t haste = 1;

int __real_uv_timer_start(uv_timer_t *timer, uv_timer_cb done, uint64_t wait, uint64_t again);
int __wrap_uv_timer_start(uv_timer_t *timer, uv_timer_cb done, uint64_t wait, uint64_t again);

int __wrap_uv_timer_start(uv_timer_t *timer, uv_timer_cb done, uint64_t wait, uint64_t again)
{
    return __real_uv_timer_start(timer, done, wait / haste, again);
}

static void note(void *owner, enum log_level level, const char *label, const char *text)
{
    struct rig *rig = owner;
    assert_true(rig->count < NOTES_MAX);
    assert_true(!*label || strcmp(label, "sales-eu") == 0);
    rig->notes[rig->count].level = level;
    snprintf(rig->notes[rig->count++].text, sizeof rig->notes->text, "%s", text);
}

static void on_patience(uv_timer_t *timer)
{
    struct rig *rig = timer->data;
    rig->gave_up = true;
}

static int set_up(void **state)
{
    struct rig *rig = calloc(1, sizeof *rig);
    *state = rig;
    haste = 1;
    snprintf(rig->directory, sizeof rig->directory, "/tmp/scandeck-test-XXXXXX");
    if (!mkdtemp(rig->directory) || chdir(rig->directory) != 0 || uv_loop_init(&rig->loop) != 0)
        return -1;
    snprintf(rig->program, sizeof rig->program, "%s/hook", rig->directory);
    rig->instance.label = rig->label;
    rig->instance.id = rig->id;
    snprintf(rig->label, sizeof rig->label, "sales-eu");
    snprintf(rig->id, sizeof rig->id, "7103000001");
    rig->instance.link.phase = PHASE_LINKED;
    snprintf(rig->instance.link.account.phone, sizeof rig->instance.link.account.phone, "12025550123");
    uv_timer_init(&rig->loop, &rig->patience);
    rig->patience.data = rig;
    rig->hooks = hooks_new(&rig->loop, note, rig);
    hooks_set_program(rig->hooks, rig->program, &rig->hidden);
    return 0;
}

static int tear_down(void **state)
{
    struct rig *rig = *state;
    char command[128];
    snprintf(command, sizeof command, "rm -rf -- '%s'", rig->directory);
    hooks_shutdown(rig->hooks);
    uv_close((uv_handle_t *)&rig->patience, NULL);
    uv_run(&rig->loop, UV_RUN_DEFAULT);
    hooks_free(&rig->hooks);
    child_hidden_free(&rig->hidden);
    unsetenv("TZ");
    int busy = uv_loop_close(&rig->loop);
    free(rig);
    return busy || chdir("/") != 0 || system(command) != 0 ? -1 : 0;
}

static void be(struct rig *rig, const char *script)
{
    FILE *out = fopen(rig->program, "w");
    assert_non_null(out);
    fprintf(out, "#!/bin/sh\n%s\n", script);
    fclose(out);
    assert_int_equal(chmod(rig->program, 0700), 0);
}

/* Until nothing runs and nothing waits; the patience is no reason to go on. */
static void finish(struct rig *rig)
{
    __real_uv_timer_start(&rig->patience, on_patience, PATIENCE_MS, 0);
    uv_unref((uv_handle_t *)&rig->patience);
    while (!rig->gave_up && uv_run(&rig->loop, UV_RUN_ONCE) != 0)
        continue;
    assert_false(rig->gave_up);
    uv_timer_stop(&rig->patience);
}

static void until_there(struct rig *rig, const char *path)
{
    __real_uv_timer_start(&rig->patience, on_patience, PATIENCE_MS, 0);
    while (!rig->gave_up && access(path, F_OK) != 0) {
        uv_run(&rig->loop, UV_RUN_NOWAIT);
        usleep(1000);
    }
    assert_false(rig->gave_up);
    uv_timer_stop(&rig->patience);
}

static bool said(const struct rig *rig, enum log_level level, const char *text)
{
    for (size_t i = 0; i < rig->count; i++)
        if (rig->notes[i].level == level && strcmp(rig->notes[i].text, text) == 0)
            return true;
    return false;
}

static void environment_says_what_happened(void **state)
{
    struct rig *rig = *state;
    setenv("MY_TOKEN", "0123456789abcdef", 1);
    setenv("http_proxy", "http://user:secret@proxy", 1);
    setenv("LANG", "C.UTF-8", 1);
    setenv("TZ", "0123456789abcdef", 1); /* a token_env may have any name */
    child_hide(&rig->hidden, "TZ");
    unsetenv("LC_ALL");
    be(rig, "/usr/bin/env | grep -v '^\\(PWD\\|OLDPWD\\|SHLVL\\|_\\|PATH\\|HOME\\)='");
    hooks_run(rig->hooks, "linked", &rig->instance);
    finish(rig);
    assert_int_equal(rig->count, 6);
    assert_true(said(rig, LOG_INFO, "hook: SCANDECK_EVENT=linked"));
    assert_true(said(rig, LOG_INFO, "hook: SCANDECK_INSTANCE=sales-eu"));
    assert_true(said(rig, LOG_INFO, "hook: SCANDECK_ID=7103000001"));
    assert_true(said(rig, LOG_INFO, "hook: SCANDECK_PHASE=linked"));
    assert_true(said(rig, LOG_INFO, "hook: SCANDECK_PHONE=12025550123"));
    assert_true(said(rig, LOG_INFO, "hook: LANG=C.UTF-8"));
}

/* Sockets, the log file and the terminal are none of its business. */
static void it_inherits_nothing_else(void **state)
{
    struct rig *rig = *state;
    be(rig, "for fd in 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 200; do [ -e /proc/$$/fd/$fd ] && echo $fd; done\n"
            "readlink /proc/$$/fd/0; [ $# = 0 ] || echo arguments\n"
            "read -r _ _ _ _ _ _ tty _ </proc/$$/stat; [ \"$tty\" = 0 ] || echo terminal");
    if (access("/proc/self/fd", F_OK) != 0)
        skip();
    int leak = dup2(0, 200); /* as a library may leave it */
    hooks_run(rig->hooks, "linked", &rig->instance);
    finish(rig);
    close(leak);
    assert_true(said(rig, LOG_INFO, "hook: /dev/null"));
    /* The shell itself holds its script, at 10 or above. */
    for (size_t i = 0; i < rig->count; i++)
        assert_false(strcmp(rig->notes[i].text, "hook: 3") >= 0 && strcmp(rig->notes[i].text, "hook: 9") <= 0);
    assert_false(said(rig, LOG_INFO, "hook: 200"));
    assert_false(said(rig, LOG_INFO, "hook: terminal"));
    assert_false(said(rig, LOG_INFO, "hook: arguments"));
}

static void output_is_cleaned_and_in_order(void **state)
{
    struct rig *rig = *state;
    be(rig, "printf 'one\\n\\n'; printf 'tw\\033[2Jo\\n' >&2; printf 'no end'");
    hooks_run(rig->hooks, "linked", &rig->instance);
    finish(rig);
    assert_int_equal(rig->count, 3);
    assert_string_equal(rig->notes[0].text, "hook: one");
    assert_string_equal(rig->notes[1].text, "hook: tw?[2Jo");
    assert_string_equal(rig->notes[2].text, "hook: no end");
}

static void long_output_is_bounded(void **state)
{
    struct rig *rig = *state;
    be(rig, "i=0; while [ $i -lt 1000 ]; do echo line $i; i=$((i+1)); done");
    hooks_run(rig->hooks, "linked", &rig->instance);
    finish(rig);
    assert_int_equal(rig->count, HOOK_LINES + 1);
    assert_string_equal(rig->notes[HOOK_LINES - 1].text, "hook: line 19");
    assert_string_equal(rig->notes[HOOK_LINES].text, "hook: more of its output is not logged");
}

static void long_line_is_cut(void **state)
{
    struct rig *rig = *state;
    be(rig, "printf '%02000d' 7 | tr 0 -; printf '\\nnext\\n'");
    hooks_run(rig->hooks, "linked", &rig->instance);
    finish(rig);
    assert_int_equal(rig->count, 2);
    assert_in_range(strlen(rig->notes[0].text), 300, 406);
    assert_string_equal(rig->notes[1].text, "hook: next");
}

/* A token that stands across the place where the line is cut, and one in its middle. */
static void output_keeps_no_token(void **state)
{
    static const char token[] = "d75b3a66374942c5b3c019c698abc2067e151558acbd412345";
    struct rig *rig = *state;
    be(rig, "t=d75b3a66374942c5b3c019c698abc2067e151558acbd412345; printf '%380s %s\\ncurl %s here\\n' x $t $t");
    hooks_run(rig->hooks, "linked", &rig->instance);
    finish(rig);
    assert_int_equal(rig->count, 2);
    for (size_t i = 0; i < rig->count; i++)
        assert_null(strstr(rig->notes[i].text, (char[]){token[0], token[1], token[2], token[3], 0}));
    assert_string_equal(rig->notes[1].text, "hook: curl *** here");
}

static void failure_is_a_warning(void **state)
{
    struct rig *rig = *state;
    be(rig, "exit 3");
    hooks_run(rig->hooks, "linked", &rig->instance);
    finish(rig);
    assert_int_equal(rig->count, 1);
    assert_true(said(rig, LOG_WARN, "hook: ended with exit status 3"));
    be(rig, "kill -9 $$");
    hooks_run(rig->hooks, "linked", &rig->instance);
    finish(rig);
    assert_true(said(rig, LOG_WARN, "hook: was ended by signal 9"));
}

static void what_is_not_there_is_a_warning(void **state)
{
    struct rig *rig = *state;
    hooks_run(rig->hooks, "linked", &rig->instance);
    finish(rig);
    assert_true(said(rig, LOG_WARN, "hook: could not be started: no such file or directory"));
}

static void late_one_is_ended(void **state)
{
    struct rig *rig = *state;
    haste = 20;
    be(rig, "echo begun; exec sleep 60");
    hooks_run(rig->hooks, "linked", &rig->instance);
    finish(rig);
    assert_true(said(rig, LOG_INFO, "hook: begun"));
    assert_true(said(rig, LOG_WARN, "hook: did not end within 10 s and was ended"));
}

/* Neither the program nor its child takes notice of SIGTERM, and the child outlives it where it does. */
static void its_whole_group_is_killed(void **state)
{
    static const char *const scripts[] = {
        "trap '' TERM; sleep 60 & echo $! > child; wait; sleep 60",
        "(trap '' TERM; sleep 60) & echo $! > child; wait",
    };
    struct rig *rig = *state;
    haste = 20;
    for (size_t i = 0; i < sizeof scripts / sizeof *scripts; i++) {
        rig->count = 0;
        be(rig, scripts[i]);
        hooks_run(rig->hooks, "linked", &rig->instance);
        finish(rig);
        assert_true(said(rig, LOG_WARN, "hook: did not end within 10 s and was ended"));
        assert_int_equal(system(CHILD_IS_GONE), 0);
        unlink("child");
    }
}

/* The pipe that a child in the background holds open does not hold the slot. */
static void child_in_the_background_is_left_alone(void **state)
{
    struct rig *rig = *state;
    be(rig, "sleep 30 & echo $! > child; echo done");
    hooks_run(rig->hooks, "linked", &rig->instance);
    uint64_t begun = uv_hrtime();
    finish(rig);
    assert_true(uv_hrtime() - begun < 10 * (uint64_t)1000000000);
    assert_int_equal(rig->count, 1);
    assert_int_equal(system("kill $(cat child)"), 0);
}

static void few_run_at_once_and_few_wait(void **state)
{
    struct rig *rig = *state;
    const size_t most = HOOK_AT_ONCE + HOOK_WAITING;
    be(rig, "mkdir ran.$$; n=$(ls -d running.* 2>/dev/null | wc -l); : > running.$$\n"
            "[ $n -lt 4 ] || echo too many; sleep 0.02; rm running.$$");
    for (size_t i = 0; i < most + 10; i++)
        hooks_run(rig->hooks, "linked", &rig->instance);
    assert_int_equal(rig->count, 1);
    assert_true(said(rig, LOG_WARN, "hook: too many events wait for it, further ones are not told to it"));
    finish(rig);
    assert_int_equal(rig->count, 1);
    char command[64];
    snprintf(command, sizeof command, "[ $(ls -d ran.* | wc -l) = %zu ]", most);
    assert_int_equal(system(command), 0);
}

static void without_a_program_nothing_happens(void **state)
{
    struct rig *rig = *state;
    be(rig, "sleep 0.1; mkdir ran.$$");
    for (int i = 0; i < HOOK_AT_ONCE + 3; i++)
        hooks_run(rig->hooks, "linked", &rig->instance);
    hooks_set_program(rig->hooks, NULL, NULL);
    hooks_run(rig->hooks, "linked", &rig->instance);
    finish(rig);
    assert_int_equal(system("[ $(ls -d ran.* | wc -l) = 4 ]"), 0);
    hooks_set_program(rig->hooks, rig->program, &rig->hidden);
    finish(rig);
    assert_int_equal(system("[ $(ls -d ran.* | wc -l) = 4 ]"), 0);
}

static void shutdown_kills_what_runs(void **state)
{
    struct rig *rig = *state;
    be(rig, "trap '' TERM; sleep 60 & echo $! > child.new; mv child.new child; wait");
    hooks_run(rig->hooks, "linked", &rig->instance);
    until_there(rig, "child");
    hooks_shutdown(rig->hooks);
    finish(rig);
    assert_int_equal(rig->count, 0);
    assert_int_equal(system(CHILD_IS_GONE), 0);
}

int main(void)
{
#define WITH_RIG(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        WITH_RIG(environment_says_what_happened),
        WITH_RIG(it_inherits_nothing_else),
        WITH_RIG(output_is_cleaned_and_in_order),
        WITH_RIG(long_output_is_bounded),
        WITH_RIG(long_line_is_cut),
        WITH_RIG(output_keeps_no_token),
        WITH_RIG(failure_is_a_warning),
        WITH_RIG(what_is_not_there_is_a_warning),
        WITH_RIG(late_one_is_ended),
        WITH_RIG(its_whole_group_is_killed),
        WITH_RIG(child_in_the_background_is_left_alone),
        WITH_RIG(few_run_at_once_and_few_wait),
        WITH_RIG(without_a_program_nothing_happens),
        WITH_RIG(shutdown_kills_what_runs),
    };
#undef WITH_RIG
    /* make hands descriptors of its own to whatever it runs. */
    for (int fd = 3; fd < 64; fd++)
        (void)fcntl(fd, F_SETFD, FD_CLOEXEC);
    return cmocka_run_group_tests_name("hook", tests, NULL, NULL);
}
