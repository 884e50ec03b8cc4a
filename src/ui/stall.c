/* SPDX-License-Identifier: MIT */
#include "ui/stall.h"

#include <signal.h>
#include <stddef.h>
#include <sys/time.h>
#include <termios.h>
#include <unistd.h>

#define PATIENCE_MS 500
#define AGAIN_MS 50

/* A signal handler has no other way to tell what it did. */
static volatile sig_atomic_t thrown_away;

/* ncurses writes blocking and can't be told to stop; emptying the terminal's queue lets its write return. tcflush is
 * async-signal-safe. */
static void on_alarm(int number)
{
    (void)number;
    tcflush(STDOUT_FILENO, TCOFLUSH);
    thrown_away = 1;
}

static void set_timer(int first_ms, int again_ms)
{
    const struct itimerval timer = {{0, again_ms * 1000}, {0, first_ms * 1000}};
    setitimer(ITIMER_REAL, &timer, NULL);
}

void stall_begin(void)
{
    struct sigaction action = {.sa_handler = on_alarm, .sa_flags = SA_RESTART};
    sigemptyset(&action.sa_mask);
    sigaction(SIGALRM, &action, NULL);
    thrown_away = 0;
    set_timer(PATIENCE_MS, AGAIN_MS);
}

bool stall_happened(void)
{
    return thrown_away;
}

bool stall_end(void)
{
    set_timer(0, 0);
    return thrown_away;
}
