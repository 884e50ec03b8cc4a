/* SPDX-License-Identifier: MIT
 * The simulated service's REST side without HTTP: a path taken apart, and the answer to a method. Pure.
 */
#ifndef SCANDECK_SIM_REST_H
#define SCANDECK_SIM_REST_H

#include <stdbool.h>
#include <stdint.h>

#include "sim/actor.h"
#include "sim/speech.h"

/* Of `/waInstance{id}/{method}/{token}`. */
struct rest_path {
    char id[16];
    char method[32];
    char token[64];
};

/* False when the path has another shape. */
bool rest_read_path(struct rest_path *out, const char *path);

struct rest_answer {
    unsigned status;
    const char *type;   /* media type */
    struct speech body; /* the holder frees it */
};

struct rest_question {
    struct actor *actor;
    const char *method;
    const char *body; /* of a POST; NULL = it was a GET */
    int64_t now;      /* simulated ms */
    int64_t unix_now; /* seconds */
    double speed;     /* simulated ms per ms of the day since the start; 0 = 1 */
    int64_t suspended_until; /* unix seconds */
};

/* Does what the method says and answers. */
struct rest_answer rest_call(const struct rest_question *question);

/* 401, 403 or 404, in the three shapes that error bodies have. */
struct rest_answer rest_refusal(unsigned status);

#endif
