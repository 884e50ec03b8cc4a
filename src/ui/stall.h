/* SPDX-License-Identifier: MIT
 * A terminal that takes no more output (a dead SSH line) must not stop the program in the middle of a frame.
 */
#ifndef SCANDECK_UI_STALL_H
#define SCANDECK_UI_STALL_H

#include <stdbool.h>

/* Between the two, a write to the terminal that hangs for longer than a moment has its output thrown away, so that it
 * returns. What is on the screen is then unknown: stall_end says true, and all must be painted again. */
void stall_begin(void);
bool stall_end(void);
/* In between: whether it happened already. */
bool stall_happened(void);

#endif
