/* SPDX-License-Identifier: MIT */
#include "cli/event.h"

#include <cjson/cJSON.h>

#include "cli/json.h"
#include "timestamp.h"

static cJSON *begin(const struct instance *instance, const char *event)
{
    char when[32];
    timestamp_format(when, sizeof when, timestamp_now());
    cJSON *object = cJSON_CreateObject();
    cJSON_AddStringToObject(object, "time", when);
    cJSON_AddStringToObject(object, "instance", instance->label);
    cJSON_AddStringToObject(object, "event", event);
    return object;
}

static void add_state(cJSON *object, const struct link *link)
{
    cJSON_AddStringToObject(object, "state", link->state_text);
    cJSON_AddStringToObject(object, "phase", phase_words(link_phase_of_state(link->state)));
}

static void add_account(cJSON *object, const struct wire_account *account)
{
    cJSON_AddStringToObject(object, "wid", account->wid);
    cJSON_AddStringToObject(object, "pushname", account->pushname);
    cJSON_AddStringToObject(object, "webhook_url", account->webhook_url);
    cJSON_AddStringToObject(object, "phone", account->phone);
}

static void add_code(cJSON *object, const struct link *link, const struct viewer *viewer, bool with_payload)
{
    cJSON_AddNumberToObject(object, "index", link->code_index);
    cJSON_AddNumberToObject(object, "session", link->session);
    cJSON_AddNumberToObject(object, "expires_in", LINK_CODE_MS / 1000);
    cJSON_AddNumberToObject(object, "modules", viewer->symbol.size);
    cJSON_AddBoolToObject(object, "verified", viewer->verified);
    if (!viewer->readable) {
        cJSON_AddStringToObject(object, "step", qr_step_name(viewer->failure.step));
        cJSON_AddStringToObject(object, "message", viewer->failure.text);
    } else if (with_payload) {
        json_add_payload(object, &viewer->reading);
    }
}

/* `offline` also has the words of the attempt that failed, without ours about the next one. */
static void add_trouble(cJSON *object, const struct link *link, const struct link_effect *report)
{
    cJSON_AddStringToObject(object, "message", link->reason);
    if (report->final)
        return;
    cJSON_AddNumberToObject(object, "retry_in", (double)(link->retry_at - link->phase_since) / 1000.0);
}

static void add_error(cJSON *object, const struct link *link)
{
    const char *advice = wire_advice(link->reason);
    cJSON_AddStringToObject(object, "message", link->reason);
    if (advice)
        cJSON_AddStringToObject(object, "advice", advice);
}

static void add_sessions(cJSON *object, const struct link *link)
{
    add_error(object, link);
    cJSON_AddNumberToObject(object, "codes", link->codes);
    cJSON_AddNumberToObject(object, "sessions", link->opened);
    cJSON_AddNumberToObject(object, "seconds", (double)link->open_ms / 1000.0);
}

static void add_fields(cJSON *object, const struct link *link, const struct link_effect *report)
{
    switch (report->report) {
    case REPORT_STATE:
        add_state(object, link);
        break;
    case REPORT_CONNECTING:
        cJSON_AddNumberToObject(object, "session", link->session);
        break;
    case REPORT_RENEW:
        cJSON_AddNumberToObject(object, "renewal", link->renewed);
        cJSON_AddNumberToObject(object, "of", link->limits.renewals);
        break;
    case REPORT_OVER_HTTPS:
        cJSON_AddStringToObject(object, "message", report->text);
        break;
    case REPORT_LINKED:
    case REPORT_ALREADY_LINKED:
        add_account(object, &link->account);
        break;
    case REPORT_REFUSED:
        cJSON_AddNumberToObject(object, "status", link->status);
        cJSON_AddStringToObject(object, "message", link->reason);
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
    cJSON_AddStringToObject(object, "id", instance->id);
    cJSON_AddStringToObject(object, "state", instance->link.state_text);
    cJSON_AddStringToObject(object, "phase", phase_words(instance->link.phase));
    cJSON_AddStringToObject(object, "phone", instance->link.account.phone);
    if (instance->link.reason[0])
        cJSON_AddStringToObject(object, "message", instance->link.reason);
    return json_print(object);
}
