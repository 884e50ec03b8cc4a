/* SPDX-License-Identifier: MIT */
#include "net/liveness.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string.h>
#include <sys/socket.h>

/* Together with the first probe a vanished host is found within 20 s. */
#define GUARD_IDLE_S 10
#define GUARD_INTERVAL_S 5
#define GUARD_PROBES 2
#define GUARD_UNACKED_MS 20000

static void set(int fd, int level, int name, int value)
{
    (void)setsockopt(fd, level, name, &value, sizeof(value));
}

void liveness_guard(struct lws *wsi)
{
    int fd = lws_get_socket_fd(wsi);
    set(fd, SOL_SOCKET, SO_KEEPALIVE, 1);
    set(fd, IPPROTO_TCP, TCP_KEEPIDLE, GUARD_IDLE_S);
    set(fd, IPPROTO_TCP, TCP_KEEPINTVL, GUARD_INTERVAL_S);
    set(fd, IPPROTO_TCP, TCP_KEEPCNT, GUARD_PROBES);
#ifdef TCP_USER_TIMEOUT
    set(fd, IPPROTO_TCP, TCP_USER_TIMEOUT, GUARD_UNACKED_MS);
#endif
}

/* ms since the last byte came in. The kernel knows best: while this program was stopped nobody read, and lws shows a
 * message only when a good part of it is there. */
static uint64_t quiet_ms(const struct conn *conn)
{
    uint64_t quiet = uv_now(conn->net->loop) - conn->heard_at;
#ifdef __linux__
    struct tcp_info info = {0};
    socklen_t size = sizeof(info);
    bool known = getsockopt(lws_get_socket_fd(conn->wsi), IPPROTO_TCP, TCP_INFO, &info, &size) == 0;
    if (known && info.tcpi_last_data_recv < quiet)
        quiet = info.tcpi_last_data_recv;
#endif
    return quiet;
}

void liveness_begin(struct conn *conn)
{
    conn->pinged = conn->ping_waits = false;
    conn->give_up_at = UINT64_MAX;
    liveness_heard(conn);
    conn_arm(conn, conn->net->ping_ms);
}

void liveness_heard(struct conn *conn)
{
    conn->heard_at = uv_now(conn->net->loop);
}

static void ping(struct conn *conn)
{
    conn->pinged = conn->ping_waits = true;
    conn->pinged_at = uv_now(conn->net->loop);
    (void)lws_callback_on_writable(conn->wsi);
    conn_arm(conn, conn->net->pong_ms);
}

static void lose(struct conn *conn)
{
    conn_drop(conn);
    (void)snprintf(conn->text, sizeof(conn->text), "%s fell silent: no answer to a ping within %u s", conn->host,
                   (conn->net->pong_ms + 999) / 1000);
    conn->status = 0;
    conn_finish(conn, NET_LOST, conn->text, strlen(conn->text));
}

/* When the ping was due all had been quiet for ping_ms. Half of that is room for clocks of different grain. */
static bool has_answered(const struct conn *conn, uint64_t quiet)
{
    return quiet < uv_now(conn->net->loop) - conn->pinged_at + conn->net->ping_ms / 2;
}

void liveness_due(struct conn *conn)
{
    uint64_t quiet = quiet_ms(conn), ping_ms = conn->net->ping_ms;
    if (conn->pinged && !has_answered(conn, quiet)) {
        lose(conn);
        return;
    }
    conn->pinged = false;
    if (quiet >= ping_ms)
        ping(conn);
    else
        conn_arm(conn, ping_ms - quiet);
}

int liveness_write(struct conn *conn, struct lws *wsi)
{
    unsigned char room[LWS_PRE];
    if (!conn->ping_waits)
        return 0;
    conn->ping_waits = false;
    return lws_write(wsi, room + LWS_PRE, 0, LWS_WRITE_PING) < 0 ? -1 : 0;
}
