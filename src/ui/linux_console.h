/* SPDX-License-Identifier: MIT
 * The console of the Linux kernel tells which signs its font has.
 */
#ifndef SCANDECK_UI_LINUX_CONSOLE_H
#define SCANDECK_UI_LINUX_CONSOLE_H

#include <stdbool.h>
#include <stdint.h>

/* Sets *has to whether the font of the console behind `fd` has this sign. False when that cannot be told: where it is
 * reached through ssh, say. */
bool linux_console_has(int fd, uint32_t sign, bool *has);

#endif
