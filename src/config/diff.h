/* SPDX-License-Identifier: MIT
 * What two configurations have in common: told by label. Pure.
 */
#ifndef SCANDECK_CONFIG_DIFF_H
#define SCANDECK_CONFIG_DIFF_H

#include "config/config.h"

enum diff_kind { DIFF_SAME, DIFF_CHANGED, DIFF_NEW };

/* The instance of this label; NULL when there is none. */
const struct config_instance *diff_find(const struct config *config, const char *label);
/* How the instance of the new configuration stands to the old one: the same id, place, and source of its token, or not. */
enum diff_kind diff_kind_of(const struct config *old, const struct config_instance *instance);

#endif
