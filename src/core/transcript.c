/* SPDX-License-Identifier: MIT
 * The spelling; transcript_read.c has the reading.
 */
#include "core/transcript.h"

#include <cjson/cJSON.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/json_add.h"

/* The tree is freed. */
static char *spell(cJSON *object)
{
    char *text = cJSON_PrintUnformatted(object);
    size_t len = text ? strlen(text) : 0;
    char *line = text ? malloc(len + 2) : NULL;
    if (line) {
        memcpy(line, text, len);
        memcpy(line + len, "\n", 2);
    }
    cJSON_free(text);
    cJSON_Delete(object);
    return line;
}

static void add_url(cJSON *object, const struct endpoint *endpoint)
{
    char url[ENDPOINT_HOST_MAX + ENDPOINT_PREFIX_MAX + 32];
    bool brackets = strchr(endpoint->host, ':') != NULL;
    snprintf(url, sizeof url, "%s://%s%s%s:%u%s", endpoint->tls ? "https" : "http", brackets ? "[" : "", endpoint->host,
             brackets ? "]" : "", endpoint->port, endpoint->prefix);
    json_add_text(object, "host", url);
}

static void add_instance(cJSON *list, const struct instance *it)
{
    cJSON *object = cJSON_CreateObject();
    json_add_text(object, "label", it->label);
    json_add_text(object, "id", it->id);
    add_url(object, &it->endpoint);
    json_add_number(object, "seed", it->link.random);
    if (it->link.check_at != INT64_MAX)
        json_add_number(object, "check_at", (double)it->link.check_at);
    if (!it->token)
        json_add_bool(object, "no_token", true);
    json_append(list, object);
}

char *transcript_spell_header(const struct fleet *fleet, const char *version)
{
    const struct link_limits *limits = fleet->count > 0 ? &fleet->items[0]->link.limits : &(struct link_limits){0};
    cJSON *header = cJSON_CreateObject();
    json_add_number(header, "scandeck", 1);
    json_add_text(header, "version", version);
    json_add_number(header, "renewals", limits->renewals);
    json_add_number(header, "tries", limits->tries);
    json_add_number(header, "poll_ms", (double)limits->poll_ms);
    cJSON *list = json_add_list(header, "instances");
    for (size_t i = 0; i < fleet->count; i++)
        add_instance(list, fleet->items[i]);
    return spell(header);
}

static const char *name_of(enum link_event_kind kind)
{
    switch (kind) {
#define EVENT_NAME(id, name) case id: return name;
        TRANSCRIPT_TABLE(EVENT_NAME)
#undef EVENT_NAME
    case LINK_EV_TICK:
        break;
    }
    return "";
}

char *transcript_spell_event(const struct transcript_event *event)
{
    cJSON *object = cJSON_CreateObject();
    json_add_number(object, "t", (double)event->at);
    json_add_number(object, "i", (double)event->instance);
    json_add_text(object, "event", name_of(event->kind));
    if (event->kind == LINK_EV_REPLY || event->kind == LINK_EV_CALL_FAILED)
        json_add_text(object, "method", method_name(event->method));
    if (event->status)
        json_add_number(object, "status", event->status);
    if (event->trust_ms)
        json_add_number(object, "trust_ms", (double)event->trust_ms);
    if (event->data)
        json_add_text(object, "data", event->data);
    if (event->note)
        json_add_text(object, "note", event->note);
    json_add_text(object, "phase", phase_words(event->phase));
    return spell(object);
}

char *transcript_spell_end(int64_t at)
{
    cJSON *object = cJSON_CreateObject();
    json_add_number(object, "t", (double)at);
    json_add_text(object, "event", "end");
    return spell(object);
}

void transcript_free(struct transcript *transcript)
{
    for (size_t i = 0; i < transcript->event_count; i++)
        free(transcript->events[i].data);
    free(transcript->events);
    free(transcript->instances);
    *transcript = (struct transcript){0};
}
