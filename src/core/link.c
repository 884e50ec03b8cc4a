/* SPDX-License-Identifier: MIT */
#include "core/link.h"

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
#define ATTEMPT (IN(CHECK) | IN(OPENING) | IN(SESSION) | IN(BACKOFF) | IN(CONFIRM) | IN(PROFILE))
#define ORDER (IN(LOGOUT) | IN(REBOOT))
#define ANY (IN(IDLE) | ATTEMPT | ORDER)
#define STAYS LINK_STAGE_COUNT

static const struct transition {
    unsigned stages;
    enum signal signal;
    void (*action)(struct step *);
    enum link_stage next;
} transitions[] = {
    /* the operator */
    {IN(IDLE) | IN(BACKOFF), SIGNAL_LINK, act_begin_link, LINK_CHECK},
    {ORDER, SIGNAL_LINK, act_busy, STAYS},
    {ATTEMPT, SIGNAL_STOP, act_stop, LINK_IDLE},
    {IN(BACKOFF), SIGNAL_REFRESH, act_check_again, LINK_CHECK},
    {ANY & ~IN(OPENING), SIGNAL_REFRESH, act_refresh, STAYS},
    {IN(IDLE) | ATTEMPT, SIGNAL_LOGOUT, act_begin_logout, LINK_LOGOUT},
    {IN(IDLE) | ATTEMPT, SIGNAL_REBOOT, act_begin_reboot, LINK_REBOOT},
    {ORDER, SIGNAL_LOGOUT, act_busy, STAYS},
    {ORDER, SIGNAL_REBOOT, act_busy, STAYS},

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
    {IN(CHECK), SIGNAL_UNLINKED, act_check_unlinked, LINK_OPENING},
    {IN(CHECK), SIGNAL_LINKED, act_now_linked, LINK_PROFILE},
    {IN(CHECK), SIGNAL_WAIT, act_check_wait, STAYS},
    {IN(CHECK), SIGNAL_DEAD, act_dead_end, LINK_IDLE},
    {IN(CHECK), SIGNAL_GIVE_UP, act_give_up, LINK_IDLE},
    {IN(CHECK) | IN(OPENING), SIGNAL_REFUSED, act_refused, LINK_IDLE},
    {IN(CHECK) | IN(OPENING), SIGNAL_FATAL, act_fatal, LINK_IDLE},
    {IN(CHECK) | IN(OPENING), SIGNAL_TROUBLE, act_trouble, STAYS},
    {IN(BACKOFF), SIGNAL_RETRY, act_check_again, LINK_CHECK},

    /* the session */
    {IN(OPENING), SIGNAL_OPEN, act_session_begins, LINK_SESSION},
    {IN(SESSION), SIGNAL_LINKED, act_session_linked, LINK_PROFILE},
    {IN(SESSION), SIGNAL_UNLINKED, act_session_state, STAYS},
    {IN(SESSION), SIGNAL_WAIT, act_session_state, STAYS},
    {IN(SESSION), SIGNAL_CODE, act_show_code, STAYS},
    {IN(SESSION), SIGNAL_STALE, act_code_stale, STAYS},
    {IN(SESSION), SIGNAL_NOISE, act_noise, STAYS},
    {IN(SESSION), SIGNAL_ACCOUNT, act_scanned, LINK_CONFIRM},
    {IN(SESSION), SIGNAL_ALREADY, act_already, STAYS},
    {IN(SESSION), SIGNAL_TIMEOUT, act_renew_or_expire, STAYS},
    {IN(SESSION), SIGNAL_ERROR, act_error_frame, LINK_IDLE},
    {IN(SESSION), SIGNAL_PASSKEY, act_passkey, LINK_IDLE},
    {IN(SESSION), SIGNAL_CLOSED, act_session_lost, STAYS},

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

    /* logout and reboot */
    {ORDER, SIGNAL_DONE, act_order_taken, STAYS},
    {ORDER, SIGNAL_NOT_DONE, act_order_failed, LINK_IDLE},
    {IN(LOGOUT), SIGNAL_UNLINKED, act_logout_unlinked, STAYS},
    {IN(REBOOT), SIGNAL_UNLINKED, act_reboot_settled, STAYS},
    {IN(REBOOT), SIGNAL_LINKED, act_reboot_settled, STAYS},
    {IN(REBOOT), SIGNAL_DEAD, act_reboot_settled, STAYS},
    {IN(REBOOT), SIGNAL_WAIT, act_still_starting, STAYS},
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

/* What waits for its turn: one connect and one call per second, one socket, one call under way. */
static void pump(struct step *s)
{
    static const enum method by_rank[] = {METHOD_LOGOUT, METHOD_REBOOT, METHOD_STATE, METHOD_SETTINGS};
    struct link *link = s->link;
    bool state_coming = link->check_at || link->calls & 1u << METHOD_STATE || link->in_flight == METHOD_STATE;
    if (link->stage == LINK_IDLE)
        link->settle_until = 0;
    if (link->stage == LINK_IDLE && !state_coming)
        link->check_at = s->now + link->limits.poll_ms * 9 / 10 +
                         (int64_t)(step_next_random(link) % (uint32_t)(link->limits.poll_ms / 5 + 1));
    if (link->stage == LINK_OPENING && link->socket == LINK_SOCKET_NONE && s->now >= link->connect_at) {
        link->socket = LINK_SOCKET_OPENING;
        link->connect_at = s->now + LINK_CONNECT_GAP_MS;
        link->session++;
        step_report(s, REPORT_CONNECTING, LOG_INFO, false, "connecting");
        step_add_effect(s, LINK_FX_CONNECT);
    }
    if (link->in_flight >= 0 || s->now < link->call_at)
        return;
    for (size_t i = 0; i < sizeof by_rank / sizeof *by_rank; i++) {
        if (!(link->calls & 1u << by_rank[i]))
            continue;
        link->calls &= ~(1u << by_rank[i]);
        link->in_flight = (int)by_rank[i];
        link->call_at = s->now + LINK_CALL_GAP_MS;
        step_add_effect(s, LINK_FX_CALL)->method = by_rank[i];
        return;
    }
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
    if (link->calls && link->in_flight < 0)
        earliest(&deadline, link->call_at ? link->call_at : 1);
    if (link->stage == LINK_SESSION) {
        earliest(&deadline, link->opened_at + LINK_DEADLINE_MS);
        earliest(&deadline, link->code_at ? link->code_at + LINK_STALE_MS : 0);
    }
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
    return link->stage == LINK_SESSION ? left(link->opened_at + LINK_SESSION_MS, now) : -1;
}

bool link_has_code(const struct link *link)
{
    return link->phase == PHASE_CODE;
}

bool link_is_busy(const struct link *link)
{
    return (1u << link->stage & ATTEMPT) != 0;
}
