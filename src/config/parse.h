/* SPDX-License-Identifier: MIT
 * The text of a configuration file, turned into a configuration and complaints.
 */
#ifndef SCANDECK_CONFIG_PARSE_H
#define SCANDECK_CONFIG_PARSE_H

#include <stddef.h>

#include "config/complaints.h"
#include "config/config.h"

#define PARSE_LABEL_MAX 64 /* bytes of a label */

/* Reads the text into *config (from config_init) and adds what is wrong with it to *complaints. Relative names of files count from
 * `folder`; NULL = from the working directory. */
void parse_text(struct config *config, const char *text, size_t len, const char *folder, struct complaints *complaints);

#endif
