/* SPDX-License-Identifier: MIT */
#include "core/endpoint.h"

#include <arpa/inet.h>
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static bool fail(char *why, size_t why_size, const char *sentence)
{
    snprintf(why, why_size, "%s", sentence);
    return false;
}

/* Takes the scheme off; NULL when it is none of ours. */
static const char *read_scheme(struct endpoint *out, const char *url)
{
    static const struct {
        const char *text;
        bool tls;
    } schemes[] = {{"https://", true}, {"wss://", true}, {"http://", false}, {"ws://", false}};
    for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++) {
        size_t n = strlen(schemes[i].text);
        if (strncasecmp(url, schemes[i].text, n) == 0) {
            out->tls = schemes[i].tls;
            return url + n;
        }
    }
    return NULL;
}

static bool is_host_name(const char *host)
{
    for (const char *p = host; *p; p++)
        if (!isalnum((unsigned char)*p) && !strchr("-._", *p))
            return false;
    return host[0] != '\0' && host[0] != '.' && host[0] != '-';
}

/* "name", "1.2.3.4" or "[::1]"; returns what stands behind, or NULL. */
static const char *read_host(struct endpoint *out, const char *from, char *why, size_t why_size)
{
    bool bracketed = *from == '[';
    const char *start = from + bracketed;
    size_t len = strcspn(start, bracketed ? "]" : ":/?#");
    if (len > ENDPOINT_HOST_MAX)
        return fail(why, why_size, "the host is longer than 112 characters"), NULL;
    memcpy(out->host, start, len);
    out->host[len] = '\0';
    struct in6_addr address;
    if (bracketed && (start[len] != ']' || inet_pton(AF_INET6, out->host, &address) != 1))
        return fail(why, why_size, "the address in brackets is no IPv6 address"), NULL;
    if (!bracketed && !is_host_name(out->host))
        return fail(why, why_size, "the host is no name and no address"), NULL;
    return start + len + bracketed;
}

static const char *read_port(struct endpoint *out, const char *from, char *why, size_t why_size)
{
    out->port = out->tls ? 443 : 80;
    if (*from != ':')
        return from;
    char *end;
    unsigned long port = isdigit((unsigned char)from[1]) ? strtoul(from + 1, &end, 10) : 0;
    if (port < 1 || port > 65535)
        return fail(why, why_size, "the port is no number from 1 to 65535"), NULL;
    out->port = (unsigned)port;
    return end;
}

static bool read_prefix(struct endpoint *out, const char *from, char *why, size_t why_size)
{
    size_t len = strlen(from);
    while (len > 0 && from[len - 1] == '/')
        len--;
    if (len > ENDPOINT_PREFIX_MAX)
        return fail(why, why_size, "the path is longer than 256 characters");
    for (size_t i = 0; i < len; i++)
        if (!isalnum((unsigned char)from[i]) && !strchr("/-._~%", from[i]))
            return fail(why, why_size, "the path holds more than letters, digits and / - . _ ~ %");
    memcpy(out->prefix, from, len);
    out->prefix[len] = '\0';
    return true;
}

bool endpoint_parse(struct endpoint *out, const char *url, char *why, size_t why_size)
{
    memset(out, 0, sizeof *out);
    const char *rest = read_scheme(out, url);
    if (!rest)
        return fail(why, why_size, "it must begin with https://");
    if (memchr(rest, '@', strcspn(rest, "/?#")))
        return fail(why, why_size, "a user name or password has no place in it");
    rest = read_host(out, rest, why, why_size);
    if (rest)
        rest = read_port(out, rest, why, why_size);
    if (!rest)
        return false;
    if (*rest && *rest != '/')
        return fail(why, why_size, "a path that begins with / may follow the host, nothing else");
    if (!read_prefix(out, rest, why, why_size))
        return false;
    if (!out->tls && !endpoint_host_is_loopback(out->host))
        return fail(why, why_size, "http is for this machine only: use https");
    return true;
}

bool endpoint_host_is_loopback(const char *host)
{
    struct in_addr v4;
    struct in6_addr v6;
    if (inet_pton(AF_INET, host, &v4) == 1)
        return ntohl(v4.s_addr) >> 24 == 127;
    if (inet_pton(AF_INET6, host, &v6) == 1)
        return IN6_IS_ADDR_LOOPBACK(&v6);
    return strcasecmp(host, "localhost") == 0;
}

bool endpoint_path(char *dst, size_t size, const struct endpoint *endpoint, const char *id, const char *method,
                   const char *token, const char *query)
{
    int n = snprintf(dst, size, "%s/waInstance%s/%s/%s%s", endpoint->prefix, id, method, token, query);
    return n > 0 && (size_t)n < size;
}
