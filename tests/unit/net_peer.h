/* SPDX-License-Identifier: MIT
 * A server that misbehaves to order, for the tests of net/: what it does with a request is named by the token in the
 * request's path. One thread per connection, on 127.0.0.1.
 */
#ifndef SCANDECK_TESTS_NET_PEER_H
#define SCANDECK_TESTS_NET_PEER_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

struct peer;

struct peer_seen {
    atomic_uint connections;
    atomic_uint requests;   /* complete request heads */
    atomic_uint trapped;    /* requests with the token "trap" */
    atomic_uint close_code; /* of the newest close frame that came */
    atomic_uint agents;     /* requests with a User-Agent */
};

enum peer_manner {
    PEER_POLITE, /* reads the request, does what the token says */
    PEER_MUTE,   /* takes connections and says nothing */
    PEER_RUDE    /* takes connections and closes them */
};

struct peer *peer_start(enum peer_manner manner);
unsigned peer_port(const struct peer *peer);
struct peer_seen *peer_seen(struct peer *peer);
void peer_stop(struct peer *peer);

/* Serves one connection on a descriptor that somebody else opened; returns when it is over. */
void peer_serve(struct peer *peer, int fd);

#endif
