/* SPDX-License-Identifier: MIT
 * The misbehaving server: its listener, its threads, and the reading of requests.
 */
#include "net_peer.h"

#include <arpa/inet.h>
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "net_acts.h"

#define CONNECTIONS_MAX 64

struct peer {
    enum peer_manner manner;
    int listener;
    unsigned port;
    atomic_bool stopping;
    pthread_t acceptor;
    pthread_t threads[CONNECTIONS_MAX];
    atomic_int fds[CONNECTIONS_MAX];
    size_t count;
    struct peer_seen seen;
};

static bool read_request(struct session *session)
{
    size_t len = 0;
    while (len < REQUEST_MAX - 1 && act_get(session->fd, session->request + len, 1)) {
        session->request[++len] = '\0';
        if (len >= 4 && memcmp(session->request + len - 4, "\r\n\r\n", 4) == 0)
            break;
    }
    char path[1024];
    if (sscanf(session->request, "%*[A-Z] %1000s HTTP/1.1", path) != 1 || !strrchr(path, '/'))
        return false;
    const char *last = strrchr(path, '/') + 1;
    (void)snprintf(session->token, sizeof(session->token), "%.*s", (int)strcspn(last, "?"), last);
    session->seen->agents += strstr(session->request, "\r\nUser-Agent: ") ? 1 : 0;
    session->seen->requests++;
    return true;
}

void peer_serve(struct peer *peer, int fd)
{
    struct session session = {.seen = &peer->seen, .port = peer->port, .fd = fd};
    if (peer->manner == PEER_MUTE)
        act_wait_for_end(fd);
    if (peer->manner != PEER_POLITE || !read_request(&session))
        return;
    act(&session);
}

struct start {
    struct peer *peer;
    size_t index;
};

static void *connection_main(void *argument)
{
    struct start start = *(struct start *)argument;
    free(argument);
    int fd = start.peer->fds[start.index];
    peer_serve(start.peer, fd);
    /* Taken first, so that peer_stop never shuts a descriptor down that is someone else's by now. */
    start.peer->fds[start.index] = -1;
    (void)close(fd);
    return NULL;
}

static void *acceptor_main(void *argument)
{
    struct peer *peer = argument;
    struct pollfd listening = {.fd = peer->listener, .events = POLLIN};
    while (!peer->stopping && peer->count < CONNECTIONS_MAX) {
        if (poll(&listening, 1, 20) <= 0)
            continue;
        int fd = accept(peer->listener, NULL, NULL);
        if (fd < 0)
            continue;
        struct start *start = malloc(sizeof(*start));
        *start = (struct start){peer, peer->count};
        peer->fds[peer->count] = fd;
        peer->seen.connections++;
        (void)pthread_create(&peer->threads[peer->count++], NULL, connection_main, start);
    }
    return NULL;
}

struct peer *peer_start(enum peer_manner manner)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t len = sizeof(address);
    struct peer *peer = calloc(1, sizeof(*peer));
    peer->manner = manner;
    peer->listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (bind(peer->listener, (struct sockaddr *)&address, len) != 0 || listen(peer->listener, 64) != 0)
        abort();
    (void)getsockname(peer->listener, (struct sockaddr *)&address, &len);
    peer->port = ntohs(address.sin_port);
    (void)pthread_create(&peer->acceptor, NULL, acceptor_main, peer);
    return peer;
}

unsigned peer_port(const struct peer *peer)
{
    return peer->port;
}

struct peer_seen *peer_seen(struct peer *peer)
{
    return &peer->seen;
}

void peer_stop(struct peer *peer)
{
    peer->stopping = true;
    (void)pthread_join(peer->acceptor, NULL);
    for (size_t i = 0; i < peer->count; i++) {
        int fd = peer->fds[i];
        if (fd >= 0)
            (void)shutdown(fd, SHUT_RDWR);
        (void)pthread_join(peer->threads[i], NULL);
    }
    (void)close(peer->listener);
    free(peer);
}
