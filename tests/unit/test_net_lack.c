/* SPDX-License-Identifier: MIT
 * What happens where the process may open nothing more: it is said, and not taken for the peer's fault.
 */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cmocka.h>

#include "net/lack.h"
#include "net_rig.h"

static struct rlimit usual;

/* The lowest descriptor that is free becomes the limit: nothing can be opened. */
static unsigned exhaust(void)
{
    int fd = dup(0);
    assert_true(fd > 0);
    (void)close(fd);
    assert_int_equal(getrlimit(RLIMIT_NOFILE, &usual), 0);
    assert_int_equal(setrlimit(RLIMIT_NOFILE, &(struct rlimit){(rlim_t)fd, usual.rlim_max}), 0);
    return (unsigned)fd;
}

static void relieve(void)
{
    assert_int_equal(setrlimit(RLIMIT_NOFILE, &usual), 0);
}

static int set_up(void **state)
{
    struct rig *rig = calloc(1, sizeof(*rig));
    rig_start(rig, NULL);
    *state = rig;
    return 0;
}

static int tear_down(void **state)
{
    rig_end(*state);
    free(*state);
    return 0;
}

static void expect_lack(struct rig *rig, unsigned tag, enum net_event_kind kind, unsigned limit)
{
    char wanted[80];
    const struct rig_event *last = rig_last(rig, tag);
    snprintf(wanted, sizeof(wanted), "no file descriptors left: `ulimit -n` is %u", limit);
    assert_int_equal(last->kind, kind);
    assert_int_equal(last->status, EMFILE);
    assert_string_equal(last->data, wanted);
}

static void sockets_calls_and_names_say_so(void **state)
{
    struct rig *rig = *state;
    unsigned port = rig_closed_port(), limit = exhaust();
    rig_open(rig, 1, "http://127.0.0.1", port, "open");
    rig_call(rig, 2, "http://127.0.0.1", port, "length");
    rig_open(rig, 3, "https://dead.invalid", port, "open");
    expect_lack(rig, 1, NET_FAILED, limit);
    expect_lack(rig, 2, NET_CALL_FAILED, limit);
    expect_lack(rig, 3, NET_FAILED, limit);
    relieve();
    rig_open(rig, 1, "http://127.0.0.1", port, "open");
    assert_int_equal(rig_last(rig, 1)->status, 0);
    assert_non_null(strstr(rig_last(rig, 1)->data, "refused"));
}

static void starting_says_so(void **state)
{
    uv_loop_t loop;
    char why[256] = "";
    (void)state;
    assert_int_equal(uv_loop_init(&loop), 0);
    const struct net_options options = {.loop = &loop};
    (void)exhaust();
    assert_null(net_new(&options, why, sizeof(why)));
    relieve();
    assert_non_null(strstr(why, "no file descriptors left: `ulimit -n` is "));
    assert_int_equal(uv_loop_close(&loop), 0);
}

static void as_many_as_wanted_are_tried(void **state)
{
    (void)state;
    assert_int_equal(lack_of_files(LACK_FILES_MAX), 0);
    unsigned limit = exhaust();
    assert_int_equal(lack_of_files(1), EMFILE);
    assert_int_equal(setrlimit(RLIMIT_NOFILE, &(struct rlimit){limit + 1, usual.rlim_max}), 0);
    assert_int_equal(lack_of_files(1), 0);
    assert_int_equal(lack_of_files(LACK_FILES_MAX), EMFILE);
    relieve();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(sockets_calls_and_names_say_so, set_up, tear_down),
        cmocka_unit_test(starting_says_so),
        cmocka_unit_test(as_many_as_wanted_are_tried),
    };
    return cmocka_run_group_tests_name("net lack", tests, NULL, NULL);
}
