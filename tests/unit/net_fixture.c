/* SPDX-License-Identifier: MIT
 * What each test of net/ begins and ends with.
 */
#include "net_fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

int fixture_set_up(void **state)
{
    struct fixture *fixture = calloc(1, sizeof(*fixture));
    fixture->peer = peer_start(PEER_POLITE);
    fixture->seen = peer_seen(fixture->peer);
    fixture->port = peer_port(fixture->peer);
    rig_start(&fixture->rig, NULL);
    *state = fixture;
    return 0;
}

int fixture_tear_down(void **state)
{
    struct fixture *fixture = *state;
    if (fixture->rig.net)
        rig_end(&fixture->rig);
    peer_stop(fixture->peer);
    free(fixture);
    return 0;
}

void fixture_expect_text(const struct rig_event *event, const char *part)
{
    if (!strstr(event->data, part))
        fail_msg("\"%s\" does not say \"%s\"", event->data, part);
    assert_null(strstr(event->data, "/waInstance"));
}
