/* SPDX-License-Identifier: MIT
 * What a websocket does with lws' callbacks.
 */
#ifndef SCANDECK_NET_SOCKET_H
#define SCANDECK_NET_SOCKET_H

#include "net/conn.h"

/* lws may hand over this much of a message at once; a real frame is about 6.4 KB and comes in one piece. */
#define SOCKET_RX_MAX 8192

/* Sends a close frame; the peer has CONN_CLOSE_MS for its own. Only outside of the callbacks of lws. */
void socket_begin_close(struct conn *conn);
/* One callback of lws; what is to be returned to it. */
int socket_serve(struct conn *conn, struct lws *wsi, enum lws_callback_reasons reason, void *in, size_t len);

#endif
