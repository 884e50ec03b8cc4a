/* SPDX-License-Identifier: MIT
 * The loop under test, and the names it may ask for.
 */
#include "net_rig.h"

#include <arpa/inet.h>
#include <dlfcn.h>
#include <netdb.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static struct {
    pthread_mutex_t lock;
    pthread_cond_t changed;
    bool held;
    unsigned lookups;
} names = {PTHREAD_MUTEX_INITIALIZER, PTHREAD_COND_INITIALIZER, false, 0};

void rig_hold_names(void)
{
    (void)pthread_mutex_lock(&names.lock);
    names.held = true;
    (void)pthread_mutex_unlock(&names.lock);
}

void rig_release_names(void)
{
    (void)pthread_mutex_lock(&names.lock);
    names.held = false;
    (void)pthread_cond_broadcast(&names.changed);
    (void)pthread_mutex_unlock(&names.lock);
}

unsigned rig_lookups(void)
{
    (void)pthread_mutex_lock(&names.lock);
    unsigned lookups = names.lookups;
    (void)pthread_mutex_unlock(&names.lock);
    return lookups;
}

static void sit_out(void)
{
    (void)pthread_mutex_lock(&names.lock);
    names.lookups++;
    while (names.held)
        (void)pthread_cond_wait(&names.changed, &names.lock);
    (void)pthread_mutex_unlock(&names.lock);
}

typedef int lookup_fn(const char *, const char *, const struct addrinfo *, struct addrinfo **);

static int look_up(const char *address, const struct addrinfo *hints, struct addrinfo **list)
{
    static lookup_fn *real;
    if (!real)
        *(void **)&real = dlsym(RTLD_NEXT, "getaddrinfo");
    return real(address, NULL, hints, list);
}

static int look_up_two(const char *first, const char *second, const struct addrinfo *hints, struct addrinfo **list)
{
    int error = look_up(first, hints, list);
    return error ? error : look_up(second, hints, &(*list)->ai_next);
}

/* Numeric addresses go on to the C library, which needs no resolver for them; other names do not exist. */
int getaddrinfo(const char *node, const char *service, const struct addrinfo *hints, struct addrinfo **list)
{
    struct in6_addr bytes;
    (void)service;
    if (strcmp(node, "slow.test") == 0) {
        sit_out();
        return look_up("127.0.0.1", hints, list);
    }
    if (strcmp(node, "two.test") == 0)
        return look_up_two("127.0.0.2", "127.0.0.1", hints, list);
    if (strcmp(node, "hole.test") == 0)
        return look_up_two("192.0.2.1", "127.0.0.1", hints, list);
    if (strcmp(node, "outside.test") == 0)
        return look_up("192.0.2.1", hints, list);
    if (strcmp(node, "localhost") == 0 || strcmp(node, "good.test") == 0)
        return look_up("127.0.0.1", hints, list);
    if (inet_pton(AF_INET, node, &bytes) == 1 || inet_pton(AF_INET6, node, &bytes) == 1)
        return look_up(node, hints, list);
    return EAI_NONAME;
}

bool rig_is_last(enum net_event_kind kind)
{
    return kind != NET_OPEN && kind != NET_FRAME && kind != NET_TOO_LARGE;
}

static void on_event(void *owner, const struct net_event *event)
{
    struct rig *rig = owner;
    assert_false(rig->calling);
    assert_false(rig->ended);
    assert_non_null(event->data);
    assert_int_equal(event->data[event->len], 0);
    assert_true(rig->count < RIG_EVENTS_MAX);
    struct rig_event *kept = &rig->events[rig->count++];
    *kept = (struct rig_event){
        .kind = event->kind, .tag = event->tag, .method = event->method, .status = event->status, .len = event->len};
    memcpy(kept->data, event->data, event->len < RIG_DATA_MAX - 1 ? event->len : RIG_DATA_MAX - 1);
    if (rig_is_last(event->kind)) {
        rig->settled[event->tag]++;
        assert_true(rig->settled[event->tag] <= rig->opened[event->tag]);
    }
    if (rig->hook)
        rig->hook(rig, event);
}

static void on_log(void *owner, const char *line)
{
    struct rig *rig = owner;
    assert_false(rig->calling);
    assert_null(strchr(line, '\n'));
    rig->logged++;
    (void)snprintf(rig->log, sizeof(rig->log), "%s", line);
}

static void on_clock(uv_timer_t *clock)
{
    (void)clock;
}

void rig_start(struct rig *rig, const char *ca_file)
{
    rig_start_watching(rig, ca_file, 0, 0);
}

void rig_start_watching(struct rig *rig, const char *ca_file, unsigned ping_ms, unsigned pong_ms)
{
    char why[256] = "";
    *rig = (struct rig){.calling = true};
    assert_int_equal(uv_loop_init(&rig->loop), 0);
    assert_int_equal(uv_timer_init(&rig->loop, &rig->clock), 0);
    struct net_options options = {.loop = &rig->loop, .ca_file = ca_file, .on_event = on_event, .on_log = on_log, .owner = rig,
                                  .ping_ms = ping_ms, .pong_ms = pong_ms};
    rig->net = net_new(&options, why, sizeof(why));
    if (!rig->net)
        fail_msg("net_new: %s", why);
    rig->calling = false;
}

void rig_abandon(struct rig *rig)
{
    uint64_t before = uv_hrtime();
    rig->calling = true;
    net_shutdown(rig->net);
    rig->ended = true;
    rig->calling = false;
    uv_close((uv_handle_t *)&rig->clock, NULL);
    assert_int_equal(uv_run(&rig->loop, UV_RUN_DEFAULT), 0);
    net_finish(&rig->net);
    assert_null(rig->net);
    assert_int_equal(uv_loop_close(&rig->loop), 0);
    assert_true(uv_hrtime() - before < UINT64_C(3000000000));
}

void rig_end(struct rig *rig)
{
    for (unsigned tag = 0; tag < RIG_TAGS_MAX; tag++)
        assert_int_equal(rig->opened[tag], rig->settled[tag]);
    rig_abandon(rig);
}

static struct endpoint endpoint_at(const char *url, unsigned port)
{
    char text[256];
    char why[256] = "";
    struct endpoint endpoint;
    (void)snprintf(text, sizeof(text), "%s", url);
    /* endpoint_parse keeps plain http to loopback names; the names above get past it. */
    if (strncmp(url, "http://", 7) == 0) {
        endpoint = (struct endpoint){.port = port};
        (void)snprintf(endpoint.host, sizeof(endpoint.host), "%s", url + 7);
        return endpoint;
    }
    if (!endpoint_parse(&endpoint, text, why, sizeof(why)))
        fail_msg("%s: %s", url, why);
    endpoint.port = port;
    return endpoint;
}

void rig_open(struct rig *rig, unsigned tag, const char *url, unsigned port, const char *token)
{
    struct endpoint endpoint = endpoint_at(url, port);
    bool was_calling = rig->calling;
    rig->calling = true;
    rig->opened[tag]++;
    assert_true(net_open(rig->net, tag, &endpoint, "1", token));
    assert_false(net_open(rig->net, tag, &endpoint, "1", token));
    rig->calling = was_calling;
}

void rig_send(struct rig *rig, unsigned tag, const char *url, unsigned port, const char *token, enum method method,
              const char *body)
{
    struct endpoint endpoint = endpoint_at(url, port);
    bool was_calling = rig->calling;
    rig->calling = true;
    rig->opened[tag]++;
    assert_true(net_call(rig->net, tag, &endpoint, "1", token, method, body));
    assert_false(net_call(rig->net, tag, &endpoint, "1", token, method, body));
    rig->calling = was_calling;
}

void rig_call(struct rig *rig, unsigned tag, const char *url, unsigned port, const char *token)
{
    rig_send(rig, tag, url, port, token, METHOD_STATE, NULL);
}

void rig_close(struct rig *rig, unsigned tag)
{
    bool was_calling = rig->calling;
    rig->calling = true;
    net_close(rig->net, tag);
    net_close(rig->net, tag);
    rig->calling = was_calling;
}

/* One round of a wait: runs the loop, fails when `deadline` has passed. */
static void run_once(struct rig *rig, uint64_t deadline, const char *what)
{
    if (uv_hrtime() > deadline)
        fail_msg("waited too long for %s", what);
    /* Ends the round, for what a thread of the peer changes wakes no loop. */
    assert_int_equal(uv_timer_start(&rig->clock, on_clock, 5, 0), 0);
    (void)uv_run(&rig->loop, UV_RUN_ONCE);
}

static uint64_t deadline(void)
{
    return uv_hrtime() + RIG_WAIT_MS * UINT64_C(1000000);
}

void rig_until(struct rig *rig, const atomic_uint *value, unsigned wanted)
{
    uint64_t end = deadline();
    while (*value < wanted)
        run_once(rig, end, "the peer");
}

const struct rig_event *rig_last(struct rig *rig, unsigned tag)
{
    uint64_t end = deadline();
    while (rig->settled[tag] < rig->opened[tag])
        run_once(rig, end, "the last event");
    for (size_t i = rig->count; i > 0; i--)
        if (rig->events[i - 1].tag == tag && rig_is_last(rig->events[i - 1].kind))
            return &rig->events[i - 1];
    fail();
    return NULL;
}

static const struct rig_event *find(const struct rig *rig, unsigned tag, enum net_event_kind kind, unsigned nth)
{
    for (size_t i = 0; i < rig->count; i++)
        if (rig->events[i].tag == tag && rig->events[i].kind == kind && nth-- == 0)
            return &rig->events[i];
    return NULL;
}

const struct rig_event *rig_wait(struct rig *rig, unsigned tag, enum net_event_kind kind, unsigned nth)
{
    uint64_t end = deadline();
    const struct rig_event *event;
    while (!(event = find(rig, tag, kind, nth)))
        run_once(rig, end, "an event");
    return event;
}

unsigned rig_closed_port(void)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t len = sizeof(address);
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    assert_int_equal(bind(fd, (struct sockaddr *)&address, len), 0);
    assert_int_equal(getsockname(fd, (struct sockaddr *)&address, &len), 0);
    (void)close(fd);
    return ntohs(address.sin_port);
}
