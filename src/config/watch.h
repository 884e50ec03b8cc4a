/* SPDX-License-Identifier: MIT
 * Hears when a file changes, whichever way its editor writes it and however many links lead to it.
 */
#ifndef SCANDECK_CONFIG_WATCH_H
#define SCANDECK_CONFIG_WATCH_H

#include <stdbool.h>
#include <stddef.h>
#include <uv.h>

/* Editors write in several steps: the file is looked at when so long nothing happened to it. */
#define WATCH_QUIET_MS 200
/* The kernel follows no more links than these either (path_resolution(7)). */
#define WATCH_LINKS_MAX 40

typedef void watch_fn(void *owner);

/* A name in a folder that is watched: a link on the way to the file, or the file. */
struct watch_place {
    uv_fs_event_t event;
    char *folder; /* NULL = nothing is watched */
    char *name;
};

struct watch {
    struct watch_place places[WATCH_LINKS_MAX + 1];
    size_t place_count;
    char *path;
    uv_timer_t timer;
    watch_fn *changed;
    void *owner;
    bool opened;
};

/* Watches folders, because editors put a new file in the old one's place: that of the file and that of each link, of the file or of a
 * folder above it, which leads there (a volume of Kubernetes: file -> ..data/file, ..data -> ..2026_1). What does not exist yet is
 * heard when it comes. False when the system cannot, or memory is out; the watch can be poked and closed all the same. */
bool watch_open(struct watch *watch, uv_loop_t *loop, const char *path, watch_fn *changed, void *owner);
/* As if the file had changed now. */
void watch_poke(struct watch *watch);
/* The caller runs the loop once afterwards; then watch_free. */
void watch_close(struct watch *watch);
void watch_free(struct watch *watch);

#endif
