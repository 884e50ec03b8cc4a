/* SPDX-License-Identifier: MIT
 * Each run has a slot: process, pipe for both outputs, timer. A free slot takes the event that waits longest.
 */
#include "hook.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "config/child.h"
#include "core/text.h"

#define VARIABLES_MAX 12
#define LINE_BYTES_MAX 400
#define RAW_LINE_MAX 1024 /* a token that stands across the cut is seen before it is cut */
#define DRAIN_MS 500 /* for output after the end, where a grandchild keeps the pipe open */

/* What an event has to say, kept until its turn: the instance may be gone then. */
struct occurrence {
    char event[16], label[LOG_LABEL_MAX], id[24], phase[24], phone[32];
};

struct run {
    struct hooks *hooks;
    struct occurrence what;
    uv_process_t process;
    uv_pipe_t pipe;
    uv_timer_t timer;
    unsigned open; /* handles that are not closed yet; 0 = the slot is free */
    bool spawned, exited, silent, late, closing;
    unsigned lines;
    size_t len;
    char line[RAW_LINE_MAX];
    char buffer[4096];
};

struct hooks {
    uv_loop_t *loop;
    hook_note_fn *note;
    void *owner;
    char *program;
    const struct child_hidden *hidden;
    bool down, full; /* full: said so already */
    struct occurrence waiting[HOOK_WAITING];
    size_t waiting_count;
    struct run runs[HOOK_AT_ONCE];
};

static void start_waiting(struct hooks *hooks);

static void say(struct run *run, enum log_level level, const char *text)
{
    char line[LINE_BYTES_MAX + 16];
    text_format(line, sizeof line, "hook: %s", text);
    if (!run->hooks->down)
        run->hooks->note(run->hooks->owner, level, run->what.label, line);
}

static void end_line(struct run *run)
{
    char clean[LINE_BYTES_MAX];
    if (run->len == 0)
        return;
    text_clean(clean, sizeof clean, run->line, run->len, NULL);
    run->len = 0;
    if (run->lines < HOOK_LINES)
        say(run, LOG_INFO, clean);
    else if (run->lines == HOOK_LINES)
        say(run, LOG_INFO, "more of its output is not logged");
    run->lines++;
}

/* A line that is too long is cut, its rest is dropped. */
static void take_output(struct run *run, const char *bytes, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        if (bytes[i] == '\n')
            end_line(run);
        else if (run->len < sizeof run->line)
            run->line[run->len++] = bytes[i];
    }
}

static void on_closed(uv_handle_t *handle)
{
    struct run *run = handle->data;
    if (--run->open == 0 && !run->hooks->down)
        start_waiting(run->hooks);
}

static void close_all(struct run *run)
{
    if (run->closing)
        return;
    run->closing = true;
    if (run->spawned)
        uv_close((uv_handle_t *)&run->process, on_closed);
    uv_close((uv_handle_t *)&run->pipe, on_closed);
    uv_close((uv_handle_t *)&run->timer, on_closed);
}

static void finish_when_done(struct run *run)
{
    if (!run->exited || !run->silent)
        return;
    end_line(run);
    close_all(run);
}

/* The whole group: a script's own children too. */
static void kill_group(const struct run *run, int number)
{
    if (!run->exited && run->process.pid > 0)
        (void)kill(-run->process.pid, number);
}

static void on_kill_time(uv_timer_t *timer)
{
    kill_group(timer->data, SIGKILL);
}

static void on_late(uv_timer_t *timer)
{
    struct run *run = timer->data;
    run->late = true;
    kill_group(run, SIGTERM);
    uv_timer_start(timer, on_kill_time, HOOK_KILL_MS, 0);
}

static void on_drained(uv_timer_t *timer)
{
    struct run *run = timer->data;
    run->silent = true;
    finish_when_done(run);
}

static void on_exit_of(uv_process_t *process, int64_t status, int number)
{
    struct run *run = process->data;
    char text[96];
    /* What of its group has outlived it by now goes too. */
    if (run->late)
        kill_group(run, SIGKILL);
    run->exited = true;
    if (run->late)
        snprintf(text, sizeof text, "did not end within %d s and was ended", HOOK_MS / 1000);
    else if (number)
        snprintf(text, sizeof text, "was ended by signal %d", number);
    else
        snprintf(text, sizeof text, "ended with exit status %d", (int)status);
    if (run->late || number || status != 0)
        say(run, LOG_WARN, text);
    uv_timer_start(&run->timer, on_drained, DRAIN_MS, 0);
    finish_when_done(run);
}

static void on_room_wanted(uv_handle_t *handle, size_t suggested, uv_buf_t *buffer)
{
    struct run *run = handle->data;
    (void)suggested;
    *buffer = uv_buf_init(run->buffer, sizeof run->buffer);
}

static void on_output(uv_stream_t *stream, ssize_t bytes, const uv_buf_t *buffer)
{
    struct run *run = stream->data;
    if (bytes > 0)
        take_output(run, buffer->base, (size_t)bytes);
    run->silent = run->silent || bytes < 0;
    finish_when_done(run);
}

/* The environment from scratch, as strings that the caller frees. */
static size_t make_environment(char *out[VARIABLES_MAX + 1], const struct occurrence *what)
{
    static const char *const kept[] = {"PATH", "HOME", "LANG", "LC_ALL", "TZ"};
    const struct {
        const char *name, *value;
    } told[] = {{"SCANDECK_EVENT", what->event}, {"SCANDECK_INSTANCE", what->label}, {"SCANDECK_ID", what->id},
                {"SCANDECK_PHASE", what->phase}, {"SCANDECK_PHONE", what->phone}};
    size_t count = 0;
    for (size_t i = 0; i < sizeof kept / sizeof *kept; i++)
        if (getenv(kept[i]) && asprintf(&out[count], "%s=%s", kept[i], getenv(kept[i])) >= 0)
            count++;
    for (size_t i = 0; i < sizeof told / sizeof *told; i++)
        if (asprintf(&out[count], "%s=%s", told[i].name, told[i].value) >= 0)
            count++;
    out[count] = NULL;
    return count;
}

static int spawn(struct run *run)
{
    char *environment[VARIABLES_MAX + 1], *arguments[] = {run->hooks->program, NULL};
    size_t count = make_environment(environment, &run->what);
    uv_stdio_container_t stdio[3] = {{.flags = UV_IGNORE}, {.flags = UV_CREATE_PIPE | UV_WRITABLE_PIPE}, {.flags = UV_IGNORE}};
    uv_file ends[2];
    int failed = uv_pipe(ends, UV_NONBLOCK_PIPE, 0);
    if (!failed) {
        /* Both outputs share a pipe, so that their lines stand in the order they were written. */
        stdio[1] = stdio[2] = (uv_stdio_container_t){.flags = UV_INHERIT_FD, .data.fd = ends[1]};
        uv_pipe_open(&run->pipe, ends[0]);
        const uv_process_options_t options = {.exit_cb = on_exit_of, .file = run->hooks->program, .args = arguments,
                                              .env = environment, .flags = UV_PROCESS_DETACHED, .stdio_count = 3, .stdio = stdio};
        run->spawned = true; /* even a failure leaves a handle to close */
        failed = child_spawn(run->hooks->loop, &run->process, &options, run->hooks->hidden, NULL);
        close(ends[1]);
    }
    for (size_t i = 0; i < count; i++)
        free(environment[i]);
    return failed;
}

static void start(struct hooks *hooks, struct run *run, const struct occurrence *what)
{
    char text[96];
    memset(run, 0, sizeof *run);
    run->hooks = hooks;
    run->what = *what;
    uv_pipe_init(hooks->loop, &run->pipe, 0);
    uv_timer_init(hooks->loop, &run->timer);
    run->pipe.data = run->timer.data = run->process.data = run;
    int failed = spawn(run);
    run->open = 2 + run->spawned;
    if (failed) {
        snprintf(text, sizeof text, "could not be started: %s", uv_strerror(failed));
        say(run, LOG_WARN, text);
        run->exited = true;
        close_all(run);
        return;
    }
    uv_timer_start(&run->timer, on_late, HOOK_MS, 0);
    uv_read_start((uv_stream_t *)&run->pipe, on_room_wanted, on_output);
}

static struct run *free_slot(struct hooks *hooks)
{
    for (size_t i = 0; i < HOOK_AT_ONCE; i++)
        if (hooks->runs[i].open == 0)
            return &hooks->runs[i];
    return NULL;
}

static void start_waiting(struct hooks *hooks)
{
    struct run *run;
    while (hooks->program && hooks->waiting_count > 0 && (run = free_slot(hooks))) {
        const struct occurrence first = hooks->waiting[0];
        hooks->waiting_count--;
        memmove(hooks->waiting, hooks->waiting + 1, hooks->waiting_count * sizeof *hooks->waiting);
        hooks->full = false;
        start(hooks, run, &first);
    }
}

struct hooks *hooks_new(uv_loop_t *loop, hook_note_fn *note, void *owner)
{
    struct hooks *hooks = calloc(1, sizeof *hooks);
    if (hooks)
        hooks->loop = loop, hooks->note = note, hooks->owner = owner;
    return hooks;
}

void hooks_set_program(struct hooks *hooks, const char *program, const struct child_hidden *hidden)
{
    hooks->hidden = hidden;
    free(hooks->program);
    hooks->program = program ? strdup(program) : NULL;
    if (!hooks->program)
        hooks->waiting_count = 0;
}

void hooks_run(struct hooks *hooks, const char *event, const struct instance *it)
{
    if (!hooks->program || hooks->down)
        return;
    if (hooks->waiting_count == HOOK_WAITING) {
        if (!hooks->full)
            hooks->note(hooks->owner, LOG_WARN, "", "hook: too many events wait for it, further ones are not told to it");
        hooks->full = true;
        return;
    }
    struct occurrence *what = &hooks->waiting[hooks->waiting_count++];
    text_copy(what->event, sizeof what->event, event);
    text_copy(what->label, sizeof what->label, it->label);
    text_copy(what->id, sizeof what->id, it->id);
    text_copy(what->phase, sizeof what->phase, phase_words(it->link.phase));
    text_copy(what->phone, sizeof what->phone, it->link.account.phone);
    start_waiting(hooks);
}

void hooks_shutdown(struct hooks *hooks)
{
    hooks->down = true;
    for (size_t i = 0; i < HOOK_AT_ONCE; i++)
        if (hooks->runs[i].open > 0) {
            kill_group(&hooks->runs[i], SIGKILL);
            close_all(&hooks->runs[i]);
        }
}

void hooks_free(struct hooks **hooks)
{
    if (*hooks)
        free((*hooks)->program);
    free(*hooks);
    *hooks = NULL;
}
