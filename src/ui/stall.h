/* SPDX-License-Identifier: MIT
 * A terminal that takes no more output (a dead SSH line, an output that was stopped) must not stop the program. So all that is
 * written to it, by ncurses or by us, is written between stall_begin and stall_end.
 */
#ifndef SCANDECK_UI_STALL_H
#define SCANDECK_UI_STALL_H

#include <stdbool.h>

/* Before and after all else here. False, with errno, when there are no descriptors left. */
bool stall_open(void);
void stall_close(void);

/* Whether the terminal takes output now. */
bool stall_takes_output(void);

/* Between the two, output goes nowhere as soon as the terminal takes none: from the start, or after a write that hung for half a
 * second. What is on the screen is then unknown: stall_end returns true, and all must be painted again. */
void stall_begin(void);
bool stall_end(void);
/* In between: whether it happened already. */
bool stall_happened(void);

#endif
