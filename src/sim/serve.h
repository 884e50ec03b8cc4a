/* SPDX-License-Identifier: MIT
 * The simulated service's listening side on libwebsockets: who may come in, and what goes where.
 */
#ifndef SCANDECK_SIM_SERVE_H
#define SCANDECK_SIM_SERVE_H

#include <stdbool.h>

#include "sim/house.h"

/* Listens on 127.0.0.1 and sets sim->context and sim->port. False on failure, with a sentence in `why`. */
bool serve_start(struct sim *sim, char *why, size_t why_size);

#endif
