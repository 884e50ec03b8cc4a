/* SPDX-License-Identifier: MIT */
#include "cli/link_terminal.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

/* How long a terminal that takes no output is waited for. */
#define STALL_MS 300

#define ALTERNATE_ON "\033[?1049h"
#define MODES_ON "\033[?25l\033[?2004h"
#define LEAVE LINK_TERMINAL_CLEAR "\033[?2004l\033[?25h\033[?1049l"

static bool ready_to_write(int fd, int wait_ms)
{
    struct pollfd poll_fd = {.fd = fd, .events = POLLOUT};
    return poll(&poll_fd, 1, wait_ms) > 0 && (poll_fd.revents & POLLOUT);
}

/* False when the terminal stopped taking output: the rest is thrown away. */
static bool write_all(int fd, const char *bytes, size_t len)
{
    while (len > 0) {
        ssize_t done = write(fd, bytes, len);
        if (done > 0) {
            bytes += done;
            len -= (size_t)done;
        } else if (done < 0 && errno != EAGAIN && errno != EINTR)
            return false;
        else if (!ready_to_write(fd, STALL_MS))
            return false;
    }
    return true;
}

bool link_terminal_open(struct link_terminal *terminal, const char *path)
{
    *terminal = (struct link_terminal){.fd = open(path, O_RDWR | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)};
    if (terminal->fd < 0)
        return false;
    if (tcgetattr(terminal->fd, &terminal->saved) == 0)
        return true;
    close(terminal->fd);
    return false;
}

/* A terminal that does not control this session (ENOTTY) has no foreground for us. */
static bool in_background(int fd)
{
    pid_t foreground = tcgetpgrp(fd);
    return foreground >= 0 && foreground != getpgrp();
}

bool link_terminal_take(struct link_terminal *terminal)
{
    bool entered = terminal->ours;
    terminal->ours = !in_background(terminal->fd);
    if (!terminal->ours)
        return false;
    struct termios raw = terminal->saved;
    raw.c_iflag &= ~(tcflag_t)(IXON | IXOFF);
    raw.c_lflag &= ~(tcflag_t)(ICANON | ECHO | ECHONL | IEXTEN);
    raw.c_cc[VMIN] = 1;
    raw.c_cc[VTIME] = 0;
    tcsetattr(terminal->fd, TCSANOW, &raw);
    if (!entered)
        link_terminal_send(terminal, ALTERNATE_ON, sizeof ALTERNATE_ON - 1);
    link_terminal_send(terminal, MODES_ON, sizeof MODES_ON - 1);
    terminal->unknown = true;
    return true;
}

bool link_terminal_give_back(struct link_terminal *terminal)
{
    bool taken = ready_to_write(terminal->fd, STALL_MS);
    if (!terminal->ours)
        return taken;
    taken = taken && write_all(terminal->fd, LEAVE, sizeof LEAVE - 1);
    /* Where the line is full, what waits in it gives way to what puts the screen back. */
    if (!taken) {
        tcflush(terminal->fd, TCOFLUSH);
        ssize_t written = write(terminal->fd, LEAVE, sizeof LEAVE - 1);
        (void)written;
    }
    tcflush(terminal->fd, TCIFLUSH); /* nothing of it may run in the shell */
    tcsetattr(terminal->fd, TCSANOW, &terminal->saved);
    terminal->ours = false;
    return taken;
}

bool link_terminal_takes_output(const struct link_terminal *terminal)
{
    return ready_to_write(terminal->fd, 0);
}

void link_terminal_send(struct link_terminal *terminal, const char *bytes, size_t len)
{
    if (!write_all(terminal->fd, bytes, len))
        terminal->unknown = true;
}

ssize_t link_terminal_read(const struct link_terminal *terminal, unsigned char *bytes, size_t size)
{
    ssize_t got = read(terminal->fd, bytes, size);
    if (got > 0)
        return got;
    return got < 0 && (errno == EAGAIN || errno == EINTR) ? 0 : -1;
}
