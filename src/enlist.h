/* SPDX-License-Identifier: MIT
 * Fills the fleet: from the configuration, with its tokens, or from the simulator; all of it or the named instances.
 */
#ifndef SCANDECK_ENLIST_H
#define SCANDECK_ENLIST_H

#include <stdbool.h>
#include <stddef.h>
#include <uv.h>

#include "config/config.h"
#include "core/transcript.h"
#include "sim/sim.h"

/* Labels or ids, a label first; items NULL = all instances. */
struct enlist_names {
    const char *const *items;
    size_t count;
};

/* Both: false with a sentence in `why` when a name means no instance or several (*users_fault then), or memory is out (`why`
 * is left as it was). */
bool enlist_sim(struct fleet *fleet, const struct sim *sim, const struct enlist_names *names, bool *users_fault, char *why,
                size_t why_size);
/* Runs the loop while token commands run, and ends them when *stop becomes true. */
bool enlist_config(struct fleet *fleet, const struct config *config, const struct enlist_names *names, uv_loop_t *loop,
                   const bool *stop, bool *users_fault, char *why, size_t why_size);
/* Who was recorded. Their tokens are words in place of them. False when memory is out. */
bool enlist_transcript(struct fleet *fleet, const struct transcript *transcript);

#endif
