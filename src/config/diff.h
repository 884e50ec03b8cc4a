/* SPDX-License-Identifier: MIT
 * What two configurations have in common. Pure.
 */
#ifndef SCANDECK_CONFIG_DIFF_H
#define SCANDECK_CONFIG_DIFF_H

#include "config/config.h"
#include "config/setting.h"

enum diff_kind { DIFF_SAME, DIFF_RENAMED, DIFF_CHANGED, DIFF_NEW };

/* The instance of this label; NULL when there is none. */
const struct config_instance *diff_find(const struct config *config, const char *label);
/* The old instance that the new one goes on from: that of its label, else that of its id and place, when its label is gone. NULL
 * when there is none. */
const struct config_instance *diff_before(const struct config *old, const struct config *fresh,
                                          const struct config_instance *instance);
/* How a new instance stands to that one: the same id, place, and source of its token, or not. */
enum diff_kind diff_kind_of(const struct config *old, const struct config *fresh, const struct config_instance *instance);

/* Names the options that differ and count from then on, "poll, theme"; "" = none. */
void diff_settings(char *dst, size_t size, const struct config *old, const struct config *fresh, enum setting_when when);
bool diff_keys(const struct config *old, const struct config *fresh);
bool diff_styles(const struct config *old, const struct config *fresh);

#endif
