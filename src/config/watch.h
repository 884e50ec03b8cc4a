/* SPDX-License-Identifier: MIT
 * Hears when a file changes, whichever way its editor writes it and however many links lead to it.
 */
#ifndef SCANDECK_CONFIG_WATCH_H
#define SCANDECK_CONFIG_WATCH_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>
#include <time.h>
#include <uv.h>

/* Editors write in several steps: the file is looked at when so long nothing happened to it. */
#define WATCH_QUIET_MS 200
/* The kernel follows no more links than these either (path_resolution(7)). */
#define WATCH_LINKS_MAX 40

/* Names that are watched at most. */
#define WATCH_PLACES_MAX 128
/* What cannot be watched is looked at so often. */
#define WATCH_LOOK_MS 2000
#define WATCH_TEXT_MAX 256

struct watch_calls {
    void (*changed)(void *owner);
    /* Why not all can be watched; each reason once. */
    void (*tell)(void *owner, const char *text);
};

/* A name in a folder that is watched: a folder or a link on the way to the file, or the file. */
struct watch_place {
    uv_fs_event_t event;
    char *folder; /* NULL = nothing is watched */
    char *name;
};

/* By what a file is told from the one that was there before. */
struct watch_look {
    int error; /* of errno; 0 = it is there */
    dev_t device;
    ino_t node;
    off_t size;
    struct timespec written, changed;
};

/* Besides libuv's errors, which are negative. */
enum { WATCH_LACK_PLACES = 1 };

struct watch {
    struct watch_place places[WATCH_PLACES_MAX];
    size_t place_count;
    const struct watch_place *end; /* of the way: the file, or the first name that is not there */
    char *path;
    uv_timer_t timer;
    const struct watch_calls *calls;
    void *owner;
    struct watch_look seen; /* when it was quiet last */
    bool touched, poked;    /* since then */
    int lack, told;         /* why not all is watched, and what was told of it last; 0 = all is */
    bool opened;
};

/* Watches folders, because editors put a new file in the old one's place: that of the file, and that of each folder and each link
 * which leads there (a volume of Kubernetes: file -> ..data/file, ..data -> ..2026_1). A relative path counts from the working
 * directory, wherever that is moved. What does not exist yet is heard when it comes. `changed` is called when the file is another
 * one, or was written, or went: whatever else happens in those folders is not its matter. What the system does not let us watch
 * is looked at every WATCH_LOOK_MS instead. `calls` must outlive the watch. */
void watch_open(struct watch *watch, uv_loop_t *loop, const char *path, const struct watch_calls *calls, void *owner);
/* As if the file had changed now. */
void watch_poke(struct watch *watch);
/* The caller runs the loop once afterwards; then watch_free. */
void watch_close(struct watch *watch);
void watch_free(struct watch *watch);

#endif
