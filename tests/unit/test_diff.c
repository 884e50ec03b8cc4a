/* SPDX-License-Identifier: MIT
 * What a changed configuration file means for what runs, and that a change of the file is heard.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "config/diff.h"
#include "config/parse.h"
#include "config/watch.h"

#define NANOSECONDS UINT64_C(1000000000)
#define A "[instance a]\nid=1\ntoken_env=A\n"
#define B "[instance b]\nid=2\ntoken_command=pass b\n"

struct pair {
    struct config old, fresh;
};

static void read_into(struct config *config, const char *text)
{
    static struct complaints complaints;
    complaints.count = 0;
    config_init(config);
    parse_text(config, text, strlen(text), &complaints);
    assert_int_equal(complaints.count, 0);
}

static struct pair pair_of(const char *old, const char *fresh)
{
    struct pair pair;
    read_into(&pair.old, old);
    read_into(&pair.fresh, fresh);
    return pair;
}

static void forget(struct pair *pair)
{
    config_free(&pair->old);
    config_free(&pair->fresh);
}

/* How the first instance of the new text stands to the old one, and from which label it goes on ("" = none). */
static void assert_kind(const char *old, const char *fresh, enum diff_kind kind, const char *before)
{
    struct pair pair = pair_of(old, fresh);
    const struct config_instance *from = diff_before(&pair.old, &pair.fresh, &pair.fresh.instances[0]);
    assert_int_equal(diff_kind_of(&pair.old, &pair.fresh, &pair.fresh.instances[0]), kind);
    assert_string_equal(from ? from->label : "", before);
    forget(&pair);
}

static void what_stays_is_the_same_wherever_it_stands(void **state)
{
    (void)state;
    assert_kind(A B, A B, DIFF_SAME, "a");
    assert_kind(A B, B "\n\n" A, DIFF_SAME, "b");
    assert_kind("poll=50\n" A, "poll=60\n" A, DIFF_SAME, "a");
}

static void id_place_and_secret_make_it_another(void **state)
{
    (void)state;
    assert_kind(A, "[instance a]\nid=3\ntoken_env=A\n", DIFF_CHANGED, "a");
    assert_kind(A, "[instance a]\nid=1\ntoken_env=B\n", DIFF_CHANGED, "a");
    assert_kind(A, "[instance a]\nid=1\ntoken_file=A\n", DIFF_CHANGED, "a");
    assert_kind(A, A "api_url=https://x.y\n", DIFF_CHANGED, "a");
    assert_kind(A, "api_url=https://x.y\n" A, DIFF_CHANGED, "a");
    assert_kind("api_url=https://x.y\n" A, A "api_url=https://x.y\n", DIFF_SAME, "a");
    assert_kind("api_url=https://x.y\n" A, "api_url=https://x.y/v3\n" A, DIFF_CHANGED, "a");
}

static void a_label_is_only_a_name(void **state)
{
    (void)state;
    assert_kind(A B, "[instance c]\nid=1\ntoken_env=A\n" B, DIFF_RENAMED, "a");
    assert_kind(A B, "[instance c]\nid=1\ntoken_env=C\n" B, DIFF_CHANGED, "a");
    assert_kind(A B, "[instance c]\nid=3\ntoken_env=A\n" A B, DIFF_NEW, "");
    /* Two that changed places, and one that took another's label: nobody knows who is meant to be whom. */
    assert_kind(A B, "[instance b]\nid=1\ntoken_env=A\n[instance a]\nid=2\ntoken_command=pass b\n", DIFF_CHANGED, "b");
    assert_kind(A, "[instance c]\nid=1\ntoken_env=A\n[instance a]\nid=4\ntoken_env=A\n", DIFF_NEW, "");
}

static void an_instance_is_found_by_label(void **state)
{
    struct pair pair = pair_of(A B, B);
    (void)state;
    assert_string_equal(diff_find(&pair.old, "b")->id, "2");
    assert_null(diff_find(&pair.fresh, "a"));
    forget(&pair);
}

static void assert_settings(const char *old, const char *fresh, const char *at_once, const char *at_start)
{
    struct pair pair = pair_of(old, fresh);
    char names[256];
    diff_settings(names, sizeof names, &pair.old, &pair.fresh, SETTING_AT_ONCE);
    assert_string_equal(names, at_once);
    diff_settings(names, sizeof names, &pair.old, &pair.fresh, SETTING_AT_START);
    assert_string_equal(names, at_start);
    forget(&pair);
}

static void options_that_differ_are_named(void **state)
{
    (void)state;
    assert_settings("", "", "", "");
    assert_settings("", "poll=60\nqr_mode=auto\n", "", "");
    assert_settings("bell=linked code\n", "bell=code linked\n", "", "");
    assert_settings("poll=50\nhook=/bin/true\n", "theme=mono\nqr_mode=full\n", "poll, theme, hook", "qr_mode");
    assert_settings("log_file=/a\n", "log_file=/b\nlog_size=1\n", "", "log_file, log_size");
}

static void assert_sections(const char *old, const char *fresh, bool keys, bool styles)
{
    struct pair pair = pair_of(old, fresh);
    assert_int_equal(diff_keys(&pair.old, &pair.fresh), keys);
    assert_int_equal(diff_styles(&pair.old, &pair.fresh), styles);
    forget(&pair);
}

static void keys_and_styles_that_differ_are_found(void **state)
{
    (void)state;
    assert_sections("", "[keys]\nquit=q\n", false, false);
    assert_sections("[keys]\nquit=Q\nhelp=F1\n", "[keys]\nhelp=F1\nquit=Q\n", false, false);
    assert_sections("[keys]\nquit=Q\n", "[keys]\nquit=X\n", true, false);
    assert_sections("[theme]\nbad=red\n", "[theme]\nbad=1\n", false, false);
    assert_sections("[theme]\nbad=red\n", "[theme]\nbad=red bold\n", false, true);
    assert_sections("[theme]\nbad=red\n", "", false, true);
    assert_sections("", "[theme]\nbad=red\n", false, true);
}

/* Watching. */

struct scene {
    char folder[64], path[96], other[96];
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

static int tear_down(void **state)
{
    struct scene *it = *state;
    watch_close(&it->watch);
    uv_run(&it->loop, UV_RUN_DEFAULT);
    watch_free(&it->watch);
    unlink(it->path);
    unlink(it->other);
    rmdir(it->folder);
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

static void a_folder_that_is_not_there_cannot_be_watched(void **state)
{
    struct scene *it = *state;
    struct watch watch;
    assert_false(watch_open(&watch, &it->loop, "/nonexistent/f", on_change, it));
    watch_poke(&watch);
    listen_for(it, 1, LONG_MS);
    assert_int_equal(it->heard, 1);
    watch_close(&watch);
    uv_run(&it->loop, UV_RUN_NOWAIT);
    watch_free(&watch);
}

#define WATCH_TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_stays_is_the_same_wherever_it_stands),
        cmocka_unit_test(id_place_and_secret_make_it_another),
        cmocka_unit_test(a_label_is_only_a_name),
        cmocka_unit_test(an_instance_is_found_by_label),
        cmocka_unit_test(options_that_differ_are_named),
        cmocka_unit_test(keys_and_styles_that_differ_are_found),
        WATCH_TEST(a_change_in_many_steps_is_heard_once),
        WATCH_TEST(a_file_put_in_its_place_is_heard),
        WATCH_TEST(a_file_that_goes_and_comes_is_heard),
        WATCH_TEST(its_neighbours_are_not_its_matter),
        WATCH_TEST(a_poke_and_an_event_are_one),
        WATCH_TEST(a_folder_that_is_not_there_cannot_be_watched),
    };
    return cmocka_run_group_tests_name("diff", tests, NULL, NULL);
}
