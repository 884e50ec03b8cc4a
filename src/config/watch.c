/* SPDX-License-Identifier: MIT
 * The way to the file is walked name by name, as the kernel does it.
 */
#include "config/watch.h"

#include <errno.h>
#include <limits.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* What a folder hears of itself comes with the last name of the path it is watched by: "." is the name of no entry. */
#define ITSELF "."

/* Where the walk stands. The folder is spelled without a link in it. */
struct walk {
    char folder[PATH_MAX]; /* "" = the working directory */
    char rest[PATH_MAX];   /* what is still to be walked */
    int links;             /* followed */
};

static void on_quiet(uv_timer_t *timer);

static void settle(struct watch *watch)
{
    uv_timer_start(&watch->timer, on_quiet, WATCH_QUIET_MS, 0);
}

static void on_event(uv_fs_event_t *event, const char *name, int events, int status)
{
    struct watch *watch = event->data;
    const struct watch_place *place = (const struct watch_place *)(const void *)event;
    (void)events;
    if (status != 0 || !place->name)
        return;
    bool named = !name || strcmp(name, place->name) == 0;
    if (!named && strcmp(name, ITSELF) != 0)
        return;
    watch->touched = watch->touched || (named && place == watch->end);
    settle(watch);
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
    watch->end = NULL;
    watch->lack = 0;
}

/* Of several reasons the one that an operator can mend. A folder that went meanwhile is heard of one place above. */
static void note_lack(struct watch *watch, int error)
{
    if (error != 0 && error != UV_ENOENT && error != UV_ENOTDIR && (watch->lack == 0 || watch->lack == UV_EACCES))
        watch->lack = error;
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

/* Several links may lead through the same folder. NULL when there are too many. */
static struct watch_place *place_of(struct watch *watch, const char *folder, const char *name)
{
    for (size_t i = 0; i < watch->place_count; i++)
        if (strcmp(watch->places[i].folder, folder) == 0 && strcmp(watch->places[i].name, name) == 0)
            return &watch->places[i];
    return watch->place_count < WATCH_PLACES_MAX ? &watch->places[watch->place_count] : NULL;
}

static int start_place(struct watch *watch, struct watch_place *place, const char *folder, const char *name)
{
    place->folder = strdup(folder);
    place->name = strdup(name);
    watch->place_count++;
    return place->folder && place->name ? uv_fs_event_start(&place->event, on_event, folder, 0) : UV_ENOMEM;
}

static void watch_place(struct watch *watch, const char *in, const char *name)
{
    char folder[PATH_MAX];
    struct watch_place *place = join(folder, in, ITSELF) ? place_of(watch, folder, name) : NULL;
    if (!place)
        note_lack(watch, WATCH_LACK_PLACES);
    else if (!place->folder)
        note_lack(watch, start_place(watch, place, folder, name));
    watch->end = place;
}

/* One name further. False at the end of the way: the file, what is not there, or a link too many. A name is watched before it
 * is looked at: what happens to it in between is heard. */
static bool step(struct watch *watch, struct walk *walk)
{
    char name[PATH_MAX], here[PATH_MAX];
    struct stat status;
    next_name(walk, name);
    if (strcmp(name, ".") == 0)
        return *walk->rest;
    watch_place(watch, walk->folder, name);
    if (!join(here, walk->folder, name) || lstat(here, &status) != 0)
        return false;
    if (S_ISLNK(status.st_mode))
        return walk->links++ < WATCH_LINKS_MAX && follow(walk, here);
    strcpy(walk->folder, here);
    return S_ISDIR(status.st_mode) && *walk->rest;
}

static void watch_way(struct watch *watch)
{
    struct walk walk = {.folder = ""};
    forget_places(watch);
    if (!watch->path || strlen(watch->path) >= sizeof walk.rest) {
        note_lack(watch, watch->path ? UV_ENAMETOOLONG : UV_ENOMEM);
        return;
    }
    strcpy(walk.rest, watch->path);
    skip_root(&walk);
    while (*walk.rest && step(watch, &walk))
        ;
}

static struct watch_look look_at(const char *path)
{
    struct stat it;
    if (!path || stat(path, &it) != 0)
        return (struct watch_look){.error = path ? errno : ENOMEM};
    return (struct watch_look){.device = it.st_dev, .node = it.st_ino, .size = it.st_size,
                               .written = it.st_mtim, .changed = it.st_ctim};
}

static bool same_time(struct timespec a, struct timespec b)
{
    return a.tv_sec == b.tv_sec && a.tv_nsec == b.tv_nsec;
}

static bool looks_the_same(const struct watch_look *a, const struct watch_look *b)
{
    return a->error == b->error && a->device == b->device && a->node == b->node && a->size == b->size &&
           same_time(a->written, b->written) && same_time(a->changed, b->changed);
}

/* A file in whose name something happened is news, even where times are kept in whole seconds. */
static bool is_news(const struct watch *watch, const struct watch_look *now)
{
    return watch->poked || (watch->touched && now->error == 0) || !looks_the_same(now, &watch->seen);
}

static const char *reason(int lack)
{
    switch (lack) {
    case UV_EMFILE:
        return "no inotify instance is left (sysctl fs.inotify.max_user_instances), or no file descriptor";
    case UV_ENOSPC:
        return "no inotify watch is left (sysctl fs.inotify.max_user_watches)";
    case WATCH_LACK_PLACES:
        return "too many folders and links lead to it";
    default:
        return uv_strerror(lack);
    }
}

/* A folder that may be passed and not listed, as /home is at some places, is not worth a line. */
static void tell_lack(struct watch *watch)
{
    char text[WATCH_TEXT_MAX];
    if (watch->lack == 0 || watch->lack == UV_EACCES || watch->lack == watch->told)
        return;
    watch->told = watch->lack;
    snprintf(text, sizeof text, "the configuration is looked at every %d s, for it cannot be watched wholly: %s",
             WATCH_LOOK_MS / 1000, reason(watch->lack));
    watch->calls->tell(watch->owner, text);
}

static void on_look(uv_timer_t *timer);

/* A link may have been led elsewhere, a folder replaced: what was watched then is not on the way any more. */
static void walk_again(struct watch *watch)
{
    watch_way(watch);
    tell_lack(watch);
    if (watch->lack != 0)
        uv_timer_start(&watch->timer, on_look, WATCH_LOOK_MS, 0);
}

static void on_quiet(uv_timer_t *timer)
{
    struct watch *watch = timer->data;
    walk_again(watch);
    struct watch_look now = look_at(watch->path);
    bool news = is_news(watch, &now);
    watch->seen = now;
    watch->poked = watch->touched = false;
    if (news)
        watch->calls->changed(watch->owner);
}

/* Not all is heard: something may have happened. */
static void on_look(uv_timer_t *timer)
{
    struct watch *watch = timer->data;
    walk_again(watch);
    struct watch_look now = look_at(watch->path);
    if (!looks_the_same(&now, &watch->seen))
        settle(watch);
}

void watch_open(struct watch *watch, uv_loop_t *loop, const char *path, const struct watch_calls *calls, void *owner)
{
    *watch = (struct watch){.path = strdup(path), .calls = calls, .owner = owner, .opened = true};
    for (size_t i = 0; i < WATCH_PLACES_MAX; i++) {
        uv_fs_event_init(loop, &watch->places[i].event);
        watch->places[i].event.data = watch;
    }
    uv_timer_init(loop, &watch->timer);
    watch->timer.data = watch;
    walk_again(watch);
    watch->seen = look_at(path);
}

void watch_poke(struct watch *watch)
{
    watch->poked = true;
    settle(watch);
}

void watch_close(struct watch *watch)
{
    if (!watch->opened)
        return;
    for (size_t i = 0; i < WATCH_PLACES_MAX; i++)
        uv_close((uv_handle_t *)&watch->places[i].event, NULL);
    uv_close((uv_handle_t *)&watch->timer, NULL);
    watch->opened = false;
}

void watch_free(struct watch *watch)
{
    forget_places(watch);
    free(watch->path);
}
