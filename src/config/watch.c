/* SPDX-License-Identifier: MIT
 * The way to the file is walked name by name, as the kernel does it.
 */
#include "config/watch.h"

#include <limits.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Where the walk stands. The folder is spelled without a link in it. */
struct walk {
    char folder[PATH_MAX]; /* "" = the working directory */
    char rest[PATH_MAX];   /* what is still to be walked */
};

static void on_event(uv_fs_event_t *event, const char *name, int events, int status)
{
    struct watch *watch = event->data;
    const struct watch_place *place = (const struct watch_place *)(const void *)event;
    const char *slash = place->folder ? strrchr(place->folder, '/') : NULL;
    (void)events;
    if (status != 0 || !place->folder)
        return;
    /* A folder that was itself moved or removed is told by its own name. */
    if (!name || strcmp(name, place->name) == 0 || strcmp(name, slash ? slash + 1 : place->folder) == 0)
        watch_poke(watch);
}

_Static_assert(offsetof(struct watch_place, event) == 0, "on_event finds the place by its event");

static void forget_places(struct watch *watch)
{
    for (size_t i = 0; i < watch->place_count; i++) {
        uv_fs_event_stop(&watch->places[i].event);
        free(watch->places[i].folder);
        free(watch->places[i].name);
        watch->places[i].folder = watch->places[i].name = NULL;
    }
    watch->place_count = 0;
}

static bool watch_place(struct watch *watch, const char *folder, const char *name)
{
    struct watch_place *place = &watch->places[watch->place_count++];
    place->folder = strdup(*folder ? folder : ".");
    place->name = strdup(name);
    return place->folder && place->name && uv_fs_event_start(&place->event, on_event, place->folder, 0) == 0;
}

/* "a/b" of "a" and "b"; false when it is too long. */
static bool join(char dst[PATH_MAX], const char *folder, const char *name)
{
    size_t len = strlen(folder);
    const char *between = len == 0 || folder[len - 1] == '/' ? "" : "/";
    if (len + strlen(between) + strlen(name) >= PATH_MAX)
        return false;
    memmove(dst, folder, len);
    strcpy(stpcpy(dst + len, between), name);
    return true;
}

static void skip_root(struct walk *walk)
{
    size_t slashes = strspn(walk->rest, "/");
    if (slashes > 0)
        strcpy(walk->folder, "/");
    memmove(walk->rest, walk->rest + slashes, strlen(walk->rest + slashes) + 1);
}

/* The next name, taken off the rest; "" at the end. */
static void next_name(struct walk *walk, char name[PATH_MAX])
{
    size_t len = strcspn(walk->rest, "/"), end = len + strspn(walk->rest + len, "/");
    memcpy(name, walk->rest, len);
    name[len] = '\0';
    memmove(walk->rest, walk->rest + end, strlen(walk->rest + end) + 1);
}

/* What the link says comes in front of the rest. */
static bool follow(struct walk *walk, const char *link)
{
    char target[PATH_MAX], rest[PATH_MAX];
    ssize_t len = readlink(link, target, sizeof target - 1);
    if (len <= 0)
        return false;
    target[len] = '\0';
    if (!join(rest, target, walk->rest))
        return false;
    strcpy(walk->rest, *walk->rest ? rest : target);
    skip_root(walk);
    return true;
}

/* One name further. False at the end of the way: the file, what is not there, or a link too many. */
static bool step(struct watch *watch, struct walk *walk, bool *watched)
{
    char name[PATH_MAX], here[PATH_MAX];
    struct stat status;
    next_name(walk, name);
    bool known = join(here, walk->folder, name) && lstat(here, &status) == 0, link = known && S_ISLNK(status.st_mode);
    if (known && !link && S_ISDIR(status.st_mode) && *walk->rest) {
        strcpy(walk->folder, here);
        return true;
    }
    *watched = watch_place(watch, walk->folder, name);
    return link && watch->place_count < sizeof watch->places / sizeof *watch->places && follow(walk, here);
}

/* False when the last place of the way, which hears of the file, is not watched. */
static bool watch_way(struct watch *watch)
{
    struct walk walk = {.folder = ""};
    bool watched = false;
    forget_places(watch);
    if (!watch->path || !*watch->path || strlen(watch->path) >= sizeof walk.rest)
        return false;
    strcpy(walk.rest, watch->path);
    skip_root(&walk);
    while (step(watch, &walk, &watched))
        ;
    return watched;
}

/* A link may have been led elsewhere, a folder replaced: what was watched then is not on the way any more. */
static void on_quiet(uv_timer_t *timer)
{
    struct watch *watch = timer->data;
    watch_way(watch);
    watch->changed(watch->owner);
}

bool watch_open(struct watch *watch, uv_loop_t *loop, const char *path, watch_fn *changed, void *owner)
{
    *watch = (struct watch){.path = strdup(path), .changed = changed, .owner = owner, .opened = true};
    for (size_t i = 0; i < sizeof watch->places / sizeof *watch->places; i++) {
        uv_fs_event_init(loop, &watch->places[i].event);
        watch->places[i].event.data = watch;
    }
    uv_timer_init(loop, &watch->timer);
    watch->timer.data = watch;
    return watch_way(watch);
}

void watch_poke(struct watch *watch)
{
    uv_timer_start(&watch->timer, on_quiet, WATCH_QUIET_MS, 0);
}

void watch_close(struct watch *watch)
{
    if (!watch->opened)
        return;
    for (size_t i = 0; i < sizeof watch->places / sizeof *watch->places; i++)
        uv_close((uv_handle_t *)&watch->places[i].event, NULL);
    uv_close((uv_handle_t *)&watch->timer, NULL);
    watch->opened = false;
}

void watch_free(struct watch *watch)
{
    forget_places(watch);
    free(watch->path);
}
