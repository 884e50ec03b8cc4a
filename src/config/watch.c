/* SPDX-License-Identifier: MIT */
#include "config/watch.h"

#include <stdlib.h>
#include <string.h>

static void on_quiet(uv_timer_t *timer)
{
    struct watch *watch = timer->data;
    watch->changed(watch->owner);
}

static void on_event(uv_fs_event_t *event, const char *name, int events, int status)
{
    struct watch *watch = event->data;
    (void)events;
    if (status == 0 && (!name || strcmp(name, watch->name) == 0))
        uv_timer_start(&watch->timer, on_quiet, WATCH_QUIET_MS, 0);
}

static bool start(struct watch *watch, const char *path)
{
    const char *slash = strrchr(path, '/');
    char *folder = slash == path ? strdup("/") : slash ? strndup(path, (size_t)(slash - path)) : strdup(".");
    watch->name = strdup(slash ? slash + 1 : path);
    bool ok = folder && watch->name && uv_fs_event_start(&watch->event, on_event, folder, 0) == 0;
    free(folder);
    return ok;
}

bool watch_open(struct watch *watch, uv_loop_t *loop, const char *path, watch_fn *changed, void *owner)
{
    *watch = (struct watch){.changed = changed, .owner = owner};
    if (uv_fs_event_init(loop, &watch->event) != 0)
        return false;
    uv_timer_init(loop, &watch->timer);
    watch->event.data = watch->timer.data = watch;
    watch->opened = true;
    return start(watch, path);
}

void watch_close(struct watch *watch)
{
    if (!watch->opened)
        return;
    uv_close((uv_handle_t *)&watch->event, NULL);
    uv_close((uv_handle_t *)&watch->timer, NULL);
    watch->opened = false;
}

void watch_free(struct watch *watch)
{
    free(watch->name);
    watch->name = NULL;
}
