/* SPDX-License-Identifier: MIT
 * Desktop notifications that the terminal makes: OSC 9 and OSC 777.
 */
#ifndef SCANDECK_UI_NOTIFY_H
#define SCANDECK_UI_NOTIFY_H

#include <stdbool.h>

/* The sequence; `text` is cleaned. Owned by the caller; NULL when memory is out. */
char *notify_sequence(const char *text, bool osc777, bool tmux, bool screen);
/* Whether a terminal of this name (ui/identity.h) knows OSC 777 rather than OSC 9. */
bool notify_wants_777(const char *terminal_name);
/* Sends it, between stall_begin and stall_end. */
void notify_send(const char *text, bool osc777);

#endif
