/* SPDX-License-Identifier: MIT
 * net/ against a peer on loopback: what each answer, silence and name leads to, and that every end is clean.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <arpa/inet.h>
#include <cmocka.h>

#include "core/wire.h"
#include "net_fixture.h"

#define HERE "http://127.0.0.1"

static void opens_and_closes(void **state)
{
    struct fixture *f = *state;
    rig_open(&f->rig, 1, HERE, f->port, "open");
    rig_wait(&f->rig, 1, NET_OPEN, 0);
    assert_string_equal(rig_wait(&f->rig, 1, NET_FRAME, 0)->data, "hello");
    rig_close(&f->rig, 1);
    assert_int_equal(rig_last(&f->rig, 1)->kind, NET_CLOSED);
    assert_int_equal(f->seen->close_code, 1000);
    assert_int_equal(f->seen->agents, 1);
}

static void gets_every_kind_of_frame(void **state)
{
    struct fixture *f = *state;
    rig_open(&f->rig, 1, HERE, f->port, "frames");
    const struct rig_event *last = rig_last(&f->rig, 1);
    assert_int_equal(last->kind, NET_CLOSED);
    assert_int_equal(last->status, 4001);
    assert_string_equal(last->data, "bye");
    assert_string_equal(rig_wait(&f->rig, 1, NET_FRAME, 0)->data, "hello");
    assert_string_equal(rig_wait(&f->rig, 1, NET_FRAME, 1)->data, "fragmented");
    const struct rig_event *binary = rig_wait(&f->rig, 1, NET_FRAME, 2);
    assert_int_equal(binary->len, 3);
    assert_memory_equal(binary->data, "b\0n", 3);
    assert_int_equal(rig_wait(&f->rig, 1, NET_FRAME, 3)->len, 0);
    assert_string_equal(rig_wait(&f->rig, 1, NET_FRAME, 4)->data, "ponged");
}

static void drops_large_messages_only(void **state)
{
    struct fixture *f = *state;
    rig_open(&f->rig, 1, HERE, f->port, "large");
    assert_int_equal(rig_last(&f->rig, 1)->status, 1000);
    assert_int_equal(f->rig.count, 6);
    assert_int_equal(f->rig.events[1].kind, NET_FRAME);
    assert_int_equal(f->rig.events[1].len, WIRE_FRAME_MAX);
    assert_int_equal(f->rig.events[2].kind, NET_TOO_LARGE);
    assert_int_equal(f->rig.events[3].kind, NET_TOO_LARGE);
    assert_string_equal(f->rig.events[4].data, "after");
}

static void tells_the_status_of_a_refusal(void **state)
{
    static const unsigned statuses[] = {200, 400, 401, 403, 404, 429, 466, 500, 503};
    struct fixture *f = *state;
    char token[32];
    for (unsigned i = 0; i < sizeof(statuses) / sizeof(statuses[0]); i++) {
        (void)snprintf(token, sizeof(token), "status%u", statuses[i]);
        rig_open(&f->rig, i, HERE, f->port, token);
    }
    for (unsigned i = 0; i < sizeof(statuses) / sizeof(statuses[0]); i++) {
        assert_int_equal(rig_last(&f->rig, i)->kind, NET_REFUSED);
        assert_int_equal(rig_last(&f->rig, i)->status, statuses[i]);
    }
}

static void tells_close_codes(void **state)
{
    static const unsigned codes[] = {1000, 1001, 1008, 1011, 3000, 4999};
    struct fixture *f = *state;
    char text[32];
    for (unsigned i = 0; i < sizeof(codes) / sizeof(codes[0]); i++) {
        (void)snprintf(text, sizeof(text), "close%u", codes[i]);
        rig_open(&f->rig, i, HERE, f->port, text);
    }
    for (unsigned i = 0; i < sizeof(codes) / sizeof(codes[0]); i++) {
        (void)snprintf(text, sizeof(text), "reason %u", codes[i]);
        assert_int_equal(rig_last(&f->rig, i)->kind, NET_CLOSED);
        assert_int_equal(rig_last(&f->rig, i)->status, codes[i]);
        assert_string_equal(rig_last(&f->rig, i)->data, text);
    }
}

static void closes_without_a_code(void **state)
{
    struct fixture *f = *state;
    rig_open(&f->rig, 1, HERE, f->port, "closenocode");
    rig_open(&f->rig, 2, HERE, f->port, "reset");
    for (unsigned tag = 1; tag <= 2; tag++) {
        assert_int_equal(rig_last(&f->rig, tag)->kind, NET_CLOSED);
        assert_int_equal(rig_last(&f->rig, tag)->status, 0);
        assert_string_equal(rig_last(&f->rig, tag)->data, "");
    }
}

static void fails_where_no_websocket_opens(void **state)
{
    static const char *const tokens[] = {"resetearly", "hangup", "garbage", "badaccept"};
    struct fixture *f = *state;
    for (unsigned i = 0; i < 4; i++)
        rig_open(&f->rig, i, HERE, f->port, tokens[i]);
    for (unsigned i = 0; i < 4; i++) {
        assert_int_equal(rig_last(&f->rig, i)->kind, NET_FAILED);
        fixture_expect_text(rig_last(&f->rig, i), "did not open a websocket");
    }
}

static void fails_where_the_peer_hangs_up_at_once(void **state)
{
    struct fixture *f = *state;
    struct peer *rude = peer_start(PEER_RUDE);
    rig_open(&f->rig, 1, HERE, peer_port(rude), "open");
    rig_call(&f->rig, 2, HERE, peer_port(rude), "length");
    assert_int_equal(rig_last(&f->rig, 1)->kind, NET_FAILED);
    assert_int_equal(rig_last(&f->rig, 2)->kind, NET_CALL_FAILED);
    peer_stop(rude);
}

static void follows_no_redirect(void **state)
{
    struct fixture *f = *state;
    rig_open(&f->rig, 1, HERE, f->port, "redirect");
    rig_call(&f->rig, 2, HERE, f->port, "redirect");
    assert_int_equal(rig_last(&f->rig, 1)->kind, NET_REFUSED);
    assert_int_equal(rig_last(&f->rig, 1)->status, 302);
    assert_int_equal(rig_last(&f->rig, 2)->kind, NET_REPLY);
    assert_int_equal(rig_last(&f->rig, 2)->status, 302);
    assert_int_equal(f->seen->trapped, 0);
}

static void calls(void **state)
{
    static const struct {
        const char *token;
        unsigned status;
        const char *body;
    } cases[] = {{"length", 200, "{\"stateInstance\":\"authorized\"}"},
                 {"chunked", 200, "chunks, put together!!"},
                 {"untilclose", 200, "until the end"},
                 {"empty", 200, ""},
                 {"nocontent", 204, ""},
                 {"status401", 401, "no: 401"},
                 {"status466", 466, "no: 466"},
                 {"status502", 502, "no: 502"}};
    struct fixture *f = *state;
    for (unsigned i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
        rig_call(&f->rig, i, HERE, f->port, cases[i].token);
    for (unsigned i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        const struct rig_event *reply = rig_last(&f->rig, i);
        assert_int_equal(reply->kind, NET_REPLY);
        assert_int_equal(reply->method, METHOD_STATE);
        assert_int_equal(reply->status, cases[i].status);
        assert_string_equal(reply->data, cases[i].body);
        assert_int_equal(reply->len, strlen(cases[i].body));
    }
}

static void calls_that_fail(void **state)
{
    static const struct {
        const char *token;
        const char *sentence;
    } cases[] = {{"huge", "larger than 1024 KB"},  {"hugechunk", "larger than 1024 KB"},
                 {"cut", "broke off"},             {"badchunk", "broke off"},
                 {"hangup", "broke off"},          {"resetearly", "broke off"}};
    struct fixture *f = *state;
    for (unsigned i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
        rig_call(&f->rig, i, HERE, f->port, cases[i].token);
    rig_call(&f->rig, 20, HERE, f->port, "biggest");
    for (unsigned i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        assert_int_equal(rig_last(&f->rig, i)->kind, NET_CALL_FAILED);
        fixture_expect_text(rig_last(&f->rig, i), cases[i].sentence);
    }
    assert_int_equal(rig_last(&f->rig, 20)->kind, NET_REPLY);
    assert_int_equal(rig_last(&f->rig, 20)->len, WIRE_FRAME_MAX);
}

static void socket_and_call_share_a_tag(void **state)
{
    struct fixture *f = *state;
    rig_open(&f->rig, 1, HERE, f->port, "open");
    rig_wait(&f->rig, 1, NET_OPEN, 0);
    rig_call(&f->rig, 1, HERE, f->port, "length");
    rig_wait(&f->rig, 1, NET_REPLY, 0);
    rig_close(&f->rig, 1);
    assert_int_equal(rig_last(&f->rig, 1)->kind, NET_CLOSED);
}

static void reopen_twice(struct rig *rig, const struct net_event *event)
{
    if (rig_is_last(event->kind) && rig->opened[event->tag] < 3)
        rig_open(rig, event->tag, HERE, rig->port, event->kind == NET_REFUSED ? "close1000" : "hangup");
}

static void a_tag_is_free_inside_its_last_event(void **state)
{
    struct fixture *f = *state;
    f->rig.port = f->port;
    f->rig.hook = reopen_twice;
    rig_open(&f->rig, 1, HERE, f->port, "status404");
    rig_last(&f->rig, 1);
    assert_int_equal(f->rig.opened[1], 3);
    assert_int_equal(rig_wait(&f->rig, 1, NET_REFUSED, 0)->status, 404);
    rig_wait(&f->rig, 1, NET_CLOSED, 0);
    rig_wait(&f->rig, 1, NET_FAILED, 0);
}

static void close_in_frame(struct rig *rig, const struct net_event *event)
{
    if (event->kind == NET_FRAME)
        rig_close(rig, event->tag);
}

static void may_be_closed_inside_a_frame(void **state)
{
    struct fixture *f = *state;
    f->rig.hook = close_in_frame;
    rig_open(&f->rig, 1, HERE, f->port, "frames");
    assert_int_equal(rig_last(&f->rig, 1)->kind, NET_CLOSED);
    assert_int_equal(f->rig.count, 3);
}

static void a_deaf_peer_is_dropped(void **state)
{
    struct fixture *f = *state;
    rig_open(&f->rig, 1, HERE, f->port, "deaf");
    rig_wait(&f->rig, 1, NET_OPEN, 0);
    uint64_t before = uv_hrtime();
    rig_close(&f->rig, 1);
    assert_int_equal(rig_last(&f->rig, 1)->kind, NET_CLOSED);
    assert_int_equal(f->seen->close_code, 1000);
    assert_true(uv_hrtime() - before > UINT64_C(1500000000));
}

static void nobody_listens(void **state)
{
    struct fixture *f = *state;
    unsigned port = rig_closed_port();
    rig_open(&f->rig, 1, HERE, port, "open");
    rig_call(&f->rig, 2, HERE, port, "length");
    rig_open(&f->rig, 3, "http://::1", port, "open");
    /* A broadcast address: connect() fails at once, as it does for IPv6 on a machine without. */
    rig_open(&f->rig, 4, "http://127.255.255.255", port, "open");
    rig_open(&f->rig, 5, "http://127.255.255.255", port, "open");
    for (unsigned tag = 1; tag <= 5; tag++)
        fixture_expect_text(rig_last(&f->rig, tag), "refused or unreachable");
    assert_int_equal(rig_last(&f->rig, 1)->kind, NET_FAILED);
    assert_int_equal(rig_last(&f->rig, 2)->kind, NET_CALL_FAILED);
}

static void names(void **state)
{
    struct fixture *f = *state;
    rig_open(&f->rig, 1, "http://two.test", f->port, "close1000");
    rig_call(&f->rig, 2, "http://hole.test", f->port, "length");
    rig_open(&f->rig, 3, "http://dead.invalid", f->port, "open");
    rig_open(&f->rig, 4, "http://outside.test", f->port, "open");
    rig_call(&f->rig, 5, "http://192.0.2.7", f->port, "length");
    assert_int_equal(rig_last(&f->rig, 1)->kind, NET_CLOSED);
    assert_int_equal(rig_last(&f->rig, 2)->kind, NET_REPLY);
    assert_int_equal(rig_last(&f->rig, 3)->kind, NET_FAILED);
    fixture_expect_text(rig_last(&f->rig, 3), "the name dead.invalid was not resolved: ");
    assert_int_equal(rig_last(&f->rig, 4)->kind, NET_FAILED);
    fixture_expect_text(rig_last(&f->rig, 4), "outside.test is not this machine");
    fixture_expect_text(rig_last(&f->rig, 5), "192.0.2.7 is not this machine");
}

static void one_lookup_serves_all(void **state)
{
    struct fixture *f = *state;
    unsigned before = rig_lookups();
    rig_hold_names();
    for (unsigned tag = 0; tag < 10; tag++)
        rig_open(&f->rig, tag, "http://slow.test", f->port, "close1000");
    rig_call(&f->rig, 10, HERE, f->port, "length");
    rig_last(&f->rig, 10);
    rig_release_names();
    for (unsigned tag = 0; tag < 10; tag++)
        assert_int_equal(rig_last(&f->rig, tag)->kind, NET_CLOSED);
    rig_call(&f->rig, 11, "http://slow.test", f->port, "length");
    assert_int_equal(rig_last(&f->rig, 11)->kind, NET_REPLY);
    assert_int_equal(rig_lookups(), before + 1);
}

struct ticks {
    uint64_t last;
    uint64_t longest;
};

static void on_tick(uv_timer_t *timer)
{
    struct ticks *ticks = timer->data;
    uint64_t now = uv_hrtime();
    if (ticks->last && now - ticks->last > ticks->longest)
        ticks->longest = now - ticks->last;
    ticks->last = now;
}

/* Every deadline at once: a resolver, a peer and a handshake that never answer. */
static void silence_ends_in_time_and_freezes_nothing(void **state)
{
    struct fixture *f = *state;
    struct ticks ticks = {0};
    uv_timer_t timer = {.data = &ticks};
    struct peer *mute = peer_start(PEER_MUTE);
    assert_int_equal(uv_timer_init(&f->rig.loop, &timer), 0);
    assert_int_equal(uv_timer_start(&timer, on_tick, 10, 10), 0);
    rig_hold_names();
    rig_open(&f->rig, 1, "http://slow.test", f->port, "open");
    rig_open(&f->rig, 2, HERE, f->port, "silent");
    rig_open(&f->rig, 3, HERE, f->port, "halfhead");
    rig_call(&f->rig, 4, HERE, f->port, "silent");
    rig_open(&f->rig, 5, "https://127.0.0.1", peer_port(mute), "open");
    rig_open(&f->rig, 6, "https://two.test", peer_port(mute), "open");
    fixture_expect_text(rig_last(&f->rig, 1), "the name slow.test was not resolved within 10 s");
    fixture_expect_text(rig_last(&f->rig, 2), "gave no answer within 15 s");
    fixture_expect_text(rig_last(&f->rig, 3), "gave no answer within 15 s");
    fixture_expect_text(rig_last(&f->rig, 5), "was not finished within 15 s");
    fixture_expect_text(rig_last(&f->rig, 6), "was not finished within 15 s");
    fixture_expect_text(rig_last(&f->rig, 4), "gave no answer within 20 s");
    assert_true(ticks.longest < UINT64_C(300000000));
    rig_release_names();
    uv_close((uv_handle_t *)&timer, NULL);
    rig_end(&f->rig);
    peer_stop(mute);
}

/* A listener whose queue is full leaves a connection in the state "connecting". */
static unsigned full_port(int fds[6])
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t len = sizeof(address);
    fds[0] = socket(AF_INET, SOCK_STREAM, 0);
    assert_int_equal(bind(fds[0], (struct sockaddr *)&address, len), 0);
    assert_int_equal(listen(fds[0], 0), 0);
    assert_int_equal(getsockname(fds[0], (struct sockaddr *)&address, &len), 0);
    for (size_t i = 1; i < 6; i++) {
        fds[i] = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
        (void)connect(fds[i], (struct sockaddr *)&address, len);
    }
    return ntohs(address.sin_port);
}

/* Brings sockets 1 to 6 and calls 7 and 8 each to another stage. */
static void begin_all_stages(struct fixture *f, struct peer *mute, unsigned full)
{
    rig_hold_names();
    rig_open(&f->rig, 1, "http://slow.test", f->port, "open");
    rig_open(&f->rig, 2, HERE, full, "open");
    rig_open(&f->rig, 3, "https://127.0.0.1", peer_port(mute), "open");
    rig_open(&f->rig, 4, HERE, f->port, "silent");
    rig_open(&f->rig, 5, HERE, f->port, "deaf");
    rig_open(&f->rig, 6, HERE, f->port, "open");
    rig_call(&f->rig, 7, HERE, f->port, "silent");
    rig_call(&f->rig, 8, "http://slow.test", f->port, "length");
    rig_wait(&f->rig, 5, NET_FRAME, 0);
    rig_wait(&f->rig, 6, NET_FRAME, 0);
    rig_until(&f->rig, &f->seen->requests, 4);
    rig_until(&f->rig, &peer_seen(mute)->connections, 1);
    rig_close(&f->rig, 5);
    rig_until(&f->rig, &f->seen->close_code, 1000);
}

static void close_works_at_every_stage(void **state)
{
    struct fixture *f = *state;
    struct peer *mute = peer_start(PEER_MUTE);
    int fds[6];
    begin_all_stages(f, mute, full_port(fds));
    uint64_t before = uv_hrtime();
    for (unsigned tag = 1; tag <= 6; tag++)
        rig_close(&f->rig, tag);
    rig_open(&f->rig, 9, HERE, f->port, "open");
    rig_close(&f->rig, 9);
    rig_close(&f->rig, 10);
    for (unsigned tag = 1; tag <= 6; tag++)
        assert_int_equal(rig_last(&f->rig, tag)->kind, NET_CLOSED);
    assert_int_equal(rig_last(&f->rig, 9)->kind, NET_CLOSED);
    assert_true(uv_hrtime() - before < UINT64_C(3000000000));
    rig_release_names();
    assert_int_equal(rig_last(&f->rig, 8)->kind, NET_REPLY);
    rig_abandon(&f->rig);
    for (size_t i = 0; i < 6; i++)
        (void)close(fds[i]);
    peer_stop(mute);
}

static void shutdown_works_at_every_stage(void **state)
{
    struct fixture *f = *state;
    struct peer *mute = peer_start(PEER_MUTE);
    int fds[6];
    begin_all_stages(f, mute, full_port(fds));
    rig_open(&f->rig, 9, HERE, f->port, "open");
    rig_release_names();
    f->seen->close_code = 0;
    rig_abandon(&f->rig);
    /* Socket 6 was open: it was closed the proper way. */
    assert_int_equal(f->seen->close_code, 1000);
    for (size_t i = 0; i < 6; i++)
        (void)close(fds[i]);
    peer_stop(mute);
}

static void shut_down_in_event(struct rig *rig, const struct net_event *event)
{
    if (event->kind == NET_FRAME) {
        net_shutdown(rig->net);
        rig->ended = true;
    }
}

static void shutdown_works_inside_an_event(void **state)
{
    struct fixture *f = *state;
    f->rig.hook = shut_down_in_event;
    rig_open(&f->rig, 1, HERE, f->port, "frames");
    rig_wait(&f->rig, 1, NET_FRAME, 0);
    rig_abandon(&f->rig);
}

static void ends_while_idle(void **state)
{
    struct fixture *f = *state;
    rig_abandon(&f->rig);
    rig_start(&f->rig, NULL);
}

static void says_what_is_wrong_with_the_ca_file(void **state)
{
    char why[256];
    uv_loop_t loop;
    struct net_options options = {.loop = &loop, .ca_file = "/nonexistent/ca.pem"};
    (void)state;
    assert_null(net_new(&options, why, sizeof(why)));
    assert_non_null(strstr(why, "/nonexistent/ca.pem cannot be read"));
    options.ca_file = "/dev/null";
    assert_null(net_new(&options, why, sizeof(why)));
    assert_non_null(strstr(why, "holds no PEM certificate"));
}

static void sends_verb_query_and_body(void **state)
{
    struct fixture *f = *state;
    char longest[NET_BODY_MAX + 2];
    rig_send(&f->rig, 1, HERE, f->port, "echo", METHOD_PAIR, "{\"phoneNumber\":441234567890}");
    rig_send(&f->rig, 2, HERE, f->port, "echo", METHOD_HISTORY, NULL);
    rig_send(&f->rig, 3, HERE, f->port, "echo", METHOD_QR, NULL);
    assert_string_equal(rig_last(&f->rig, 1)->data, "POST |application/json|{\"phoneNumber\":441234567890}");
    assert_string_equal(rig_last(&f->rig, 2)->data, "GET ?||");
    assert_string_equal(rig_last(&f->rig, 3)->data, "GET ||");
    memset(longest, 'x', sizeof(longest));
    longest[NET_BODY_MAX] = '\0';
    rig_send(&f->rig, 1, HERE, f->port, "echo", METHOD_PAIR, longest);
    assert_int_equal(rig_last(&f->rig, 1)->len, strlen("POST |application/json|") + NET_BODY_MAX);
    /* The same attempt again after its answer: nothing of the body is left over. */
    rig_send(&f->rig, 1, HERE, f->port, "status429", METHOD_PAIR, "{}");
    assert_int_equal(rig_last(&f->rig, 1)->status, 429);
    rig_send(&f->rig, 1, HERE, f->port, "hangup", METHOD_PAIR, "{}");
    assert_int_equal(rig_last(&f->rig, 1)->kind, NET_CALL_FAILED);
    longest[NET_BODY_MAX] = 'x';
    longest[NET_BODY_MAX + 1] = '\0';
    const struct endpoint here = {.port = f->port, .host = "127.0.0.1"};
    assert_false(net_call(f->rig.net, 1, &here, "1", "echo", METHOD_PAIR, longest));
}

#define WITH_PEER(test) cmocka_unit_test_setup_teardown(test, fixture_set_up, fixture_tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_PEER(opens_and_closes),
        WITH_PEER(gets_every_kind_of_frame),
        WITH_PEER(drops_large_messages_only),
        WITH_PEER(tells_the_status_of_a_refusal),
        WITH_PEER(tells_close_codes),
        WITH_PEER(closes_without_a_code),
        WITH_PEER(fails_where_no_websocket_opens),
        WITH_PEER(fails_where_the_peer_hangs_up_at_once),
        WITH_PEER(follows_no_redirect),
        WITH_PEER(calls),
        WITH_PEER(calls_that_fail),
        WITH_PEER(sends_verb_query_and_body),
        WITH_PEER(socket_and_call_share_a_tag),
        WITH_PEER(a_tag_is_free_inside_its_last_event),
        WITH_PEER(may_be_closed_inside_a_frame),
        WITH_PEER(a_deaf_peer_is_dropped),
        WITH_PEER(nobody_listens),
        WITH_PEER(names),
        WITH_PEER(one_lookup_serves_all),
        WITH_PEER(close_works_at_every_stage),
        WITH_PEER(shutdown_works_at_every_stage),
        WITH_PEER(shutdown_works_inside_an_event),
        WITH_PEER(ends_while_idle),
        cmocka_unit_test(says_what_is_wrong_with_the_ca_file),
        WITH_PEER(silence_ends_in_time_and_freezes_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
