/* SPDX-License-Identifier: MIT */
#include "ui/send.h"

#include <errno.h>
#include <unistd.h>

#include "ui/stall.h"

void send_bytes(const char *bytes, size_t len)
{
    while (len > 0 && !stall_happened()) {
        ssize_t wrote = write(STDOUT_FILENO, bytes, len);
        if (wrote < 0 && errno != EINTR && errno != EAGAIN)
            return;
        if (wrote > 0)
            bytes += wrote, len -= (size_t)wrote;
    }
}
