/* SPDX-License-Identifier: MIT
 * The watch over a file: plain, replaced, behind links that are led elsewhere. On a real loop, each wait with a deadline.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "config/watch.h"

struct scene {
    char folder[64], path[160], other[96];
    uv_loop_t loop;
    struct watch watch;
    int heard;
};

static void on_change(void *owner)
{
    ((struct scene *)owner)->heard++;
}

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
    return watch_open(&it->watch, &it->loop, it->path, on_change, it) ? 0 : -1;
}

static int remove_entry(const char *path, const struct stat *status, int kind, struct FTW *walk)
{
    (void)status, (void)kind, (void)walk;
    return remove(path);
}

static int tear_down(void **state)
{
    struct scene *it = *state;
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
    char path[160];
    snprintf(path, sizeof path, "%s/%s", it->folder, folder);
    assert_true(mkdir(path, 0700) == 0 || errno == EEXIST);
    snprintf(path, sizeof path, "%s/%s/conf", it->folder, folder);
    write_text(path, text);
}

static void watch_also(struct scene *it, const char *name)
{
    snprintf(it->path, sizeof it->path, "%s/%s", it->folder, name);
    watch_close(&it->watch);
    uv_run(&it->loop, UV_RUN_NOWAIT);
    watch_free(&it->watch);
    assert_true(watch_open(&it->watch, &it->loop, it->path, on_change, it));
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
    char from[160], aside[160], to[160];
    snprintf(from, sizeof from, "%s/fresh", it->folder);
    snprintf(to, sizeof to, "%s/etc", it->folder);
    snprintf(aside, sizeof aside, "%s/old", it->folder);
    make_file(it, "etc", "one");
    make_file(it, "fresh", "two");
    watch_also(it, "etc/conf");
    assert_int_equal(rename(to, aside), 0);
    assert_int_equal(rename(from, to), 0);
    assert_int_equal(heard_now(it, 1), 1);
    make_file(it, "etc", "three");
    assert_int_equal(heard_now(it, 2), 2);
}

static void what_does_not_exist_yet_is_heard_when_it_comes(void **state)
{
    struct scene *it = *state;
    char folder[160];
    snprintf(folder, sizeof folder, "%s/later", it->folder);
    watch_also(it, "later/conf");
    assert_int_equal(mkdir(folder, 0700), 0);
    assert_int_equal(heard_now(it, 1), 1);
    make_file(it, "later", "there");
    assert_int_equal(heard_now(it, 2), 2);
}

static void what_cannot_be_watched_can_be_poked(void **state)
{
    struct scene *it = *state;
    struct watch *watch = calloc(1, sizeof *watch);
    assert_false(watch_open(watch, &it->loop, "", on_change, it));
    watch_poke(watch);
    listen_for(it, 1, LONG_MS);
    assert_int_equal(it->heard, 1);
    watch_close(watch);
    uv_run(&it->loop, UV_RUN_NOWAIT);
    watch_free(watch);
    free(watch);
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
        WATCH_TEST(a_loop_of_links_ends),
        WATCH_TEST(a_folder_put_in_its_place_is_heard),
        WATCH_TEST(what_does_not_exist_yet_is_heard_when_it_comes),
        WATCH_TEST(what_cannot_be_watched_can_be_poked),
    };
    return cmocka_run_group_tests_name("watch", tests, NULL, NULL);
}
