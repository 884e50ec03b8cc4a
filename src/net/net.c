/* SPDX-License-Identifier: MIT
 * The room's front: the lws context in the caller's loop, and what the caller may ask for.
 */
#include "net/net.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "net/conn.h"
#include "net/connect.h"
#include "net/lack.h"
#include "net/lwslog.h"
#include "net/memory.h"
#include "net/service.h"
#include "net/socket.h"
#include "net/threads.h"

#ifndef LWS_WITH_LIBUV
#error "this libwebsockets was built without libuv support (LWS_WITH_LIBUV)"
#endif

/* What starting takes: the plug-in, pipes, the authorities' files. */
#define NET_FILES_LEAST 10
/* Above every time limit of ours, so that ours are the ones that act and say why. */
#define NET_LWS_TIMEOUT_S 120
/* A proxy in front of the service may add a lot of them. */
#define NET_HEADERS_MAX 16384
/* How long a close frame may take at the end of the program. */
#define NET_PATIENCE_MS 500

static const struct lws_protocols protocols[] = {
    {.name = CONNECT_PROTOCOL, .callback = service_callback, .rx_buffer_size = SOCKET_RX_MAX},
    {0},
};

static struct lws_context *create_context(struct net *net, const char *ca_file)
{
    void *loops[] = {net->loop};
    struct lws_context_creation_info info = {
        .port = CONTEXT_PORT_NO_LISTEN,
        .protocols = protocols,
        .options = LWS_SERVER_OPTION_LIBUV | LWS_SERVER_OPTION_DO_SSL_GLOBAL_INIT,
        .foreign_loops = loops,
        .client_ssl_ca_filepath = tls_ca_path(ca_file),
        .user = net,
        .pt_serv_buf_size = CONN_READ_MAX + LWS_PRE,
        .timeout_secs = NET_LWS_TIMEOUT_S,
        .connect_timeout_secs = NET_LWS_TIMEOUT_S,
        .max_http_header_data = NET_HEADERS_MAX,
    };
    /* lws would send even loopback requests, token and all, through a proxy named there. */
    (void)unsetenv("http_proxy");
    (void)unsetenv("HTTP_PROXY");
    lwslog_catch();
    lws_set_allocator(memory_realloc);
    return lws_create_context(&info);
}

static void say_why(char *why, size_t why_size)
{
    if (strstr(lwslog_last(), "evlib"))
        (void)snprintf(why, why_size,
                       "libwebsockets' libuv plug-in is missing: install libwebsockets-evlib-uv (Debian, Ubuntu) or "
                       "libwebsockets-evlib_uv (Alpine)");
    else
        (void)snprintf(why, why_size, "libwebsockets did not start: %s", lwslog_last());
}

bool net_may_trust(const char *ca_file, char *why, size_t why_size)
{
    return !ca_file || tls_check_ca_file(ca_file, why, why_size);
}

/* False, with a sentence, where this machine has too little left to begin. */
static bool has_enough(struct net *net, char *why, size_t why_size)
{
    int error = lack_of_files(NET_FILES_LEAST);
    if (error)
        lack_words(why, why_size, error);
    return !error && threads_start(net->loop, why, why_size);
}

struct net *net_new(const struct net_options *options, char *why, size_t why_size)
{
    if (!net_may_trust(options->ca_file, why, why_size))
        return NULL;
    struct net *net = calloc(1, sizeof(*net));
    if (!net) {
        (void)snprintf(why, why_size, "out of memory");
        return NULL;
    }
    net->loop = options->loop;
    net->on_event = options->on_event;
    net->owner = options->owner;
    net->ping_ms = options->ping_ms ? options->ping_ms : NET_PING_MS;
    net->pong_ms = options->pong_ms ? options->pong_ms : NET_PONG_MS;
    resolve_init(&net->resolver, net->loop);
    if (!has_enough(net, why, why_size)) {
        free(net);
        return NULL;
    }
    net->context = create_context(net, options->ca_file);
    if (!net->context) {
        say_why(why, why_size);
        free(net);
        return NULL;
    }
    /* Neither can fail. */
    (void)uv_idle_init(net->loop, &net->turn);
    (void)uv_timer_init(net->loop, &net->patience);
    net->turn.data = net;
    net->patience.data = net;
    lwslog_send_to(options->on_log, options->owner);
    return net;
}

bool net_open(struct net *net, unsigned tag, const struct endpoint *endpoint, const char *id, const char *token)
{
    if (net->down || conn_find(net, CONN_SOCKET, tag))
        return false;
    struct conn *conn = conn_new(net, CONN_SOCKET, tag, endpoint);
    if (!conn)
        return false;
    conn_set_path(conn, id, "scanqrcode", token, "");
    conn_wake(conn);
    return true;
}

void net_close(struct net *net, unsigned tag)
{
    struct conn *conn = conn_find(net, CONN_SOCKET, tag);
    if (!conn || conn->close_wanted)
        return;
    conn->close_wanted = true;
    conn_wake(conn);
}

bool net_call(struct net *net, unsigned tag, const struct endpoint *endpoint, const char *id, const char *token,
              enum method method, const char *body)
{
    if (net->down || conn_find(net, CONN_CALL, tag) || (body && strlen(body) > NET_BODY_MAX))
        return false;
    struct conn *conn = conn_new(net, CONN_CALL, tag, endpoint);
    if (!conn)
        return false;
    conn->method = method;
    conn->body = body ? strdup(body) : NULL;
    if (conn->body || !body) /* without a path it fails, with a sentence */
        conn_set_path(conn, id, method_name(method), token, method_query(method));
    conn_wake(conn);
    return true;
}

static void destroy(struct net *net)
{
    net->destroyed = true;
    uv_close((uv_handle_t *)&net->turn, NULL);
    uv_close((uv_handle_t *)&net->patience, NULL);
    resolve_shutdown(&net->resolver);
    lws_context_destroy(net->context);
}

static void on_turn(uv_idle_t *turn)
{
    struct net *net = turn->data;
    (void)uv_idle_stop(turn);
    /* What is added meanwhile waits for the next turn, so that sockets and timers get theirs. */
    for (unsigned left = net->work.count; left > 0 && net->work.head; left--) {
        struct conn *conn = lws_container_of(net->work.head, struct conn, work_link);
        lws_dll2_remove(&conn->work_link);
        conn_turn(conn);
    }
    if (net->down && net->conns == 0)
        destroy(net);
}

void net_wake(struct net *net)
{
    if (!net->destroyed)
        (void)uv_idle_start(&net->turn, on_turn);
}

static void wake_all(struct net *net)
{
    for (size_t i = 0; i < NET_BUCKETS; i++)
        for (struct lws_dll2 *link = net->buckets[i].head; link; link = link->next)
            conn_wake(lws_container_of(link, struct conn, bucket_link));
    net_wake(net);
}

static void on_impatient(uv_timer_t *timer)
{
    struct net *net = timer->data;
    net->impatient = true;
    wake_all(net);
}

void net_shutdown(struct net *net)
{
    if (net->down)
        return;
    net->down = true;
    lwslog_send_to(NULL, NULL);
    (void)uv_timer_start(&net->patience, on_impatient, NET_PATIENCE_MS, 0);
    wake_all(net);
}

void net_finish(struct net **net)
{
    if (!*net)
        return;
    lws_context_destroy((*net)->context);
    free(*net);
    *net = NULL;
}
