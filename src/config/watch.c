/* SPDX-License-Identifier: MIT */
#include "config/watch.h"

#include <stdlib.h>
#include <string.h>

enum place { PLACE_FILE, PLACE_TARGET, PLACE_COUNT };

static void on_event(uv_fs_event_t *event, const char *name, int events, int status)
{
    struct watch *watch = event->data;
    bool target = event == &watch->places[PLACE_TARGET].event;
    const struct watch_place *place = &watch->places[target ? PLACE_TARGET : PLACE_FILE];
    (void)events;
    if (status == 0 && (!name || strcmp(name, place->name) == 0))
        watch_poke(watch);
}

/* Takes over `path`. */
static bool watch_place(struct watch_place *place, char *path)
{
    const char *slash = path ? strrchr(path, '/') : NULL;
    uv_fs_event_stop(&place->event);
    free(place->path);
    place->path = path;
    if (!path)
        return false;
    place->name = slash ? slash + 1 : path;
    char *folder = slash == path ? strdup("/") : slash ? strndup(path, (size_t)(slash - path)) : strdup(".");
    bool ok = folder && uv_fs_event_start(&place->event, on_event, folder, 0) == 0;
    free(folder);
    return ok;
}

/* Where the file is a link, its folder never hears of changes to the file behind it; and it may be led elsewhere. */
static void follow_link(struct watch *watch)
{
    struct watch_place *place = &watch->places[PLACE_TARGET];
    char *target = realpath(watch->places[PLACE_FILE].path, NULL);
    if (!target || (place->path && strcmp(place->path, target) == 0))
        free(target);
    else
        watch_place(place, target);
}

static void on_quiet(uv_timer_t *timer)
{
    struct watch *watch = timer->data;
    if (watch->places[PLACE_FILE].path)
        follow_link(watch);
    watch->changed(watch->owner);
}

bool watch_open(struct watch *watch, uv_loop_t *loop, const char *path, watch_fn *changed, void *owner)
{
    *watch = (struct watch){.changed = changed, .owner = owner, .opened = true};
    for (int i = 0; i < PLACE_COUNT; i++) {
        uv_fs_event_init(loop, &watch->places[i].event);
        watch->places[i].event.data = watch;
    }
    uv_timer_init(loop, &watch->timer);
    watch->timer.data = watch;
    if (!watch_place(&watch->places[PLACE_FILE], strdup(path)))
        return false;
    follow_link(watch);
    return true;
}

void watch_poke(struct watch *watch)
{
    uv_timer_start(&watch->timer, on_quiet, WATCH_QUIET_MS, 0);
}

void watch_close(struct watch *watch)
{
    if (!watch->opened)
        return;
    for (int i = 0; i < PLACE_COUNT; i++)
        uv_close((uv_handle_t *)&watch->places[i].event, NULL);
    uv_close((uv_handle_t *)&watch->timer, NULL);
    watch->opened = false;
}

void watch_free(struct watch *watch)
{
    for (int i = 0; i < PLACE_COUNT; i++)
        free(watch->places[i].path);
}
