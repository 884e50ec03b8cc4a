/* SPDX-License-Identifier: MIT
 * The section [theme]: how things look that mean something.
 */
#ifndef SCANDECK_CONFIG_STYLES_H
#define SCANDECK_CONFIG_STYLES_H

#include "config/complaints.h"
#include "config/config.h"

/* Takes "meaning = colour attributes" from the given line, or complains: unknown meaning, given twice, no such colour. */
void styles_take(struct config *config, const char *meaning, const char *value, unsigned line, struct complaints *complaints);

#endif
