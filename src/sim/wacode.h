/* SPDX-License-Identifier: MIT
 * What the simulated service puts into a code: payloads of WhatsApp's shape and length, with random parts.
 */
#ifndef SCANDECK_SIM_WACODE_H
#define SCANDECK_SIM_WACODE_H

#include <stddef.h>
#include <stdint.h>

#define WACODE_OLD_LEN 239 /* 2@<ref>,<pub>,<id>,<adv>,1 */
#define WACODE_NEW_LEN 277 /* the same behind a link */
#define WACODE_SIZE (WACODE_NEW_LEN + 1)

enum wacode_form { WACODE_OLD, WACODE_NEW };

/* Writes payload number `serial` of the instance with this seed, NUL-terminated. Returns its length. */
size_t wacode_make(char out[WACODE_SIZE], uint64_t seed, uint64_t serial, enum wacode_form form);

#endif
