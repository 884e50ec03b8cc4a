/* SPDX-License-Identifier: MIT
 * The actions of an attempt to link: check, socket, codes, scan, confirmation.
 */
#include <stdio.h>
#include <string.h>

#include "core/text.h"

#include "core/link_step.h"

void step_new_attempt(struct step *s)
{
    struct link *link = s->link;
    step_close_socket(s);
    link->session = link->opened = link->renewed = 0;
    link->failures = link->cuts = link->walls = link->codes = link->code_index = 0;
    link->status = 0;
    link->open_ms = link->retry_at = 0;
    link->code_hash = 0;
    link->scanned = link->sticky = link->pairing = link->over_https = link->asked_again = false;
}

static bool is_known_unlinked(const struct step *s)
{
    const struct link *link = s->link;
    return s->event->trust_ms > 0 && link->state == WIRE_STATE_NOT_AUTHORIZED && link->state_told_at &&
           s->now - link->state_told_at <= s->event->trust_ms;
}

void act_begin_link(struct step *s)
{
    step_new_attempt(s);
    if (is_known_unlinked(s)) {
        step_go_on(s);
        return;
    }
    s->link->stage = LINK_CHECK;
    act_check_again(s);
}

void act_stop(struct step *s)
{
    step_close_socket(s);
    s->link->retry_at = 0;
    step_report(s, REPORT_NOTE, LOG_INFO, true, "stopped");
    step_show_phase_of_state(s);
    step_check_now(s);
}

void act_refresh(struct step *s)
{
    s->link->sticky = false;
    if (s->link->stage == LINK_IDLE)
        step_set_phase(s, PHASE_CHECKING, "%s", "");
    step_check_now(s);
}

static void plan_connect(struct step *s)
{
    s->link->check_at = 0;
    s->link->stage = LINK_OPENING;
    step_set_phase(s, PHASE_CONNECTING, "%s", "");
}

void step_go_on(struct step *s)
{
    if (s->link->pairing)
        step_ask_pairing(s);
    else if (s->link->over_https)
        step_begin_polled(s);
    else
        plan_connect(s);
}

void act_session_begins(struct step *s)
{
    struct link *link = s->link;
    link->walls = 0;
    step_begin_session(s);
    link->code_at = 0;
    step_set_phase(s, PHASE_WAITING, "%s", "");
    step_report(s, REPORT_NOTE, LOG_INFO, false, "connected");
}

void act_show_code(struct step *s)
{
    struct link *link = s->link;
    link->code_at = s->now;
    link->code_index++;
    link->codes++;
    link->codes_total++;
    link->failures = 0;
    step_set_phase(s, PHASE_CODE, "%s", "");
    step_report(s, REPORT_CODE, LOG_INFO, false, "code %u, valid %d s", link->code_index, LINK_CODE_MS / 1000);
}

void act_code_stale(struct step *s)
{
    s->link->code_at = 0;
    step_set_phase(s, PHASE_STALE, "%s", "");
    step_report(s, REPORT_STALE, LOG_WARN, false, "the code has expired and no new one came");
}

/* So it is right after a logout (#1029): the state tells when it is worth asking again. */
static void ask_again(struct step *s, const char *text)
{
    s->link->asked_again = true;
    step_close_socket(s);
    step_note_trouble(s, text);
    s->link->stage = LINK_CHECK;
    s->link->settle_until = s->now + STARTING_PATIENCE_MS;
    step_set_phase(s, PHASE_CHECKING, "%s", text);
    step_report(s, REPORT_NOTE, LOG_WARN, false, "not ready yet, one more try in %d s: %s", NOT_READY_MS / 1000, text);
    step_check_in(s, NOT_READY_MS);
}

void act_error_frame(struct step *s)
{
    const char *text = s->event->frame->text;
    if (s->link->codes == 0 && !s->link->asked_again && wire_is_not_ready(text)) {
        ask_again(s, text);
        return;
    }
    s->link->stage = LINK_IDLE;
    step_fail(s, PHASE_ERROR, REPORT_ERROR, text[0] ? text : "the service sent an error without a text");
}

void act_passkey(struct step *s)
{
    step_fail(s, PHASE_PASSKEY, REPORT_PASSKEY, "WhatsApp wants a passkey for this account, which only a browser can give");
}

void act_scanned(struct step *s)
{
    struct link *link = s->link;
    step_close_socket(s);
    memset(&link->account, 0, sizeof link->account);
    step_keep_account(link, &s->event->frame->account);
    link->failures = 0;
    link->settle_until = s->now + STARTING_PATIENCE_MS;
    step_set_phase(s, PHASE_LINKING, "%s", "");
    step_report(s, REPORT_LINKING, LOG_INFO, false, "scanned: WhatsApp is linking%s%s", link->account.wid[0] ? " " : "",
           link->account.wid);
    step_check_now(s);
}

/* alreadyLogged: after a code it is how the service says "scanned" [C], before any it was linked all along. */
void act_already(struct step *s)
{
    struct link *link = s->link;
    if (link->codes > 0) {
        link->stage = LINK_CONFIRM;
        act_scanned(s);
        return;
    }
    step_close_socket(s);
    step_keep_account(link, &s->event->frame->account);
    if (++link->cuts >= CUTS_MAX) {
        link->stage = LINK_IDLE;
        step_fail(s, PHASE_ERROR, REPORT_ERROR, "the service says linked and not linked by turns: log out, or reboot");
        return;
    }
    link->settle_until = s->now + STARTING_PATIENCE_MS;
    link->stage = LINK_CHECK;
    step_report(s, REPORT_NOTE, LOG_INFO, false, "the service says: linked already");
    step_set_phase(s, PHASE_CHECKING, "%s", "");
    step_check_in(s, link->cuts > 1 ? STARTING_RECHECK_MS : 0);
}

/* Too many are only counted, see link_session.c. */
void act_noise(struct step *s)
{
    const struct link_event *event = s->event;
    if (++s->link->noises > NOISES_MAX)
        return;
    if (event->kind == LINK_EV_TOO_LARGE)
        step_report(s, REPORT_NOTE, LOG_WARN, false, "a message of more than 1 MiB was dropped");
    else if (event->frame->kind == WIRE_GARBAGE)
        step_report(s, REPORT_NOTE, LOG_WARN, false, "a message that is not JSON: %s", event->frame->text);
    else
        step_report(s, REPORT_NOTE, LOG_WARN, false, "a message that means nothing here, type '%s': %s", event->frame->type,
               event->frame->text);
}

static int64_t backoff_ms(struct link *link)
{
    unsigned doublings = link->failures - 1 < 5 ? link->failures - 1 : 5;
    int64_t most = (int64_t)BACKOFF_FIRST_MS << doublings;
    most = most < BACKOFF_MAX_MS ? most : BACKOFF_MAX_MS;
    return 1 + (int64_t)(step_next_random(link) % (uint32_t)most);
}

void step_back_off(struct step *s, const char *text)
{
    struct link *link = s->link;
    link->failures++;
    step_close_socket(s);
    step_note_trouble(s, text);
    bool enough = link->limits.tries && link->failures >= link->limits.tries;
    if (enough || link->cuts >= CUTS_MAX) {
        link->stage = LINK_IDLE;
        link->sticky = true;
        link->retry_at = 0;
        step_set_phase(s, PHASE_OFFLINE, "%s; gave up", text);
        step_report(s, REPORT_NETWORK, LOG_ERROR, true, "%s; gave up after %u tries", text,
                    enough ? link->failures : link->cuts);
        return;
    }
    int64_t wait = backoff_ms(link);
    link->stage = LINK_BACKOFF;
    link->retry_at = s->now + wait;
    step_set_phase(s, PHASE_OFFLINE, "%s", text);
    step_report(s, REPORT_NETWORK, LOG_WARN, false, "%s; next try in %lld s", text, (long long)(wait + 999) / 1000);
}

void act_trouble(struct step *s)
{
    char text[WIRE_TEXT_MAX];
    step_back_off(s, step_trouble_text(s, text, sizeof text));
}

/* Without REST a websocket that failed proves nothing. */
void act_check_trouble(struct step *s)
{
    s->link->walls = 0;
    act_trouble(s);
}

void act_session_lost(struct step *s)
{
    struct link *link = s->link;
    if (s->now - link->opened_at >= SESSION_NEARLY_OVER_MS) {
        act_renew_or_expire(s);
        return;
    }
    char text[WIRE_TEXT_MAX], code[16] = "";
    if (s->event->status)
        snprintf(code, sizeof code, " (%u)", s->event->status);
    text_format(text, sizeof text, "the service closed the connection%s%s%s", code, s->event->text[0] ? ": " : "",
                s->event->text);
    link->cuts++;
    step_back_off(s, text);
}

/* Nothing could be heard, so nobody knows what was scanned: no renewal is spent on it. */
void act_session_vanished(struct step *s)
{
    s->link->cuts++;
    act_trouble(s);
}

void act_check_again(struct step *s)
{
    s->link->retry_at = 0;
    s->link->settle_until = s->now + STARTING_PATIENCE_MS;
    step_set_phase(s, PHASE_CHECKING, "%s", "");
    step_check_now(s);
}

void act_refused(struct step *s)
{
    step_close_socket(s);
    s->link->sticky = true;
    step_show_refusal(s);
    step_report(s, REPORT_REFUSED, LOG_ERROR, true, "refused, %s", s->link->reason);
}

void act_check_unlinked(struct step *s)
{
    step_note_state(s, true);
    step_go_on(s);
}

void act_check_wait(struct step *s)
{
    step_note_state(s, false);
    step_show_phase_of_state(s);
    step_check_in(s, STARTING_RECHECK_MS);
}

void act_still_starting(struct step *s)
{
    step_take_state(s);
    s->link->failures = 0;
    if (s->link->acted && link_starts_too_long(s->link, s->now))
        step_set_phase(s, PHASE_STARTING, "still not up %lld minutes after the reboot",
                       (long long)(s->now - s->link->starting_since) / 60000);
    step_check_in(s, STARTING_RECHECK_MS);
}

void act_dead_end(struct step *s)
{
    step_note_state(s, true);
    step_show_phase_of_state(s);
    s->link->sticky = true;
    step_report(s, REPORT_ERROR, LOG_ERROR, true, "%s", s->link->reason);
}

void act_now_linked(struct step *s)
{
    step_note_state(s, true);
    step_show_phase_of_state(s);
    /* A code was scanned, even if the connection broke before anybody said so. */
    s->link->scanned = s->link->codes > 0;
    s->link->settle_until = s->now + CALL_PATIENCE_MS;
    step_want_call(s, METHOD_SETTINGS);
}

void act_confirm_later(struct step *s)
{
    s->link->failures = 0;
    step_take_state(s);
    step_check_in(s, RECHECK_MS);
}

/* Told once until a look succeeds again. */
void act_confirm_trouble(struct step *s)
{
    char text[WIRE_TEXT_MAX];
    step_check_in(s, s->link->stage == LINK_PAIRING ? LINK_PAIRING_POLL_MS : RECHECK_MS);
    if (s->link->failures++ == 0)
        step_report(s, REPORT_NOTE, LOG_WARN, false, "%s, but the state cannot be asked for: %s",
                    s->link->stage == LINK_PAIRING ? "a pairing code is on show" : "scanned",
                    step_trouble_text(s, text, sizeof text));
}

void act_confirm_unlinked(struct step *s)
{
    s->link->failures = 0;
    step_take_state(s);
    step_check_in(s, RECHECK_MS);
    if (s->now - s->link->phase_since < UNLINKED_PATIENCE_MS)
        return;
    s->link->stage = LINK_IDLE;
    step_fail(s, PHASE_ERROR, REPORT_ERROR, "scanned, but the service still says notAuthorized: try again");
}

void act_report_linked(struct step *s)
{
    struct link *link = s->link;
    const struct wire_account *account = &link->account;
    const char *who = account->phone[0] ? account->phone : account->wid;
    if (link->scanned)
        step_report(s, REPORT_LINKED, LOG_INFO, true, "linked%s%s%s%s", who[0] ? ": " : "", who,
               account->pushname[0] ? ", " : "", account->pushname);
    else
        step_report(s, REPORT_ALREADY_LINKED, LOG_INFO, true, "linked already%s%s; to link another phone, log out first",
               who[0] ? ": " : "", who);
}

void act_profile_settings(struct step *s)
{
    act_take_settings(s);
    act_report_linked(s);
}

/* The operator refreshed while a code was on show. */
void act_session_state(struct step *s)
{
    step_note_state(s, true);
}

void act_session_linked(struct step *s)
{
    step_close_socket(s);
    act_now_linked(s);
}
