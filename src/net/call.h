/* SPDX-License-Identifier: MIT
 * What a REST call does with lws' callbacks.
 */
#ifndef SCANDECK_NET_CALL_H
#define SCANDECK_NET_CALL_H

#include "net/conn.h"

/* One callback of lws; returns what lws is to get. */
int call_serve(struct conn *conn, struct lws *wsi, enum lws_callback_reasons reason, void *in, size_t len);

#endif
