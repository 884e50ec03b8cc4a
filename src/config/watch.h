/* SPDX-License-Identifier: MIT
 * Hears when a file changes, whichever way its editor writes it.
 */
#ifndef SCANDECK_CONFIG_WATCH_H
#define SCANDECK_CONFIG_WATCH_H

#include <stdbool.h>
#include <uv.h>

/* Editors write in several steps: the file is looked at when so long nothing happened to it. */
#define WATCH_QUIET_MS 200

typedef void watch_fn(void *owner);

struct watch {
    uv_fs_event_t event;
    uv_timer_t timer;
    char *name; /* of the file in its folder */
    watch_fn *changed;
    void *owner;
    bool opened;
};

/* Watches the folder of the file, because editors put a new file in the old one's place. False when the system cannot; the watch
 * can be closed all the same. */
bool watch_open(struct watch *watch, uv_loop_t *loop, const char *path, watch_fn *changed, void *owner);
/* The caller runs the loop once afterwards; then watch_free. */
void watch_close(struct watch *watch);
void watch_free(struct watch *watch);

#endif
