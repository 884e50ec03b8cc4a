/* SPDX-License-Identifier: MIT
 * Linking by a pairing code: the phone's number goes to the service, its 8 characters are typed on the phone.
 */
#include <stdio.h>
#include <string.h>

#include "core/text.h"

#include "core/link_step.h"

void act_begin_pairing(struct step *s)
{
    struct link *link = s->link;
    const char *number = s->event->text;
    if (!number || !phone_is_sound(number)) {
        step_report(s, REPORT_NOTE, LOG_ERROR, false, "a pairing code needs a phone number, its country's code first");
        return;
    }
    step_new_attempt(s);
    link->pairing = true;
    memcpy(link->pairing_phone, number, strlen(number) + 1);
    link->stage = LINK_CHECK;
    act_check_again(s);
}

void step_ask_pairing(struct step *s)
{
    struct link *link = s->link;
    link->stage = LINK_PAIRING;
    link->check_at = 0;
    link->settle_until = s->now + CALL_PATIENCE_MS;
    step_want_call(s, METHOD_PAIR);
    step_set_phase(s, PHASE_PAIRING, "asking the service for a pairing code");
    step_report(s, REPORT_NOTE, LOG_INFO, false, "asking for a pairing code");
}

void act_paired(struct step *s)
{
    struct link *link = s->link;
    memcpy(link->pairing_code, s->event->reply->pairing, sizeof link->pairing_code);
    link->pairing_until = link->settle_until = s->now + LINK_PAIRING_MS;
    link->code_index = 1;
    link->codes++;
    link->codes_total++;
    link->failures = 0;
    step_check_in(s, LINK_PAIRING_POLL_MS);
    step_set_phase(s, PHASE_PAIRING, "%s", "");
    step_report(s, REPORT_PAIRING, LOG_INFO, false, "a pairing code is on show, valid %d s", LINK_PAIRING_MS / 1000);
}

void act_not_paired(struct step *s)
{
    char text[WIRE_TEXT_MAX], why[WIRE_TEXT_MAX];
    const struct wire_reply *reply = s->event->reply;
    bool answered = reply && reply->outcome == WIRE_OK, offline = !reply || reply->outcome == WIRE_TROUBLE;
    text_format(text, sizeof text, "no pairing code: %s", answered ? reply->text : step_trouble_text(s, why, sizeof why));
    step_fail(s, PHASE_ERROR, offline ? REPORT_NETWORK : REPORT_ERROR, text);
}

void act_pairing_state(struct step *s)
{
    s->link->failures = 0;
    step_note_state(s, false);
    step_check_in(s, LINK_PAIRING_POLL_MS);
}

/* An instance that is starting just then was paired in the last moment, perhaps. */
void act_pairing_over(struct step *s)
{
    struct link *link = s->link;
    if (!link->pairing_code[0]) {
        link->stage = LINK_IDLE;
        step_fail(s, PHASE_ERROR, REPORT_NETWORK, "no pairing code: the service did not answer in time");
    } else if (link->failures > 0) {
        link->stage = LINK_IDLE;
        step_fail(s, PHASE_OFFLINE, REPORT_NETWORK,
                  "the pairing code has expired, and the service cannot be asked whether somebody typed it");
    } else if (link->state == WIRE_STATE_STARTING) {
        link->stage = LINK_CONFIRM;
        link->settle_until = s->now + STARTING_PATIENCE_MS;
        step_check_in(s, RECHECK_MS);
        step_set_phase(s, PHASE_LINKING, "%s", "");
        step_report(s, REPORT_LINKING, LOG_INFO, false, "the instance is starting: WhatsApp is linking");
    } else {
        link->stage = LINK_IDLE;
        link->sticky = true;
        step_set_phase(s, PHASE_EXPIRED, "the pairing code has expired: nobody typed it within %d s",
                       LINK_PAIRING_MS / 1000);
        step_report(s, REPORT_TIMEOUT, LOG_WARN, true, "%s", link->reason);
    }
}
