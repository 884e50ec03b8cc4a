/* SPDX-License-Identifier: MIT */
#include "net/threads.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>

/* libuv's default of 4 lets four dead names hold up every live one. */
#define THREADS_WANTED 16

static void wait_for_all(void *gate)
{
    uv_mutex_lock(gate);
    uv_mutex_unlock(gate);
}

/* How many threads can run at once: tried, for limits count what others run too. */
static unsigned count_possible(unsigned wanted)
{
    uv_thread_t threads[THREADS_WANTED];
    uv_mutex_t gate;
    unsigned count = 0;
    if (uv_mutex_init(&gate) != 0)
        return 0;
    uv_mutex_lock(&gate);
    while (count < wanted && uv_thread_create(&threads[count], wait_for_all, &gate) == 0)
        count++;
    uv_mutex_unlock(&gate);
    for (unsigned i = 0; i < count; i++)
        (void)uv_thread_join(&threads[i]);
    uv_mutex_destroy(&gate);
    return count;
}

static void say_why(char *why, size_t why_size)
{
    struct rlimit limit;
    char words[32] = "unlimited";
    if (getrlimit(RLIMIT_NPROC, &limit) == 0 && limit.rlim_cur != RLIM_INFINITY)
        (void)snprintf(words, sizeof(words), "%llu", (unsigned long long)limit.rlim_cur);
    (void)snprintf(why, why_size, "no thread can be started to look names up: `ulimit -u` is %s, and a container may have a "
                   "limit of its own (pids)", words);
}

static void nothing(uv_work_t *work)
{
    (void)work;
}

static void free_work(uv_work_t *work, int status)
{
    (void)status;
    free(work);
}

bool threads_start(uv_loop_t *loop, char *why, size_t why_size)
{
    char text[16];
    uv_work_t *work = malloc(sizeof(*work));
    const char *set = getenv("UV_THREADPOOL_SIZE");
    unsigned wished = set ? (unsigned)strtoul(set, NULL, 10) : THREADS_WANTED;
    unsigned wanted = wished < 1 ? 1 : wished > THREADS_WANTED ? THREADS_WANTED : wished;
    unsigned count = count_possible(wanted);
    if (count == 0 || !work) {
        free(work);
        say_why(why, why_size);
        return false;
    }
    /* Where they are scarce some are left for token commands and hooks. */
    if (count < wanted && count > 1)
        count /= 2;
    (void)snprintf(text, sizeof(text), "%u", count);
    (void)setenv("UV_THREADPOOL_SIZE", text, 1);
    (void)uv_queue_work(loop, work, nothing, free_work); /* the first use starts them all */
    return true;
}
