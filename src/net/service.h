/* SPDX-License-Identifier: MIT
 * The one callback that lws calls: sorts its reasons to the websocket, the call, or the attempt in common.
 */
#ifndef SCANDECK_NET_SERVICE_H
#define SCANDECK_NET_SERVICE_H

#include <libwebsockets.h>

/* The context's user pointer is the struct net, a wsi's opaque pointer its struct conn or NULL. */
int service_callback(struct lws *wsi, enum lws_callback_reasons reason, void *user, void *in, size_t len);

#endif
