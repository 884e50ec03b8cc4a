/* SPDX-License-Identifier: MIT */
#include "ui/linux_console.h"

#ifdef __linux__

#include <errno.h>
#include <linux/kd.h>
#include <stdlib.h>
#include <sys/ioctl.h>

bool linux_console_has(int fd, uint32_t sign, bool *has)
{
    /* Asked with no room for it, the kernel says how long its map is. */
    struct unimapdesc map = {0};
    if (ioctl(fd, GIO_UNIMAP, &map) < 0 && errno != ENOMEM)
        return false;
    map.entries = calloc(map.entry_ct ? map.entry_ct : 1, sizeof *map.entries);
    bool ok = map.entries && ioctl(fd, GIO_UNIMAP, &map) == 0;
    *has = false;
    for (unsigned i = 0; ok && i < map.entry_ct; i++)
        *has = *has || map.entries[i].unicode == sign;
    free(map.entries);
    return ok;
}

#else

bool linux_console_has(int fd, uint32_t sign, bool *has)
{
    (void)fd;
    (void)sign;
    (void)has;
    return false;
}

#endif
