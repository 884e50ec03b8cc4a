/* SPDX-License-Identifier: MIT
 * Which characters the terminal gets: the locale decides, and where there is none, UTF-8.
 */
#ifndef SCANDECK_UI_CHARSET_H
#define SCANDECK_UI_CHARSET_H

#include <stdbool.h>

/* Sets the process' locale from the environment. True when text goes out as UTF-8: the locale says so, or
 * nothing is chosen, or a UTF-8 locale is chosen that this machine lacks (SSH brings LANG along); then
 * LC_CTYPE becomes C.UTF-8. A chosen C, POSIX or 8-bit locale is kept: its terminal is taken at its word. */
bool charset_choose(void);

#endif
