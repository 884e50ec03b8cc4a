/* SPDX-License-Identifier: MIT
 * No label twice, no instance of one host twice.
 */
#ifndef SCANDECK_CONFIG_UNIQUE_H
#define SCANDECK_CONFIG_UNIQUE_H

#include "config/complaints.h"
#include "config/config.h"

/* Complains at the line of each instance that repeats an earlier one. */
void unique_check(const struct config *config, struct complaints *complaints);

#endif
