/* SPDX-License-Identifier: MIT
 * A terminal that is sane again even after a crash.
 */
#ifndef SCANDECK_UI_CRASH_H
#define SCANDECK_UI_CRASH_H

#include <termios.h>

/* Call with ncurses running: notes how this terminal is put back and catches SIGSEGV, SIGBUS, SIGILL, SIGFPE and
 * SIGABRT. `fd` is the terminal, not blocking; `saved` are the modes from before ncurses. The signal then goes on to whoever had
 * it before. */
void crash_arm(int fd, const struct termios *saved);
void crash_disarm(void);
/* Puts the screen back without ncurses, as far as the terminal takes output; it never waits. */
void crash_restore_screen(void);

#endif
