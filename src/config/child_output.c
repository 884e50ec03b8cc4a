/* SPDX-License-Identifier: MIT
 * A loop of its own, which ends when all its handles are closed.
 */
#include "config/child_output.h"

#include <signal.h>

#include "config/child.h"

struct run {
    uv_process_t process;
    uv_pipe_t pipe;
    uv_timer_t timer;
    char *dst;
    size_t size, len;
    bool exited, silent, good;
};

static void close_handle(uv_handle_t *handle)
{
    if (!uv_is_closing(handle))
        uv_close(handle, NULL);
}

static void stop_waiting(struct run *run)
{
    close_handle((uv_handle_t *)&run->pipe);
    close_handle((uv_handle_t *)&run->timer);
}

/* The process' own handle stays until it has exited, so that it is reaped. */
static void give_up(struct run *run)
{
    run->good = false;
    if (!run->exited)
        (void)uv_process_kill(&run->process, SIGKILL);
    stop_waiting(run);
}

static void on_late(uv_timer_t *timer)
{
    give_up(timer->data);
}

static void on_exit_of(uv_process_t *process, int64_t status, int number)
{
    struct run *run = process->data;
    run->exited = true;
    run->good = run->good && status == 0 && number == 0;
    close_handle((uv_handle_t *)process);
    if (run->silent)
        stop_waiting(run);
}

static void on_room_wanted(uv_handle_t *handle, size_t suggested, uv_buf_t *buffer)
{
    struct run *run = handle->data;
    (void)suggested;
    *buffer = uv_buf_init(run->dst + run->len, (unsigned)(run->size - 1 - run->len));
}

static void on_output(uv_stream_t *stream, ssize_t bytes, const uv_buf_t *buffer)
{
    struct run *run = stream->data;
    (void)buffer;
    run->silent = bytes == UV_EOF;
    if (bytes > 0)
        run->len += (size_t)bytes;
    else if (bytes < 0 && !run->silent) /* no room is an error, too */
        give_up(run);
    if (run->silent && run->exited)
        stop_waiting(run);
}

static void start(uv_loop_t *loop, struct run *run, char *const argv[], char *const environment[])
{
    uv_stdio_container_t stdio[3] = {{.flags = UV_IGNORE},
                                     {.flags = UV_CREATE_PIPE | UV_WRITABLE_PIPE, .data.stream = (uv_stream_t *)&run->pipe},
                                     {.flags = UV_IGNORE}};
    uv_process_options_t options = {.file = argv[0], .args = (char **)argv, .env = (char **)environment, .stdio = stdio,
                                    .stdio_count = 3, .exit_cb = on_exit_of};
    if (child_spawn(loop, &run->process, &options, NULL, NULL) != 0) {
        run->exited = true;
        run->good = false;
        close_handle((uv_handle_t *)&run->process);
        stop_waiting(run);
    } else if (uv_read_start((uv_stream_t *)&run->pipe, on_room_wanted, on_output) != 0)
        give_up(run);
}

bool child_output(char *const argv[], char *const environment[], unsigned patience_ms, char *dst, size_t size)
{
    uv_loop_t loop;
    struct run run = {.dst = dst, .size = size, .good = true};
    if (uv_loop_init(&loop) != 0)
        return false;
    run.process.data = run.pipe.data = run.timer.data = &run;
    (void)uv_pipe_init(&loop, &run.pipe, 0);
    (void)uv_timer_init(&loop, &run.timer);
    (void)uv_timer_start(&run.timer, on_late, patience_ms, 0);
    start(&loop, &run, argv, environment);
    (void)uv_run(&loop, UV_RUN_DEFAULT);
    (void)uv_loop_close(&loop);
    dst[run.len] = '\0';
    return run.good;
}
