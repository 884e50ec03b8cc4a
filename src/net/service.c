/* SPDX-License-Identifier: MIT
 * From lws' callback reasons to the stages of an attempt.
 */
#include "net/service.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/text.h"
#include "net/call.h"
#include "net/conn.h"
#include "net/liveness.h"
#include "net/socket.h"

#define LWS_TEXT_MAX 128

static struct net *net_of(const struct lws *wsi)
{
    return lws_context_user(lws_get_context(wsi));
}

static void free_handle(uv_handle_t *handle)
{
    free(handle);
}

static void close_watcher(uv_handle_t *handle, void *wsi)
{
    if (handle->type == UV_POLL && handle->data == wsi && !uv_is_active(handle) && !uv_is_closing(handle))
        uv_close(handle, free_handle);
}

/* lws before 4.2 closes the descriptor of a refused connection but forgets the watcher that libuv had on it: memory
 * lost, and a loop that can never be closed. */
static void reap_watcher(struct lws *wsi)
{
    struct net *net = net_of(wsi);
    const struct conn *conn = lws_get_opaque_user_data(wsi);
    if (wsi != net->unconnected && !(conn && conn->stage == CONN_CONNECTING))
        return;
    net->unconnected = NULL;
    uv_walk(net->loop, close_watcher, wsi);
}

static void on_error(struct conn *conn, struct lws *wsi, const char *in, size_t len)
{
    char text[LWS_TEXT_MAX];
    text_copy_part(text, sizeof(text), in ? in : "", in ? len : 0);
    if (conn->stage == CONN_CONNECTING)
        conn->net->unconnected = wsi;
    if (conn->starting)
        return;
    if (conn->stage == CONN_SECURING && !conn->tls_reason[0])
        tls_error_reason(conn->tls_reason, sizeof(conn->tls_reason));
    if (conn->stage == CONN_ASKED && conn->status == 0)
        conn->status = lws_http_client_http_response(wsi);
    conn_lost(conn, text);
}

static bool add_header(struct lws *wsi, const char *name, const char *value, unsigned char **p, unsigned char *end)
{
    return lws_add_http_header_by_name(wsi, (const unsigned char *)name, (const unsigned char *)value, (int)strlen(value), p,
                                       end) == 0;
}

/* lws asks for more header lines when TCP and TLS stand and the request is about to go. */
static int on_request(struct conn *conn, struct lws *wsi, char **to, size_t room)
{
    char length[24];
    unsigned char **p = (unsigned char **)to, *end = *p + room;
    conn->stage = CONN_ASKED;
    if (!add_header(wsi, "User-Agent:", "scandeck", p, end))
        return -1;
    if (!conn->body)
        return 0;
    (void)snprintf(length, sizeof(length), "%zu", strlen(conn->body));
    lws_client_http_body_pending(wsi, 1);
    return add_header(wsi, "Content-Type:", "application/json", p, end) &&
           add_header(wsi, "Content-Length:", length, p, end) ? 0 : -1;
}

static void on_connected(struct conn *conn, struct lws *wsi)
{
    conn->wsi = wsi;
    conn->stage = CONN_SECURING;
    liveness_guard(wsi);
    conn_arm(conn, UINT64_MAX);
}

static int serve(struct conn *conn, struct lws *wsi, enum lws_callback_reasons reason, void *in, size_t len)
{
    switch (reason) {
    case LWS_CALLBACK_WSI_CREATE:
        on_connected(conn, wsi);
        return 0;
    case LWS_CALLBACK_CLIENT_CONNECTION_ERROR:
        on_error(conn, wsi, in, len);
        return 0;
    case LWS_CALLBACK_CLOSED_CLIENT_HTTP: /* 4.1 sends this, not an error, where no answer to an upgrade came */
    case LWS_CALLBACK_CLIENT_CLOSED:
        conn_lost(conn, "");
        return 0;
    default:
        if (conn->kind == CONN_CALL)
            return call_serve(conn, wsi, reason, in, len);
        return socket_serve(conn, wsi, reason, in, len);
    }
}

static int serve_wsi(struct lws *wsi, enum lws_callback_reasons reason, void *in, size_t len)
{
    struct conn *conn = lws_get_opaque_user_data(wsi);
    if (!conn)
        return -1;
    int result = serve(conn, wsi, reason, in, len);
    /* An attempt that ended in there has let go of its wsi. */
    return lws_get_opaque_user_data(wsi) ? result : -1;
}

int service_callback(struct lws *wsi, enum lws_callback_reasons reason, void *user, void *in, size_t len)
{
    struct conn *conn;
    switch (reason) {
    case LWS_CALLBACK_WSI_DESTROY:
        reap_watcher(wsi);
        return 0;
    case LWS_CALLBACK_OPENSSL_PERFORM_SERVER_CERT_VERIFICATION:
        conn = lws_get_opaque_user_data(wsi);
        if (conn && len == 0)
            tls_verify_reason(conn->tls_reason, sizeof(conn->tls_reason), user);
        return 0;
    case LWS_CALLBACK_CLIENT_APPEND_HANDSHAKE_HEADER:
        conn = lws_get_opaque_user_data(wsi);
        return conn ? on_request(conn, wsi, in, len) : -1;
    case LWS_CALLBACK_WSI_CREATE:
    case LWS_CALLBACK_CLIENT_CONNECTION_ERROR:
    case LWS_CALLBACK_CLOSED_CLIENT_HTTP:
    case LWS_CALLBACK_CLIENT_CLOSED:
    case LWS_CALLBACK_ESTABLISHED_CLIENT_HTTP:
    case LWS_CALLBACK_RECEIVE_CLIENT_HTTP:
    case LWS_CALLBACK_RECEIVE_CLIENT_HTTP_READ:
    case LWS_CALLBACK_COMPLETED_CLIENT_HTTP:
    case LWS_CALLBACK_CLIENT_HTTP_WRITEABLE:
    case LWS_CALLBACK_CLIENT_ESTABLISHED:
    case LWS_CALLBACK_CLIENT_RECEIVE:
    case LWS_CALLBACK_CLIENT_RECEIVE_PONG:
    case LWS_CALLBACK_CLIENT_WRITEABLE:
    case LWS_CALLBACK_WS_PEER_INITIATED_CLOSE:
        return serve_wsi(wsi, reason, in, len);
    default:
        return 0;
    }
}
