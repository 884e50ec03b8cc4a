/* SPDX-License-Identifier: MIT
 * Who is still there: websockets whose peer answers pings, talks, drips, or says nothing any more.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include <cmocka.h>

#include "net_peer.h"
#include "net_rig.h"

#define HERE "http://127.0.0.1"
#define PING_MS 150
#define PONG_MS 400

struct place {
    struct rig rig;
    struct peer *peer;
};

static int set_up(void **state)
{
    struct place *place = calloc(1, sizeof(*place));
    place->peer = peer_start(PEER_POLITE);
    rig_start_watching(&place->rig, NULL, PING_MS, PONG_MS);
    *state = place;
    return 0;
}

static int tear_down(void **state)
{
    struct place *place = *state;
    rig_end(&place->rig);
    peer_stop(place->peer);
    free(place);
    return 0;
}

static const struct rig_event *end_of(struct place *place, const char *token)
{
    rig_open(&place->rig, 1, HERE, peer_port(place->peer), token);
    rig_wait(&place->rig, 1, NET_OPEN, 0);
    return rig_last(&place->rig, 1);
}

/* It was there, said hello, and then neither talks nor answers. */
static void a_silent_peer_is_lost(void **state)
{
    uint64_t before = uv_hrtime();
    const struct rig_event *last = end_of(*state, "deaf");
    assert_int_equal(last->kind, NET_LOST);
    assert_int_equal(last->status, 0);
    assert_non_null(strstr(last->data, "127.0.0.1"));
    assert_non_null(strstr(last->data, "fell silent: no answer to a ping within 1 s"));
    assert_in_range(uv_hrtime() - before, UINT64_C(1000000) * (PING_MS + PONG_MS), UINT64_C(15000000000));
}

static void one_that_answers_pings_stays(void **state)
{
    const struct rig_event *last = end_of(*state, "pongs");
    assert_int_equal(last->kind, NET_CLOSED);
    assert_int_equal(last->status, 1000);
}

static void one_that_only_talks_stays(void **state)
{
    const struct rig_event *last = end_of(*state, "talks");
    assert_int_equal(last->kind, NET_CLOSED);
    assert_int_equal(last->status, 1000);
}

static void every_byte_counts(void **state)
{
    struct place *place = *state;
    const struct rig_event *last = end_of(place, "drips");
    assert_int_equal(last->kind, NET_CLOSED);
    assert_int_equal(rig_wait(&place->rig, 1, NET_FRAME, 0)->len, 40);
}

/* Closed while a ping is out: the close has its own time limit and its own end. */
static void closing_ends_the_watch(void **state)
{
    struct place *place = *state;
    rig_open(&place->rig, 1, HERE, peer_port(place->peer), "deaf");
    rig_wait(&place->rig, 1, NET_OPEN, 0);
    rig_close(&place->rig, 1);
    assert_int_equal(rig_last(&place->rig, 1)->kind, NET_CLOSED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_silent_peer_is_lost, set_up, tear_down),
        cmocka_unit_test_setup_teardown(one_that_answers_pings_stays, set_up, tear_down),
        cmocka_unit_test_setup_teardown(one_that_only_talks_stays, set_up, tear_down),
        cmocka_unit_test_setup_teardown(every_byte_counts, set_up, tear_down),
        cmocka_unit_test_setup_teardown(closing_ends_the_watch, set_up, tear_down),
    };
    return cmocka_run_group_tests_name("net alive", tests, NULL, NULL);
}
