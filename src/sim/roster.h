/* SPDX-License-Identifier: MIT
 * Who the simulated instances are: labels, ids, tokens and fates by number.
 */
#ifndef SCANDECK_SIM_ROSTER_H
#define SCANDECK_SIM_ROSTER_H

#include <stddef.h>

#include "sim/actor.h"

/* Fills in instance number `index`; the first 12 show every phase. The same number gives the same instance. */
void roster_enter(struct actor *actor, size_t index);

#endif
