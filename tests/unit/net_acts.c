/* SPDX-License-Identifier: MIT
 * What the misbehaving peer can do: a table of scenarios, each a few writes on a raw socket.
 */
#include "net_acts.h"

#include <openssl/evp.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "core/wire.h"

static void put(int fd, const void *data, size_t len)
{
    const char *at = data;
    while (len > 0) {
        ssize_t sent = send(fd, at, len, MSG_NOSIGNAL);
        if (sent <= 0)
            return;
        at += sent;
        len -= (size_t)sent;
    }
}

static void say(int fd, const char *text)
{
    put(fd, text, strlen(text));
}

bool act_get(int fd, void *data, size_t len)
{
    char *at = data;
    while (len > 0) {
        ssize_t got = recv(fd, at, len, 0);
        if (got <= 0)
            return false;
        at += got;
        len -= (size_t)got;
    }
    return true;
}

void act_wait_for_end(int fd)
{
    char byte;
    while (act_get(fd, &byte, 1))
        ;
}

static void reset(int fd)
{
    struct linger now = {.l_onoff = 1};
    (void)setsockopt(fd, SOL_SOCKET, SO_LINGER, &now, sizeof(now));
}

static void frame(int fd, unsigned first_byte, const void *data, size_t len)
{
    uint8_t head[10] = {(uint8_t)first_byte, 127};
    for (size_t i = 0; i < 8; i++)
        head[2 + i] = (uint8_t)((uint64_t)len >> (56 - 8 * i));
    if (len < 126) {
        head[1] = (uint8_t)len;
        put(fd, head, 2);
    } else if (len < 65536) {
        uint8_t shorter[4] = {head[0], 126, head[8], head[9]};
        put(fd, shorter, sizeof(shorter));
    } else {
        put(fd, head, sizeof(head));
    }
    put(fd, data, len);
}

/* One short frame of the client; returns its first byte, 0 at the end. */
static unsigned read_frame(int fd, uint8_t payload[126], size_t *len)
{
    uint8_t head[2];
    uint8_t mask[4];
    if (!act_get(fd, head, 2) || !act_get(fd, mask, 4))
        return 0;
    *len = head[1] & 0x7fU;
    if (*len > 125 || !act_get(fd, payload, *len))
        return 0;
    for (size_t i = 0; i < *len; i++)
        payload[i] ^= mask[i % 4];
    payload[*len] = 0;
    return head[0];
}

static void note_close(struct session *session, const uint8_t *payload, size_t len)
{
    session->seen->close_code = len >= 2 ? (unsigned)payload[0] << 8 | payload[1] : 1005;
}

/* Reads frames until the client's close frame; false when the connection ended without one. */
static bool await_close(struct session *session)
{
    uint8_t payload[126];
    size_t len;
    unsigned first;
    while ((first = read_frame(session->fd, payload, &len)) != 0) {
        if (first == 0x88) {
            note_close(session, payload, len);
            return true;
        }
    }
    return false;
}

static void send_close(int fd, unsigned code, const char *reason)
{
    char payload[126];
    payload[0] = (char)(code >> 8);
    payload[1] = (char)(code & 0xff);
    size_t len = strlen(reason);
    memcpy(payload + 2, reason, len);
    frame(fd, 0x88, payload, len + 2);
}

static void upgrade(struct session *session)
{
    static const char name[] = "Sec-WebSocket-Key: ";
    char key[128] = "";
    const char *at = strcasestr(session->request, name);
    if (at)
        (void)sscanf(at + strlen(name), "%60[^\r\n]", key);
    strcat(key, "258EAFA5-E914-47DA-95CA-C5AB0DC85B11");
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned digest_len = 0;
    (void)EVP_Digest(key, strlen(key), digest, &digest_len, EVP_sha1(), NULL);
    char encoded[64];
    (void)EVP_EncodeBlock((unsigned char *)encoded, digest, (int)digest_len);
    char answer[256];
    (void)snprintf(answer, sizeof(answer),
                   "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                   "Sec-WebSocket-Accept: %s\r\n\r\n",
                   encoded);
    say(session->fd, answer);
}

static void do_open(struct session *session)
{
    upgrade(session);
    frame(session->fd, 0x81, "hello", 5);
    if (await_close(session))
        send_close(session->fd, 1000, "");
}

static void do_frames(struct session *session)
{
    int fd = session->fd;
    uint8_t payload[126];
    size_t len = 0;
    upgrade(session);
    frame(fd, 0x81, "hello", 5);
    frame(fd, 0x01, "frag", 4);
    frame(fd, 0x89, "p1", 2);
    frame(fd, 0x00, "men", 3);
    frame(fd, 0x80, "ted", 3);
    frame(fd, 0x82, "b\0n", 3);
    frame(fd, 0x81, "", 0);
    if (read_frame(fd, payload, &len) == 0x8a && len == 2 && memcmp(payload, "p1", 2) == 0)
        frame(fd, 0x81, "ponged", 6);
    send_close(fd, 4001, "bye");
    (void)await_close(session);
}

static void do_large(struct session *session)
{
    int fd = session->fd;
    char *data = malloc(WIRE_FRAME_MAX + 1);
    memset(data, 'x', WIRE_FRAME_MAX + 1);
    upgrade(session);
    frame(fd, 0x81, data, WIRE_FRAME_MAX);
    frame(fd, 0x81, data, WIRE_FRAME_MAX + 1);
    frame(fd, 0x01, data, WIRE_FRAME_MAX);
    frame(fd, 0x00, data, WIRE_FRAME_MAX);
    frame(fd, 0x00, data, WIRE_FRAME_MAX);
    frame(fd, 0x80, data, 1);
    frame(fd, 0x81, "after", 5);
    free(data);
    send_close(fd, 1000, "");
    (void)await_close(session);
}

static void do_close_without_code(struct session *session)
{
    upgrade(session);
    frame(session->fd, 0x88, "", 0);
    (void)await_close(session);
}

static void do_deaf(struct session *session)
{
    upgrade(session);
    frame(session->fd, 0x81, "hello", 5);
    (void)await_close(session);
    act_wait_for_end(session->fd);
}

/* Answers some pings and then closes. */
static void do_pongs(struct session *session)
{
    uint8_t payload[126];
    size_t len;
    upgrade(session);
    for (int pings = 0; pings < 5;) {
        unsigned first = read_frame(session->fd, payload, &len);
        if (first == 0)
            return;
        if (first != 0x89)
            continue;
        frame(session->fd, 0x8a, payload, len);
        pings++;
    }
    send_close(session->fd, 1000, "");
    (void)await_close(session);
}

static void nap(void)
{
    (void)poll(NULL, 0, 50);
}

/* Answers no ping, but is not silent. */
static void do_talks(struct session *session)
{
    upgrade(session);
    for (int i = 0; i < 40; i++) {
        frame(session->fd, 0x81, "news", 4);
        nap();
    }
    send_close(session->fd, 1000, "");
    (void)await_close(session);
}

/* One message, byte by byte: libwebsockets shows nothing of it before its end. */
static void do_drips(struct session *session)
{
    upgrade(session);
    put(session->fd, "\x81\x28", 2);
    for (int i = 0; i < 40; i++) {
        put(session->fd, "x", 1);
        nap();
    }
    send_close(session->fd, 1000, "");
    (void)await_close(session);
}

static void do_reset(struct session *session)
{
    uint8_t payload[126];
    size_t len;
    upgrade(session);
    frame(session->fd, 0x89, "?", 1);
    /* Only a client that answers has the socket open; before, the reset would fail its opening. */
    (void)read_frame(session->fd, payload, &len);
    reset(session->fd);
}

static void do_reset_early(struct session *session)
{
    reset(session->fd);
}

static void do_hang_up(struct session *session)
{
    (void)session;
}

static void do_silent(struct session *session)
{
    act_wait_for_end(session->fd);
}

static void do_half_head(struct session *session)
{
    say(session->fd, "HTTP/1.1 101 Switching Pro");
    act_wait_for_end(session->fd);
}

static void do_garbage(struct session *session)
{
    say(session->fd, "\x16\x03\x01 what?\n\r\n\r\n");
}

static void do_bad_accept(struct session *session)
{
    say(session->fd, "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                     "Sec-WebSocket-Accept: AAAAAAAAAAAAAAAAAAAAAAAAAAA=\r\n\r\n");
    act_wait_for_end(session->fd);
}

static void do_redirect(struct session *session)
{
    char answer[256];
    (void)snprintf(answer, sizeof(answer),
                   "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:%u/waInstance1/x/trap\r\n"
                   "Content-Length: 0\r\n\r\n",
                   session->port);
    say(session->fd, answer);
    act_wait_for_end(session->fd);
}

static void do_length(struct session *session)
{
    say(session->fd, "HTTP/1.1 200 OK\r\nContent-Length: 30\r\n\r\n");
    say(session->fd, "{\"stateInstance\":\"authorized\"}");
    act_wait_for_end(session->fd);
}

static void do_chunked(struct session *session)
{
    say(session->fd, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n6\r\nchunk");
    say(session->fd, "s\r\n1");
    say(session->fd, "0\r\n, put together!!\r\n0\r\n\r\n");
    act_wait_for_end(session->fd);
}

static void do_until_close(struct session *session)
{
    say(session->fd, "HTTP/1.0 200 OK\r\n\r\nuntil ");
    say(session->fd, "the end");
}

static void do_empty(struct session *session)
{
    say(session->fd, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
    act_wait_for_end(session->fd);
}

static void do_no_content(struct session *session)
{
    say(session->fd, "HTTP/1.1 204 No Content\r\n\r\n");
    act_wait_for_end(session->fd);
}

static void flood(struct session *session, size_t len)
{
    char block[4096];
    memset(block, 'y', sizeof(block));
    for (; len > 0; len -= sizeof(block))
        put(session->fd, block, sizeof(block));
    act_wait_for_end(session->fd);
}

static void do_huge(struct session *session)
{
    say(session->fd, "HTTP/1.1 200 OK\r\nContent-Length: 2097152\r\n\r\n");
    flood(session, 2097152);
}

static void do_huge_chunk(struct session *session)
{
    say(session->fd, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffff\r\n");
    flood(session, 2097152);
}

static void do_biggest(struct session *session)
{
    say(session->fd, "HTTP/1.1 200 OK\r\nContent-Length: 1048576\r\n\r\n");
    flood(session, WIRE_FRAME_MAX);
}

/* In one piece, which leads to TLS records as large as they can be, the last of them above 8 KB. */
static void do_medium(struct session *session)
{
    char answer[45100] = "HTTP/1.1 200 OK\r\nContent-Length: 45000\r\n\r\n";
    size_t len = strlen(answer);
    memset(answer + len, 'z', 45000);
    put(session->fd, answer, len + 45000);
    act_wait_for_end(session->fd);
}

static void do_cut(struct session *session)
{
    say(session->fd, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nonly this");
}

static void do_bad_chunk(struct session *session)
{
    say(session->fd, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nhm\r\n");
    act_wait_for_end(session->fd);
}

static void do_trap(struct session *session)
{
    session->seen->trapped++;
}

static void find_header(const struct session *session, const char *name, char value[64])
{
    const char *at = strcasestr(session->request, name);
    value[0] = '\0';
    if (at)
        (void)sscanf(at + strlen(name), " %63[^\r\n]", value);
}

/* Answers with the request: its verb and path's end, type and body. The body is read after the head was. */
static void do_echo(struct session *session)
{
    char length[64], type[64], body[1024 + 1] = "", text[2048], answer[4096];
    find_header(session, "\r\nContent-Length:", length);
    find_header(session, "\r\nContent-Type:", type);
    size_t len = (size_t)atoi(length);
    if (len >= sizeof(body) || !act_get(session->fd, body, len))
        return;
    (void)snprintf(text, sizeof(text), "%.*s %s|%s|%s", (int)strcspn(session->request, " "), session->request,
                   strchr(session->request, '?') ? "?" : "", type, body);
    (void)snprintf(answer, sizeof(answer), "HTTP/1.1 200 OK\r\nContent-Length: %zu\r\n\r\n%s", strlen(text), text);
    say(session->fd, answer);
    act_wait_for_end(session->fd);
}

static const struct {
    const char *token;
    void (*run)(struct session *session);
} scenarios[] = {
    {"open", do_open},
    {"frames", do_frames},
    {"large", do_large},
    {"closenocode", do_close_without_code},
    {"deaf", do_deaf},
    {"pongs", do_pongs},
    {"talks", do_talks},
    {"drips", do_drips},
    {"reset", do_reset},
    {"resetearly", do_reset_early},
    {"hangup", do_hang_up},
    {"silent", do_silent},
    {"halfhead", do_half_head},
    {"garbage", do_garbage},
    {"badaccept", do_bad_accept},
    {"redirect", do_redirect},
    {"length", do_length},
    {"chunked", do_chunked},
    {"untilclose", do_until_close},
    {"empty", do_empty},
    {"nocontent", do_no_content},
    {"huge", do_huge},
    {"hugechunk", do_huge_chunk},
    {"biggest", do_biggest},
    {"medium", do_medium},
    {"cut", do_cut},
    {"badchunk", do_bad_chunk},
    {"trap", do_trap},
    {"echo", do_echo},
};

/* "status503" and "close4001": a number in the token. */
static bool run_numbered(struct session *session)
{
    unsigned number;
    char answer[256];
    if (sscanf(session->token, "status%u", &number) == 1) {
        (void)snprintf(answer, sizeof(answer), "HTTP/1.1 %u Whatever\r\nContent-Length: 7\r\n\r\nno: %u", number,
                       number);
        say(session->fd, answer);
        act_wait_for_end(session->fd);
    } else if (sscanf(session->token, "close%u", &number) == 1) {
        (void)snprintf(answer, sizeof(answer), "reason %u", number);
        upgrade(session);
        send_close(session->fd, number, answer);
        (void)await_close(session);
    } else {
        return false;
    }
    return true;
}

void act(struct session *session)
{
    for (size_t i = 0; i < sizeof(scenarios) / sizeof(scenarios[0]); i++) {
        if (strcmp(scenarios[i].token, session->token) == 0) {
            scenarios[i].run(session);
            return;
        }
    }
    (void)run_numbered(session);
}
