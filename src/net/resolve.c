/* SPDX-License-Identifier: MIT
 * libwebsockets would look names up inside the loop and freeze it; libuv's threads do it here instead.
 */
#include "net/resolve.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/text.h"
#include "net/lack.h"

/* So many descriptors a lookup may need at once: the C library's files, and a socket for each name server. */
#define RESOLVE_FILES 4

struct job {
    uv_getaddrinfo_t request; /* its data is the resolver, NULL after resolve_shutdown */
    struct lws_dll2 link;
    struct lws_dll2_owner waiters;
    bool running;
    unsigned port;
    uint64_t kept_since; /* ms of the loop's clock */
    char host[ENDPOINT_HOST_MAX + 1];
    struct resolve_result result;
};

static struct job *job_of(struct lws_dll2 *link)
{
    return link ? lws_container_of(link, struct job, link) : NULL;
}

static void job_free(struct job *job)
{
    lws_dll2_remove(&job->link);
    free(job);
}

void resolve_init(struct resolver *resolver, uv_loop_t *loop)
{
    *resolver = (struct resolver){.loop = loop};
}

static struct job *find_job(struct resolver *resolver, const struct endpoint *endpoint)
{
    for (struct lws_dll2 *link = resolver->jobs.head; link; link = link->next) {
        struct job *job = job_of(link);
        if (job->port == endpoint->port && strcmp(job->host, endpoint->host) == 0)
            return job;
    }
    return NULL;
}

static bool is_stale(const struct job *job, uint64_t now)
{
    return !job->running && now - job->kept_since >= RESOLVE_CACHE_MS;
}

/* Drops what is too old; when the cache is still full, the oldest kept result too. */
static void trim(struct resolver *resolver)
{
    uint64_t now = uv_now(resolver->loop);
    struct job *oldest = NULL;
    struct lws_dll2 *next;
    for (struct lws_dll2 *link = resolver->jobs.head; link; link = next) {
        next = link->next;
        struct job *job = job_of(link);
        if (is_stale(job, now))
            job_free(job);
        else if (!job->running && (!oldest || job->kept_since < oldest->kept_since))
            oldest = job;
    }
    if (oldest && resolver->jobs.count >= RESOLVE_CACHE_MAX)
        job_free(oldest);
}

static bool address_text(const struct sockaddr *address, char text[RESOLVE_ADDRESS_TEXT])
{
    const void *bytes;
    if (address->sa_family == AF_INET)
        bytes = &((const struct sockaddr_in *)(const void *)address)->sin_addr;
    else if (address->sa_family == AF_INET6)
        bytes = &((const struct sockaddr_in6 *)(const void *)address)->sin6_addr;
    else
        return false;
    return inet_ntop(address->sa_family, bytes, text, RESOLVE_ADDRESS_TEXT) != NULL;
}

/* The C library tells a name server that it could not ask from one that does not answer only now and then. */
static int lack_behind(int status)
{
    return status == UV_EMFILE ? EMFILE : status == UV_ENFILE ? ENFILE : status ? lack_of_files(RESOLVE_FILES) : 0;
}

static void read_addresses(struct resolve_result *result, int status, const struct addrinfo *list)
{
    *result = (struct resolve_result){.why = status ? uv_strerror(status) : "no address", .error = lack_behind(status)};
    for (; !status && list && result->count < RESOLVE_ADDRESSES_MAX; list = list->ai_next)
        if (address_text(list->ai_addr, result->address[result->count]))
            result->count++;
}

static void move_waiters(struct lws_dll2_owner *to, struct lws_dll2_owner *from)
{
    while (from->head) {
        struct lws_dll2 *link = from->head;
        lws_dll2_remove(link);
        lws_dll2_add_tail(link, to);
    }
}

/* A waiter may start or cancel other lookups while it is told. */
static void tell(struct lws_dll2_owner *waiters, const struct resolve_result *result)
{
    while (waiters->head) {
        struct resolve_waiter *waiter = lws_container_of(waiters->head, struct resolve_waiter, link);
        lws_dll2_remove(&waiter->link);
        waiter->on_result(waiter, result);
    }
}

static void on_lookup(uv_getaddrinfo_t *request, int status, struct addrinfo *list)
{
    struct job *job = lws_container_of(request, struct job, request);
    const struct resolver *resolver = request->data;
    struct lws_dll2_owner waiters = {0};
    move_waiters(&waiters, &job->waiters);
    read_addresses(&job->result, status, list);
    uv_freeaddrinfo(list);
    struct resolve_result result = job->result;
    if (resolver && result.count > 0) {
        job->running = false;
        job->kept_since = uv_now(resolver->loop);
    } else {
        job_free(job);
    }
    tell(&waiters, &result);
}

static struct job *start_job(struct resolver *resolver, const struct endpoint *endpoint, struct resolve_result *result)
{
    struct job *job = calloc(1, sizeof(*job));
    result->error = job ? 0 : ENOMEM;
    if (!job)
        return NULL;
    (void)snprintf(job->host, sizeof(job->host), "%s", endpoint->host);
    job->port = endpoint->port;
    job->running = true;
    job->request.data = resolver;
    struct addrinfo hints = {.ai_family = AF_UNSPEC, .ai_socktype = SOCK_STREAM};
    int error = uv_getaddrinfo(resolver->loop, &job->request, on_lookup, job->host, NULL, &hints);
    if (error) {
        result->why = uv_strerror(error);
        free(job);
        return NULL;
    }
    lws_dll2_add_tail(&job->link, &resolver->jobs);
    return job;
}

static bool is_numeric(const char *host)
{
    struct in6_addr bytes;
    return inet_pton(AF_INET, host, &bytes) == 1 || inet_pton(AF_INET6, host, &bytes) == 1;
}

bool resolve_start(struct resolver *resolver, const struct endpoint *endpoint, struct resolve_waiter *waiter,
                   struct resolve_result *result)
{
    *result = (struct resolve_result){.why = "no address"};
    if (is_numeric(endpoint->host)) {
        result->count = 1;
        text_copy(result->address[0], sizeof(result->address[0]), endpoint->host);
        return true;
    }
    trim(resolver);
    struct job *job = find_job(resolver, endpoint);
    if (job && !job->running) {
        *result = job->result;
        return true;
    }
    if (!job)
        job = start_job(resolver, endpoint, result);
    if (!job)
        return true;
    lws_dll2_add_tail(&waiter->link, &job->waiters);
    return false;
}

void resolve_cancel(struct resolve_waiter *waiter)
{
    lws_dll2_remove(&waiter->link);
}

void resolve_shutdown(struct resolver *resolver)
{
    while (resolver->jobs.head) {
        struct job *job = job_of(resolver->jobs.head);
        lws_dll2_remove(&job->link);
        job->request.data = NULL;
        if (job->running)
            (void)uv_cancel((uv_req_t *)&job->request);
        else
            free(job);
    }
}
