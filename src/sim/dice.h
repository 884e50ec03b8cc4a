/* SPDX-License-Identifier: MIT
 * Repeatable chance for the simulator: the same seed gives the same run. Not for secrets.
 */
#ifndef SCANDECK_SIM_DICE_H
#define SCANDECK_SIM_DICE_H

#include <stddef.h>
#include <stdint.h>

struct dice {
    uint64_t state;
};

struct dice dice_seed(uint64_t seed, uint64_t serial);
/* Writes `count` characters of `alphabet`; no NUL. */
void dice_text(struct dice *dice, char *dst, size_t count, const char *alphabet);

#endif
