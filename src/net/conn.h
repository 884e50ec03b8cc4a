/* SPDX-License-Identifier: MIT
 * One attempt to speak with the service, a websocket or a REST call: from the wish to its single last event.
 */
#ifndef SCANDECK_NET_CONN_H
#define SCANDECK_NET_CONN_H

#include "net/buffer.h"
#include "net/state.h"
#include "net/tls.h"

/* Time limits in ms. */
#define CONN_RESOLVE_MS 10000
#define CONN_CONNECT_MS 10000 /* TCP, for the last address */
#define CONN_NEXT_MS 3000     /* TCP, while another address is left */
#define CONN_OPEN_MS 15000    /* TCP, TLS, and upgrade of a websocket */
#define CONN_CLOSE_MS 2000    /* for the peer's answer to our close frame */

/* A whole TLS record. When one read leaves a part of a record in OpenSSL, lws 4.1 in a libuv loop comes back for it
 * only once: the end of a body would wait there for ever. */
#define CONN_READ_MAX 16384
#define CONN_HOST_MAX (ENDPOINT_HOST_MAX + sizeof("[]:65535"))
#define CONN_TEXT_MAX 320
#define CONN_CLOSE_REASON_MAX 123 /* RFC 6455: a control frame of 125 bytes, 2 of them the code */

enum conn_kind { CONN_SOCKET, CONN_CALL };

enum conn_stage {
    CONN_QUEUED,
    CONN_RESOLVING,
    CONN_CONNECTING,
    CONN_SECURING, /* TCP stands; TLS where it is wanted */
    CONN_ASKED,    /* the request is on its way; for a call until the body is complete */
    CONN_OPEN,     /* websocket */
    CONN_CLOSING,  /* websocket, our close frame is on its way */
    CONN_OVER
};

struct conn {
    struct net *net;
    enum conn_kind kind;
    enum conn_stage stage;
    unsigned tag;
    enum method method; /* CONN_CALL */
    struct endpoint endpoint;
    char host[CONN_HOST_MAX]; /* as in the Host header, and in sentences */
    char *path;               /* holds the token */
    char *body;               /* JSON to send, or NULL */
    struct lws *wsi;
    uv_timer_t timer;
    uint64_t give_up_at; /* ms of the loop's clock */
    struct resolve_waiter waiter;
    struct resolve_result addresses;
    size_t next_address;
    struct lws_dll2 bucket_link;
    struct lws_dll2 work_link;
    bool close_wanted;
    uint64_t heard_at;  /* OPEN: when the peer was last heard, ms of the loop's clock */
    uint64_t pinged_at; /* when the ping that is out was due */
    bool pinged;        /* one is out */
    bool ping_waits;    /* until lws can write */
    bool starting; /* inside lws_client_connect_via_info */
    bool skipping; /* the rest of a message that is too large */
    unsigned status; /* HTTP status, close code of the peer, or errno of what this machine lacks */
    struct buffer buffer;
    char tls_reason[TLS_REASON_MAX];
    char text[CONN_TEXT_MAX]; /* sentence or close reason for the last event */
};

/* A new attempt, waiting for its first turn; NULL when memory is out. */
struct conn *conn_new(struct net *net, enum conn_kind kind, unsigned tag, const struct endpoint *endpoint);
/* Sets the request path from id, method name, token and query; a path that cannot be is told as the last event. */
void conn_set_path(struct conn *conn, const char *id, const char *method, const char *token, const char *query);
/* The one with this tag that is not over, or NULL. */
struct conn *conn_find(struct net *net, enum conn_kind kind, unsigned tag);

/* Has the attempt looked at in the next turn of the loop, outside of all callbacks of lws. */
void conn_wake(struct conn *conn);
/* Does what is due: start, next address, close. */
void conn_turn(struct conn *conn);

/* The last event: the attempt is over, its tag is free, its memory goes by itself. The wsi is let go unheard; inside
 * its own callback return -1, outside of all callbacks call conn_drop before. */
void conn_finish(struct conn *conn, enum net_event_kind kind, const char *data, size_t len);
/* conn_finish with NET_FAILED or NET_CALL_FAILED and a sentence. */
void conn_fail(struct conn *conn, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* The same, where this machine has run out of something. */
void conn_fail_for_lack(struct conn *conn, int error);
/* Closes the wsi at once, unheard. Only outside of the callbacks of lws. */
void conn_drop(struct conn *conn);
/* lws says that there is no connection, or no more of it; `text` is lws' own reason or "". */
void conn_lost(struct conn *conn, const char *text);

/* Runs the timer for `ms`, but not beyond give_up_at. */
void conn_arm(struct conn *conn, uint64_t ms);
/* Sends an event that is not the last one. */
void conn_tell(struct conn *conn, enum net_event_kind kind, const char *data, size_t len);

#endif
