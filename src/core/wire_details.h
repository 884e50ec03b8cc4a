/* SPDX-License-Identifier: MIT
 * What the service tells of an instance beyond its state: settings and state history, asked for only on request.
 */
#ifndef SCANDECK_CORE_WIRE_DETAILS_H
#define SCANDECK_CORE_WIRE_DETAILS_H

#include "core/wire.h"

#define WIRE_HISTORY_MAX 20

struct wire_history {
    char state[32]; /* the service's word, cleaned */
    int64_t at;     /* unix seconds; 0 = not told */
    char phone[24]; /* digits, "" = none */
};

struct wire_details {
    unsigned awaited;      /* methods that have not answered yet, 1u << METHOD_… each; 0 = all have */
    char problem[WIRE_TEXT_MAX]; /* what could not be had, and why; "" = nothing failed */
    char wid[64];
    char webhook_url[256]; /* masked */
    bool has_proxy;        /* proxyInstance is set */
    char proxy[128];       /* its host, without login and password; "" = not to be told from them */
    struct wire_history history[WIRE_HISTORY_MAX]; /* newest first */
    size_t history_count;
};

/* The methods that LINK_EV_DETAILS asks. */
#define WIRE_DETAILS_METHODS (1u << METHOD_SETTINGS | 1u << METHOD_ACCOUNT | 1u << METHOD_HISTORY)

/* Takes over the answer to one of these methods; `reply` is what wire_read_reply made of the same body. */
void wire_read_details(struct wire_details *details, enum method method, const struct wire_reply *reply, const char *body,
                       size_t len, const char *secret);
/* The call brought no answer; `text` is cleaned. */
void wire_fail_details(struct wire_details *details, enum method method, const char *text);

#endif
