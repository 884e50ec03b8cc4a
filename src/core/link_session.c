/* SPDX-License-Identifier: MIT
 * Sessions: one stretch of codes, on a websocket or over HTTPS. How many there were in an attempt, how long they stood, and
 * what came too fast in them.
 */
#include <stdio.h>

#include "core/link_step.h"

void step_begin_session(struct step *s)
{
    struct link *link = s->link;
    step_end_session(s);
    link->opened_at = s->now;
    link->opened++;
    link->code_index = link->noises = link->codes_passed = 0;
}

static int64_t lasted(const struct step *s)
{
    return s->link->opened_at ? s->now - s->link->opened_at : 0;
}

/* A mad service must not wash the story out of the log: what was too much is one line. */
static void count_floods(struct step *s)
{
    struct link *link = s->link;
    if (link->codes_passed)
        step_report(s, REPORT_NOTE, LOG_WARN, false, "%u more codes came, faster than one a second: they were not taken",
                    link->codes_passed);
    if (link->noises > NOISES_MAX)
        step_report(s, REPORT_NOTE, LOG_WARN, false, "%u more messages that mean nothing here were not logged",
                    link->noises - NOISES_MAX);
    link->codes_passed = link->noises = 0;
}

void step_end_session(struct step *s)
{
    struct link *link = s->link;
    if (!link->opened_at)
        return;
    link->open_ms += lasted(s);
    link->opened_at = 0;
    link->codes_passed += link->code_held;
    link->code_held = false;
    count_floods(s);
}

static long long seconds(int64_t ms)
{
    return (long long)(ms + 500) / 1000;
}

int64_t step_open_ms(const struct step *s)
{
    return s->link->open_ms + lasted(s);
}

const char *step_what_came(const struct step *s, char *dst, size_t size)
{
    const struct link *link = s->link;
    const char *what = link->codes ? "nobody scanned" : "no code came";
    if (link->opened > 1)
        snprintf(dst, size, "%s in %u sessions, %lld s in all", what, link->opened, seconds(step_open_ms(s)));
    else
        snprintf(dst, size, "%s in %lld s", what, seconds(step_open_ms(s)));
    return dst;
}

/* `qr` knows no sessions: only we count them, and the code on show may live on. */
static void renew(struct step *s)
{
    struct link *link = s->link;
    const char *what = link->code_index ? "nobody scanned" : "no code came";
    long long span = seconds(lasted(s));
    link->renewed++;
    link->renewals_total++;
    if (link->stage == LINK_POLLED) {
        link->session++;
        step_begin_session(s);
    } else {
        step_close_socket(s);
        link->stage = LINK_OPENING;
        step_set_phase(s, PHASE_CONNECTING, "%s in %lld s; renewing, %u of %u", what, span, link->renewed,
                       link->limits.renewals);
    }
    step_report(s, REPORT_RENEW, LOG_INFO, false, "%s in %lld s: renewing, %u of %u", what, span, link->renewed,
                link->limits.renewals);
}

void act_renew_or_expire(struct step *s)
{
    char text[WIRE_TEXT_MAX];
    struct link *link = s->link;
    if (link->renewed < link->limits.renewals) {
        renew(s);
        return;
    }
    step_what_came(s, text, sizeof text);
    link->stage = LINK_IDLE;
    if (link->codes == 0) {
        step_fail(s, PHASE_ERROR, REPORT_NO_CODE, text);
        return;
    }
    step_close_socket(s);
    link->sticky = true;
    step_set_phase(s, PHASE_EXPIRED, "%s", text);
    step_report(s, REPORT_TIMEOUT, LOG_WARN, true, "%s, renewed %u of %u", text, link->renewed, link->limits.renewals);
}

int64_t link_held_until(const struct link *link)
{
    return link->code_held ? link->code_at + LINK_CODE_GAP_MS : 0;
}

bool link_pass_code(struct link *link, int64_t now)
{
    link->codes_passed += link->code_held;
    link->code_held = link->stage == LINK_SESSION && link_has_code(link) && now < link->code_at + LINK_CODE_GAP_MS;
    return link->code_held;
}
