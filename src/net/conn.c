/* SPDX-License-Identifier: MIT
 * The life of an attempt: begun, moved on by the loop and by lws, ended exactly once.
 */
#include "net/conn.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/text.h"
#include "net/connect.h"
#include "net/lack.h"
#include "net/socket.h"

static struct lws_dll2_owner *bucket(struct net *net, unsigned tag)
{
    return &net->buckets[tag % NET_BUCKETS];
}

static void set_host(struct conn *conn)
{
    const struct endpoint *endpoint = &conn->endpoint;
    bool is_v6 = strchr(endpoint->host, ':') != NULL;
    bool is_usual = endpoint->port == (endpoint->tls ? 443 : 80);
    char port[sizeof(":65535")] = "";
    if (!is_usual)
        (void)snprintf(port, sizeof(port), ":%u", endpoint->port & 0xffffU);
    (void)snprintf(conn->host, sizeof(conn->host), "%s%s%s%s", is_v6 ? "[" : "", endpoint->host, is_v6 ? "]" : "",
                   port);
}

struct conn *conn_new(struct net *net, enum conn_kind kind, unsigned tag, const struct endpoint *endpoint)
{
    struct conn *conn = calloc(1, sizeof(*conn));
    if (!conn)
        return NULL;
    if (uv_timer_init(net->loop, &conn->timer) != 0) {
        free(conn);
        return NULL;
    }
    conn->net = net;
    conn->kind = kind;
    conn->tag = tag;
    conn->endpoint = *endpoint;
    conn->timer.data = conn;
    conn->give_up_at = UINT64_MAX;
    set_host(conn);
    lws_dll2_add_tail(&conn->bucket_link, bucket(net, tag));
    net->conns++;
    return conn;
}

/* The path has the token, the body a phone's number. */
static void forget_request(struct conn *conn)
{
    text_wipe(conn->path);
    text_wipe(conn->body);
    conn->path = conn->body = NULL;
}

void conn_set_path(struct conn *conn, const char *id, const char *method, const char *token, const char *query)
{
    char path[ENDPOINT_PATH_MAX + 1];
    if (endpoint_path(path, sizeof(path), &conn->endpoint, id, method, token, query))
        conn->path = strdup(path);
    explicit_bzero(path, sizeof(path));
}

struct conn *conn_find(struct net *net, enum conn_kind kind, unsigned tag)
{
    for (struct lws_dll2 *link = bucket(net, tag)->head; link; link = link->next) {
        struct conn *conn = lws_container_of(link, struct conn, bucket_link);
        if (conn->tag == tag && conn->kind == kind)
            return conn;
    }
    return NULL;
}

void conn_arm(struct conn *conn, uint64_t ms)
{
    uint64_t now = uv_now(conn->net->loop);
    uint64_t left = conn->give_up_at > now ? conn->give_up_at - now : 0;
    (void)uv_timer_start(&conn->timer, connect_timed_out, ms < left ? ms : left, 0);
}

void conn_tell(struct conn *conn, enum net_event_kind kind, const char *data, size_t len)
{
    const struct net *net = conn->net;
    struct net_event event = {
        .kind = kind, .tag = conn->tag, .method = conn->method, .status = conn->status, .data = data, .len = len};
    if (!net->down)
        net->on_event(net->owner, &event);
}

static void conn_free(uv_handle_t *timer)
{
    struct conn *conn = timer->data;
    buffer_free(&conn->buffer);
    free(conn);
}

void conn_finish(struct conn *conn, enum net_event_kind kind, const char *data, size_t len)
{
    struct net *net = conn->net;
    conn->stage = CONN_OVER;
    forget_request(conn);
    resolve_cancel(&conn->waiter);
    lws_dll2_remove(&conn->bucket_link);
    lws_dll2_remove(&conn->work_link);
    if (conn->wsi)
        lws_set_opaque_user_data(conn->wsi, NULL);
    conn->wsi = NULL;
    uv_close((uv_handle_t *)&conn->timer, conn_free);
    net->conns--;
    if (net->down)
        net_wake(net);
    conn_tell(conn, kind, data, len);
}

static void fail(struct conn *conn, int error)
{
    conn->status = (unsigned)error;
    conn_finish(conn, conn->kind == CONN_CALL ? NET_CALL_FAILED : NET_FAILED, conn->text, strlen(conn->text));
}

void conn_fail(struct conn *conn, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    (void)vsnprintf(conn->text, sizeof(conn->text), format, args);
    va_end(args);
    fail(conn, 0);
}

void conn_fail_for_lack(struct conn *conn, int error)
{
    lack_words(conn->text, sizeof(conn->text), error);
    fail(conn, error);
}

void conn_drop(struct conn *conn)
{
    struct lws *wsi = conn->wsi;
    conn->wsi = NULL;
    if (!wsi)
        return;
    lws_set_opaque_user_data(wsi, NULL);
    lws_set_timeout(wsi, PENDING_TIMEOUT_USER_OK, LWS_TO_KILL_SYNC);
}

static bool was_refused(const struct conn *conn)
{
    return conn->kind == CONN_SOCKET && conn->status >= 100 && conn->status <= 999 && conn->status != 101;
}

static void lost_while_asked(struct conn *conn, const char *text)
{
    if (was_refused(conn))
        conn_finish(conn, NET_REFUSED, "", 0);
    else if (conn->kind == CONN_CALL)
        conn_fail(conn, "%s broke off before its answer was complete", conn->host);
    else
        conn_fail(conn, "%s did not open a websocket: %s", conn->host, text[0] ? text : "it closed the connection");
}

void conn_lost(struct conn *conn, const char *text)
{
    switch (conn->stage) {
    case CONN_CONNECTING:
        connect_failed(conn);
        break;
    case CONN_SECURING:
        /* The authorities are looked for in files, one by one, when they are needed. */
        if (conn->endpoint.tls && lack_of_files(1))
            conn_fail_for_lack(conn, lack_of_files(1));
        else if (!conn->endpoint.tls)
            conn_fail(conn, "%s closed the connection at once", conn->host);
        else
            conn_fail(conn, "TLS with %s failed: %s", conn->host,
                      conn->tls_reason[0] ? conn->tls_reason : "it broke the handshake off");
        break;
    case CONN_ASKED:
        lost_while_asked(conn, text);
        break;
    case CONN_OPEN:
    case CONN_CLOSING:
        conn_finish(conn, NET_CLOSED, conn->text, strlen(conn->text));
        break;
    case CONN_QUEUED:
    case CONN_RESOLVING:
    case CONN_OVER:
        break;
    }
}

void conn_wake(struct conn *conn)
{
    struct net *net = conn->net;
    if (lws_dll2_is_detached(&conn->work_link))
        lws_dll2_add_tail(&conn->work_link, &net->work);
    net_wake(net);
}

static void end(struct conn *conn)
{
    if (conn->stage == CONN_CLOSING && !conn->net->impatient)
        return;
    if (conn->stage == CONN_OPEN && !conn->net->impatient) {
        socket_begin_close(conn);
        return;
    }
    conn_drop(conn);
    conn->status = 0;
    conn_finish(conn, NET_CLOSED, "", 0);
}

void conn_turn(struct conn *conn)
{
    if (conn->close_wanted || conn->net->down)
        end(conn);
    else if (conn->stage == CONN_QUEUED)
        connect_begin(conn);
    else if (conn->stage == CONN_CONNECTING && !conn->wsi)
        connect_next(conn);
}
