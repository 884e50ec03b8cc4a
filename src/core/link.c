/* SPDX-License-Identifier: MIT */
#include "core/link.h"

#include <stdio.h>
#include <string.h>

#include "core/link_step.h"

const char *report_name(enum report report)
{
    static const char *const names[REPORT_COUNT] = {
#define REPORT_ROW(id, name) [id] = name,
        REPORT_TABLE(REPORT_ROW)
#undef REPORT_ROW
    };
    return names[report];
}

/* THE TABLE. The first row whose stages hold the machine's stage and whose signal is the event's is taken: its action
 * runs, then the stage becomes `next`. An action that decides between two ends sets the stage itself (STAYS). */

#define IN(stage) (1u << LINK_##stage)
#define CODES (IN(SESSION) | IN(POLLED))
#define BEFORE_SCAN (IN(CHECK) | IN(OPENING) | CODES | IN(PAIRING) | IN(BACKOFF))
#define ATTEMPT (BEFORE_SCAN | IN(CONFIRM) | IN(PROFILE))
#define ORDER (IN(LOGOUT) | IN(REBOOT) | IN(CURE))
#define ANY (IN(IDLE) | ATTEMPT | ORDER)
#define STAYS LINK_STAGE_COUNT

static const struct transition {
    unsigned stages;
    enum signal signal;
    void (*action)(struct step *);
    enum link_stage next;
} transitions[] = {
    /* the operator */
    {IN(IDLE) | IN(BACKOFF) | IN(PAIRING), SIGNAL_LINK, act_begin_link, STAYS},
    {ORDER, SIGNAL_LINK, act_busy, STAYS},
    {IN(IDLE) | BEFORE_SCAN, SIGNAL_PAIR, act_begin_pairing, STAYS},
    {ORDER, SIGNAL_PAIR, act_busy, STAYS},
    {ATTEMPT | IN(CURE), SIGNAL_STOP, act_stop, LINK_IDLE},
    {IN(BACKOFF), SIGNAL_REFRESH, act_check_again, LINK_CHECK},
    {ANY & ~IN(OPENING), SIGNAL_REFRESH, act_refresh, STAYS},
    {IN(IDLE) | ATTEMPT, SIGNAL_LOGOUT, act_begin_logout, LINK_LOGOUT},
    {IN(IDLE) | ATTEMPT, SIGNAL_REBOOT, act_begin_reboot, LINK_REBOOT},
    {IN(IDLE) | ATTEMPT, SIGNAL_CURE, act_begin_cure, LINK_CURE},
    {ORDER, SIGNAL_LOGOUT, act_busy, STAYS},
    {ORDER, SIGNAL_REBOOT, act_busy, STAYS},
    {ORDER, SIGNAL_CURE, act_busy, STAYS},
    {ANY, SIGNAL_DETAILS, act_details, STAYS},

    /* nothing asked for: polls */
    {IN(IDLE), SIGNAL_LINKED, act_idle_state, STAYS},
    {IN(IDLE), SIGNAL_UNLINKED, act_idle_state, STAYS},
    {IN(IDLE), SIGNAL_WAIT, act_idle_state, STAYS},
    {IN(IDLE), SIGNAL_DEAD, act_idle_state, STAYS},
    {IN(IDLE), SIGNAL_SETTINGS, act_take_settings, STAYS},
    {IN(IDLE), SIGNAL_REFUSED, act_idle_refused, STAYS},
    {IN(IDLE), SIGNAL_TROUBLE, act_idle_trouble, STAYS},
    {IN(IDLE), SIGNAL_FATAL, act_idle_fatal, STAYS},

    /* the state comes before the socket */
    {IN(CHECK), SIGNAL_UNLINKED, act_check_unlinked, STAYS},
    {IN(CHECK), SIGNAL_LINKED, act_now_linked, LINK_PROFILE},
    {IN(CHECK), SIGNAL_WAIT, act_check_wait, STAYS},
    {IN(CHECK), SIGNAL_DEAD, act_dead_end, LINK_IDLE},
    {IN(CHECK), SIGNAL_GIVE_UP, act_give_up, LINK_IDLE},
    {IN(CHECK), SIGNAL_REFUSED, act_refused, LINK_IDLE},
    {IN(CHECK), SIGNAL_FATAL, act_fatal, LINK_IDLE},
    {IN(CHECK), SIGNAL_TROUBLE, act_check_trouble, STAYS},
    {IN(BACKOFF), SIGNAL_RETRY, act_check_again, LINK_CHECK},

    /* the session, on a websocket or without one */
    {IN(OPENING), SIGNAL_OPEN, act_session_begins, LINK_SESSION},
    {IN(OPENING), SIGNAL_WALL, act_wall, STAYS},
    {IN(OPENING), SIGNAL_NO_SOCKET, act_no_socket, STAYS},
    {IN(OPENING), SIGNAL_TROUBLE, act_trouble, STAYS},
    {IN(SESSION), SIGNAL_CODE, act_show_code, STAYS},
    {IN(SESSION), SIGNAL_UNLINKED, act_session_state, STAYS},
    {IN(SESSION), SIGNAL_WAIT, act_session_state, STAYS},
    {IN(SESSION), SIGNAL_CLOSED, act_session_lost, STAYS},
    {IN(SESSION), SIGNAL_VANISHED, act_session_vanished, STAYS},
    {IN(POLLED), SIGNAL_CODE, act_polled_code, STAYS},
    {IN(POLLED), SIGNAL_UNLINKED, act_polled_unlinked, STAYS},
    {IN(POLLED), SIGNAL_WAIT, act_polled_starting, STAYS},
    {IN(POLLED), SIGNAL_TROUBLE, act_polled_trouble, STAYS},
    {IN(POLLED), SIGNAL_REFUSED, act_polled_refused, LINK_IDLE},
    {IN(POLLED), SIGNAL_FATAL, act_fatal, LINK_IDLE},
    {IN(POLLED), SIGNAL_DEAD, act_dead_end, LINK_IDLE},
    {IN(POLLED), SIGNAL_GIVE_UP, act_give_up, LINK_IDLE},
    {CODES, SIGNAL_LINKED, act_session_linked, LINK_PROFILE},
    {CODES, SIGNAL_STALE, act_code_stale, STAYS},
    {CODES, SIGNAL_NOISE, act_noise, STAYS},
    {CODES, SIGNAL_ACCOUNT, act_scanned, LINK_CONFIRM},
    {CODES, SIGNAL_ALREADY, act_already, STAYS},
    {CODES, SIGNAL_TIMEOUT, act_renew_or_expire, STAYS},
    {CODES, SIGNAL_ERROR, act_error_frame, STAYS},
    {CODES, SIGNAL_PASSKEY, act_passkey, LINK_IDLE},

    /* a code that is typed */
    {IN(PAIRING), SIGNAL_PAIRED, act_paired, STAYS},
    {IN(PAIRING), SIGNAL_NOT_PAIRED, act_not_paired, LINK_IDLE},
    {IN(PAIRING), SIGNAL_LINKED, act_now_linked, LINK_PROFILE},
    {IN(PAIRING), SIGNAL_UNLINKED, act_pairing_state, STAYS},
    {IN(PAIRING), SIGNAL_WAIT, act_pairing_state, STAYS},
    {IN(PAIRING), SIGNAL_REFUSED, act_confirm_trouble, STAYS},
    {IN(PAIRING), SIGNAL_TROUBLE, act_confirm_trouble, STAYS},
    {IN(PAIRING), SIGNAL_FATAL, act_fatal, LINK_IDLE},
    {IN(PAIRING), SIGNAL_DEAD, act_dead_end, LINK_IDLE},
    {IN(PAIRING), SIGNAL_GIVE_UP, act_pairing_over, STAYS},

    /* after the scan: the state may lag for minutes, and say nearly anything meanwhile */
    {IN(CONFIRM), SIGNAL_LINKED, act_now_linked, LINK_PROFILE},
    {IN(CONFIRM), SIGNAL_UNLINKED, act_confirm_unlinked, STAYS},
    {IN(CONFIRM), SIGNAL_WAIT, act_confirm_later, STAYS},
    {IN(CONFIRM), SIGNAL_REFUSED, act_confirm_trouble, STAYS},
    {IN(CONFIRM), SIGNAL_TROUBLE, act_confirm_trouble, STAYS},
    {IN(CONFIRM), SIGNAL_FATAL, act_fatal, LINK_IDLE},
    {IN(CONFIRM), SIGNAL_DEAD, act_dead_end, LINK_IDLE},
    {IN(CONFIRM), SIGNAL_GIVE_UP, act_give_up, LINK_IDLE},
    {IN(PROFILE), SIGNAL_SETTINGS, act_profile_settings, LINK_IDLE},
    {IN(PROFILE), SIGNAL_NO_SETTINGS, act_report_linked, LINK_IDLE},
    {IN(PROFILE), SIGNAL_GIVE_UP, act_report_linked, LINK_IDLE},

    /* logout, reboot, cure */
    {ORDER, SIGNAL_DONE, act_order_taken, STAYS},
    {ORDER, SIGNAL_NOT_DONE, act_order_failed, LINK_IDLE},
    {IN(LOGOUT), SIGNAL_UNLINKED, act_logout_unlinked, STAYS},
    {IN(REBOOT), SIGNAL_UNLINKED, act_reboot_settled, STAYS},
    {IN(REBOOT), SIGNAL_LINKED, act_reboot_settled, STAYS},
    {IN(REBOOT), SIGNAL_DEAD, act_reboot_settled, STAYS},
    {IN(CURE), SIGNAL_UNLINKED, act_cured, STAYS},
    {IN(CURE), SIGNAL_LINKED, act_cured, STAYS},
    {IN(CURE), SIGNAL_DEAD, act_cured, STAYS},
    {IN(REBOOT) | IN(CURE), SIGNAL_WAIT, act_still_starting, STAYS},
    {ORDER, SIGNAL_LINKED, act_order_settling, STAYS},
    {ORDER, SIGNAL_WAIT, act_order_settling, STAYS},
    {ORDER, SIGNAL_DEAD, act_order_settling, STAYS},
    {ORDER, SIGNAL_REFUSED, act_order_settling, STAYS},
    {ORDER, SIGNAL_TROUBLE, act_order_settling, STAYS},
    {ORDER, SIGNAL_FATAL, act_order_settling, STAYS},
    {ORDER, SIGNAL_GIVE_UP, act_give_up, LINK_IDLE},
};

static const struct transition *row_of(const struct link *link, enum signal signal)
{
    for (size_t i = 0; i < sizeof transitions / sizeof *transitions; i++)
        if (transitions[i].signal == signal && transitions[i].stages & 1u << link->stage)
            return &transitions[i];
    return NULL;
}

static void apply(struct step *s, enum signal signal)
{
    const struct transition *row = row_of(s->link, signal);
    if (!row)
        return;
    row->action(s);
    if (row->next != STAYS)
        s->link->stage = row->next;
}

bool link_takes(const struct link *link, enum link_event_kind order)
{
    const struct transition *row = row_of(link, link_signal_of_order(order));
    return row && row->action != act_busy;
}

/* Details are asked for where nothing of an attempt waits: between two polls, or while a code is on show. */
static bool may_ask_details(const struct link *link)
{
    unsigned between_polls = IN(IDLE) | IN(CHECK) | IN(PAIRING) | IN(REBOOT) | IN(CURE), stage = 1u << link->stage;
    return stage & IN(SESSION) || (stage & IN(POLLED) && link_has_code(link)) || (stage & between_polls && link->check_at);
}

/* The call that is next, or -1. */
static int next_call(const struct link *link)
{
    static const enum method at_once[] = {METHOD_LOGOUT, METHOD_REBOOT, METHOD_STATE, METHOD_PAIR};
    static const enum method in_pauses[] = {METHOD_SETTINGS, METHOD_ACCOUNT, METHOD_HISTORY};
    for (size_t i = 0; i < sizeof at_once / sizeof *at_once; i++)
        if (link->calls & 1u << at_once[i])
            return (int)at_once[i];
    for (size_t i = 0; i < sizeof in_pauses / sizeof *in_pauses; i++)
        if (link->calls & 1u << in_pauses[i] && (may_ask_details(link) || (link->stage == LINK_PROFILE && i == 0)))
            return (int)in_pauses[i];
    return link->calls & 1u << METHOD_QR ? METHOD_QR : -1;
}

static bool wants_qr(const struct link *link)
{
    return link->stage == LINK_POLLED && link->in_flight != METHOD_QR && !(link->calls & 1u << METHOD_QR);
}

/* What only one stage needs goes with it, whichever way it was left. */
static void tidy(struct link *link)
{
    if (link->stage != LINK_POLLED)
        link->calls &= ~(1u << METHOD_QR);
    if (link->stage == LINK_IDLE)
        link->settle_until = 0;
    if (link->stage == LINK_PAIRING)
        return;
    link->calls &= ~(1u << METHOD_PAIR);
    link->pairing_until = 0;
    memset(link->pairing_code, 0, sizeof link->pairing_code);
}

static void connect(struct step *s)
{
    struct link *link = s->link;
    link->socket = LINK_SOCKET_OPENING;
    link->connect_at = s->now + LINK_CONNECT_GAP_MS;
    link->session++;
    step_report(s, REPORT_CONNECTING, LOG_INFO, false, "connecting");
    step_add_effect(s, LINK_FX_CONNECT);
}

static void call(struct step *s, enum method method)
{
    struct link *link = s->link;
    struct link_effect *effect = step_add_effect(s, LINK_FX_CALL);
    link->calls &= ~(1u << method);
    link->in_flight = (int)method;
    link->call_at = s->now + LINK_CALL_GAP_MS;
    effect->method = method;
    if (method == METHOD_PAIR)
        snprintf(effect->text, sizeof effect->text, "{\"phoneNumber\":%s}", link->pairing_phone);
}

/* What waits for its turn: one connect and one call per second, one socket, one call under way. */
static void pump(struct step *s)
{
    struct link *link = s->link;
    bool state_coming = link->check_at || link->calls & 1u << METHOD_STATE || link->in_flight == METHOD_STATE;
    tidy(link);
    if (link->stage == LINK_IDLE && !state_coming)
        link->check_at = s->now + link->limits.poll_ms * 9 / 10 +
                         (int64_t)(step_next_random(link) % (uint32_t)(link->limits.poll_ms / 5 + 1));
    if (link->stage == LINK_OPENING && link->socket == LINK_SOCKET_NONE && s->now >= link->connect_at)
        connect(s);
    if (wants_qr(link) && s->now >= link->poll_at)
        link->calls |= 1u << METHOD_QR;
    int next = next_call(link);
    if (next >= 0 && link->in_flight < 0 && s->now >= link->call_at)
        call(s, (enum method)next);
}

void link_step(struct link *link, const struct link_event *event, int64_t now, struct link_effects *out)
{
    struct step s = {link, event, now, out};
    out->count = 0;
    enum signal signal = link_signal(link, event, now);
    if (signal != SIGNAL_NONE)
        apply(&s, signal);
    pump(&s);
}

void link_init(struct link *link, const struct link_limits *limits, int64_t first_check_at, uint32_t seed)
{
    memset(link, 0, sizeof *link);
    link->limits = *limits;
    link->check_at = first_check_at > 0 ? first_check_at : 1;
    link->in_flight = -1;
    link->random = seed ? seed : 1;
    link->state = WIRE_STATE_OTHER;
}

static void earliest(int64_t *deadline, int64_t at)
{
    if (at && at < *deadline)
        *deadline = at;
}

int64_t link_deadline(const struct link *link)
{
    int64_t deadline = INT64_MAX;
    earliest(&deadline, link->check_at);
    earliest(&deadline, link->retry_at);
    earliest(&deadline, link->settle_until);
    if (link->stage == LINK_OPENING && link->socket == LINK_SOCKET_NONE)
        earliest(&deadline, link->connect_at ? link->connect_at : 1);
    if (next_call(link) >= 0 && link->in_flight < 0)
        earliest(&deadline, link->call_at ? link->call_at : 1);
    if (wants_qr(link))
        earliest(&deadline, link->poll_at ? link->poll_at : 1);
    earliest(&deadline, link_session_end(link));
    earliest(&deadline, link_stale_at(link));
    earliest(&deadline, link_held_until(link));
    return deadline;
}

static int64_t left(int64_t until, int64_t now)
{
    return until > now ? until - now : 0;
}

int64_t link_code_left(const struct link *link, int64_t now)
{
    return link_has_code(link) ? left(link->code_at + LINK_CODE_MS, now) : -1;
}

int64_t link_session_left(const struct link *link, int64_t now)
{
    return 1u << link->stage & CODES && link->opened_at ? left(link->opened_at + LINK_SESSION_MS, now) : -1;
}

int64_t link_pairing_left(const struct link *link, int64_t now)
{
    return link->phase == PHASE_PAIRING && link->pairing_until ? left(link->pairing_until, now) : -1;
}

bool link_starts_too_long(const struct link *link, int64_t now)
{
    return link->phase == PHASE_STARTING && link->starting_since && now - link->starting_since >= LINK_STARTING_MS;
}

bool link_has_code(const struct link *link)
{
    return link->phase == PHASE_CODE;
}

bool link_is_polled(const struct link *link)
{
    return link->stage == LINK_POLLED;
}

bool link_is_busy(const struct link *link)
{
    return (1u << link->stage & (ATTEMPT | IN(CURE))) != 0;
}

bool link_was_in_vain(const struct link *link)
{
    bool no_code = link->phase == PHASE_ERROR && link->sticky && link->opened > 0 && link->codes == 0;
    return link->phase == PHASE_EXPIRED || no_code;
}
