/* SPDX-License-Identifier: MIT
 * Memory that is wiped when libwebsockets gives it back.
 */
#include "net/memory.h"

#include <stdlib.h>
#include <string.h>
#if defined(__APPLE__)
#include <malloc/malloc.h>
#elif defined(__FreeBSD__)
#include <malloc_np.h>
#else
#include <malloc.h>
#endif

static size_t block_size(void *block)
{
#if defined(__APPLE__)
    return malloc_size(block);
#else
    return malloc_usable_size(block);
#endif
}

static void wipe_and_free(void *block)
{
    explicit_bzero(block, block_size(block));
    free(block);
}

static void *move(void *block, size_t size)
{
    size_t old_size = block_size(block);
    void *moved = malloc(size);
    if (moved) {
        memcpy(moved, block, size < old_size ? size : old_size);
        wipe_and_free(block);
    }
    return moved;
}

void *memory_realloc(void *block, size_t size, const char *reason)
{
    (void)reason;
    if (block && size > 0)
        return move(block, size);
    if (size > 0)
        return malloc(size);
    if (block)
        wipe_and_free(block);
    return NULL;
}
