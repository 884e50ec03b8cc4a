/* SPDX-License-Identifier: MIT
 * All instances: what the configuration says of each, and where its linking stands.
 */
#ifndef SCANDECK_CORE_FLEET_H
#define SCANDECK_CORE_FLEET_H

#include <stddef.h>
#include <stdint.h>

#include "core/endpoint.h"
#include "core/link.h"

struct instance {
    char *label; /* cleaned, unique */
    char *id;    /* digits */
    char *token; /* secret; NULL when it could not be had */
    char *problem; /* why there is no token, or NULL */
    unsigned line; /* in the config file; 0 = none */
    struct endpoint endpoint;
    struct link link;
    char *code;       /* base64 of the newest picture while it lives, or NULL */
    size_t code_len;
    uint64_t code_serial; /* counts pictures: tells a new one from the one on show */
};

struct fleet {
    struct instance *items;
    size_t count;
};

/* Room for `count` zeroed instances; false when memory is out. */
int fleet_init(struct fleet *fleet, size_t count);
/* Frees the instances from number `count` on. */
void fleet_truncate(struct fleet *fleet, size_t count);
/* Frees everything; tokens are wiped first. */
void fleet_free(struct fleet *fleet);

/* The instance with this label or id; NULL when there is none. */
struct instance *fleet_find(const struct fleet *fleet, const char *name);

/* Replaces the held picture; takes `code` over. NULL drops it. */
void instance_set_code(struct instance *instance, char *code, size_t len);

#endif
