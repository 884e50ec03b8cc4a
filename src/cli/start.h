/* SPDX-License-Identifier: MIT
 * What every command that talks to the service does first: read the configuration, build the app.
 */
#ifndef SCANDECK_CLI_START_H
#define SCANDECK_CLI_START_H

#include <stdbool.h>

#include "app.h"
#include "cli/cli.h"
#include "config/config.h"
#include "record.h"
#include "replay.h"

struct start {
    struct config config;
    struct app *app;
    struct record *record; /* NULL = none */
    struct replay *replay; /* NULL = none */
};

/* Reads the configuration and applies -o. False when the program must end with *code; stderr says why. The demo and a
 * replay need no file and read none but the one named with -c. */
bool start_config(struct start *start, const struct cli_request *request, int *code);
/* Builds the app for the instances named in the request (all when none is). `base` brings tries and poll, the rest
 * comes from configuration and request. False as above. */
bool start_app(struct start *start, const struct cli_request *request, const struct app_options *base, int *code);
/* Frees all and returns `code`; harmless after a failure. */
int start_end(struct start *start, int code);

#endif
