/* SPDX-License-Identifier: MIT
 * The allocator given to libwebsockets.
 */
#ifndef SCANDECK_NET_MEMORY_H
#define SCANDECK_NET_MEMORY_H

#include <stddef.h>

/* realloc for lws: size 0 frees. What it frees or moves is wiped first, for lws copies request paths, and a
 * path holds the token. The blocks are plain malloc blocks. */
void *memory_realloc(void *block, size_t size, const char *reason);

#endif
