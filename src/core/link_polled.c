/* SPDX-License-Identifier: MIT
 * Where a websocket is not let through: the same codes, asked for over HTTPS one by one.
 */
#include <stdio.h>

#include "core/text.h"

#include "core/link_step.h"

void step_begin_polled(struct step *s)
{
    struct link *link = s->link;
    link->stage = LINK_POLLED;
    link->session++;
    step_begin_session(s);
    link->code_at = link->poll_at = link->check_at = link->settle_until = 0;
    step_set_phase(s, PHASE_WAITING, "%s", "");
    step_report(s, REPORT_CONNECTING, LOG_INFO, false, "asking for codes over HTTPS");
}

static void fall_back(struct step *s)
{
    char text[WIRE_TEXT_MAX];
    s->link->over_https = true;
    s->link->failures = 0;
    step_report(s, REPORT_OVER_HTTPS, LOG_WARN, false, "the websocket is blocked: codes come over HTTPS instead (%s)",
                step_trouble_text(s, text, sizeof text));
    step_begin_polled(s);
}

void act_wall(struct step *s)
{
    fall_back(s);
}

/* Once may be chance. */
void act_no_socket(struct step *s)
{
    if (++s->link->walls >= WALLS_MAX)
        fall_back(s);
    else
        act_trouble(s);
}

/* FNV-1a: tells one picture from the next, no more. */
static uint64_t hash_of(const struct wire_frame *frame)
{
    uint64_t hash = UINT64_C(14695981039346656037);
    for (size_t i = 0; i < frame->code_len; i++)
        hash = (hash ^ (unsigned char)frame->code[i]) * UINT64_C(1099511628211);
    return hash;
}

/* `starting` after a code was no scan, then: codes go on, but not for ever. False when this was once too often. */
static bool resume(struct step *s)
{
    struct link *link = s->link;
    if (link->opened_at)
        return true;
    if (++link->cuts < CUTS_MAX)
        return step_begin_polled(s), true;
    link->stage = LINK_IDLE;
    step_fail(s, PHASE_ERROR, REPORT_ERROR, "the instance starts again and again, but no phone is linked: reboot it");
    return false;
}

/* The same picture again is no news: its clock goes on. */
void act_polled_code(struct step *s)
{
    uint64_t hash = hash_of(s->event->frame);
    if (!resume(s) || hash == s->link->code_hash)
        return;
    s->link->code_hash = hash;
    act_show_code(s);
}

/* Nothing tells of a scan here, but an instance that showed a code and starts now was scanned. No code is asked for
 * meanwhile: that was seen to break a link that was about to be made (protocol section 7). */
void act_polled_starting(struct step *s)
{
    struct link *link = s->link;
    step_note_state(s, false);
    step_check_in(s, RECHECK_MS);
    link->poll_at = INT64_MAX;
    if (link->codes == 0 || !link->opened_at)
        return;
    step_end_session(s);
    link->code_at = 0;
    link->settle_until = s->now + STARTING_PATIENCE_MS;
    step_set_phase(s, PHASE_LINKING, "%s", "");
    step_report(s, REPORT_LINKING, LOG_INFO, false, "scanned: the instance is starting, WhatsApp is linking");
}

void act_polled_unlinked(struct step *s)
{
    step_note_state(s, false);
    if (resume(s))
        s->link->poll_at = 0;
}

/* One failed request in between does not take the code away that may be scanned now. */
void act_polled_trouble(struct step *s)
{
    char text[WIRE_TEXT_MAX];
    struct link *link = s->link;
    step_trouble_text(s, text, sizeof text);
    if (link_has_code(link) && ++link->failures < POLL_TROUBLES_MAX) {
        step_note_trouble(s, text);
        step_report(s, REPORT_NOTE, LOG_WARN, false, "no code: %s", text);
        link->poll_at = s->now + RECHECK_MS;
        return;
    }
    link->cuts++;
    step_back_off(s, text);
}

void act_polled_refused(struct step *s)
{
    char text[WIRE_TEXT_MAX];
    s->link->status = s->event->reply->status;
    snprintf(text, sizeof text, "%u: the websocket is blocked, and codes over HTTPS are refused", s->link->status);
    step_fail(s, PHASE_REFUSED, REPORT_REFUSED, text);
}
