/* SPDX-License-Identifier: MIT */
#include "core/link_step.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "core/text.h"

struct link_effect *step_add_effect(struct step *s, enum link_effect_kind kind)
{
    struct link_effects *out = s->out;
    struct link_effect *effect = &out->item[out->count < LINK_EFFECTS_MAX ? out->count++ : LINK_EFFECTS_MAX - 1];
    memset(effect, 0, sizeof *effect);
    effect->kind = kind;
    return effect;
}

void step_report(struct step *s, enum report what, enum log_level level, bool final, const char *format, ...)
{
    struct link_effect *effect = step_add_effect(s, LINK_FX_REPORT);
    va_list args;
    effect->report = what;
    effect->level = level;
    effect->final = final;
    va_start(args, format);
    text_vformat(effect->text, sizeof effect->text, format, args);
    va_end(args);
}

void step_set_phase(struct step *s, enum phase phase, const char *format, ...)
{
    char reason[sizeof s->link->reason];
    va_list args;
    va_start(args, format);
    text_vformat(reason, sizeof reason, format, args);
    va_end(args);
    memcpy(s->link->reason, reason, sizeof reason);
    if (phase != s->link->phase)
        s->link->phase_since = s->now;
    s->link->phase = phase;
}

uint32_t step_next_random(struct link *link)
{
    link->random ^= link->random << 13;
    link->random ^= link->random >> 17;
    link->random ^= link->random << 5;
    return link->random;
}

bool step_is_linked_phase(enum phase phase)
{
    return phase == PHASE_LINKED || phase == PHASE_SUSPENDED;
}

enum phase link_phase_of_state(enum wire_state state)
{
    switch (state) {
    case WIRE_STATE_AUTHORIZED:
        return PHASE_LINKED;
    case WIRE_STATE_NOT_AUTHORIZED:
        return PHASE_UNLINKED;
    case WIRE_STATE_BLOCKED:
        return PHASE_BLOCKED;
    case WIRE_STATE_SUSPENDED:
    case WIRE_STATE_YELLOW_CARD:
        return PHASE_SUSPENDED;
    case WIRE_STATE_SLEEP_MODE:
    case WIRE_STATE_PENDING_CODE:
    case WIRE_STATE_PENDING_PASSWORD:
        return PHASE_ERROR;
    case WIRE_STATE_STARTING:
    case WIRE_STATE_OTHER:
        break;
    }
    return PHASE_STARTING;
}

/* What the operator must know of a state beyond the phase's name. */
static const char *reason_of_state(const struct step *s)
{
    switch (s->link->state) {
    case WIRE_STATE_BLOCKED:
        return "WhatsApp has banned this number: appeal in the app, and stop sending";
    case WIRE_STATE_SUSPENDED:
    case WIRE_STATE_YELLOW_CARD:
        return "linked, but WhatsApp restricts sending: slow down and wait; linking again does not help";
    case WIRE_STATE_SLEEP_MODE:
        return "the phone is off (sleepMode): switch it on, then wait up to 5 minutes";
    case WIRE_STATE_PENDING_CODE:
    case WIRE_STATE_PENDING_PASSWORD:
        return "the instance waits for a code or password that only the personal area can take";
    case WIRE_STATE_STARTING:
        return link_starts_too_long(s->link, s->now) ? "the instance starts for longer than the usual 5 minutes: reboot it"
                                                     : "the instance is starting, normally for up to 5 minutes";
    case WIRE_STATE_OTHER:
        return "the service names no state yet: the instance may be new";
    default:
        return "";
    }
}

void step_show_phase_of_state(struct step *s)
{
    const struct link *link = s->link;
    bool named = link->state_text[0] && strcmp(link->state_text, "null") != 0;
    step_set_phase(s, link_phase_of_state(link->state), "%s", "");
    if (link->state == WIRE_STATE_OTHER && named)
        step_set_phase(s, link->phase, "the service says '%s', which is not a known state", link->state_text);
    else
        step_set_phase(s, link->phase, "%s", reason_of_state(s));
}

void step_want_call(struct step *s, enum method method)
{
    if (s->link->in_flight != (int)method)
        s->link->calls |= 1u << method;
}

void step_check_now(struct step *s)
{
    s->link->check_at = 0;
    step_want_call(s, METHOD_STATE);
}

void step_check_in(struct step *s, int64_t ms)
{
    s->link->check_at = s->now + ms;
}

void step_close_socket(struct step *s)
{
    struct link *link = s->link;
    if (link->socket == LINK_SOCKET_OPENING || link->socket == LINK_SOCKET_OPEN) {
        link->socket = LINK_SOCKET_CLOSING;
        step_add_effect(s, LINK_FX_CLOSE);
    }
    step_end_session(s);
    link->code_at = 0;
}

void step_note_trouble(struct step *s, const char *text)
{
    struct link *link = s->link;
    struct link_trouble news = {.at = s->now};
    text_copy(news.text, sizeof news.text, text);
    bool again = link->trouble_count > 0 && strcmp(link->troubles[0].text, news.text) == 0;
    if (!again) {
        if (link->trouble_count < LINK_TROUBLES_MAX)
            link->trouble_count++;
        memmove(&link->troubles[1], &link->troubles[0], (LINK_TROUBLES_MAX - 1) * sizeof news);
    }
    link->troubles[0] = news;
}

void step_fail(struct step *s, enum phase phase, enum report what, const char *text)
{
    const char *advice = wire_advice(text);
    step_close_socket(s);
    step_note_trouble(s, text);
    s->link->sticky = true;
    step_set_phase(s, phase, "%s", text);
    step_report(s, what, LOG_ERROR, true, "%s%s%s", text, advice ? ": " : "", advice ? advice : "");
}

void step_keep_account(struct link *link, const struct wire_account *news)
{
    const struct wire_account old = link->account;
    link->account = *news;
    if (!news->wid[0])
        memcpy(link->account.wid, old.wid, sizeof old.wid);
    if (!news->pushname[0])
        memcpy(link->account.pushname, old.pushname, sizeof old.pushname);
    if (!news->webhook_url[0])
        memcpy(link->account.webhook_url, old.webhook_url, sizeof old.webhook_url);
    if (!news->phone[0])
        memcpy(link->account.phone, old.phone, sizeof old.phone);
}

/* What failed, in words, whether a REST call, a handshake or the connection did. */
const char *step_trouble_text(const struct step *s, char *dst, size_t size)
{
    const struct link_event *event = s->event;
    const char *text = event->reply ? event->reply->text : event->text ? event->text : "";
    unsigned status = event->reply ? event->reply->status : event->kind == LINK_EV_REFUSED ? event->status : 0;
    if (status == 200 && !event->reply)
        snprintf(dst, size, "the service answers with a page instead of a websocket");
    else if (status == 200)
        text_format(dst, size, "the answer makes no sense: %s", text);
    else if (status)
        text_format(dst, size, "HTTP %u%s%s", status, text[0] ? ": " : "", text);
    else
        text_copy(dst, size, text[0] ? text : "no connection");
    return dst;
}

static const char *refusal_meaning(unsigned status)
{
    switch (status) {
    case 401:
        return "the token is wrong, or the instance is still starting (up to 5 minutes after it was made)";
    case 403:
        return "the instance id or the host is wrong";
    case 404:
        return "there is no such instance at this host";
    default:
        return "the service sends us elsewhere; set api_url to the right host";
    }
}

void step_show_refusal(struct step *s)
{
    struct link *link = s->link;
    link->status = s->event->reply ? s->event->reply->status : s->event->status;
    step_set_phase(s, PHASE_REFUSED, "%u: %s", link->status, refusal_meaning(link->status));
    step_note_trouble(s, link->reason);
}

void act_fatal(struct step *s)
{
    char text[WIRE_TEXT_MAX];
    step_fail(s, PHASE_ERROR, REPORT_ERROR, step_trouble_text(s, text, sizeof text));
}

void act_take_settings(struct step *s)
{
    const struct wire_reply *reply = s->event->reply;
    step_keep_account(s->link, &reply->account);
    s->link->suspended_until = reply->suspended_until;
}

bool step_take_state(struct step *s)
{
    struct link *link = s->link;
    const struct wire_reply *reply = s->event->reply;
    bool news = strcmp(link->state_text, reply->state_text) != 0;
    if (news || !link->state_since)
        link->state_since = s->now;
    if (link_phase_of_state(reply->state) != PHASE_STARTING)
        link->starting_since = 0;
    else if (!link->starting_since)
        link->starting_since = s->now;
    link->state = reply->state;
    link->state_told_at = s->now;
    text_copy(link->state_text, sizeof link->state_text, reply->state_text);
    return news;
}

void step_note_state(struct step *s, bool always)
{
    bool news = step_take_state(s);
    const struct wire_reply *reply = s->event->reply;
    if (news || always)
        step_report(s, REPORT_STATE, LOG_INFO, false, "state: %s", reply->state_text);
}

