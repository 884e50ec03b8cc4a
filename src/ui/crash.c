/* SPDX-License-Identifier: MIT
 * The signal handler uses nothing but write, tcsetattr, sigaction and raise, all async-signal-safe.
 */
#include "ui/crash.h"

#include <curses.h>
#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <string.h>
#include <term.h>
#include <unistd.h>

#define RESTORE_MAX 256
/* Mouse and bracketed paste; harmless where they were off. */
#define MODES_OFF "\033[?1006l\033[?1000l\033[?2004l"
/* Enough for the handler; a stack that ran over cannot carry it. */
#define CRASH_STACK_SIZE 16384

static const int crash_signals[] = {SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT};

#define CRASH_SIGNALS (sizeof crash_signals / sizeof crash_signals[0])

/* Static because a signal handler is given no pointer of ours, and tputs' output function neither. */
static struct {
    bool armed;
    int fd;
    struct termios saved;
    char restore[RESTORE_MAX];
    size_t restore_len;
    struct sigaction before[CRASH_SIGNALS];
    stack_t stack_before;
    char stack[CRASH_STACK_SIZE];
} crash;

void crash_restore_screen(void)
{
    ssize_t written = write(crash.fd, crash.restore, crash.restore_len);
    (void)written;
}

static void crash_handle(int number)
{
    size_t i = 0;
    while (i + 1 < CRASH_SIGNALS && crash_signals[i] != number)
        i++;
    sigaction(crash_signals[i], &crash.before[i], NULL);
    crash_restore_screen();
    tcsetattr(STDIN_FILENO, TCSANOW, &crash.saved);
    raise(number);
}

static int collect(int byte)
{
    if (crash.restore_len < sizeof crash.restore)
        crash.restore[crash.restore_len++] = (char)byte;
    return byte;
}

static void collect_capability(const char *name)
{
    char copy[8];
    strcpy(copy, name); /* tigetstr takes no const */
    char *value = tigetstr(copy);
    if (value && value != (char *)-1)
        tputs(value, 1, collect);
}

void crash_arm(int fd, const struct termios *saved)
{
    static const char *const capabilities[] = {"sgr0", "op", "cnorm", "rmkx", "rmcup"};
    crash.fd = fd;
    crash.saved = *saved;
    crash.restore_len = 0;
    for (size_t i = 0; i < sizeof capabilities / sizeof capabilities[0]; i++)
        collect_capability(capabilities[i]);
    for (const char *off = MODES_OFF; *off; off++)
        collect(*off);
    stack_t stack = {.ss_sp = crash.stack, .ss_size = sizeof crash.stack};
    sigaltstack(&stack, &crash.stack_before);
    struct sigaction action = {.sa_handler = crash_handle, .sa_flags = SA_ONSTACK};
    sigemptyset(&action.sa_mask);
    for (size_t i = 0; i < CRASH_SIGNALS; i++)
        sigaction(crash_signals[i], &action, &crash.before[i]);
    crash.armed = true;
}

void crash_disarm(void)
{
    if (!crash.armed)
        return;
    for (size_t i = 0; i < CRASH_SIGNALS; i++)
        sigaction(crash_signals[i], &crash.before[i], NULL);
    sigaltstack(&crash.stack_before, NULL);
    crash.armed = false;
}
