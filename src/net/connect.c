/* SPDX-License-Identifier: MIT
 * lws gets numeric addresses one at a time, and the name for the Host header, SNI and the certificate check.
 */
#include "net/connect.h"

#include <string.h>

#include "net/lack.h"
#include "net/liveness.h"

/* Plain http stays on this machine, whatever the name resolves to. */
static void keep_loopback(struct resolve_result *result)
{
    size_t kept = 0;
    for (size_t i = 0; i < result->count; i++)
        if (endpoint_host_is_loopback(result->address[i]))
            memmove(result->address[kept++], result->address[i], sizeof(result->address[i]));
    result->count = kept;
}

static void use_addresses(struct conn *conn)
{
    const char *host = conn->endpoint.host;
    if (conn->addresses.error) {
        conn_fail_for_lack(conn, conn->addresses.error);
        return;
    }
    if (conn->addresses.count == 0) {
        conn_fail(conn, "the name %s was not resolved: %s", host, conn->addresses.why);
        return;
    }
    if (!conn->endpoint.tls)
        keep_loopback(&conn->addresses);
    if (conn->addresses.count == 0) {
        conn_fail(conn, "%s is not this machine, and plain http is for this machine only", host);
        return;
    }
    if (conn->kind == CONN_SOCKET)
        conn->give_up_at = uv_now(conn->net->loop) + CONN_OPEN_MS;
    conn->stage = CONN_CONNECTING;
    connect_next(conn);
}

static void on_addresses(struct resolve_waiter *waiter, const struct resolve_result *result)
{
    struct conn *conn = lws_container_of(waiter, struct conn, waiter);
    conn->addresses = *result;
    use_addresses(conn);
}

void connect_begin(struct conn *conn)
{
    if (!conn->path) {
        conn_fail(conn, "the request to %s is too long", conn->host);
        return;
    }
    if (conn->endpoint.tls && strchr(conn->endpoint.host, ':')) {
        /* lws cuts the name to check at its first colon. */
        conn_fail(conn, "TLS to the address %s is not possible: give the host a name", conn->host);
        return;
    }
    if (conn->kind == CONN_CALL)
        conn->give_up_at = uv_now(conn->net->loop) + method_timeout_s(conn->method) * UINT64_C(1000);
    conn->stage = CONN_RESOLVING;
    conn->waiter.on_result = on_addresses;
    conn_arm(conn, CONN_RESOLVE_MS);
    if (resolve_start(&conn->net->resolver, &conn->endpoint, &conn->waiter, &conn->addresses))
        use_addresses(conn);
}

static struct lws *start(struct conn *conn, const char *address)
{
    struct lws_client_connect_info info = {
        .context = conn->net->context,
        .address = address,
        .port = (int)conn->endpoint.port,
        .path = conn->path,
        .host = conn->host,
        .method = conn->kind == CONN_CALL ? method_verb(conn->method) : NULL,
        .local_protocol_name = CONNECT_PROTOCOL,
        .alpn = "http/1.1", /* h2 upgrades got no answer at all */
        .opaque_user_data = conn,
        /* The path holds the token: no other server may get it. */
        .ssl_connection = LCCSCF_HTTP_NO_FOLLOW_REDIRECT | (conn->endpoint.tls ? LCCSCF_USE_SSL : 0),
    };
    conn->starting = true;
    struct lws *wsi = lws_client_connect_via_info(&info);
    conn->starting = false;
    return wsi;
}

void connect_next(struct conn *conn)
{
    int error = lack_of_files(1);
    while (!error && conn->next_address < conn->addresses.count) {
        const char *address = conn->addresses.address[conn->next_address++];
        bool is_last = conn->next_address == conn->addresses.count;
        conn_arm(conn, is_last ? CONN_CONNECT_MS : CONN_NEXT_MS);
        conn->wsi = start(conn, address);
        if (conn->wsi)
            return;
        error = lack_of_files(1);
    }
    if (error)
        conn_fail_for_lack(conn, error);
    else
        conn_fail(conn, "no connection to %s: refused or unreachable", conn->host);
}

void connect_failed(struct conn *conn)
{
    if (conn->wsi)
        lws_set_opaque_user_data(conn->wsi, NULL);
    conn->wsi = NULL;
    conn_wake(conn);
}

static bool may_try_next(const struct conn *conn)
{
    return conn->next_address < conn->addresses.count && uv_now(conn->net->loop) < conn->give_up_at;
}

static unsigned limit_s(const struct conn *conn)
{
    return conn->kind == CONN_CALL ? method_timeout_s(conn->method) : CONN_OPEN_MS / 1000;
}

void connect_timed_out(uv_timer_t *timer)
{
    struct conn *conn = timer->data;
    enum conn_stage stage = conn->stage;
    if (stage == CONN_OPEN) {
        liveness_due(conn);
        return;
    }
    conn_drop(conn);
    if (stage == CONN_RESOLVING)
        conn_fail(conn, "the name %s was not resolved within %d s", conn->endpoint.host, CONN_RESOLVE_MS / 1000);
    else if (stage == CONN_CONNECTING && may_try_next(conn))
        connect_next(conn);
    else if (stage == CONN_CONNECTING)
        conn_fail(conn, "no connection to %s: it does not answer", conn->host);
    else if (stage == CONN_SECURING && conn->endpoint.tls)
        conn_fail(conn, "TLS with %s was not finished within %u s", conn->host, limit_s(conn));
    else if (stage == CONN_CLOSING)
        conn_finish(conn, NET_CLOSED, conn->text, strlen(conn->text));
    else
        conn_fail(conn, "%s took the request but gave no answer within %u s", conn->host, limit_s(conn));
}
