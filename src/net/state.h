/* SPDX-License-Identifier: MIT
 * What a struct net holds.
 */
#ifndef SCANDECK_NET_STATE_H
#define SCANDECK_NET_STATE_H

#include <stdbool.h>
#include <uv.h>

#include <libwebsockets.h>

#include "net/net.h"
#include "net/resolve.h"

#define NET_BUCKETS 1024

struct net {
    uv_loop_t *loop;
    struct lws_context *context;
    net_event_fn *on_event;
    void *owner;
    struct resolver resolver;
    unsigned ping_ms, pong_ms;
    struct lws_dll2_owner buckets[NET_BUCKETS]; /* conns by tag */
    struct lws_dll2_owner work;                 /* conns to be looked at in the next turn of the loop */
    unsigned conns;                             /* that are not over */
    const struct lws *unconnected;              /* the wsi that fails just now, without a TCP connection */
    uv_idle_t turn;                             /* runs only while there is work */
    uv_timer_t patience;                        /* during shutdown: how long peers may take */
    bool down;                                  /* net_shutdown was called */
    bool impatient;                             /* and peers took too long */
    bool destroyed;                             /* and lws was told */
};

/* Has the loop run one turn of work: everything that must not happen inside a callback of lws, or of the caller. */
void net_wake(struct net *net);

#endif
