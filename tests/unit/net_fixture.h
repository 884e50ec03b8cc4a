/* SPDX-License-Identifier: MIT
 * A rig and a polite peer, made anew for each test.
 */
#ifndef SCANDECK_TESTS_NET_FIXTURE_H
#define SCANDECK_TESTS_NET_FIXTURE_H

#include "net_peer.h"
#include "net_rig.h"

struct fixture {
    struct rig rig;
    struct peer *peer;
    struct peer_seen *seen;
    unsigned port;
};

int fixture_set_up(void **state);
int fixture_tear_down(void **state);

/* Fails the test unless the sentence of the event says `part`, and nothing of the request path. */
void fixture_expect_text(const struct rig_event *event, const char *part);

#endif
