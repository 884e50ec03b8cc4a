/* SPDX-License-Identifier: MIT
 * Token commands: children that print a token, a few at a time, none for long.
 */
#ifndef SCANDECK_CONFIG_SECRET_COMMAND_H
#define SCANDECK_CONFIG_SECRET_COMMAND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <uv.h>

#include "config/secret.h"

#define SECRET_BYTES_MAX ((size_t)4096) /* a command prints, or a token file holds, at most this */
#define SECRET_COMMANDS_AT_ONCE 8
#define SECRET_COMMAND_MS 30000
#define SECRET_KILL_MS 2000   /* between SIGTERM and SIGKILL */
#define SECRET_DRAIN_MS 500   /* for the output of a child that has ended, when a grandchild keeps the pipe open */

/* Fills the results of all instances with a token_command, each of which has `patience_ms` (SECRET_COMMAND_MS); runs
 * the loop until all are done, or are ended because *stop (NULL: never) became true. False when memory is out. */
bool secret_run_commands(const struct config *config, uv_loop_t *loop, struct secret_result *results,
                         uint64_t patience_ms, const bool *stop);

/* The same while the loop goes on: `done` is called once, at once when there is no such command. With nobody at the terminal to be
 * asked: stdin is empty, stderr goes nowhere. `config` and `results` must live until then. False when memory is out; `done` is
 * not called then. */
bool secret_start_commands(const struct config *config, uv_loop_t *loop, struct secret_result *results, secret_done_fn *done,
                           void *owner, struct secret_fetch **running);

/* Takes the first line of `text` as the token, or says about `origin` why not. */
void secret_take(struct secret_result *result, const char *text, size_t len, const char *origin);

#endif
