/* SPDX-License-Identifier: MIT
 * Fetches tokens from where the configuration says they are: the file itself, a command, a file, the environment.
 */
#ifndef SCANDECK_CONFIG_SECRET_H
#define SCANDECK_CONFIG_SECRET_H

#include <stddef.h>
#include <uv.h>

#include "config/config.h"

/* One token, or why there is none. */
struct secret_result {
    char *token;   /* owned; NULL on failure */
    char *problem; /* a sentence without the secret; NULL on success */
};

/* Fetches the tokens of all instances into results[config->instance_count]. Commands run through /bin/sh -c, at most
 * 8 at a time, 30 s each, stdin and stderr the terminal's (a passphrase may be asked for): so call it before the
 * console starts. Runs the loop until all are done; once *stop (NULL: never) is true, those that still run are ended, and
 * others have neither token nor problem. False only when memory
 * is out. */
bool secret_fetch_all(const struct config *config, uv_loop_t *loop, struct secret_result *results, const bool *stop);
/* Token commands that run. */
struct secret_fetch;

/* All tokens are there, or their problems. */
typedef void secret_done_fn(void *owner);
/* The same while the loop goes on, with nobody at the terminal to be asked; `done` may be called before it returns. `config` and
 * `results` must live until then. *running is what runs, and NULL again before `done`. False when memory is out; `done` is not
 * called then. */
bool secret_fetch_start(const struct config *config, uv_loop_t *loop, struct secret_result *results, secret_done_fn *done,
                        void *owner, struct secret_fetch **running);
/* Ends the commands that run, and starts no further one; `done` is called when they are gone, SECRET_KILL_MS later at most. */
void secret_stop(struct secret_fetch *running);
void secret_results_free(struct secret_result *results, size_t count);

#endif
