/* SPDX-License-Identifier: MIT
 * Where an instance lives: the parts of its apiUrl, and the paths below it.
 */
#ifndef SCANDECK_CORE_ENDPOINT_H
#define SCANDECK_CORE_ENDPOINT_H

#include <stdbool.h>
#include <stddef.h>

/* libwebsockets 4.1 cuts a Host header at 128 bytes; the port needs a few of them. */
#define ENDPOINT_HOST_MAX 112
#define ENDPOINT_PREFIX_MAX 256
#define ENDPOINT_ID_MAX 20
#define ENDPOINT_TOKEN_MAX 256
/* The longest request path: prefix, fixed words, id, method, token. */
#define ENDPOINT_PATH_MAX (ENDPOINT_PREFIX_MAX + ENDPOINT_ID_MAX + ENDPOINT_TOKEN_MAX + 64)

struct endpoint {
    bool tls;
    unsigned port;
    char host[ENDPOINT_HOST_MAX + 1];     /* a name, or an address without brackets */
    char prefix[ENDPOINT_PREFIX_MAX + 1]; /* "" or "/v3": leading slash, no trailing one */
};

/* Reads an apiUrl: http or https, host, optional port, optional path, trailing slashes ignored.
 * Plain http is taken for loopback hosts only. On failure writes a sentence to `why` and returns false. */
bool endpoint_parse(struct endpoint *out, const char *url, char *why, size_t why_size);

/* Whether a host, written as a name or address, means this machine: localhost, 127.0.0.0/8, ::1. */
bool endpoint_host_is_loopback(const char *host);

/* Writes "{prefix}/waInstance{id}/{method}/{token}{query}"; source: protocol, "URL form" [D]. The result holds
 * the token: it goes to the network layer and nowhere else. False when it does not fit. */
bool endpoint_path(char *dst, size_t size, const struct endpoint *endpoint, const char *id,
                   const char *method, const char *token, const char *query);

#endif
