/* SPDX-License-Identifier: MIT
 * The simulated service over real sockets on loopback, in one loop with a libwebsockets client, and its teardown.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <arpa/inet.h>
#include <cmocka.h>
#include <libwebsockets.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>
#include <uv.h>

#include "sim/sim.h"

#define DEADLINE_MS 20000
#define RECEIVED_MAX ((size_t)3 << 20)
#define ALL_FATES 40
#define SPEED 40

static const char close_1000[] = "\x88\x02\x03\xe8";

struct place {
    uv_loop_t loop;
    struct sim *sim;
    int fd;
    char *received; /* NUL-terminated */
    size_t len;
    bool over; /* the other side ended the connection */
};

static int set_up(void **state)
{
    struct place *place = calloc(1, sizeof *place);
    char why[200];
    assert_non_null(place);
    place->received = malloc(RECEIVED_MAX + 1);
    assert_non_null(place->received);
    place->fd = -1;
    lws_set_log_level(0, NULL);
    assert_int_equal(uv_loop_init(&place->loop), 0);
    const struct sim_options options = {&place->loop, SPEED, ALL_FATES};
    place->sim = sim_new(&options, why, sizeof why);
    assert_non_null(place->sim);
    *state = place;
    return 0;
}

static int tear_down(void **state)
{
    struct place *place = *state;
    sim_shutdown(place->sim);
    uv_run(&place->loop, UV_RUN_DEFAULT);
    sim_finish(&place->sim);
    assert_null(place->sim);
    assert_int_equal(uv_loop_close(&place->loop), 0);
    if (place->fd >= 0)
        close(place->fd);
    free(place->received);
    free(place);
    return 0;
}

static struct sim_instance find(const struct place *place, const char *fate)
{
    struct sim_instance instance = {.fate = ""};
    for (size_t i = 0; i < sim_count(place->sim) && strcmp(instance.fate, fate) != 0; i++)
        sim_describe(place->sim, i, &instance);
    assert_string_equal(instance.fate, fate);
    return instance;
}

static void ask_with(struct place *place, const char *verb, const char *path, const char *headers)
{
    const struct sockaddr_in address = {
        .sin_family = AF_INET, .sin_port = htons(sim_port(place->sim)), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    char request[1024];
    if (place->fd >= 0)
        close(place->fd);
    place->len = 0;
    place->over = false;
    place->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    assert_int_equal(connect(place->fd, (const struct sockaddr *)&address, sizeof address), 0);
    const int len = snprintf(request, sizeof request, "%s %s HTTP/1.1\r\nHost: localhost\r\n%s\r\n", verb, path, headers);
    assert_int_equal(send(place->fd, request, (size_t)len, 0), len);
}

static void ask(struct place *place, const char *path, bool upgrade)
{
    ask_with(place, "GET", path,
             upgrade ? "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                       "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                     : "");
}

static void receive(struct place *place)
{
    const ssize_t got =
        recv(place->fd, place->received + place->len, RECEIVED_MAX - place->len, MSG_DONTWAIT);
    if (got > 0)
        place->len += (size_t)got;
    place->received[place->len] = '\0';
    if (got == 0)
        place->over = true;
}

/* Runs the loop until `part` has come, or, when it is NULL, until the connection ended. */
static void wait_for(struct place *place, const char *part)
{
    const uint64_t end = uv_hrtime() + (uint64_t)DEADLINE_MS * 1000000;
    for (;;) {
        if (part ? memmem(place->received, place->len, part, strlen(part)) != NULL : place->over)
            return;
        if (uv_hrtime() > end || place->over)
            fail_msg("waited for %s in vain, after %zu bytes", part ? part : "the end", place->len);
        uv_run(&place->loop, UV_RUN_NOWAIT);
        poll(&(struct pollfd){.fd = place->fd, .events = POLLIN}, 1, 2);
        receive(place);
    }
}

static void check_status(struct place *place, const char *id, const char *method, const char *token, bool upgrade,
                         const char *status)
{
    char path[200];
    snprintf(path, sizeof path, "/waInstance%s/%s/%s", id, method, token);
    ask(place, path, upgrade);
    wait_for(place, "\r\n\r\n");
    assert_memory_equal(place->received, "HTTP/1.", 7);
    assert_memory_equal(place->received + 9, status, 3);
}

static void open_socket(struct place *place, const struct sim_instance *instance)
{
    check_status(place, instance->id, "scanqrcode", instance->token, true, "101");
}

static void statuses(void **state)
{
    struct place *place = *state;
    const struct sim_instance patient = find(place, "patient");
    const struct sim_instance refused = find(place, "refused");
    const struct sim_instance forbidden = find(place, "forbidden");
    check_status(place, patient.id, "scanqrcode", patient.token, true, "101");
    check_status(place, patient.id, "getStateInstance", patient.token, false, "200");
    for (int upgrade = 0; upgrade < 2; upgrade++) {
        const char *method = upgrade ? "scanqrcode" : "getStateInstance";
        check_status(place, patient.id, method, "wrong", upgrade, "401");
        check_status(place, "1", method, patient.token, upgrade, "403");
        check_status(place, patient.id, "nonsense", patient.token, upgrade, "404");
        check_status(place, refused.id, method, refused.token, upgrade, "401");
        check_status(place, forbidden.id, method, forbidden.token, upgrade, "403");
    }
}

static void post(struct place *place, const struct sim_instance *instance, const char *body)
{
    char path[1024];
    /* What follows the request line's path; the body goes in a packet of its own. */
    snprintf(path, sizeof path, "/waInstance%s/getAuthorizationCode/%s", instance->id, instance->token);
    ask_with(place, "POST", path, "Content-Type: application/json\r\nContent-Length: 28\r\n");
    assert_int_equal(strlen(body), 28);
    assert_int_equal(send(place->fd, body, 10, 0), 10);
    assert_int_equal(send(place->fd, body + 10, 18, 0), 18);
    wait_for(place, "\r\n\r\n");
    wait_for(place, "}");
}

static void a_pairing_code_links(void **state)
{
    struct place *place = *state;
    const struct sim_instance patient = find(place, "patient");
    assert_false(sim_scan(place->sim, patient.id));
    post(place, &patient, "{\"phoneNumber\":441234567890}");
    assert_non_null(strstr(place->received, "{\"status\":true,\"code\":\""));
    assert_true(sim_scan(place->sim, patient.id));
    check_status(place, patient.id, "getStateInstance", patient.token, false, "200");
    wait_for(place, "starting");
}

static void a_wall_stands_before_websockets_only(void **state)
{
    struct place *place = *state;
    const struct sim_instance walled = find(place, "walled");
    check_status(place, walled.id, "scanqrcode", walled.token, true, "403");
    check_status(place, walled.id, "qr", walled.token, false, "200");
    wait_for(place, "{\"type\":\"qrCode\",\"message\":\"iVBORw0KGgo");
    assert_true(sim_scan(place->sim, walled.id));
    check_status(place, walled.id, "getStateInstanceHistory", walled.token, false, "200");
    wait_for(place, "[{\"stateInstance\":\"starting\"");
}

static void a_passkey_can_be_given(void **state)
{
    struct place *place = *state;
    const struct sim_instance passkey = find(place, "passkey");
    open_socket(place, &passkey);
    wait_for(place, "passkeyRequired");
    wait_for(place, close_1000);
    assert_true(sim_scan(place->sim, passkey.id));
    assert_false(sim_scan(place->sim, passkey.id));
}

static void offline_says_nothing(void **state)
{
    struct place *place = *state;
    const struct sim_instance offline = find(place, "offline");
    char path[200];
    for (int upgrade = 0; upgrade < 2; upgrade++) {
        snprintf(path, sizeof path, "/waInstance%s/%s/%s", offline.id, upgrade ? "scanqrcode" : "reboot",
                 offline.token);
        ask(place, path, upgrade);
        wait_for(place, NULL);
        assert_int_equal(place->len, 0);
    }
}

static void a_scan_links(void **state)
{
    struct place *place = *state;
    const struct sim_instance patient = find(place, "patient");
    assert_false(sim_scan(place->sim, patient.id));
    open_socket(place, &patient);
    assert_false(sim_scan(place->sim, patient.id));
    wait_for(place, "{\"type\":\"qrCode\",\"message\":\"iVBORw0KGgo");
    assert_true(sim_scan(place->sim, patient.id));
    assert_false(sim_scan(place->sim, patient.id));
    wait_for(place, "{\"type\":\"accountData\",\"wid\":\"");
    wait_for(place, close_1000);
    check_status(place, patient.id, "getStateInstance", patient.token, false, "200");
    wait_for(place, "}");
    assert_non_null(strstr(place->received, "starting"));
}

static void an_old_code_cannot_be_scanned(void **state)
{
    struct place *place = *state;
    const struct sim_instance brief = find(place, "brief");
    const uint64_t begin = uv_hrtime();
    open_socket(place, &brief);
    wait_for(place, "\"qrCode\"");
    wait_for(place, "\"timeout\"");
    assert_true(uv_hrtime() - begin > UINT64_C(8000000000) / SPEED - 10000000);
    assert_false(sim_scan(place->sim, brief.id));
    wait_for(place, close_1000);
}

static void linked_tells_at_once(void **state)
{
    struct place *place = *state;
    const struct sim_instance linked = find(place, "linked");
    open_socket(place, &linked);
    wait_for(place, "\"alreadyLogged\"");
    assert_null(strstr(place->received, "qrCode"));
}

static void cut_has_no_close_frame(void **state)
{
    struct place *place = *state;
    const struct sim_instance cut = find(place, "cut");
    open_socket(place, &cut);
    wait_for(place, "\"qrCode\"");
    wait_for(place, NULL);
    assert_memory_equal(place->received + place->len - 2, "\"}", 2);
}

static void two_mebibytes_arrive(void **state)
{
    struct place *place = *state;
    const struct sim_instance large = find(place, "too-large");
    open_socket(place, &large);
    wait_for(place, "\"qrCode\"");
    assert_true(place->len > (size_t)2 << 20);
}

static int on_client(struct lws *wsi, enum lws_callback_reasons reason, void *user, void *in, size_t len)
{
    int *frames = lws_get_protocol(wsi) ? lws_get_protocol(wsi)->user : NULL;
    (void)user;
    (void)in;
    (void)len;
    if (reason == LWS_CALLBACK_CLIENT_RECEIVE)
        ++*frames;
    return 0;
}

/* The program's own client lives in the same loop, in a context of its own. */
static void two_contexts_share_a_loop(void **state)
{
    struct place *place = *state;
    const struct sim_instance patient = find(place, "patient");
    int frames = 0;
    void *loops[] = {&place->loop};
    struct lws_context *context = NULL;
    const struct lws_protocols protocols[] = {{.name = "client", .callback = on_client, .user = &frames},
                                              {.name = NULL}};
    const struct lws_context_creation_info info = {.port = CONTEXT_PORT_NO_LISTEN,
                                                   .protocols = protocols,
                                                   .options = LWS_SERVER_OPTION_LIBUV,
                                                   .foreign_loops = loops,
                                                   .pcontext = &context};
    char path[200];
    context = lws_create_context(&info);
    assert_non_null(context);
    snprintf(path, sizeof path, "/waInstance%s/scanqrcode/%s", patient.id, patient.token);
    const struct lws_client_connect_info connect = {.context = context,
                                                    .address = "127.0.0.1",
                                                    .port = sim_port(place->sim),
                                                    .path = path,
                                                    .host = "127.0.0.1",
                                                    .alpn = "http/1.1",
                                                    .local_protocol_name = "client"};
    assert_non_null(lws_client_connect_via_info(&connect));
    const uint64_t end = uv_hrtime() + (uint64_t)DEADLINE_MS * 1000000;
    while (frames == 0 && uv_hrtime() < end)
        uv_run(&place->loop, UV_RUN_ONCE);
    assert_true(frames > 0);
    lws_context_destroy(context);
    sim_shutdown(place->sim);
    uv_run(&place->loop, UV_RUN_DEFAULT);
    if (context)
        lws_context_destroy(context);
}

int main(void)
{
#define ROW(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        ROW(statuses),
        ROW(offline_says_nothing),
        ROW(a_scan_links),
        ROW(a_pairing_code_links),
        ROW(a_wall_stands_before_websockets_only),
        ROW(a_passkey_can_be_given),
        ROW(an_old_code_cannot_be_scanned),
        ROW(linked_tells_at_once),
        ROW(cut_has_no_close_frame),
        ROW(two_mebibytes_arrive),
        ROW(two_contexts_share_a_loop),
    };
#undef ROW
    return cmocka_run_group_tests_name("sim_serve", tests, NULL, NULL);
}
