/* SPDX-License-Identifier: MIT
 * What the parts of the simulated server share: the instances, the open websockets and the simulated clock.
 */
#ifndef SCANDECK_SIM_HOUSE_H
#define SCANDECK_SIM_HOUSE_H

#include <libwebsockets.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <uv.h>

#include "sim/actor.h"
#include "sim/rest.h"
#include "sim/speech.h"

/* The largest piece given to lws at once; a longer message goes out in fragments. */
#define HOUSE_PIECE ((size_t)64 << 10)

/* The longest body of a POST that is read. */
#define HOUSE_POST_MAX 128

/* A connection: lws keeps one of these for each, zeroed when it is accepted. */
struct visit {
    struct lws *wsi;
    struct actor *actor;
    const struct fate_step *step; /* said next */
    int64_t due;                  /* when; simulated ms */
    bool ready;                   /* it was due, and lws was asked to write */
    int64_t code_at;              /* when the code shown now was sent; -1 = none is shown */
    struct rest_path path;        /* of the REST request under way */
    char posted[HOUSE_POST_MAX];  /* its body, NUL-terminated */
    size_t posted_len;
    struct speech out;            /* message or REST body being sent */
    size_t sent;
    struct visit *next; /* of the open websockets */
};

struct sim {
    uv_loop_t *loop;
    uv_timer_t timer;
    uint64_t began; /* loop time, ms */
    double speed;
    int64_t suspended_until; /* unix seconds */
    struct actor *actors;
    size_t count;
    struct visit *visits;
    struct lws_protocols protocols[2];
    struct lws_context *context; /* lws itself sets it to NULL when all is torn down */
    uint16_t port;
    unsigned char scratch[LWS_PRE + HOUSE_PIECE];
};

/* Simulated milliseconds since the simulator began. */
int64_t house_now(const struct sim *sim);
/* Sets the one timer for the visit that is due first. Called after every change of a step. */
void house_arm(struct sim *sim);
void house_start_clock(struct sim *sim);
/* NULL when there is none of this id. */
struct actor *house_find(struct sim *sim, const char *id);

#endif
