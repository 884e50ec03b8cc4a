/* SPDX-License-Identifier: MIT
 * The configuration as a command line asks for it: the file, then -o.
 */
#ifndef SCANDECK_CLI_SETTINGS_H
#define SCANDECK_CLI_SETTINGS_H

#include <stdbool.h>

#include "cli/cli.h"
#include "config/config.h"

/* Fills *config, complaints go to stderr; false when there are any. The demo needs no file and reads none but the one named
 * with -c. config_free in any case. */
bool settings_read(struct config *config, const struct cli_request *request);
/* The same for a command that needs no configuration: that there is none at the usual place is no mistake. */
bool settings_read_if_any(struct config *config, const struct cli_request *request);
/* The same with the complaints in *errors. */
bool settings_load(struct config *config, const struct cli_request *request, struct config_errors *errors);
/* The file that is read; false when there is none (the demo), or no place for one. */
bool settings_path(char *dst, size_t size, const struct cli_request *request);

#endif
