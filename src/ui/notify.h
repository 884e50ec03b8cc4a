/* SPDX-License-Identifier: MIT
 * Desktop notifications that the terminal makes: OSC 9 and OSC 777.
 */
#ifndef SCANDECK_UI_NOTIFY_H
#define SCANDECK_UI_NOTIFY_H

#include <stdbool.h>

enum notify_how { NOTIFY_AUTO, NOTIFY_OSC9, NOTIFY_OSC777 };

/* The sequence; `text` is cleaned. Owned by the caller; NULL when memory is out. */
char *notify_sequence(const char *text, bool osc777, bool tmux, bool screen);
/* Sends it, between stall_begin and stall_end. */
void notify_send(const char *text, bool osc777);

#endif
