/* SPDX-License-Identifier: MIT
 * A loop with a struct net in it, and a record of every event, for the tests of net/.
 *
 * getaddrinfo is replaced in the test program, so that no test asks a resolver:
 *   slow.test      answers after rig_release_names
 *   dead.invalid   does not exist
 *   two.test       127.0.0.2, where nobody listens, then 127.0.0.1
 *   hole.test      127.0.0.1 after an address of another machine
 *   outside.test   an address of another machine only
 */
#ifndef SCANDECK_TESTS_NET_RIG_H
#define SCANDECK_TESTS_NET_RIG_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <uv.h>

#include "net/net.h"

#define RIG_EVENTS_MAX 512
#define RIG_TAGS_MAX 64
#define RIG_DATA_MAX 512
#define RIG_WAIT_MS 20000

struct rig_event {
    enum net_event_kind kind;
    unsigned tag;
    enum method method;
    unsigned status;
    size_t len;
    char data[RIG_DATA_MAX]; /* the beginning */
};

struct rig {
    uv_loop_t loop;
    uv_timer_t clock;
    struct net *net;
    bool calling; /* inside a function of net: no event may come */
    bool ended;   /* net_shutdown was called: no event may come */
    size_t count;
    struct rig_event events[RIG_EVENTS_MAX];
    unsigned opened[RIG_TAGS_MAX];  /* sockets and calls begun, by tag */
    unsigned settled[RIG_TAGS_MAX]; /* last events, by tag */
    unsigned logged;                /* lines of lws' log */
    char log[256];
    /* Called for each event, inside the callback; may be NULL. */
    void (*hook)(struct rig *rig, const struct net_event *event);
    unsigned port; /* for the hook */
};

void rig_start(struct rig *rig, const char *ca_file);
/* With the time limits of struct net_options. */
void rig_start_watching(struct rig *rig, const char *ca_file, unsigned ping_ms, unsigned pong_ms);
/* Ends everything and checks it: no event late, nothing left in the loop, one last event for each attempt. */
void rig_end(struct rig *rig);

void rig_open(struct rig *rig, unsigned tag, const char *url, unsigned port, const char *token);
void rig_call(struct rig *rig, unsigned tag, const char *url, unsigned port, const char *token);
/* Another method than rig_call's, with a body or NULL. */
void rig_send(struct rig *rig, unsigned tag, const char *url, unsigned port, const char *token, enum method method,
              const char *body);
void rig_close(struct rig *rig, unsigned tag);

/* Runs the loop until *value >= wanted, which a thread of the peer may bring about; fails after RIG_WAIT_MS. */
void rig_until(struct rig *rig, const atomic_uint *value, unsigned wanted);
/* Waits for the last event of the newest attempt of a tag, and returns it. */
const struct rig_event *rig_last(struct rig *rig, unsigned tag);
/* Waits until an event of this kind came for the tag; `nth` counts from 0. */
const struct rig_event *rig_wait(struct rig *rig, unsigned tag, enum net_event_kind kind, unsigned nth);
/* Shuts down in the state things are in, and checks as rig_end does, but attempts may be without a last event. */
void rig_abandon(struct rig *rig);

bool rig_is_last(enum net_event_kind kind);

/* Lets lookups of slow.test end; rig_hold_names has them wait again. */
void rig_hold_names(void);
void rig_release_names(void);
/* Lookups of slow.test begun so far. */
unsigned rig_lookups(void);

/* A port of 127.0.0.1 on which nobody listens. */
unsigned rig_closed_port(void);

#endif
