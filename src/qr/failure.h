/* SPDX-License-Identifier: MIT
 * How a step of the reader says what went wrong.
 */
#ifndef SCANDECK_QR_FAILURE_H
#define SCANDECK_QR_FAILURE_H

#include <stdbool.h>

#include "qr/code.h"

/* Fills *failure. Always returns false, so that a step can end with it. */
bool failure_set(struct qr_failure *failure, enum qr_step step, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Takes `candidate` over when it got further than what *kept tells of. */
void failure_keep_furthest(struct qr_failure *kept, const struct qr_failure *candidate);

#endif
