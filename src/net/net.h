/* SPDX-License-Identifier: MIT
 * The network: one websocket and one REST call at a time per instance, on libwebsockets in the caller's libuv loop.
 *
 * An instance is named by the `tag` the caller chose. No function here calls back before it has returned;
 * events come from the loop only. lws and OpenSSL are known to this folder (and sim/) alone.
 */
#ifndef SCANDECK_NET_NET_H
#define SCANDECK_NET_NET_H

#include <stdbool.h>
#include <stddef.h>
#include <uv.h>

#include "core/endpoint.h"
#include "core/method.h"

struct net;

enum net_event_kind {
    NET_OPEN,      /* the websocket stands */
    NET_FRAME,     /* data, len: one whole message, text or binary, NUL-terminated */
    NET_TOO_LARGE, /* a message above WIRE_FRAME_MAX was dropped; the socket stays */
    NET_REFUSED,   /* status: the upgrade was answered with it; the attempt is over */
    NET_FAILED,    /* data: a sentence that says what failed (name, connect, TLS with its reason, no answer); status: errno
                    * where this machine ran out of something, or 0; over */
    NET_CLOSED,    /* status: close code or 0 when none came; data: close reason; over */
    NET_LOST,      /* data: a sentence; the websocket stood, but its peer can't be heard any more; over */
    NET_REPLY,     /* method, status, data, len: the whole body, NUL-terminated */
    NET_CALL_FAILED /* method, data: a sentence; status as for NET_FAILED; no answer came */
};

struct net_event {
    enum net_event_kind kind;
    unsigned tag;
    enum method method;
    unsigned status;
    const char *data; /* borrowed during the call; foreign text is not cleaned yet */
    size_t len;
};

typedef void net_event_fn(void *owner, const struct net_event *event);
/* A line of libwebsockets' own log; not cleaned, may hold anything. */
typedef void net_log_fn(void *owner, const char *line);

struct net_options {
    uv_loop_t *loop;
    const char *ca_file; /* more trusted authorities (PEM), or NULL */
    net_event_fn *on_event;
    net_log_fn *on_log; /* may be NULL */
    void *owner;
    unsigned ping_ms; /* so long an open websocket may be quiet before it is pinged; 0 = NET_PING_MS */
    unsigned pong_ms; /* and so long then before it is lost; 0 = NET_PONG_MS */
};

/* A peer that vanished is found in 20 s. */
#define NET_PING_MS 10000
#define NET_PONG_MS 10000

/* Whether the file holds authorities to trust; otherwise a sentence. */
bool net_may_trust(const char *ca_file, char *why, size_t why_size);
/* NULL on failure, with a sentence in `why` (a missing evlib-uv plug-in is named with its packages). */
struct net *net_new(const struct net_options *options, char *why, size_t why_size);

/* Closes every socket (with a close frame where one is open) and frees all. No event comes after the call.
 * The caller then runs the loop until it is idle, and calls net_finish. */
void net_shutdown(struct net *net);
/* After the loop ran dry: the second half of lws' teardown. Sets *net to NULL. */
void net_finish(struct net **net);

/* Opens the scanqrcode websocket. Leads to exactly one of NET_REFUSED, NET_FAILED, NET_CLOSED, NET_LOST in the end, whatever
 * else comes before. False (with no event to follow) only when a socket of this tag exists or memory is out. */
bool net_open(struct net *net, unsigned tag, const struct endpoint *endpoint, const char *id, const char *token);
/* Closes it with a close frame (1000); NET_CLOSED follows, frames no more. Harmless when there is none. */
void net_close(struct net *net, unsigned tag);

/* Calls a REST method with the verb of the method's table; `body` is JSON text for a POST, NULL = none. Leads to exactly one
 * NET_REPLY or NET_CALL_FAILED. False as above, and for a body of more than NET_BODY_MAX bytes. */
#define NET_BODY_MAX 1024
bool net_call(struct net *net, unsigned tag, const struct endpoint *endpoint, const char *id, const char *token,
              enum method method, const char *body);

#endif
