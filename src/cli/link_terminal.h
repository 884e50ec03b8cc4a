/* SPDX-License-Identifier: MIT
 * The terminal that `scandeck link` draws on, without curses: taken, given back, written to without ever waiting long.
 */
#ifndef SCANDECK_CLI_LINK_TERMINAL_H
#define SCANDECK_CLI_LINK_TERMINAL_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>
#include <termios.h>

/* Empties the screen. An interrupted sequence is cancelled first: what stands on it may be unknown. */
#define LINK_TERMINAL_CLEAR "\030\033[0m\033[H\033[2J"

struct link_terminal {
    int fd;               /* of its own: O_NONBLOCK leaves the shell's descriptors alone */
    struct termios saved; /* the shell's */
    bool ours;            /* between link_terminal_take and link_terminal_give_back */
    bool unknown;         /* what stands on the screen: it did not take all, or was somebody else's */
};

/* Opens it and changes nothing. False when that fails. */
bool link_terminal_open(struct link_terminal *terminal, const char *path);

/* An empty alternate screen without a cursor, pastes in brackets, and keys as they are pressed, without echo and without Ctrl-S;
 * Ctrl-C and Ctrl-Z stay signals. Also after a stop, however that came. False when this process is in the background: then the
 * terminal is somebody else's. */
bool link_terminal_take(struct link_terminal *terminal);

/* Erases all that was drawn, drops what was typed, and puts everything back where it is ours. False when the terminal takes no
 * output. */
bool link_terminal_give_back(struct link_terminal *terminal);

bool link_terminal_takes_output(const struct link_terminal *terminal);

/* What the terminal does not take in time is thrown away, and the screen unknown then. */
void link_terminal_send(struct link_terminal *terminal, const char *bytes, size_t len);

/* What was typed, of all that waits; 0 = nothing waits. -1 when the terminal is gone. */
ssize_t link_terminal_read(const struct link_terminal *terminal, unsigned char *bytes, size_t size);

#endif
