/* SPDX-License-Identifier: MIT */
#include "details.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>


struct page {
    char *text;
    size_t size, used;
    const struct instance *it;
    const struct clock_pair *clocks;
};

__attribute__((format(printf, 2, 3))) static void say(struct page *p, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    int wrote = vsnprintf(p->text + p->used, p->size - p->used, format, args);
    va_end(args);
    if (wrote > 0)
        p->used += (size_t)wrote < p->size - p->used ? (size_t)wrote : p->size - p->used - 1;
}

static void say_fact(struct page *p, const char *name, const char *value)
{
    if (value[0])
        say(p, "%-10s %s\n", name, value);
}

/* A moment of the machine's clock as a date. */
struct date_text {
    char text[32];
};

static struct date_text date_of(const struct page *p, int64_t at)
{
    struct date_text date;
    clock_date_of(date.text, sizeof date.text, p->clocks, at);
    return date;
}

static struct date_text span_since(const struct page *p, int64_t at)
{
    struct date_text span;
    clock_span(span.text, sizeof span.text, p->clocks->now - at);
    return span;
}

static void say_state(struct page *p)
{
    const struct link *link = &p->it->link;
    say(p, "%-10s %s: %s\n", "phase", phase_words(link->phase), phase_meaning(link->phase));
    if (link->state_text[0])
        say(p, "%-10s %s, since %s (%s)\n", "state", link->state_text, date_of(p, link->state_since).text,
            span_since(p, link->state_since).text);
    say_fact(p, "reason", p->it->problem ? p->it->problem : link->reason);
    const char *advice = p->it->problem ? "mend that, then save the configuration: the token is fetched again" : wire_advice(link->reason);
    say_fact(p, "advice", advice ? advice : "");
    say_fact(p, "host", p->it->endpoint.host);
    if (p->it->line)
        say(p, "%-10s line %u\n", "config", p->it->line);
    if (link->over_https)
        say(p, "%-10s the websocket is blocked: codes come over HTTPS\n", "way");
}

static void say_account(struct page *p)
{
    const struct wire_account *account = &p->it->link.account;
    const struct wire_details *details = p->it->details;
    char phone[sizeof account->phone + 1] = "", until[32];
    say(p, "\n# Account\n");
    if (account->phone[0])
        snprintf(phone, sizeof phone, "+%s", account->phone);
    say_fact(p, "phone", phone);
    say_fact(p, "name", account->pushname);
    say_fact(p, "wid", details && details->wid[0] ? details->wid : account->wid);
    say_fact(p, "webhook", details && details->webhook_url[0] ? details->webhook_url : account->webhook_url);
    if (details && !(details->awaited & 1u << METHOD_ACCOUNT))
        say_fact(p, "proxy", details->proxy[0] ? details->proxy : details->has_proxy ? "set" : "none");
    clock_date(until, sizeof until, p->it->link.suspended_until);
    if (p->it->link.suspended_until)
        say_fact(p, "suspended", until);
}

static void say_counts(struct page *p)
{
    const struct link *link = &p->it->link;
    say(p, "\n# Since the program began\n%-10s %u\n%-10s %u\n", "codes", link->codes_total, "renewals", link->renewals_total);
    if (link_is_busy(link))
        say(p, "%-10s sessions %u, codes %u, renewed %u of %u\n", "now", link->opened, link->codes, link->renewed,
            link->limits.renewals);
}

static void say_troubles(struct page *p)
{
    const struct link *link = &p->it->link;
    if (link->trouble_count == 0)
        return;
    say(p, "\n# Last errors\n");
    for (size_t i = 0; i < link->trouble_count; i++) {
        const char *advice = wire_advice(link->troubles[i].text);
        say(p, "%s  %s%s%s\n", date_of(p, link->troubles[i].at).text, link->troubles[i].text, advice ? ": " : "",
            advice ? advice : "");
    }
}

static void say_history(struct page *p)
{
    const struct wire_details *details = p->it->details;
    char when[32];
    say(p, "\n# History of the state, as the service has it\n");
    if (!details)
        say(p, p->it->token ? "It was not asked for.\n" : "It cannot be asked for without a token.\n");
    else if (details->awaited)
        say(p, "The service is being asked.\n");
    for (size_t i = 0; details && i < details->history_count; i++) {
        const struct wire_history *entry = &details->history[i];
        clock_date(when, sizeof when, entry->at);
        say(p, "%-16s  %-14s %s%s\n", entry->at ? when : "-", entry->state, entry->phone[0] ? "+" : "", entry->phone);
    }
    if (details && !details->awaited && details->history_count == 0)
        say(p, "It has none.\n");
    if (details && details->problem[0])
        say(p, "Not everything could be had: %s.\n", details->problem);
}

void details_write(char *dst, size_t size, const struct instance *instance, const struct clock_pair *clocks)
{
    struct page p = {dst, size, 0, instance, clocks};
    dst[0] = '\0';
    say(&p, "# %s  %s\n", instance->label, instance->id);
    say_state(&p);
    say_account(&p);
    say_counts(&p);
    say_troubles(&p);
    say_history(&p);
}
