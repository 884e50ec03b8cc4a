/* SPDX-License-Identifier: MIT
 * The terminal as a device: a descriptor of its own, who it is, ncurses started and stopped on it.
 */
#ifndef SCANDECK_UI_TERMINAL_H
#define SCANDECK_UI_TERMINAL_H

#include <curses.h>
#include <stdbool.h>
#include <stddef.h>
#include <termios.h>

#include "ui/answer.h"

struct terminal {
    int fd; /* freshly opened: O_NONBLOCK on it leaves the shell's descriptors alone */
    SCREEN *screen;
    struct termios saved;
    struct answer answer;
};

/* Opens the terminal behind stdin, asks it who it is (ANSWER_WAIT_MS at most), starts ncurses. On failure false with a
 * sentence, and nothing is left changed. */
bool terminal_open(struct terminal *terminal, char *why, size_t why_size);
void terminal_close(struct terminal *terminal);

/* Whether the terminal takes output now; a stalled SSH line does not. */
bool terminal_writable(void);
/* Takes over the window's size. */
void terminal_resize(void);
void terminal_suspend(void);
void terminal_resume(void);

/* The console of the Linux kernel: its font has half blocks, but few signs. */
bool terminal_is_linux_console(void);

#endif
