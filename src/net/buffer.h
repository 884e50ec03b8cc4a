/* SPDX-License-Identifier: MIT
 * Bytes of one message or body, collected piece by piece under a ceiling.
 */
#ifndef SCANDECK_NET_BUFFER_H
#define SCANDECK_NET_BUFFER_H

#include <stdbool.h>
#include <stddef.h>

struct buffer {
    char *data; /* NULL while nothing was added; else data[len] is NUL */
    size_t len;
    size_t room; /* bytes allocated */
};

/* Adds bytes. False when the whole would exceed WIRE_FRAME_MAX or memory is out; the buffer is unchanged then. */
bool buffer_add(struct buffer *buffer, const void *data, size_t len);
/* The bytes as a NUL-terminated string, "" when there are none; valid until the buffer changes. */
const char *buffer_text(const struct buffer *buffer);
/* Frees the bytes and makes the buffer empty. */
void buffer_free(struct buffer *buffer);

#endif
