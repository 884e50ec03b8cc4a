/* SPDX-License-Identifier: MIT
 * What `--help` and `--version` print, from the tables.
 */
#ifndef SCANDECK_CLI_HELP_H
#define SCANDECK_CLI_HELP_H

#include <stdio.h>

#include "cli/cli.h"

/* COMMAND_CONSOLE: the help for the whole program. */
void help_print(FILE *out, enum command command);

#endif
