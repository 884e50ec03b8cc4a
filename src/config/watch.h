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

/* A name in a folder that is watched. */
struct watch_place {
    uv_fs_event_t event;
    char *path;       /* NULL = nothing is watched */
    const char *name; /* its end */
};

struct watch {
    struct watch_place places[2]; /* the file, and where it is a link the file behind it */
    uv_timer_t timer;
    watch_fn *changed;
    void *owner;
    bool opened;
};

/* Watches the folder of the file, because editors put a new file in the old one's place. False when the system cannot, or memory is
 * out; the watch can be poked and closed all the same. */
bool watch_open(struct watch *watch, uv_loop_t *loop, const char *path, watch_fn *changed, void *owner);
/* As if the file had changed now. */
void watch_poke(struct watch *watch);
/* The caller runs the loop once afterwards; then watch_free. */
void watch_close(struct watch *watch);
void watch_free(struct watch *watch);

#endif
