/* SPDX-License-Identifier: MIT
 * A terminal that is sane again even after a crash.
 */
#ifndef SCANDECK_UI_CRASH_H
#define SCANDECK_UI_CRASH_H

#include <termios.h>

/* Call with ncurses running: notes how this terminal is put back and catches SIGSEGV, SIGBUS, SIGILL, SIGFPE and
 * SIGABRT. `saved` are the modes from before ncurses. The signal then goes on to whoever had it before. */
void crash_arm(const struct termios *saved);
void crash_disarm(void);

#endif
