/* SPDX-License-Identifier: MIT */
#include "ui/terminal.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

#include "ui/crash.h"
#include "ui/stall.h"

#define ANSWER_WAIT_MS 200
#define ESC_DELAY_MS 25
/* A lying terminal cannot make us larger than this. */
#define SIDE_MAX 1000

static int64_t now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static const char *term_name(void)
{
    const char *name = getenv("TERM");
    return name ? name : "";
}

bool terminal_is_linux_console(void)
{
    return strncmp(term_name(), "linux", 5) == 0;
}

/* Old Linux consoles print a part of the questions, dumb terminals all of it. */
static bool can_be_asked(void)
{
    return !terminal_is_linux_console() && strcmp(term_name(), "dumb") != 0 && term_name()[0];
}

static void read_answers(struct terminal *terminal)
{
    int64_t deadline = now_ms() + ANSWER_WAIT_MS;
    while (!terminal->answer.complete) {
        int64_t left = deadline - now_ms();
        struct pollfd ready = {.fd = terminal->fd, .events = POLLIN};
        if (left <= 0 || poll(&ready, 1, (int)left) == 0)
            break;
        unsigned char bytes[256];
        ssize_t got = read(terminal->fd, bytes, sizeof bytes);
        if (got > 0)
            answer_feed(&terminal->answer, bytes, (size_t)got);
        else if (got == 0 || (errno != EINTR && errno != EAGAIN))
            break;
    }
}

static void ask_terminal(struct terminal *terminal)
{
    answer_init(&terminal->answer);
    if (!can_be_asked())
        return;
    struct termios quiet = terminal->saved;
    quiet.c_lflag &= ~(tcflag_t)(ICANON | ECHO);
    quiet.c_cc[VMIN] = 0;
    quiet.c_cc[VTIME] = 0;
    if (tcsetattr(terminal->fd, TCSANOW, &quiet) < 0)
        return;
    static const char query[] = ANSWER_QUERY;
    if (write(terminal->fd, query, sizeof query - 1) == (ssize_t)(sizeof query - 1))
        read_answers(terminal);
    answer_finish(&terminal->answer);
    tcsetattr(terminal->fd, TCSANOW, &terminal->saved);
}

static bool open_device(struct terminal *terminal, char *why, size_t why_size)
{
    if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO)) {
        snprintf(why, why_size, "the console needs a terminal, and %s is none",
                 isatty(STDIN_FILENO) ? "standard output" : "standard input");
        return false;
    }
    const char *path = ttyname(STDIN_FILENO);
    int fd = open(path ? path : "/dev/tty", O_RDWR | O_NOCTTY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0 && path)
        fd = open("/dev/tty", O_RDWR | O_NOCTTY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0 || tcgetattr(STDIN_FILENO, &terminal->saved) < 0) {
        snprintf(why, why_size, "cannot open the terminal %s: %s", path ? path : "/dev/tty", strerror(errno));
        if (fd >= 0)
            close(fd);
        return false;
    }
    terminal->fd = fd;
    return true;
}

/* newterm takes these signals where they are at their defaults. They belong to the caller's loop. SIGTSTP is ignored
 * meanwhile, because ncurses would otherwise take it again at every suspend. */
static SCREEN *start_screen(void)
{
    static const int numbers[] = {SIGINT, SIGTERM, SIGWINCH, SIGTSTP};
    struct sigaction before[sizeof numbers / sizeof numbers[0]], ignore = {.sa_handler = SIG_IGN};
    sigemptyset(&ignore.sa_mask);
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++)
        sigaction(numbers[i], numbers[i] == SIGTSTP ? &ignore : NULL, &before[i]);
    use_env(TRUE);
    use_tioctl(TRUE);
    SCREEN *screen = newterm(NULL, stdout, stdin);
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++)
        sigaction(numbers[i], &before[i], NULL);
    return screen;
}

static bool start_ncurses(struct terminal *terminal, char *why, size_t why_size)
{
    terminal->screen = start_screen();
    if (!terminal->screen) {
        snprintf(why, why_size, "TERM=%.32s is not known on this machine: set TERM, for example to xterm-256color",
                 term_name());
        return false;
    }
    set_escdelay(ESC_DELAY_MS);
    if (cbreak() == ERR || noecho() == ERR || !tigetstr((char[]){"cup"})) {
        endwin();
        delscreen(terminal->screen);
        snprintf(why, why_size, "TERM=%.32s cannot place its cursor: set TERM, for example to xterm-256color",
                 term_name());
        return false;
    }
    nonl();
    keypad(stdscr, TRUE);
    /* The mouse is off; a report all the same shall reach the filter in input.c whole, not as digits. */
    (void)define_key(NULL, KEY_MOUSE);
    nodelay(stdscr, TRUE);
    return true;
}

static bool term_is_plain(void)
{
    for (const char *s = term_name(); *s; s++)
        if ((unsigned char)*s <= 0x20 || (unsigned char)*s >= 0x7f)
            return false;
    return true;
}

bool terminal_open(struct terminal *terminal, char *why, size_t why_size)
{
    memset(terminal, 0, sizeof *terminal);
    if (!term_name()[0] || !term_is_plain()) {
        snprintf(why, why_size, "TERM does not name a terminal: set it, for example to xterm-256color");
        return false;
    }
    if (!open_device(terminal, why, why_size))
        return false;
    ask_terminal(terminal);
    if (!start_ncurses(terminal, why, why_size)) {
        tcsetattr(STDIN_FILENO, TCSANOW, &terminal->saved);
        close(terminal->fd);
        return false;
    }
    crash_arm(&terminal->saved);
    return true;
}

void terminal_close(struct terminal *terminal)
{
    crash_disarm();
    stall_begin();
    endwin();
    stall_end();
    delscreen(terminal->screen);
    /* Not TCSADRAIN: nobody may be there to take the output any more. */
    tcsetattr(STDIN_FILENO, TCSANOW, &terminal->saved);
    close(terminal->fd);
}

bool terminal_writable(void)
{
    struct pollfd ready = {.fd = STDOUT_FILENO, .events = POLLOUT};
    return poll(&ready, 1, 0) == 1 && (ready.revents & POLLOUT);
}

void terminal_resize(void)
{
    struct winsize size;
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) < 0 || size.ws_row == 0 || size.ws_col == 0)
        return;
    int rows = size.ws_row < SIDE_MAX ? size.ws_row : SIDE_MAX;
    int columns = size.ws_col < SIDE_MAX ? size.ws_col : SIDE_MAX;
    resizeterm(rows, columns);
}

void terminal_suspend(void)
{
    def_prog_mode();
    endwin();
}

void terminal_resume(void)
{
    reset_prog_mode();
    terminal_resize();
    clearok(curscr, TRUE);
}
