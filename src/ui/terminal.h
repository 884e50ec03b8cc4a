/* SPDX-License-Identifier: MIT
 * The terminal as a device: a descriptor of its own, ncurses started and stopped on it.
 */
#ifndef SCANDECK_UI_TERMINAL_H
#define SCANDECK_UI_TERMINAL_H

#include <curses.h>
#include <stdbool.h>
#include <stddef.h>
#include <termios.h>

struct terminal_size {
    int columns, rows;
};

struct terminal {
    int fd; /* freshly opened: O_NONBLOCK on it leaves the shell's descriptors alone */
    SCREEN *screen;
    WINDOW *keys; /* what keys are read through */
    struct termios saved, modes; /* of the shell; ours, while it is away */
    bool away; /* left to the shell or the editor */
    bool asked_size; /* of the window, by us */
    struct terminal_size before, asked;
};

/* Opens the terminal behind stdin. On failure false with a sentence. */
bool terminal_open(struct terminal *terminal, char *why, size_t why_size);
/* Starts ncurses on it, with this entry of terminfo (NULL = there is none). On failure false with a sentence; the terminal is
 * closed then, and nothing is left changed. */
bool terminal_start(struct terminal *terminal, const char *entry, char *why, size_t why_size);
/* Puts all back as it was before terminal_start, and the window's size too if it still is the one asked for. */
void terminal_close(struct terminal *terminal);

/* Whether answers are awaited: an ESC then is the ESC key only when nothing follows it for longer. */
void terminal_await(bool answers);
/* Takes over the window's size. */
void terminal_resize(void);
/* Leaves the terminal to someone else; closing it then touches it no more. */
void terminal_suspend(struct terminal *terminal);
/* Takes it back. False when this process is in the background, and must not touch it. */
bool terminal_resume(struct terminal *terminal);
/* Which signal the terminal made of this key before it was ours, as its owner set it with stty; 0 = none. */
int terminal_signal_of(const struct terminal *terminal, int key);
/* Asks for a window of this size; a terminal that obeys tells it by SIGWINCH. */
void terminal_ask_size(struct terminal *terminal, int columns, int rows);

#endif
