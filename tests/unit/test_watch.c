/* SPDX-License-Identifier: MIT
 * The watch over a file: plain, replaced, behind links that are led elsewhere. On a real loop, each wait with a deadline.
 * libuv calls the two functions of inotify below in place of the library's.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "config/watch.h"

static int no_instance, no_watch; /* errors that the system gives */

int inotify_init1(int flags)
{
    errno = no_instance;
    return no_instance ? -1 : (int)syscall(SYS_inotify_init1, flags);
}

int inotify_add_watch(int fd, const char *path, uint32_t mask)
{
    errno = no_watch;
    return no_watch ? -1 : (int)syscall(SYS_inotify_add_watch, fd, path, mask);
}

struct scene {
    char folder[64], path[PATH_MAX], other[96], told[WATCH_TEXT_MAX];
    uv_loop_t loop;
    struct watch watch;
    int heard, tellings;
};

static void on_change(void *owner)
{
    ((struct scene *)owner)->heard++;
}

static void on_tell(void *owner, const char *text)
{
    struct scene *it = owner;
    it->tellings++;
    snprintf(it->told, sizeof it->told, "%s", text);
}

static const struct watch_calls calls = {.changed = on_change, .tell = on_tell};

static void write_text(const char *path, const char *text)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    assert_int_equal(write(fd, text, strlen(text)), strlen(text));
    close(fd);
}

static void on_time(uv_timer_t *timer)
{
    *(bool *)timer->data = true;
}

/* Runs the loop until so much was heard, or `ms` have passed. */
static void listen_for(struct scene *it, int heard, uint64_t ms)
{
    uv_timer_t timer;
    bool late = false;
    uv_timer_init(&it->loop, &timer);
    timer.data = &late;
    uv_timer_start(&timer, on_time, ms, 0);
    while (!late && it->heard < heard)
        uv_run(&it->loop, UV_RUN_ONCE);
    uv_close((uv_handle_t *)&timer, NULL);
    uv_run(&it->loop, UV_RUN_NOWAIT);
}

static int set_up(void **state)
{
    struct scene *it = calloc(1, sizeof *it);
    if (!it || uv_loop_init(&it->loop) != 0)
        return -1;
    snprintf(it->folder, sizeof it->folder, "/tmp/scandeck-watch-XXXXXX");
    if (!mkdtemp(it->folder))
        return -1;
    snprintf(it->path, sizeof it->path, "%s/f", it->folder);
    snprintf(it->other, sizeof it->other, "%s/g", it->folder);
    write_text(it->path, "one");
    *state = it;
    watch_open(&it->watch, &it->loop, it->path, &calls, it);
    return 0;
}

static int remove_entry(const char *path, const struct stat *status, int kind, struct FTW *walk)
{
    (void)status, (void)kind, (void)walk;
    return remove(path);
}

static int tear_down(void **state)
{
    struct scene *it = *state;
    no_instance = no_watch = 0;
    watch_close(&it->watch);
    uv_run(&it->loop, UV_RUN_DEFAULT);
    watch_free(&it->watch);
    nftw(it->folder, remove_entry, 8, FTW_DEPTH | FTW_PHYS);
    int busy = uv_loop_close(&it->loop);
    free(it);
    return busy;
}

#define LONG_MS 20000
#define QUIET_MS (3 * WATCH_QUIET_MS)

static void a_change_in_many_steps_is_heard_once(void **state)
{
    struct scene *it = *state;
    for (int i = 0; i < 20; i++)
        write_text(it->path, "two");
    listen_for(it, 1, LONG_MS);
    assert_int_equal(it->heard, 1);
    listen_for(it, 2, QUIET_MS);
    assert_int_equal(it->heard, 1);
}

static void a_file_put_in_its_place_is_heard(void **state)
{
    struct scene *it = *state;
    for (int round = 1; round < 4; round++) {
        write_text(it->other, "new");
        assert_int_equal(rename(it->other, it->path), 0);
        listen_for(it, round, LONG_MS);
        assert_int_equal(it->heard, round);
    }
}

static void a_file_that_goes_and_comes_is_heard(void **state)
{
    struct scene *it = *state;
    assert_int_equal(unlink(it->path), 0);
    listen_for(it, 1, LONG_MS);
    assert_int_equal(it->heard, 1);
    write_text(it->path, "back");
    listen_for(it, 2, LONG_MS);
    assert_int_equal(it->heard, 2);
}

static void its_neighbours_are_not_its_matter(void **state)
{
    struct scene *it = *state;
    write_text(it->other, "other");
    listen_for(it, 1, QUIET_MS);
    assert_int_equal(it->heard, 0);
}

static void a_poke_and_an_event_are_one(void **state)
{
    struct scene *it = *state;
    write_text(it->path, "two");
    watch_poke(&it->watch);
    listen_for(it, 2, LONG_MS / 10);
    assert_int_equal(it->heard, 1);
}

static void make_link(struct scene *it, const char *target, const char *name)
{
    char link[160], fresh[176];
    snprintf(link, sizeof link, "%s/%s", it->folder, name);
    snprintf(fresh, sizeof fresh, "%s.new", link);
    assert_int_equal(symlink(target, fresh), 0);
    assert_int_equal(rename(fresh, link), 0);
}

static void make_file(struct scene *it, const char *folder, const char *text)
{
    char path[PATH_MAX];
    snprintf(path, sizeof path, "%s/%s", it->folder, folder);
    assert_true(mkdir(path, 0700) == 0 || errno == EEXIST);
    snprintf(path, sizeof path, "%s/%s/conf", it->folder, folder);
    write_text(path, text);
}

static void watch_path(struct scene *it, const char *path)
{
    watch_close(&it->watch);
    uv_run(&it->loop, UV_RUN_NOWAIT);
    watch_free(&it->watch);
    watch_open(&it->watch, &it->loop, path, &calls, it);
}

static void watch_also(struct scene *it, const char *name)
{
    snprintf(it->path, sizeof it->path, "%s/%s", it->folder, name);
    watch_path(it, it->path);
}

/* All names count from the scene's folder. */
static void make_folders(struct scene *it, const char *names)
{
    char path[PATH_MAX];
    size_t len = (size_t)snprintf(path, sizeof path, "%s/%s/", it->folder, names);
    for (size_t i = strlen(it->folder) + 1; i < len; i++)
        if (path[i] == '/') {
            path[i] = '\0';
            assert_true(mkdir(path, 0700) == 0 || errno == EEXIST);
            path[i] = '/';
        }
}

static void move(struct scene *it, const char *from, const char *to)
{
    char old[PATH_MAX], fresh[PATH_MAX];
    snprintf(old, sizeof old, "%s/%s", it->folder, from);
    snprintf(fresh, sizeof fresh, "%s/%s", it->folder, to);
    assert_int_equal(rename(old, fresh), 0);
}

/* How often anything is heard in the next moments, once it is quiet. */
static int heard_now(struct scene *it, int expected)
{
    listen_for(it, expected, LONG_MS);
    return it->heard;
}

/* As Kubernetes mounts a ConfigMap: conf -> ..data/conf, ..data -> ..d1; a change is a new folder and a new ..data. */
static void a_volume_that_turns_to_its_next_folder_is_heard(void **state)
{
    struct scene *it = *state;
    make_file(it, "..d1", "one");
    make_link(it, "..d1", "..data");
    make_link(it, "..data/conf", "conf");
    watch_also(it, "conf");
    for (int round = 1; round < 4; round++) {
        char folder[16];
        snprintf(folder, sizeof folder, "..d%d", round + 1);
        make_file(it, folder, "next");
        assert_int_equal(it->heard, round - 1);
        make_link(it, folder, "..data");
        assert_int_equal(heard_now(it, round), round);
    }
    make_file(it, "..d4", "the file itself, behind all links");
    assert_int_equal(heard_now(it, 4), 4);
}

/* conf -> a -> (whole path)/b -> d/../e/conf: each of them may change, one after the other. */
static void every_link_of_a_chain_is_heard(void **state)
{
    struct scene *it = *state;
    char whole[160];
    snprintf(whole, sizeof whole, "%s/b", it->folder);
    make_file(it, "d", "one");
    make_file(it, "e", "two");
    make_link(it, "d/../e/conf", "b");
    make_link(it, whole, "a");
    make_link(it, "./a", "conf");
    watch_also(it, "conf");
    make_link(it, "d/conf", "b");
    assert_int_equal(heard_now(it, 1), 1);
    make_file(it, "d", "changed");
    assert_int_equal(heard_now(it, 2), 2);
    make_link(it, "e/conf", "a");
    assert_int_equal(heard_now(it, 3), 3);
    make_file(it, "e", "changed");
    assert_int_equal(heard_now(it, 4), 4);
    make_link(it, "d/conf", "conf");
    assert_int_equal(heard_now(it, 5), 5);
    make_link(it, "nothing", "b");
    listen_for(it, 6, QUIET_MS);
    assert_int_equal(it->heard, 5); /* not on the way any more */
}

static void as_many_links_as_the_kernel_follows_are_watched(void **state)
{
    struct scene *it = *state;
    char target[16] = "d/conf", name[16];
    make_file(it, "d", "one");
    for (int i = 0; i < WATCH_LINKS_MAX; i++, strcpy(target, name)) {
        snprintf(name, sizeof name, "link%d", i);
        make_link(it, target, name);
    }
    watch_also(it, name);
    assert_int_equal(it->watch.seen.error, 0);
    make_file(it, "d", "two");
    assert_int_equal(heard_now(it, 1), 1);
}

static void a_loop_of_links_ends(void **state)
{
    struct scene *it = *state;
    make_link(it, "two", "one");
    make_link(it, "one", "two");
    watch_also(it, "one");
    make_file(it, "d", "mended");
    make_link(it, "d/conf", "two");
    assert_int_equal(heard_now(it, 1), 1);
    make_file(it, "d", "changed");
    assert_int_equal(heard_now(it, 2), 2);
}

static void a_folder_put_in_its_place_is_heard(void **state)
{
    struct scene *it = *state;
    make_file(it, "etc", "one");
    make_file(it, "fresh", "two");
    watch_also(it, "etc/conf");
    move(it, "etc", "old");
    move(it, "fresh", "etc");
    assert_int_equal(heard_now(it, 1), 1);
    make_file(it, "etc", "three");
    assert_int_equal(heard_now(it, 2), 2);
}

/* Each folder of the way is replaced in its turn, the uppermost first. */
static void a_folder_far_above_put_in_its_place_is_heard(void **state)
{
    static const char *const fresh[] = {"z/b/c", "y/c", "x"}, *const replaced[] = {"a", "a/b", "a/b/c"},
                      *const taken[] = {"z", "y", "x"}, *const aside[] = {"old1", "old2", "old3"};
    struct scene *it = *state;
    make_folders(it, "a/b/c");
    make_file(it, "a/b/c", "one");
    watch_also(it, "a/b/c/conf");
    for (int i = 0; i < 3; i++) {
        make_folders(it, fresh[i]);
        make_file(it, fresh[i], "next");
        move(it, replaced[i], aside[i]);
        move(it, taken[i], replaced[i]);
        assert_int_equal(heard_now(it, i + 1), i + 1);
    }
    make_file(it, "a/b/c", "the file itself, in the last of them");
    assert_int_equal(heard_now(it, 4), 4);
}

/* current -> rel/1; rel goes, and comes a while later. */
static void the_folders_behind_a_link_may_come_later(void **state)
{
    struct scene *it = *state;
    make_folders(it, "rel/1/etc");
    make_file(it, "rel/1/etc", "one");
    make_link(it, "rel/1", "current");
    watch_also(it, "current/etc/conf");
    move(it, "rel", "relold");
    assert_int_equal(heard_now(it, 1), 1); /* it is gone */
    make_folders(it, "rel");
    listen_for(it, 2, QUIET_MS);
    make_folders(it, "rel/1/etc");
    listen_for(it, 2, QUIET_MS);
    assert_int_equal(it->heard, 1); /* and still is */
    make_file(it, "rel/1/etc", "two");
    assert_int_equal(heard_now(it, 2), 2);
}

static void a_relative_path_counts_from_the_working_directory(void **state)
{
    static const char *const paths[] = {"./a/./b//conf", "a/b/conf", "../work/a/b/conf", "a/b/../../../work/a/b/conf"};
    struct scene *it = *state;
    char before[PATH_MAX], work[PATH_MAX];
    assert_non_null(getcwd(before, sizeof before));
    make_folders(it, "work/a/b");
    snprintf(work, sizeof work, "%s/work", it->folder);
    assert_int_equal(chdir(work), 0);
    for (int i = 0; i < (int)(sizeof paths / sizeof *paths); i++) {
        char aside[16];
        make_file(it, "work/a/b", "one");
        watch_path(it, paths[i]);
        it->heard = 0;
        snprintf(aside, sizeof aside, "old%d", i);
        move(it, "work/a", aside);
        make_folders(it, "new/b");
        make_file(it, "new/b", "two");
        move(it, "new", "work/a");
        listen_for(it, 1, LONG_MS);
        assert_int_equal(it->heard, 1);
    }
    assert_int_equal(chdir(before), 0);
}

/* Where the working directory was moved to, ".." is another folder. */
static void a_moved_working_directory_is_heard_where_it_matters(void **state)
{
    struct scene *it = *state;
    char before[PATH_MAX], work[PATH_MAX];
    assert_non_null(getcwd(before, sizeof before));
    make_folders(it, "one/work");
    make_folders(it, "two");
    make_file(it, "one", "one");
    make_file(it, "two", "two");
    snprintf(work, sizeof work, "%s/one/work", it->folder);
    assert_int_equal(chdir(work), 0);
    watch_path(it, "../conf");
    move(it, "one/work", "two/work");
    assert_int_equal(heard_now(it, 1), 1);
    assert_int_equal(chdir(before), 0);
}

/* Everything that happens in the folders above, and to them, but not to the way. */
static void busy_folders_are_not_its_matter(void **state)
{
    struct scene *it = *state;
    char self[PATH_MAX], inner[PATH_MAX];
    make_folders(it, "home/home/etc"); /* also an entry of the name of the folder that it is in */
    make_file(it, "home/home/etc", "one");
    watch_also(it, "home/home/etc/conf");
    snprintf(self, sizeof self, "%s/home", it->folder);
    snprintf(inner, sizeof inner, "%s/home/home/home", it->folder);
    for (int i = 0; i < 20; i++) {
        write_text(inner, "a name that is watched elsewhere");
        make_file(it, "home", "a file of the same name");
        make_folders(it, "home/other/etc");
        assert_int_equal(chmod(self, i % 2 ? 0700 : 0750), 0);
        listen_for(it, 1, 20);
    }
    listen_for(it, 1, QUIET_MS);
    assert_int_equal(it->heard, 0);
    make_file(it, "home/home/etc", "two");
    assert_int_equal(heard_now(it, 1), 1);
}

static void a_link_led_to_the_same_file_is_no_news(void **state)
{
    struct scene *it = *state;
    make_file(it, "d", "one");
    make_link(it, "d", "l");
    watch_also(it, "l/conf");
    make_link(it, "./d", "l");
    listen_for(it, 1, QUIET_MS);
    assert_int_equal(it->heard, 0);
}

static void what_does_not_exist_yet_is_heard_when_it_comes(void **state)
{
    struct scene *it = *state;
    watch_also(it, "later/still/conf");
    make_folders(it, "later");
    listen_for(it, 1, QUIET_MS);
    make_folders(it, "later/still");
    listen_for(it, 1, QUIET_MS);
    assert_int_equal(it->heard, 0);
    make_file(it, "later/still", "there");
    assert_int_equal(heard_now(it, 1), 1);
}

static void what_cannot_be_watched_can_be_poked(void **state)
{
    struct scene *it = *state;
    watch_path(it, "");
    for (int round = 1; round < 3; round++) {
        watch_poke(&it->watch);
        assert_int_equal(heard_now(it, round), round);
    }
}

static void assert_told(struct scene *it, const char *why)
{
    assert_int_equal(it->tellings, 1);
    assert_non_null(strstr(it->told, "looked at every 2 s"));
    assert_non_null(strstr(it->told, why));
}

/* Looked at instead, and told once. */
static void assert_looked_at(struct scene *it, const char *why)
{
    for (int round = 1; round < 3; round++) {
        write_text(it->path, round % 2 ? "other" : "another");
        assert_int_equal(heard_now(it, round), round);
    }
    assert_told(it, why);
}

static int set_up_without_an_instance(void **state)
{
    no_instance = EMFILE;
    return set_up(state);
}

static void without_an_instance_of_inotify_it_is_looked_at(void **state)
{
    assert_looked_at(*state, "max_user_instances");
}

static void without_watches_of_inotify_it_is_looked_at(void **state)
{
    struct scene *it = *state;
    no_watch = ENOSPC;
    watch_path(it, it->path);
    assert_looked_at(it, "max_user_watches");
}

static void a_limit_that_is_reached_later_is_told_then(void **state)
{
    struct scene *it = *state;
    assert_int_equal(it->tellings, 0);
    no_watch = ENOSPC;
    assert_looked_at(it, "max_user_watches");
    no_watch = 0;
    listen_for(it, 3, WATCH_LOOK_MS + QUIET_MS);
    assert_int_equal(it->watch.lack, 0); /* and when there is room again, it is watched */
}

/* As /home is at some places: it may be passed, not listed. */
static void a_folder_that_cannot_be_listed_is_not_worth_a_line(void **state)
{
    struct scene *it = *state;
    no_watch = EACCES;
    watch_path(it, it->path);
    write_text(it->path, "other");
    assert_int_equal(heard_now(it, 1), 1);
    assert_int_equal(it->tellings, 0);
}

static void a_way_of_too_many_folders_is_looked_at(void **state)
{
    struct scene *it = *state;
    char names[2 * WATCH_PLACES_MAX + 1] = "";
    for (size_t i = 0; i < WATCH_PLACES_MAX; i++)
        memcpy(names + 2 * i, "a/", 3);
    names[2 * WATCH_PLACES_MAX - 1] = '\0';
    make_folders(it, names);
    make_file(it, names, "one");
    char path[PATH_MAX];
    snprintf(path, sizeof path, "%s/conf", names);
    watch_also(it, path);
    assert_true(it->watch.place_count == WATCH_PLACES_MAX);
    assert_looked_at(it, "too many folders");
}

#define WATCH_TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    static const struct CMUnitTest tests[] = {
        WATCH_TEST(a_change_in_many_steps_is_heard_once),
        WATCH_TEST(a_file_put_in_its_place_is_heard),
        WATCH_TEST(a_file_that_goes_and_comes_is_heard),
        WATCH_TEST(its_neighbours_are_not_its_matter),
        WATCH_TEST(a_poke_and_an_event_are_one),
        WATCH_TEST(a_volume_that_turns_to_its_next_folder_is_heard),
        WATCH_TEST(every_link_of_a_chain_is_heard),
        WATCH_TEST(as_many_links_as_the_kernel_follows_are_watched),
        WATCH_TEST(a_loop_of_links_ends),
        WATCH_TEST(a_folder_put_in_its_place_is_heard),
        WATCH_TEST(a_folder_far_above_put_in_its_place_is_heard),
        WATCH_TEST(the_folders_behind_a_link_may_come_later),
        WATCH_TEST(a_relative_path_counts_from_the_working_directory),
        WATCH_TEST(a_moved_working_directory_is_heard_where_it_matters),
        WATCH_TEST(busy_folders_are_not_its_matter),
        WATCH_TEST(a_link_led_to_the_same_file_is_no_news),
        WATCH_TEST(what_does_not_exist_yet_is_heard_when_it_comes),
        WATCH_TEST(what_cannot_be_watched_can_be_poked),
        cmocka_unit_test_setup_teardown(without_an_instance_of_inotify_it_is_looked_at, set_up_without_an_instance, tear_down),
        WATCH_TEST(without_watches_of_inotify_it_is_looked_at),
        WATCH_TEST(a_limit_that_is_reached_later_is_told_then),
        WATCH_TEST(a_folder_that_cannot_be_listed_is_not_worth_a_line),
        WATCH_TEST(a_way_of_too_many_folders_is_looked_at),
    };
    return cmocka_run_group_tests_name("watch", tests, NULL, NULL);
}
