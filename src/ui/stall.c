/* SPDX-License-Identifier: MIT */
#include "ui/stall.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stddef.h>
#include <sys/time.h>
#include <unistd.h>

#define PATIENCE_MS 500
#define AGAIN_MS 50

/* Static because a signal handler is given no pointer: copies of the terminal and of /dev/null, and whether standard output
 * is the latter now. */
static int terminal = -1, nowhere = -1;
static volatile sig_atomic_t diverted;

/* ncurses repeats a write until all is written, whatever it returns; so the descriptor under it becomes another one. It
 * works however the terminal was stopped, and dup2 is async-signal-safe. */
static void divert(void)
{
    int before = errno;
    dup2(nowhere, STDOUT_FILENO);
    diverted = 1;
    errno = before;
}

static void on_alarm(int number)
{
    (void)number;
    divert();
}

static void set_timer(int first_ms, int again_ms)
{
    const struct itimerval timer = {{0, again_ms * 1000}, {0, first_ms * 1000}};
    setitimer(ITIMER_REAL, &timer, NULL);
}

bool stall_open(void)
{
    terminal = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
    nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
    if (terminal < 0 || nowhere < 0) {
        stall_close();
        return false;
    }
    struct sigaction action = {.sa_handler = on_alarm, .sa_flags = SA_RESTART};
    sigemptyset(&action.sa_mask);
    sigaction(SIGALRM, &action, NULL);
    return true;
}

void stall_close(void)
{
    int before = errno;
    if (terminal >= 0)
        close(terminal);
    if (nowhere >= 0)
        close(nowhere);
    terminal = nowhere = -1;
    errno = before;
}

bool stall_takes_output(void)
{
    struct pollfd ready = {.fd = terminal, .events = POLLOUT};
    return poll(&ready, 1, 0) == 1 && (ready.revents & POLLOUT);
}

void stall_begin(void)
{
    diverted = 0;
    if (stall_takes_output())
        set_timer(PATIENCE_MS, AGAIN_MS);
    else
        divert();
}

bool stall_happened(void)
{
    return diverted;
}

bool stall_end(void)
{
    set_timer(0, 0);
    if (diverted)
        dup2(terminal, STDOUT_FILENO);
    return diverted;
}
