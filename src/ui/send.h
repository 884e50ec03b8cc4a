/* SPDX-License-Identifier: MIT
 * Bytes for the terminal that ncurses knows nothing of.
 */
#ifndef SCANDECK_UI_SEND_H
#define SCANDECK_UI_SEND_H

#include <stddef.h>

/* Writes all of them, between stall_begin and stall_end (ui/stall.h). */
void send_bytes(const char *bytes, size_t len);

#endif
