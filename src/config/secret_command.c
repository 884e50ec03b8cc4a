/* SPDX-License-Identifier: MIT
 * Each command has one slot: process, pipe, timer. A free slot takes the next instance that has a command.
 */
#include "config/secret_command.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "config/child.h"

#define WHY_MAX 160

enum ending { ENDING_ITS_OWN, ENDING_TIMEOUT, ENDING_TOO_LONG, ENDING_STOPPED };

struct slot {
    struct secret_fetch *runner;
    struct secret_result *result;
    uv_process_t process;
    uv_pipe_t pipe;
    uv_timer_t timer;
    unsigned open; /* handles that are not closed yet */
    enum ending ending;
    bool has_exited, has_output_ended;
    int64_t exit_status;
    int signal;
    char mark[64]; /* in its environment */
    size_t len;
    char output[SECRET_BYTES_MAX + 1];
};

struct secret_fetch {
    const struct config *config;
    struct secret_result *results;
    uv_loop_t *loop;
    uint64_t patience_ms;
    secret_done_fn *done; /* NULL: the caller runs the loop until nothing is active */
    void *owner;
    struct secret_fetch **place; /* where its owner keeps it while it runs */
    size_t next;   /* instance to look at */
    size_t active; /* slots in use */
    struct slot slots[SECRET_COMMANDS_AT_ONCE];
};

static void start_next(struct secret_fetch *runner, struct slot *slot);

static void problem(struct slot *slot, const char *text)
{
    slot->result->problem = strdup(text);
}

static void judge_exit(struct slot *slot)
{
    char why[WHY_MAX];
    if (slot->signal)
        snprintf(why, sizeof why, "token_command was ended by signal %d (%s)", slot->signal, strsignal(slot->signal));
    else if (slot->exit_status == 127)
        snprintf(why, sizeof why, "token_command ended with exit status 127: the shell did not find it");
    else if (slot->exit_status != 0)
        snprintf(why, sizeof why, "token_command ended with exit status %d", (int)slot->exit_status);
    else if (slot->len == 0)
        snprintf(why, sizeof why, "token_command printed nothing");
    else {
        secret_take(slot->result, slot->output, slot->len, "token_command");
        return;
    }
    problem(slot, why);
}

static void judge(struct slot *slot)
{
    char why[WHY_MAX];
    if (slot->ending == ENDING_TIMEOUT) {
        snprintf(why, sizeof why, "token_command did not end within %u s and was ended",
                 (unsigned)(slot->runner->patience_ms / 1000));
        problem(slot, why);
    } else if (slot->ending == ENDING_TOO_LONG)
        problem(slot, "token_command printed more than 4096 bytes");
    else if (slot->ending == ENDING_STOPPED)
        problem(slot, "token_command was stopped");
    else
        judge_exit(slot);
}

/* Of one that runs while the loop goes on: nothing is active any more. */
static void finish_runner(struct secret_fetch *runner)
{
    secret_done_fn *done = runner->done;
    void *owner = runner->owner;
    if (!done || runner->active > 0)
        return;
    *runner->place = NULL;
    free(runner);
    done(owner);
}

static void on_closed(uv_handle_t *handle)
{
    struct slot *slot = handle->data;
    struct secret_fetch *runner = slot->runner;
    if (--slot->open > 0)
        return;
    explicit_bzero(slot->output, sizeof slot->output);
    runner->active--;
    start_next(runner, slot);
    finish_runner(runner);
}

static void close_all(struct slot *slot)
{
    uv_close((uv_handle_t *)&slot->process, on_closed);
    uv_close((uv_handle_t *)&slot->pipe, on_closed);
    uv_close((uv_handle_t *)&slot->timer, on_closed);
}

static void finish_when_done(struct slot *slot)
{
    if (!slot->has_exited || !slot->has_output_ended)
        return;
    judge(slot);
    close_all(slot);
}

static void end_output(struct slot *slot)
{
    uv_read_stop((uv_stream_t *)&slot->pipe);
    slot->has_output_ended = true;
}

static void on_kill_time(uv_timer_t *timer)
{
    struct slot *slot = timer->data;
    child_signal(slot->mark, uv_process_get_pid(&slot->process), SIGKILL);
}

/* The child ends in its own time or by force; what it still prints is of no interest. */
static void end_child(struct slot *slot, enum ending ending)
{
    slot->ending = ending;
    end_output(slot);
    if (slot->has_exited)
        return;
    child_signal(slot->mark, uv_process_get_pid(&slot->process), SIGTERM);
    uv_timer_start(&slot->timer, on_kill_time, SECRET_KILL_MS, 0);
}

static void on_timeout(uv_timer_t *timer)
{
    struct slot *slot = timer->data;
    end_child(slot, ENDING_TIMEOUT);
}

static void on_drained(uv_timer_t *timer)
{
    struct slot *slot = timer->data;
    end_output(slot);
    finish_when_done(slot);
}

static void on_child_exit(uv_process_t *process, int64_t exit_status, int signal)
{
    struct slot *slot = process->data;
    /* What it started and left behind goes too. */
    if (slot->ending != ENDING_ITS_OWN)
        child_signal(slot->mark, 0, SIGKILL);
    slot->has_exited = true;
    slot->exit_status = exit_status;
    slot->signal = signal;
    uv_timer_stop(&slot->timer);
    if (!slot->has_output_ended)
        uv_timer_start(&slot->timer, on_drained, SECRET_DRAIN_MS, 0);
    finish_when_done(slot);
}

static void on_room_wanted(uv_handle_t *handle, size_t suggested, uv_buf_t *buffer)
{
    struct slot *slot = handle->data;
    (void)suggested;
    *buffer = uv_buf_init(slot->output + slot->len, (unsigned)(sizeof slot->output - slot->len));
}

static void on_output(uv_stream_t *stream, ssize_t bytes, const uv_buf_t *buffer)
{
    struct slot *slot = stream->data;
    (void)buffer;
    if (bytes > 0)
        slot->len += (size_t)bytes;
    if (bytes < 0)
        end_output(slot);
    else if (slot->len > SECRET_BYTES_MAX)
        end_child(slot, ENDING_TOO_LONG);
    finish_when_done(slot);
}

/* One that nobody can answer has no terminal; at the start a passphrase may be asked for, which only our own group can. */
static int spawn(struct slot *slot, char *command)
{
    char sh[] = "sh", c[] = "-c";
    char *arguments[] = {sh, c, command, NULL};
    uv_stdio_container_t stdio[3] = {{.flags = UV_INHERIT_FD, .data.fd = 0},
                                     {.flags = UV_CREATE_PIPE | UV_WRITABLE_PIPE},
                                     {.flags = UV_INHERIT_FD, .data.fd = 2}};
    stdio[1].data.stream = (uv_stream_t *)&slot->pipe;
    if (slot->runner->done)
        stdio[0].flags = stdio[2].flags = UV_IGNORE;
    uv_process_options_t options = {
        .exit_cb = on_child_exit, .file = "/bin/sh", .args = arguments, .stdio_count = 3, .stdio = stdio};
    options.flags = slot->runner->done ? UV_PROCESS_DETACHED : 0;
    snprintf(slot->mark, sizeof slot->mark, "SCANDECK_CHILD=%ld.%llu.%zu", (long)getpid(), (unsigned long long)uv_hrtime(),
             slot->runner->next);
    return child_spawn(slot->runner->loop, &slot->process, &options, &slot->runner->config->hidden, slot->mark);
}

static void start(struct slot *slot, const struct config_instance *instance)
{
    struct secret_fetch *runner = slot->runner;
    uv_pipe_init(runner->loop, &slot->pipe, 0);
    uv_timer_init(runner->loop, &slot->timer);
    slot->pipe.data = slot->timer.data = slot->process.data = slot;
    slot->open = 3;
    runner->active++;
    int failed = spawn(slot, instance->secret);
    if (failed) {
        char why[WHY_MAX];
        snprintf(why, sizeof why, "token_command could not be started: %s", uv_strerror(failed));
        problem(slot, why);
        close_all(slot);
        return;
    }
    uv_timer_start(&slot->timer, on_timeout, slot->runner->patience_ms, 0);
    uv_read_start((uv_stream_t *)&slot->pipe, on_room_wanted, on_output);
}

static void start_next(struct secret_fetch *runner, struct slot *slot)
{
    const struct config *config = runner->config;
    while (runner->next < config->instance_count && config->instances[runner->next].secret_kind != SECRET_COMMAND)
        runner->next++;
    if (runner->next == config->instance_count)
        return;
    memset(slot, 0, sizeof *slot);
    slot->runner = runner;
    slot->result = &runner->results[runner->next];
    start(slot, &config->instances[runner->next++]);
}

static struct secret_fetch *new_runner(const struct config *config, uv_loop_t *loop, struct secret_result *results,
                                 uint64_t patience_ms)
{
    struct secret_fetch *runner = calloc(1, sizeof *runner);
    if (!runner)
        return NULL;
    runner->config = config;
    runner->results = results;
    runner->loop = loop;
    runner->patience_ms = patience_ms;
    uv_update_time(loop);
    return runner;
}

static void start_all(struct secret_fetch *runner)
{
    for (size_t i = 0; i < SECRET_COMMANDS_AT_ONCE; i++)
        start_next(runner, &runner->slots[i]);
}

bool secret_start_commands(const struct config *config, uv_loop_t *loop, struct secret_result *results, secret_done_fn *done,
                           void *owner, struct secret_fetch **running)
{
    struct secret_fetch *runner = new_runner(config, loop, results, SECRET_COMMAND_MS);
    if (!runner)
        return false;
    runner->done = done;
    runner->owner = owner;
    runner->place = running;
    *running = runner;
    start_all(runner);
    finish_runner(runner);
    return true;
}

static bool is_running(const struct slot *slot)
{
    return slot->open > 0 && !uv_is_closing((const uv_handle_t *)&slot->process);
}

void secret_stop(struct secret_fetch *running)
{
    running->next = running->config->instance_count;
    for (size_t i = 0; i < SECRET_COMMANDS_AT_ONCE; i++)
        if (is_running(&running->slots[i])) {
            end_child(&running->slots[i], ENDING_STOPPED);
            finish_when_done(&running->slots[i]);
        }
}

bool secret_run_commands(const struct config *config, uv_loop_t *loop, struct secret_result *results,
                         uint64_t patience_ms, const bool *stop)
{
    struct secret_fetch *runner = new_runner(config, loop, results, patience_ms);
    if (!runner)
        return false;
    start_all(runner);
    for (bool stopped = false; runner->active > 0; uv_run(loop, UV_RUN_ONCE)) {
        if (!stopped && stop && *stop)
            secret_stop(runner);
        stopped = stop && *stop;
    }
    free(runner);
    return true;
}
