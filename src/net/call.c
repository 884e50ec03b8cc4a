/* SPDX-License-Identifier: MIT
 * The body of a request, sent when lws can write; the body of an answer, collected until lws says it is whole.
 */
#include "net/call.h"

#include <string.h>

#include "core/text.h"
#include "core/wire.h"

static void reply(struct conn *conn)
{
    conn_finish(conn, NET_REPLY, buffer_text(&conn->buffer), conn->buffer.len);
}

static bool has_no_body(unsigned status)
{
    return status == 204 || status == 304;
}

static void on_answer(struct conn *conn, struct lws *wsi)
{
    conn->status = lws_http_client_http_response(wsi);
    if (conn->status < 100 || conn->status > 999)
        conn_fail(conn, "what %s sent is no HTTP answer", conn->host);
    else if (has_no_body(conn->status))
        reply(conn); /* lws would wait for the peer to hang up */
}

static int pull(struct lws *wsi)
{
    char room[LWS_PRE + CONN_READ_MAX];
    char *at = room + LWS_PRE;
    int len = CONN_READ_MAX;
    return lws_http_client_read(wsi, &at, &len);
}

static void on_piece(struct conn *conn, const void *piece, size_t len)
{
    if (!buffer_add(&conn->buffer, piece, len))
        conn_fail(conn, "the answer of %s is larger than %zu KB", conn->host, WIRE_FRAME_MAX / 1024);
}

static int send_body(struct conn *conn, struct lws *wsi)
{
    unsigned char room[LWS_PRE + NET_BODY_MAX];
    if (!conn->body)
        return 0;
    size_t len = strlen(conn->body);
    memcpy(room + LWS_PRE, conn->body, len);
    text_wipe(conn->body);
    conn->body = NULL;
    lws_client_http_body_pending(wsi, 0);
    int sent = lws_write(wsi, room + LWS_PRE, len, LWS_WRITE_HTTP_FINAL);
    explicit_bzero(room, sizeof(room));
    return sent < (int)len ? -1 : 0;
}

int call_serve(struct conn *conn, struct lws *wsi, enum lws_callback_reasons reason, void *in, size_t len)
{
    if (reason == LWS_CALLBACK_RECEIVE_CLIENT_HTTP)
        return pull(wsi) < 0 ? -1 : 0;
    if (reason == LWS_CALLBACK_CLIENT_HTTP_WRITEABLE)
        return send_body(conn, wsi);
    if (reason == LWS_CALLBACK_ESTABLISHED_CLIENT_HTTP)
        on_answer(conn, wsi);
    else if (reason == LWS_CALLBACK_RECEIVE_CLIENT_HTTP_READ)
        on_piece(conn, in, len);
    else if (reason == LWS_CALLBACK_COMPLETED_CLIENT_HTTP)
        reply(conn);
    return 0;
}
