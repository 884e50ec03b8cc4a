/* SPDX-License-Identifier: MIT
 * The service imitated on loopback, for --demo, tests and bench: websocket and REST on libwebsockets' server side,
 * in the caller's libuv loop. Every instance follows a fate, a row of one table.
 */
#ifndef SCANDECK_SIM_SIM_H
#define SCANDECK_SIM_SIM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <uv.h>

struct sim;

struct sim_options {
    uv_loop_t *loop;
    double speed;     /* simulated seconds per real second; at least 1 */
    size_t instances; /* the first 12 show every phase; further ones add the fates left over, then repeat */
};

struct sim_instance {
    char label[32];
    char id[16];
    char token[64];
    const char *fate; /* its name in the table */
    const char *does; /* one sentence */
    bool autolink;    /* the demo starts linking it by itself, so that a newcomer sees its phases */
};

/* Listens on 127.0.0.1, any free port. NULL on failure, with a sentence in `why`. */
struct sim *sim_new(const struct sim_options *options, char *why, size_t why_size);
uint16_t sim_port(const struct sim *sim);
size_t sim_count(const struct sim *sim);
void sim_describe(const struct sim *sim, size_t index, struct sim_instance *out);

/* A phone scans the code that instance `id` shows now, on a websocket or by `qr`, types its pairing code, or gives the
 * passkey it was asked for. False when nothing of that waits. */
bool sim_scan(struct sim *sim, const char *id);

/* As net_shutdown and net_finish. */
void sim_shutdown(struct sim *sim);
void sim_finish(struct sim **sim);

#endif
