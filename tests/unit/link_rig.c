/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "link_rig.h"

struct world new_world(unsigned renewals, unsigned tries)
{
    struct world w = {.now = 1000};
    const struct link_limits limits = {renewals, tries, 60000};
    link_init(&w.link, &limits, 1000, 7);
    return w;
}

void step(struct world *w, const struct link_event *event)
{
    link_step(&w->link, event, w->now, &w->fx);
}

void simple(struct world *w, enum link_event_kind kind)
{
    step(w, &(struct link_event){.kind = kind, .text = ""});
}

void frame(struct world *w, const char *text)
{
    struct wire_frame f;
    wire_read_frame(&f, text, strlen(text), NULL);
    step(w, &(struct link_event){.kind = LINK_EV_FRAME, .frame = &f});
    wire_frame_free(&f);
}

/* As the app does it: an understood answer to `qr` is a frame too. */
void reply(struct world *w, enum method method, unsigned status, const char *body)
{
    struct wire_reply r;
    struct wire_frame f = {0};
    wire_read_reply(&r, method, status, body, strlen(body), NULL);
    bool framed = method == METHOD_QR && r.outcome == WIRE_OK;
    if (framed)
        wire_read_frame(&f, body, strlen(body), NULL);
    step(w, &(struct link_event){.kind = LINK_EV_REPLY, .method = method, .reply = &r, .frame = framed ? &f : NULL});
    wire_frame_free(&f);
}

void state_is(struct world *w, const char *state)
{
    char body[64];
    snprintf(body, sizeof body, "{\"stateInstance\":\"%s\"}", state);
    reply(w, METHOD_STATE, 200, body);
}

void closed(struct world *w, unsigned code)
{
    step(w, &(struct link_event){.kind = LINK_EV_CLOSED, .status = code, .text = ""});
}

void wait_on(struct world *w)
{
    int64_t deadline = link_deadline(&w->link);
    assert_true(deadline < INT64_MAX);
    if (deadline > w->now)
        w->now = deadline;
    simple(w, LINK_EV_TICK);
}

bool did(const struct world *w, enum link_effect_kind kind)
{
    for (size_t i = 0; i < w->fx.count; i++)
        if (w->fx.item[i].kind == kind)
            return true;
    return false;
}

bool called(const struct world *w, enum method method)
{
    for (size_t i = 0; i < w->fx.count; i++)
        if (w->fx.item[i].kind == LINK_FX_CALL && w->fx.item[i].method == method)
            return true;
    return false;
}

const struct link_effect *reported(const struct world *w, enum report report)
{
    for (size_t i = 0; i < w->fx.count; i++)
        if (w->fx.item[i].kind == LINK_FX_REPORT && w->fx.item[i].report == report)
            return &w->fx.item[i];
    return NULL;
}

void wait_for_call(struct world *w, enum method method)
{
    int64_t end = w->now + 90000;
    while (w->link.in_flight != (int)method) {
        assert_true(link_deadline(&w->link) <= end);
        wait_on(w);
    }
}

void wait_for_connect(struct world *w)
{
    int64_t end = w->now + 60000;
    while (w->link.socket != LINK_SOCKET_OPENING) {
        assert_true(link_deadline(&w->link) <= end);
        wait_on(w);
    }
}

void open_session(struct world *w)
{
    simple(w, LINK_EV_LINK);
    wait_for_call(w, METHOD_STATE);
    state_is(w, "notAuthorized");
    wait_for_connect(w);
    simple(w, LINK_EV_OPEN);
    assert_int_equal(w->link.phase, PHASE_WAITING);
}

struct world in_session(void)
{
    struct world w = new_world(2, 0);
    open_session(&w);
    return w;
}
