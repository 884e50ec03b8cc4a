/* SPDX-License-Identifier: MIT
 * A growing byte buffer that never exceeds WIRE_FRAME_MAX.
 */
#include "net/buffer.h"

#include <stdlib.h>
#include <string.h>

#include "core/wire.h"

#define BUFFER_FIRST_ROOM ((size_t)1024)

static bool make_room(struct buffer *buffer, size_t room)
{
    if (room <= buffer->room)
        return true;
    if (room < buffer->room * 2)
        room = buffer->room * 2;
    if (room < BUFFER_FIRST_ROOM)
        room = BUFFER_FIRST_ROOM;
    char *data = realloc(buffer->data, room);
    if (!data)
        return false;
    buffer->data = data;
    buffer->room = room;
    return true;
}

bool buffer_add(struct buffer *buffer, const void *data, size_t len)
{
    if (len > WIRE_FRAME_MAX - buffer->len || !make_room(buffer, buffer->len + len + 1))
        return false;
    if (len > 0)
        memcpy(buffer->data + buffer->len, data, len);
    buffer->len += len;
    buffer->data[buffer->len] = '\0';
    return true;
}

const char *buffer_text(const struct buffer *buffer)
{
    return buffer->data ? buffer->data : "";
}

void buffer_free(struct buffer *buffer)
{
    free(buffer->data);
    *buffer = (struct buffer){0};
}
