/* SPDX-License-Identifier: MIT
 * One connection of the misbehaving peer, and the scenario that its token names.
 */
#ifndef SCANDECK_TESTS_NET_ACTS_H
#define SCANDECK_TESTS_NET_ACTS_H

#include "net_peer.h"

#define REQUEST_MAX 4096

struct session {
    struct peer_seen *seen;
    unsigned port; /* of the peer */
    int fd;
    char request[REQUEST_MAX];
    char token[64];
};

/* Does what session->token says; a token that names nothing closes the connection. */
void act(struct session *session);

/* Reads exactly len bytes; false at the end. */
bool act_get(int fd, void *data, size_t len);
void act_wait_for_end(int fd);

#endif
