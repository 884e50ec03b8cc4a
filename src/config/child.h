/* SPDX-License-Identifier: MIT
 * How children are started: hooks, token commands and the editor get their descriptors 0 to 2 and no other, whatever a library
 * has opened, and no variable that holds a token.
 */
#ifndef SCANDECK_CONFIG_CHILD_H
#define SCANDECK_CONFIG_CHILD_H

#include <uv.h>

#include "config/child_hidden.h"

/* uv_spawn, with every descriptor from 3 on closed in the child, and its environment (that of `options`, else ours) without
 * the variables in `hidden` (may be NULL). `mark` (may be NULL) is a "NAME=value" that the child and what it starts have besides. */
int child_spawn(uv_loop_t *loop, uv_process_t *process, const uv_process_options_t *options, const struct child_hidden *hidden,
                const char *mark);

/* Sends the signal to every process that has the mark in its environment: a child that shares our process group, because it may
 * ask the terminal for a passphrase, is ended like this with all that it started. Without /proc, to `child` alone (0 = none). */
void child_signal(const char *mark, int child, int number);

#endif
