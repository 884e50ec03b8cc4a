/* SPDX-License-Identifier: MIT */
#include "ui/terminal.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "core/text.h"
#include "ui/crash.h"
#include "ui/stall.h"

/* Of a terminal's name that does not help. */
#define SHOWN_MAX 33

#define ESC_DELAY_MS 25
/* A slow line can cut an answer behind its ESC. */
#define ESC_DELAY_AWAITED_MS 200
/* Signs whose columns are asked for take two at most. */
#define REPORT_COLUMN_MAX 3
/* A lying terminal cannot make us larger than this. */
#define SIDE_MAX 1000

static const char *term_name(void)
{
    const char *name = getenv("TERM");
    return name ? name : "";
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

static bool window_size(struct winsize *size)
{
    return ioctl(STDOUT_FILENO, TIOCGWINSZ, size) == 0 && size->ws_row > 0 && size->ws_col > 0;
}

/* ncurses takes no screen of this size. */
static bool is_absurd(const struct winsize *size)
{
    return size->ws_row > SIDE_MAX || size->ws_col > SIDE_MAX;
}

static bool read_size(struct terminal_size *out)
{
    struct winsize size;
    if (!window_size(&size))
        return false;
    out->rows = size.ws_row < SIDE_MAX ? size.ws_row : SIDE_MAX;
    out->columns = size.ws_col < SIDE_MAX ? size.ws_col : SIDE_MAX;
    return true;
}

/* newterm takes these signals where they are at their defaults. They belong to the caller's loop. SIGTSTP is ignored
 * meanwhile, because ncurses would otherwise take it again at every suspend. */
static SCREEN *start_screen(const char *entry)
{
    static const int numbers[] = {SIGINT, SIGTERM, SIGWINCH, SIGTSTP};
    struct sigaction before[sizeof numbers / sizeof numbers[0]], ignore = {.sa_handler = SIG_IGN};
    sigemptyset(&ignore.sa_mask);
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++)
        sigaction(numbers[i], numbers[i] == SIGTSTP ? &ignore : NULL, &before[i]);
    struct winsize window;
    /* Else ncurses begins with the size of the entry; terminal_resize sees to the rest. */
    bool ask_window = !window_size(&window) || !is_absurd(&window);
    use_env(ask_window);
    use_tioctl(ask_window);
    SCREEN *screen = newterm(entry, stdout, stdin);
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++)
        sigaction(numbers[i], &before[i], NULL);
    return screen;
}

/* Where the cursor is looks like F3 with Shift or Alt, if it is in the first line. */
static void free_report(int column)
{
    char report[16];
    snprintf(report, sizeof report, "\033[1;%dR", column);
    (void)define_key(report, 0);
}

/* Keys are read through a pad, for which ncurses never paints: with any other window it would, at a moment that nobody chose. */
static bool read_keys(struct terminal *terminal)
{
    terminal->keys = newpad(1, 1);
    if (!terminal->keys)
        return false;
    keypad(terminal->keys, TRUE);
    nodelay(terminal->keys, TRUE);
    /* The mouse is off; a report all the same shall reach the filter in input.c whole, not as digits. */
    (void)define_key(NULL, KEY_MOUSE);
    for (int column = 1; column <= REPORT_COLUMN_MAX; column++)
        free_report(column);
    return true;
}

static bool start_ncurses(struct terminal *terminal, const char *entry, char *why, size_t why_size)
{
    char shown[SHOWN_MAX];
    text_clean(shown, sizeof shown, term_name(), strlen(term_name()), NULL);
    if (!entry) {
        text_format(why, why_size, "TERM=%s is not known on this machine: set TERM, for example to xterm-256color", shown);
        return false;
    }
    terminal->screen = start_screen(entry);
    if (!terminal->screen) {
        text_format(why, why_size, "ncurses did not start on this terminal, TERM=%s", shown);
        return false;
    }
    set_escdelay(ESC_DELAY_MS);
    /* Raw: no signals by keys, which a paste could hold (see terminal_signal_of), and no Ctrl-S that stops the output. */
    bool able = raw() != ERR && noecho() != ERR && nonl() != ERR && tigetstr((char[]){"cup"});
    if (!able)
        text_format(why, why_size, "TERM=%s cannot place its cursor: set TERM, for example to xterm-256color", shown);
    else if (!read_keys(terminal)) {
        snprintf(why, why_size, "out of memory");
        able = false;
    }
    if (!able) {
        endwin();
        delscreen(terminal->screen);
    }
    return able;
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
    return open_device(terminal, why, why_size);
}

bool terminal_start(struct terminal *terminal, const char *entry, char *why, size_t why_size)
{
    bool started = stall_open();
    if (!started)
        snprintf(why, why_size, "cannot prepare the terminal: %s", strerror(errno));
    else {
        stall_begin();
        started = start_ncurses(terminal, entry, why, why_size);
        stall_end();
    }
    if (!started) {
        stall_close();
        tcsetattr(STDIN_FILENO, TCSANOW, &terminal->saved);
        close(terminal->fd);
        return false;
    }
    crash_arm(terminal->fd, &terminal->saved);
    return true;
}

static void write_size(const struct terminal *terminal, const struct terminal_size *size)
{
    char text[32];
    int len = snprintf(text, sizeof text, "\033[8;%d;%dt", size->rows, size->columns);
    ssize_t written = write(terminal->fd, text, (size_t)len);
    (void)written;
}

void terminal_ask_size(struct terminal *terminal, int columns, int rows)
{
    if (columns < 1 || columns > SIDE_MAX || rows < 1 || rows > SIDE_MAX)
        return;
    if (!terminal->asked_size)
        terminal->asked_size = read_size(&terminal->before);
    terminal->asked = (struct terminal_size){columns, rows};
    write_size(terminal, &terminal->asked);
}

/* The operator may have chosen another size since: that one stays. */
static void give_size_back(const struct terminal *terminal)
{
    struct terminal_size now;
    if (terminal->asked_size && read_size(&now) && now.columns == terminal->asked.columns &&
        now.rows == terminal->asked.rows)
        write_size(terminal, &terminal->before);
}

/* endwin waits until all output is out, with the modes as it noted them; ours are set at once. */
static bool leave_screen(const struct terminal *terminal)
{
    stall_begin();
    endwin();
    bool lost = stall_end();
    tcsetattr(STDIN_FILENO, TCSANOW, &terminal->saved);
    return lost;
}

void terminal_close(struct terminal *terminal)
{
    /* One that takes nothing any more gets room for the few bytes that put it back, if it will ever read them. */
    if (!terminal->away && leave_screen(terminal)) {
        tcflush(terminal->fd, TCOFLUSH);
        crash_restore_screen();
    }
    crash_disarm();
    delscreen(terminal->screen);
    stall_close();
    if (!terminal->away)
        give_size_back(terminal);
    close(terminal->fd);
}

int terminal_signal_of(const struct terminal *terminal, int key)
{
    static const struct {
        int character, number;
    } signals[] = {{VINTR, SIGINT}, {VQUIT, SIGQUIT}, {VSUSP, SIGTSTP}};
    if (!(terminal->saved.c_lflag & ISIG))
        return 0;
    for (size_t i = 0; i < sizeof signals / sizeof *signals; i++) {
        cc_t character = terminal->saved.c_cc[signals[i].character];
        if (character != _POSIX_VDISABLE && key == character)
            return signals[i].number;
    }
    return 0;
}

void terminal_await(bool answers)
{
    set_escdelay(answers ? ESC_DELAY_AWAITED_MS : ESC_DELAY_MS);
}

void terminal_resize(void)
{
    struct terminal_size size;
    if (read_size(&size))
        resizeterm(size.rows, size.columns);
}

void terminal_suspend(struct terminal *terminal)
{
    tcgetattr(STDIN_FILENO, &terminal->modes);
    leave_screen(terminal);
    terminal->away = true;
}

bool terminal_resume(struct terminal *terminal)
{
    if (tcgetpgrp(terminal->fd) != getpgrp())
        return false;
    if (terminal->away)
        tcsetattr(STDIN_FILENO, TCSANOW, &terminal->modes);
    terminal->away = false;
    terminal_resize();
    return true;
}
