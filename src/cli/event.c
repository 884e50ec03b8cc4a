/* SPDX-License-Identifier: MIT */
#include "cli/event.h"

#include <cjson/cJSON.h>

#include "cli/json.h"
#include "core/json_add.h"
#include "timestamp.h"

static cJSON *begin(const struct instance *instance, const char *event)
{
    char when[32];
    timestamp_format(when, sizeof when, timestamp_now());
    cJSON *object = cJSON_CreateObject();
    json_add_text(object, "time", when);
    json_add_text(object, "instance", instance->label);
    json_add_text(object, "event", event);
    return object;
}

static void add_state(cJSON *object, const struct link *link)
{
    json_add_text(object, "state", link->state_text);
    json_add_text(object, "phase", phase_words(link_phase_of_state(link->state)));
}

static void add_account(cJSON *object, const struct wire_account *account)
{
    json_add_text(object, "wid", account->wid);
    json_add_text(object, "pushname", account->pushname);
    json_add_text(object, "webhook_url", account->webhook_url);
    json_add_text(object, "phone", account->phone);
}

static void add_code(cJSON *object, const struct link *link, const struct viewer *viewer, bool with_payload)
{
    json_add_number(object, "index", link->code_index);
    json_add_number(object, "session", link->session);
    json_add_number(object, "expires_in", LINK_CODE_MS / 1000);
    json_add_number(object, "modules", viewer->symbol.size);
    json_add_bool(object, "verified", viewer->verified);
    if (!viewer->readable) {
        json_add_text(object, "step", qr_step_name(viewer->failure.step));
        json_add_text(object, "message", viewer->failure.text);
    } else if (with_payload) {
        json_add_payload(object, &viewer->reading);
    }
}

/* `offline` also has the words of the attempt that failed, without ours about the next one. */
static void add_trouble(cJSON *object, const struct link *link, const struct link_effect *report)
{
    json_add_text(object, "message", link->reason);
    if (report->final)
        return;
    json_add_number(object, "retry_in", (double)(link->retry_at - link->phase_since) / 1000.0);
}

static void add_error(cJSON *object, const struct link *link)
{
    const char *advice = wire_advice(link->reason);
    json_add_text(object, "message", link->reason);
    if (advice)
        json_add_text(object, "advice", advice);
}

static void add_sessions(cJSON *object, const struct link *link)
{
    add_error(object, link);
    json_add_number(object, "codes", link->codes);
    json_add_number(object, "sessions", link->opened);
    json_add_number(object, "seconds", (double)link->open_ms / 1000.0);
}

static void add_fields(cJSON *object, const struct link *link, const struct link_effect *report)
{
    switch (report->report) {
    case REPORT_STATE:
        add_state(object, link);
        break;
    case REPORT_CONNECTING:
        json_add_number(object, "session", link->session);
        break;
    case REPORT_RENEW:
        json_add_number(object, "renewal", link->renewed);
        json_add_number(object, "of", link->limits.renewals);
        break;
    case REPORT_OVER_HTTPS:
        json_add_text(object, "message", report->text);
        break;
    case REPORT_LINKED:
    case REPORT_ALREADY_LINKED:
        add_account(object, &link->account);
        break;
    case REPORT_REFUSED:
        json_add_number(object, "status", link->status);
        json_add_text(object, "message", link->reason);
        break;
    case REPORT_TIMEOUT:
    case REPORT_NO_CODE:
        add_sessions(object, link);
        break;
    case REPORT_NETWORK:
        add_trouble(object, link, report);
        break;
    case REPORT_ERROR:
    case REPORT_PASSKEY:
        add_error(object, link);
        break;
    default:
        break;
    }
}

bool event_print(const struct instance *instance, const struct link_effect *report, const struct viewer *viewer,
                 bool with_payload)
{
    if (!report_name(report->report))
        return true;
    cJSON *object = begin(instance, report_name(report->report));
    if (report->report == REPORT_CODE)
        add_code(object, &instance->link, viewer, with_payload);
    else
        add_fields(object, &instance->link, report);
    return json_print(object);
}

bool event_print_status(const struct instance *instance)
{
    cJSON *object = begin(instance, report_name(REPORT_STATE));
    json_add_text(object, "id", instance->id);
    json_add_text(object, "state", instance->link.state_text);
    json_add_text(object, "phase", phase_words(instance->link.phase));
    json_add_text(object, "phone", instance->link.account.phone);
    if (instance->link.reason[0])
        json_add_text(object, "message", instance->link.reason);
    return json_print(object);
}
