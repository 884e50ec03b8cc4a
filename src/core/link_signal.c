/* SPDX-License-Identifier: MIT
 * From events to the signals that the transition table knows.
 */
#include "core/link_step.h"

static enum signal signal_of_state(enum wire_state state)
{
    switch (link_phase_of_state(state)) {
    case PHASE_LINKED:
    case PHASE_SUSPENDED:
        return SIGNAL_LINKED;
    case PHASE_UNLINKED:
        return SIGNAL_UNLINKED;
    case PHASE_STARTING:
        return SIGNAL_WAIT;
    default:
        return SIGNAL_DEAD;
    }
}

static enum signal signal_of_outcome(enum wire_outcome outcome)
{
    switch (outcome) {
    case WIRE_REFUSED:
        return SIGNAL_REFUSED;
    case WIRE_FATAL:
        return SIGNAL_FATAL;
    case WIRE_STARTING_UP:
        return SIGNAL_WAIT;
    case WIRE_NOT_LINKED:
        return SIGNAL_UNLINKED;
    case WIRE_OK:
    case WIRE_TROUBLE:
        break;
    }
    return SIGNAL_TROUBLE;
}

static enum signal signal_of_frame(const struct wire_frame *frame)
{
    static const enum signal signals[] = {
        [WIRE_CODE] = SIGNAL_CODE,       [WIRE_ERROR] = SIGNAL_ERROR,     [WIRE_ACCOUNT] = SIGNAL_ACCOUNT,
        [WIRE_ALREADY] = SIGNAL_ALREADY, [WIRE_TIMEOUT] = SIGNAL_TIMEOUT, [WIRE_PASSKEY] = SIGNAL_PASSKEY,
        [WIRE_UNKNOWN] = SIGNAL_NOISE,   [WIRE_GARBAGE] = SIGNAL_NOISE,
    };
    return signals[frame->kind];
}

/* What comes for an attempt that is over is no signal. */
static enum signal signal_of_reply(const struct link *link, const struct link_event *event)
{
    const struct wire_reply *reply = event->reply;
    bool ok = reply && reply->outcome == WIRE_OK;
    enum wire_outcome outcome = reply ? reply->outcome : WIRE_TROUBLE;
    switch (event->method) {
    case METHOD_SETTINGS:
        return ok ? SIGNAL_SETTINGS : SIGNAL_NO_SETTINGS;
    case METHOD_LOGOUT:
    case METHOD_REBOOT:
        /* "not authorized" in answer to logout: that is what was asked for. */
        if (event->method == METHOD_LOGOUT && outcome == WIRE_NOT_LINKED)
            return SIGNAL_DONE;
        return ok && reply->done ? SIGNAL_DONE : SIGNAL_NOT_DONE;
    case METHOD_PAIR:
        return link->stage != LINK_PAIRING ? SIGNAL_NONE : ok && reply->done ? SIGNAL_PAIRED : SIGNAL_NOT_PAIRED;
    case METHOD_QR:
        if (link->stage != LINK_POLLED)
            return SIGNAL_NONE;
        return ok && event->frame ? signal_of_frame(event->frame) : signal_of_outcome(outcome);
    case METHOD_STATE:
        return ok ? signal_of_state(reply->state) : signal_of_outcome(outcome);
    case METHOD_ACCOUNT:
    case METHOD_HISTORY:
    case METHOD_COUNT:
        break;
    }
    return SIGNAL_NONE;
}

/* A refused handshake brings a status and no body. The state was asked for with the same token just before: it is the
 * websocket that is not wanted. A bare 400 may only mean "starting". */
static enum signal signal_of_refusal(unsigned status)
{
    enum wire_outcome outcome = wire_outcome_of(status, "");
    if (status == 429)
        return SIGNAL_TROUBLE;
    bool wall = outcome == WIRE_REFUSED || (outcome == WIRE_FATAL && status > 400);
    return wall ? SIGNAL_WALL : SIGNAL_NO_SOCKET;
}

/* Keeps the books of the one socket. What comes from a socket we are closing ourselves is no signal. */
static enum signal socket_signal(struct link *link, const struct link_event *event, int64_t now)
{
    /* The service counts when a request arrives, and that may be long after it was ordered. */
    if (event->kind == LINK_EV_OPEN || event->kind == LINK_EV_REFUSED || event->kind == LINK_EV_FAILED)
        link->connect_at = now + LINK_CONNECT_GAP_MS;
    bool ours = link->socket == LINK_SOCKET_CLOSING;
    switch (event->kind) {
    case LINK_EV_OPEN:
        if (!ours)
            link->socket = LINK_SOCKET_OPEN;
        return ours ? SIGNAL_NONE : SIGNAL_OPEN;
    case LINK_EV_FRAME:
        if (ours || (event->frame->kind == WIRE_CODE && link_pass_code(link, now)))
            return SIGNAL_NONE;
        return signal_of_frame(event->frame);
    case LINK_EV_TOO_LARGE:
        return ours ? SIGNAL_NONE : SIGNAL_NOISE;
    case LINK_EV_REFUSED:
        link->socket = LINK_SOCKET_NONE;
        return ours ? SIGNAL_NONE : signal_of_refusal(event->status);
    case LINK_EV_FAILED:
        link->socket = LINK_SOCKET_NONE;
        return ours ? SIGNAL_NONE : event->status ? SIGNAL_TROUBLE : SIGNAL_NO_SOCKET;
    case LINK_EV_LOST:
        link->socket = LINK_SOCKET_NONE;
        return ours ? SIGNAL_NONE : SIGNAL_VANISHED;
    default:
        link->socket = LINK_SOCKET_NONE;
        return ours ? SIGNAL_NONE : SIGNAL_CLOSED;
    }
}

int64_t link_session_end(const struct link *link)
{
    if (link->stage == LINK_SESSION)
        return link->opened_at + LINK_DEADLINE_MS;
    /* While an answer is awaited nobody knows whether the service is still there. */
    bool heard = link->stage == LINK_POLLED && link->in_flight != METHOD_QR;
    return heard && link->opened_at ? link->opened_at + LINK_SESSION_MS : 0;
}

int64_t link_stale_at(const struct link *link)
{
    bool shows_codes = link->stage == LINK_SESSION || link->stage == LINK_POLLED;
    return shows_codes && link->code_at ? link->code_at + LINK_STALE_MS : 0;
}

/* The clock that ran out, if any; each one fires once. */
static enum signal time_signal(struct link *link, int64_t now)
{
    if (link->check_at && now >= link->check_at) {
        link->check_at = 0;
        if (link->in_flight != METHOD_STATE)
            link->calls |= 1u << METHOD_STATE;
        if (link->phase == PHASE_UNKNOWN)
            link->phase = PHASE_CHECKING;
    }
    if (link->stage == LINK_BACKOFF && link->retry_at && now >= link->retry_at)
        return SIGNAL_RETRY;
    if (link_held_until(link) && now >= link_held_until(link)) {
        link->code_held = false;
        return SIGNAL_CODE;
    }
    if (link_session_end(link) && now >= link_session_end(link))
        return SIGNAL_TIMEOUT;
    if (link_stale_at(link) && now >= link_stale_at(link))
        return SIGNAL_STALE;
    if (link->settle_until && now >= link->settle_until) {
        link->settle_until = 0;
        return SIGNAL_GIVE_UP;
    }
    return SIGNAL_NONE;
}

enum signal link_signal_of_order(enum link_event_kind order)
{
    switch (order) {
    case LINK_EV_LINK:
        return SIGNAL_LINK;
    case LINK_EV_STOP:
        return SIGNAL_STOP;
    case LINK_EV_REFRESH:
        return SIGNAL_REFRESH;
    case LINK_EV_LOGOUT:
        return SIGNAL_LOGOUT;
    case LINK_EV_REBOOT:
        return SIGNAL_REBOOT;
    case LINK_EV_PAIR:
        return SIGNAL_PAIR;
    case LINK_EV_CURE:
        return SIGNAL_CURE;
    case LINK_EV_DETAILS:
        return SIGNAL_DETAILS;
    default:
        return SIGNAL_NONE;
    }
}

enum signal link_signal(struct link *link, const struct link_event *event, int64_t now)
{
    switch (event->kind) {
    case LINK_EV_LINK:
    case LINK_EV_STOP:
    case LINK_EV_REFRESH:
    case LINK_EV_LOGOUT:
    case LINK_EV_REBOOT:
    case LINK_EV_PAIR:
    case LINK_EV_CURE:
    case LINK_EV_DETAILS:
        return link_signal_of_order(event->kind);
    case LINK_EV_TICK:
        return time_signal(link, now);
    case LINK_EV_REPLY:
    case LINK_EV_CALL_FAILED:
        link->in_flight = -1;
        link->call_at = now + LINK_CALL_GAP_MS;
        if (event->method == METHOD_STATE)
            link->state_told_at = 0; /* until it is noted */
        return signal_of_reply(link, event);
    default:
        return socket_signal(link, event, now);
    }
}

