/* SPDX-License-Identifier: MIT
 * libuv's threads, in which names are looked up.
 */
#ifndef SCANDECK_NET_THREADS_H
#define SCANDECK_NET_THREADS_H

#include <stdbool.h>
#include <stddef.h>
#include <uv.h>

/* Starts them: as many as are wanted, fewer where a limit on processes leaves no more. Once they run, libuv needs no more of
 * them; where it cannot start one later it would abort without a word. False, with a sentence, when there can be none.
 * The loop has to be run afterwards, be it to its end. */
bool threads_start(uv_loop_t *loop, char *why, size_t why_size);

#endif
