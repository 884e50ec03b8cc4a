/* SPDX-License-Identifier: MIT
 * Whether the peer of an open websocket is still there.
 *
 * After ping_ms without a byte a ping goes out; without a byte for pong_ms more the peer is lost. Any byte counts, also what
 * still lies unread in the kernel: RFC 6455 obliges a peer to answer pings, but one that sends frames instead is as alive,
 * and one that does neither for so long cannot be told from one that is gone. Ours and not that of libwebsockets, for which
 * only pongs count, and which does not tell a lost peer from one that closed.
 */
#ifndef SCANDECK_NET_LIVENESS_H
#define SCANDECK_NET_LIVENESS_H

#include "net/conn.h"

/* Keepalive and TCP_USER_TIMEOUT, for websockets and calls alike: the kernel finds out by itself that a host is gone. */
void liveness_guard(struct lws *wsi);
/* The websocket is open: watches it from now on, by the timer of the attempt. */
void liveness_begin(struct conn *conn);
/* The peer has said something. */
void liveness_heard(struct conn *conn);
/* The timer of an open websocket. */
void liveness_due(struct conn *conn);
/* lws can write: sends the ping that waits, if any. -1 where the connection is broken. */
int liveness_write(struct conn *conn, struct lws *wsi);

#endif
