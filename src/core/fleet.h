/* SPDX-License-Identifier: MIT
 * All instances: what the configuration says of each, and where its linking stands.
 */
#ifndef SCANDECK_CORE_FLEET_H
#define SCANDECK_CORE_FLEET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/endpoint.h"
#include "core/link.h"
#include "core/wire_details.h"

struct instance {
    unsigned tag; /* unique, never given again: names it to the network */
    char *label; /* cleaned, unique */
    char *id;    /* digits */
    char *token; /* secret; NULL when it could not be had */
    char *problem; /* why there is no token, or NULL */
    unsigned line; /* in the config file; 0 = none */
    struct endpoint endpoint;
    struct link link;
    char *code;       /* base64 of the newest picture while it lives, or NULL */
    size_t code_len;
    char *held_code;  /* one that came too soon and waits for its turn (link->code_held), or NULL */
    size_t held_len;
    uint64_t code_serial; /* counts pictures: tells a new one from the one on show */
    struct wire_details *details; /* NULL until LINK_EV_DETAILS was ordered */
    bool requested;       /* the operator had it linked, not the demo by itself */
    bool marked;          /* by the operator, for the linking queue */
    bool seen_linked;     /* when its state was last told */
    bool leaving;         /* no longer in the configuration: goes when its socket and its call are over */
};

/* In the order of the configuration. An instance stays at its address until it is removed. */
struct fleet {
    struct instance **items;
    size_t count, room;
    unsigned next_tag;
};

/* A new, zeroed instance at the end of an empty-initialised or used fleet; NULL when memory is out. */
struct instance *fleet_add(struct fleet *fleet);
/* Takes the instance out and frees it; its token is wiped first. */
void fleet_remove(struct fleet *fleet, struct instance *instance);
/* Frees everything; tokens are wiped first. */
void fleet_free(struct fleet *fleet);

/* The instance with this tag; NULL when it is gone. */
struct instance *fleet_by_tag(const struct fleet *fleet, unsigned tag);

/* The instance with this label or id; NULL when there is none. */
struct instance *fleet_find(const struct fleet *fleet, const char *name);

/* How many instances are in each group of phases. */
struct fleet_tally {
    size_t of[PHASE_GROUP_COUNT];
    size_t count; /* their sum */
};

/* Counts one more; one that is leaving the configuration is not counted. */
void fleet_tally_add(struct fleet_tally *tally, const struct instance *instance);

/* Replaces the held picture; takes `code` over. NULL drops it. */
void instance_set_code(struct instance *instance, char *code, size_t len);
/* Keeps a picture until its turn comes, instead of one that waits already; takes `code` over. NULL drops it. */
void instance_hold_code(struct instance *instance, char *code, size_t len);
/* The picture that waits becomes the one on show; harmless when none waits. */
void instance_take_held_code(struct instance *instance);
/* Makes room for the details that are about to be asked for; what is known of them stays. False when memory is out. */
bool instance_await_details(struct instance *instance);

#endif
