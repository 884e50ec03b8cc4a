/* SPDX-License-Identifier: MIT
 * Network events become steps of the linking machines, and their effects are carried out.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "app_state.h"
#include "core/text.h"

/* Longer than any line of libwebsockets: tokens are looked for before the log cuts it. */
#define LWS_LINE_MAX 4096

static void feed_failure(struct app *app, struct instance *instance, enum link_event_kind kind, enum method method)
{
    const struct link_event event = {
        .kind = kind, .method = method, .status = ENOMEM, .text = "the connection could not be begun: out of memory"};
    app_feed(app, instance, &event, NULL);
}

static void report(struct app *app, struct instance *instance, struct link_effect *effect)
{
    if (app->hooks.on_report)
        app->hooks.on_report(app->hooks.owner, instance, effect);
    app_note(app, effect->level, instance->label, effect->text);
}

static void carry_out(struct app *app, struct instance *it, struct link_effect *effect)
{
    if (app->replay && effect->kind != LINK_FX_REPORT)
        return;
    switch (effect->kind) {
    case LINK_FX_CONNECT:
        if (!net_open(app->net, it->tag, &it->endpoint, it->id, it->token))
            feed_failure(app, it, LINK_EV_FAILED, METHOD_COUNT);
        break;
    case LINK_FX_CLOSE:
        net_close(app->net, it->tag);
        break;
    case LINK_FX_CALL:
        if (!net_call(app->net, it->tag, &it->endpoint, it->id, it->token, effect->method,
                      effect->text[0] ? effect->text : NULL))
            feed_failure(app, it, LINK_EV_CALL_FAILED, effect->method);
        break;
    case LINK_FX_REPORT:
        report(app, it, effect);
        break;
    }
}

static void drop_codes(struct instance *it)
{
    if (it->code)
        instance_set_code(it, NULL, 0);
    if (it->held_code)
        instance_hold_code(it, NULL, 0);
}

/* One step of an instance's machine. A dead code is dropped at once: nobody may scan it. */
void app_feed(struct app *app, struct instance *it, const struct link_event *event, const struct net_event *news)
{
    struct link_effects effects;
    int64_t now = app_now(app);
    link_step(&it->link, event, now, &effects);
    if (app->tap.on_event && event->kind != LINK_EV_TICK)
        app->tap.on_event(app->tap.owner, now, it, event, news);
    if (!it->link.code_held && link_has_code(&it->link))
        instance_take_held_code(it);
    if (!link_has_code(&it->link))
        drop_codes(it);
    for (size_t i = 0; i < effects.count; i++)
        carry_out(app, it, &effects.item[i]);
    app->changed = true;
}

/* The picture is there before the step, so that whoever hears of the new code finds it. */
static void feed_frame(struct app *app, struct instance *it, const struct net_event *news)
{
    struct wire_frame frame;
    wire_read_frame(&frame, news->data, news->len, it->token);
    if (frame.kind == WIRE_CODE && it->link.socket == LINK_SOCKET_OPEN) {
        instance_hold_code(it, frame.code, frame.code_len);
        frame.code = NULL;
    }
    const struct link_event event = {.kind = LINK_EV_FRAME, .frame = &frame};
    app_feed(app, it, &event, news);
    wire_frame_free(&frame);
}

/* A picture is kept only while it is asked for; the same one again is left as it is. */
static bool keep_polled_code(struct instance *it, const struct wire_frame *frame)
{
    if (frame->kind != WIRE_CODE || !link_is_polled(&it->link) ||
        (it->code && it->code_len == frame->code_len && memcmp(it->code, frame->code, frame->code_len) == 0))
        return false;
    instance_set_code(it, frame->code, frame->code_len);
    return true;
}

static void feed_polled(struct app *app, struct instance *it, const struct net_event *news, struct link_event *event)
{
    struct wire_frame frame;
    wire_read_frame(&frame, news->data, news->len, it->token);
    event->frame = &frame;
    bool kept = keep_polled_code(it, &frame);
    app_feed(app, it, event, news);
    if (kept)
        frame.code = NULL;
    wire_frame_free(&frame);
}

static void feed_reply(struct app *app, struct instance *it, const struct net_event *news)
{
    struct wire_reply reply;
    wire_read_reply(&reply, news->method, news->status, news->data, news->len, it->token);
    struct link_event event = {.kind = LINK_EV_REPLY, .method = news->method, .reply = &reply};
    if (it->details && it->details->awaited & 1u << news->method)
        wire_read_details(it->details, news->method, &reply, news->data, news->len, it->token);
    if (news->method == METHOD_QR && reply.outcome == WIRE_OK)
        feed_polled(app, it, news, &event);
    else
        app_feed(app, it, &event, news);
    explicit_bzero(reply.pairing, sizeof reply.pairing);
}

void app_on_net(void *owner, const struct net_event *news)
{
    static const enum link_event_kind kinds[] = {
        [NET_OPEN] = LINK_EV_OPEN,       [NET_FRAME] = LINK_EV_FRAME,   [NET_TOO_LARGE] = LINK_EV_TOO_LARGE,
        [NET_REFUSED] = LINK_EV_REFUSED, [NET_FAILED] = LINK_EV_FAILED, [NET_CLOSED] = LINK_EV_CLOSED,
        [NET_LOST] = LINK_EV_LOST,
        [NET_REPLY] = LINK_EV_REPLY,     [NET_CALL_FAILED] = LINK_EV_CALL_FAILED,
    };
    struct app *app = owner;
    struct instance *it = fleet_by_tag(&app->fleet, news->tag);
    if (!it)
        return;
    if (news->kind == NET_FRAME) {
        feed_frame(app, it, news);
        return;
    }
    if (news->kind == NET_REPLY) {
        feed_reply(app, it, news);
        return;
    }
    char text[WIRE_TEXT_MAX];
    text_clean(text, sizeof text, news->data ? news->data : "", news->data ? news->len : 0, it->token);
    const struct link_event event = {
        .kind = kinds[news->kind], .method = news->method, .status = news->status, .text = text};
    if (news->kind == NET_CALL_FAILED && it->details && it->details->awaited & 1u << news->method)
        wire_fail_details(it->details, news->method, text);
    app_feed(app, it, &event, news);
}

/* libwebsockets' own words may quote anything; app_note looks for every token. */
void app_on_net_log(void *owner, const char *line)
{
    struct app *app = owner;
    char text[LWS_LINE_MAX];
    text_clean(text, sizeof text, line, strlen(line), NULL);
    app_note(app, LOG_WARN, "", text);
}
