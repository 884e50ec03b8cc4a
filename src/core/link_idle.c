/* SPDX-License-Identifier: MIT
 * The actions outside an attempt: polls, logout, reboot.
 */
#include <stdio.h>
#include <string.h>

#include "core/link_step.h"
#include "core/text.h"
#include "core/wire_details.h"

/* Polls of an idle instance: news go to the log, the rest only to the screen. */

void act_idle_refused(struct step *s)
{
    bool news = s->link->phase != PHASE_REFUSED;
    if (s->link->sticky)
        return;
    step_show_refusal(s);
    if (news)
        step_report(s, REPORT_REFUSED, LOG_ERROR, true, "refused, %s", s->link->reason);
}

void act_idle_trouble(struct step *s)
{
    char text[WIRE_TEXT_MAX];
    bool news = s->link->phase != PHASE_OFFLINE;
    if (s->link->sticky)
        return;
    step_set_phase(s, PHASE_OFFLINE, "%s", step_trouble_text(s, text, sizeof text));
    if (!news)
        return;
    step_note_trouble(s, s->link->reason);
    step_report(s, REPORT_NETWORK, LOG_WARN, true, "%s", s->link->reason);
}

void act_idle_fatal(struct step *s)
{
    if (s->link->sticky || s->link->phase == PHASE_ERROR)
        return;
    act_fatal(s);
    s->link->sticky = false;
}

void act_idle_state(struct step *s)
{
    struct link *link = s->link;
    bool asked = link->phase == PHASE_CHECKING || link->phase == PHASE_UNKNOWN;
    bool same = link->state == s->event->reply->state;
    enum phase before = link->phase;
    step_note_state(s, asked);
    /* "expired" says more than "unlinked", until the operator does something or the state moves on. */
    if (same && link->sticky)
        return;
    link->sticky = false;
    step_show_phase_of_state(s);
    if (!step_is_linked_phase(link->phase))
        memset(&link->account, 0, sizeof link->account);
    else if (link->phase != before)
        step_want_call(s, METHOD_SETTINGS);
    if (link->phase == PHASE_STARTING && s->now - link->state_since < STARTING_PATIENCE_MS)
        step_check_in(s, STARTING_RECHECK_MS);
}

static void begin_order(struct step *s, enum method method, const char *doing)
{
    step_close_socket(s);
    s->link->retry_at = s->link->check_at = 0;
    s->link->acted = s->link->sticky = false;
    s->link->failures = 0;
    s->link->calls &= WIRE_DETAILS_METHODS;
    s->link->state_told_at = 0;
    step_want_call(s, method);
    s->link->settle_until = s->now + CALL_PATIENCE_MS;
    step_set_phase(s, PHASE_CHECKING, "%s", doing);
    step_report(s, REPORT_NOTE, LOG_INFO, false, "%s", doing);
}

void act_begin_logout(struct step *s)
{
    begin_order(s, METHOD_LOGOUT, "logging out");
}

void act_begin_reboot(struct step *s)
{
    begin_order(s, METHOD_REBOOT, "rebooting");
}

void act_begin_cure(struct step *s)
{
    begin_order(s, METHOD_REBOOT, "rebooting, then its code is shown");
}

void act_busy(struct step *s)
{
    step_report(s, REPORT_NOTE, LOG_WARN, false, "busy: wait until the %s is done",
           s->link->stage == LINK_LOGOUT ? "logout" : "reboot");
}

void act_order_taken(struct step *s)
{
    struct link *link = s->link;
    bool reboot = link->stage != LINK_LOGOUT, cure = link->stage == LINK_CURE;
    link->acted = true;
    link->settle_until = s->now + (reboot ? STARTING_PATIENCE_MS : LOGOUT_PATIENCE_MS);
    step_check_in(s, reboot ? STARTING_RECHECK_MS : LINK_CALL_GAP_MS);
    if (!reboot)
        return;
    link->starting_since = s->now;
    step_set_phase(s, PHASE_STARTING, cure ? "rebooting, then its code is shown; this takes up to 5 minutes"
                                           : "rebooting, this takes up to 5 minutes");
    step_report(s, REPORT_REBOOTED, LOG_INFO, !cure, "the service reboots it; that takes up to 5 minutes");
}

void act_order_failed(struct step *s)
{
    char text[WIRE_TEXT_MAX - 32], trouble_words[WIRE_TEXT_MAX - 64] = "the service did not do it";
    const struct wire_reply *reply = s->event->reply;
    if (!reply || reply->outcome != WIRE_OK)
        step_trouble_text(s, trouble_words, sizeof trouble_words);
    text_format(text, sizeof text, "%s failed: %s", s->link->stage == LINK_LOGOUT ? "logout" : "reboot", trouble_words);
    bool says_no = reply && reply->outcome == WIRE_REFUSED;
    if (says_no)
        s->link->status = reply->status;
    bool offline = !reply || reply->outcome == WIRE_TROUBLE;
    step_fail(s, PHASE_ERROR, says_no ? REPORT_REFUSED : offline ? REPORT_NETWORK : REPORT_ERROR, text);
}

void act_logout_unlinked(struct step *s)
{
    struct link *link = s->link;
    if (!link->acted)
        return;
    link->stage = LINK_IDLE;
    step_take_state(s);
    memset(&link->account, 0, sizeof link->account);
    step_show_phase_of_state(s);
    step_report(s, REPORT_LOGGED_OUT, LOG_INFO, true, "logged out");
}

/* Of an answer that tells no state nothing is known but that there was none. */
void act_order_settling(struct step *s)
{
    const struct wire_reply *reply = s->event->reply;
    if (reply && (reply->outcome == WIRE_OK || reply->state != WIRE_STATE_OTHER)) {
        s->link->failures = 0;
        step_take_state(s);
    } else {
        s->link->failures++;
    }
    if (s->link->acted)
        step_check_in(s, RECHECK_MS);
}

void act_reboot_settled(struct step *s)
{
    if (!s->link->acted)
        return;
    s->link->stage = LINK_IDLE;
    act_idle_state(s);
    step_report(s, REPORT_NOTE, LOG_INFO, false, "up again after the reboot");
}

/* Up again: unlinked it is linked now, anything else is told. */
void act_cured(struct step *s)
{
    struct link *link = s->link;
    enum phase phase = link_phase_of_state(s->event->reply->state);
    if (!link->acted)
        return;
    if (phase == PHASE_UNLINKED && s->now - link->phase_since < CURE_LEAST_MS) {
        step_check_in(s, STARTING_RECHECK_MS);
    } else if (phase == PHASE_UNLINKED) {
        step_new_attempt(s);
        act_check_unlinked(s);
    } else if (step_is_linked_phase(phase)) {
        step_new_attempt(s);
        link->stage = LINK_PROFILE;
        act_now_linked(s);
    } else {
        act_reboot_settled(s);
    }
}

/* What is known already is asked for anew: the operator may be waiting for a change. */
void act_details(struct step *s)
{
    step_want_call(s, METHOD_SETTINGS);
    step_want_call(s, METHOD_ACCOUNT);
    step_want_call(s, METHOD_HISTORY);
}

static const char *what_was_done(enum link_stage stage)
{
    switch (stage) {
    case LINK_CONFIRM:
    case LINK_POLLED:
        return "scanned 10 minutes ago";
    case LINK_LOGOUT:
        return "logout was taken a minute ago";
    case LINK_REBOOT:
    case LINK_CURE:
        return "the reboot was taken 10 minutes ago";
    default:
        return "10 minutes have passed";
    }
}

void act_give_up(struct step *s)
{
    char text[WIRE_TEXT_MAX];
    const struct link *link = s->link;
    const char *done = what_was_done(link->stage);
    bool ordered = link->stage == LINK_LOGOUT || link->stage == LINK_REBOOT || link->stage == LINK_CURE;
    bool out_of_sight = link->failures > 0 && link->stage != LINK_CHECK;
    if (ordered && !link->acted) {
        step_fail(s, PHASE_ERROR, REPORT_NETWORK, "the service did not answer in time");
    } else if (out_of_sight) {
        snprintf(text, sizeof text, "%s, but the state cannot be asked for", done);
        step_fail(s, PHASE_OFFLINE, REPORT_NETWORK, text);
    } else {
        snprintf(text, sizeof text, "%s, but the state is '%s': %s", done, link->state_text,
                 link->stage == LINK_LOGOUT ? "refresh later, or unlink it on the phone" : "reboot the instance");
        step_fail(s, PHASE_ERROR, REPORT_ERROR, text);
    }
}
