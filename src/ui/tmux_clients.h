/* SPDX-License-Identifier: MIT
 * Who looks at a session of tmux. Inside it is always UTF-8; to a client without, tmux writes "_" in place of each sign.
 */
#ifndef SCANDECK_UI_TMUX_CLIENTS_H
#define SCANDECK_UI_TMUX_CLIENTS_H

enum tmux_clients {
    TMUX_CLIENTS_UNTOLD, /* not inside tmux, nobody is attached, or no answer within half a second */
    TMUX_CLIENTS_UTF8,
    TMUX_CLIENTS_WITHOUT /* at least one does not take UTF-8 */
};

/* Asks tmux (client_utf8: its manual, FORMATS); waits for the answer. */
enum tmux_clients tmux_clients(void);

#endif
