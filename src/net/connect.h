/* SPDX-License-Identifier: MIT
 * The way of an attempt to its server: name, addresses, TCP, and how long each may take.
 */
#ifndef SCANDECK_NET_CONNECT_H
#define SCANDECK_NET_CONNECT_H

#include "net/conn.h"

/* The name lws knows our callback by. */
#define CONNECT_PROTOCOL "scandeck"

/* The first turn of an attempt. */
void connect_begin(struct conn *conn);
/* Tries the next address; the attempt fails when none is left. */
void connect_next(struct conn *conn);
/* The address under trial was no good. */
void connect_failed(struct conn *conn);
/* The timer of an attempt, in every stage. */
void connect_timed_out(uv_timer_t *timer);

#endif
