/* SPDX-License-Identifier: MIT
 * A configuration that changes while the program runs: read again, and brought to the fleet. Only instances that changed are
 * touched; a faulty file changes nothing.
 */
#ifndef SCANDECK_RELOAD_H
#define SCANDECK_RELOAD_H

#include "app.h"
#include "cli/cli.h"
#include "config/config.h"

struct reload;

/* Another configuration is in force. */
typedef void reload_fn(void *owner, const struct config *config);

/* Watches the file that the request names and brings its changes to the app; `config` is what is in force, and is replaced in
 * place. NULL when there is no file to watch, or memory is out. */
struct reload *reload_new(struct app *app, struct config *config, const struct cli_request *request, reload_fn *changed,
                          void *owner);
/* The file that is watched. */
/* The configuration in force. */
const struct config *reload_config(const struct reload *reload);
const char *reload_path(const struct reload *reload);
/* Reads it in a moment, together with what the watch has heard of it. */
void reload_now(struct reload *reload);
/* The caller runs the loop until token commands that were stopped have ended (reload_is_busy), then reload_free. */
void reload_shutdown(struct reload *reload);
bool reload_is_busy(const struct reload *reload);
void reload_free(struct reload **reload);

#endif
