/* SPDX-License-Identifier: MIT */
#include "announce.h"

#include <stdio.h>

#include "core/text.h"

#define GAP_MS 1000
#define BIT(occasion) (1u << (occasion))

void announce_configure(struct announce *announce, const struct config *config)
{
    static const enum notify_how hows[] = {[CONFIG_NOTIFY_AUTO] = NOTIFY_AUTO, [CONFIG_NOTIFY_OSC9] = NOTIFY_OSC9,
                                           [CONFIG_NOTIFY_OSC777] = NOTIFY_OSC777};
    announce->bell = config->bell;
    announce->notify = config->notify;
    announce->how = hows[config->notify_how];
    if (announce->hooks)
        hooks_set_program(announce->hooks, config->hook, &config->hidden);
}

static bool is_linked(const struct link *link)
{
    return link->state == WIRE_STATE_AUTHORIZED || link->state == WIRE_STATE_SUSPENDED ||
           link->state == WIRE_STATE_YELLOW_CARD;
}

/* Linked before and no more; `starting` alone may be the service's own maintenance. Our own logout says so in its own report. */
static bool has_dropped(struct instance *it)
{
    bool before = it->seen_linked;
    bool gone = it->link.state == WIRE_STATE_NOT_AUTHORIZED || it->link.state == WIRE_STATE_BLOCKED;
    if (is_linked(&it->link) || gone)
        it->seen_linked = is_linked(&it->link);
    return before && gone;
}

/* OCCASION_COUNT when it is none. */
static enum occasion occasion_of(struct instance *it, const struct link_effect *report)
{
    switch (report->report) {
    case REPORT_LINKED:
        it->seen_linked = true;
        return OCCASION_LINKED;
    case REPORT_CODE:
        return it->link.codes == 1 ? OCCASION_CODE : OCCASION_COUNT;
    case REPORT_PAIRING:
        return OCCASION_CODE;
    case REPORT_LOGGED_OUT:
        it->seen_linked = false;
        return OCCASION_COUNT;
    case REPORT_STATE:
        return has_dropped(it) ? OCCASION_DROPPED : OCCASION_COUNT;
    default:
        return OCCASION_COUNT;
    }
}

static const char *word_of(enum occasion occasion)
{
    static const char *const words[OCCASION_COUNT] = {
#define OCCASION_WORD(id, word) [id] = word,
        OCCASION_TABLE(OCCASION_WORD)
#undef OCCASION_WORD
    };
    return words[occasion];
}

void announce_report(struct announce *announce, struct instance *instance, const struct link_effect *report)
{
    enum occasion occasion = occasion_of(instance, report);
    if (occasion == OCCASION_COUNT)
        return;
    announce->ring = announce->ring || announce->bell & BIT(occasion);
    if (announce->notify & BIT(occasion)) {
        announce->count[occasion]++;
        text_copy(announce->label, sizeof announce->label, instance->label);
    }
    if (announce->hooks)
        hooks_run(announce->hooks, word_of(occasion), instance);
}

/* "sales-eu: linked", or "3 linked, 1 dropped". */
static void spell(const struct announce *announce, char *dst, size_t size)
{
    size_t used = 0;
    unsigned all = 0;
    for (int i = 0; i < OCCASION_COUNT; i++)
        all += announce->count[i];
    dst[0] = '\0';
    for (int i = 0; i < OCCASION_COUNT && used < size; i++) {
        if (announce->count[i] == 0)
            continue;
        if (all == 1)
            snprintf(dst, size, "%s: %s", announce->label, word_of((enum occasion)i));
        else
            used += (size_t)snprintf(dst + used, size - used, "%s%u %s", used ? ", " : "", announce->count[i],
                                     word_of((enum occasion)i));
    }
}

bool announce_has_news(const struct announce *announce)
{
    bool any = announce->ring;
    for (int i = 0; i < OCCASION_COUNT; i++)
        any = any || announce->count[i] > 0;
    return any;
}

int64_t announce_turn(struct announce *announce, struct ui *ui, int64_t now)
{
    char text[LOG_LABEL_MAX + 64];
    spell(announce, text, sizeof text);
    if (!announce->ring && !text[0])
        return 0;
    if (announce->told_at && now - announce->told_at < GAP_MS)
        return announce->told_at + GAP_MS;
    if (announce->ring)
        ui_bell(ui);
    if (text[0])
        ui_notify(ui, announce->how, text);
    announce->ring = false;
    announce->told_at = now;
    for (int i = 0; i < OCCASION_COUNT; i++)
        announce->count[i] = 0;
    return 0;
}
