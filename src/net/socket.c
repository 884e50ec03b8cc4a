/* SPDX-License-Identifier: MIT
 * Messages put together from pieces, and both kinds of close.
 */
#include "net/socket.h"

#include <string.h>

#include "net/liveness.h"

static void on_open(struct conn *conn)
{
    conn->stage = CONN_OPEN;
    conn->status = 0;
    liveness_begin(conn);
    conn_tell(conn, NET_OPEN, "", 0);
}

static void deliver(struct conn *conn)
{
    if (!conn->close_wanted)
        conn_tell(conn, NET_FRAME, buffer_text(&conn->buffer), conn->buffer.len);
    buffer_free(&conn->buffer);
}

static void refuse(struct conn *conn)
{
    buffer_free(&conn->buffer);
    conn->skipping = true;
    if (!conn->close_wanted)
        conn_tell(conn, NET_TOO_LARGE, "", 0);
}

static void on_piece(struct conn *conn, struct lws *wsi, const void *piece, size_t len)
{
    if (lws_is_first_fragment(wsi)) {
        buffer_free(&conn->buffer);
        conn->skipping = false;
    }
    if (!conn->skipping && !buffer_add(&conn->buffer, piece, len))
        refuse(conn);
    if (lws_is_final_fragment(wsi) && !conn->skipping)
        deliver(conn);
}

/* The peer's close frame: a code of two bytes, then the reason. lws answers it and closes. */
static void on_peer_close(struct conn *conn, const unsigned char *in, size_t len)
{
    if (len < 2 || !in)
        return;
    len = len - 2 < CONN_CLOSE_REASON_MAX ? len - 2 : CONN_CLOSE_REASON_MAX;
    conn->status = (unsigned)in[0] << 8 | in[1];
    memcpy(conn->text, in + 2, len);
    conn->text[len] = '\0';
}

void socket_begin_close(struct conn *conn)
{
    conn->stage = CONN_CLOSING;
    conn->give_up_at = UINT64_MAX;
    conn_arm(conn, CONN_CLOSE_MS);
    /* With a reason set, the "kill" sends a close frame and waits for the peer's. Returning -1 from the writeable
     * callback, the way of the lws examples, was seen to send none with 4.1.6 in a libuv loop. */
    lws_close_reason(conn->wsi, LWS_CLOSE_STATUS_NORMAL, NULL, 0);
    lws_set_timeout(conn->wsi, PENDING_TIMEOUT_USER_OK, LWS_TO_KILL_SYNC);
}

int socket_serve(struct conn *conn, struct lws *wsi, enum lws_callback_reasons reason, void *in, size_t len)
{
    if (reason == LWS_CALLBACK_CLIENT_WRITEABLE)
        return liveness_write(conn, wsi);
    if (reason == LWS_CALLBACK_CLIENT_RECEIVE || reason == LWS_CALLBACK_CLIENT_RECEIVE_PONG)
        liveness_heard(conn);
    if (reason == LWS_CALLBACK_ESTABLISHED_CLIENT_HTTP)
        conn->status = lws_http_client_http_response(wsi);
    else if (reason == LWS_CALLBACK_CLIENT_ESTABLISHED)
        on_open(conn);
    else if (reason == LWS_CALLBACK_CLIENT_RECEIVE)
        on_piece(conn, wsi, in, len);
    else if (reason == LWS_CALLBACK_WS_PEER_INITIATED_CLOSE)
        on_peer_close(conn, in, len);
    return 0;
}
