/* SPDX-License-Identifier: MIT
 * Names to addresses, off the loop: one lookup per host and port at a time, shared by all who wait for it.
 */
#ifndef SCANDECK_NET_RESOLVE_H
#define SCANDECK_NET_RESOLVE_H

#include <stdbool.h>
#include <stddef.h>
#include <uv.h>

#include <libwebsockets.h>

#include "core/endpoint.h"

#define RESOLVE_ADDRESSES_MAX 8
#define RESOLVE_ADDRESS_TEXT 46 /* INET6_ADDRSTRLEN */
#define RESOLVE_CACHE_MAX 64
#define RESOLVE_CACHE_MS 60000

struct resolve_result {
    size_t count; /* 0: the lookup failed, `why` says how */
    char address[RESOLVE_ADDRESSES_MAX][RESOLVE_ADDRESS_TEXT];
    const char *why;
    int error; /* errno of what this machine lacks to look it up, or 0 */
};

/* Embedded by whoever waits. */
struct resolve_waiter {
    struct lws_dll2 link;
    void (*on_result)(struct resolve_waiter *waiter, const struct resolve_result *result);
};

struct resolver {
    uv_loop_t *loop;
    struct lws_dll2_owner jobs; /* under way or kept */
};

void resolve_init(struct resolver *resolver, uv_loop_t *loop);

/* Looks up the endpoint's host. True: *result is filled at once (a numeric host, or a name looked up lately).
 * False: `waiter` is told later from the loop, once, unless resolve_cancel comes before. A lookup has no deadline
 * here: whoever waits keeps one and cancels. */
bool resolve_start(struct resolver *resolver, const struct endpoint *endpoint, struct resolve_waiter *waiter,
                   struct resolve_result *result);
/* Harmless when the waiter waits for nothing. */
void resolve_cancel(struct resolve_waiter *waiter);
/* Forgets everything. Lookups under way end by themselves in the loop; their waiters must be cancelled before. */
void resolve_shutdown(struct resolver *resolver);

#endif
