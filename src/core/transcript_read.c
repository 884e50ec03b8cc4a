/* SPDX-License-Identifier: MIT
 * Transcripts come by mail from anybody: everything is checked before it is played.
 */
#include <cjson/cJSON.h>
#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/text.h"
#include "core/transcript.h"

#define FORMAT 1
/* Of times, in ms: a century, and exact in a JSON number. */
#define TIME_MAX 3155760000000.0
#define SHOWN_MAX 64

struct reader {
    struct transcript *out;
    const char *name;
    size_t line;
    bool ended;
    char *why;
    size_t why_size;
};

__attribute__((format(printf, 2, 3))) static bool fail(struct reader *reader, const char *format, ...)
{
    va_list arguments;
    int used = snprintf(reader->why, reader->why_size, "%s:%zu: ", reader->name, reader->line);
    if (used < 0 || (size_t)used >= reader->why_size)
        return false;
    va_start(arguments, format);
    vsnprintf(reader->why + used, reader->why_size - (size_t)used, format, arguments);
    va_end(arguments);
    return false;
}

/* A whole number from 0 to `most`; `*out` stays when there is none and `optional`. */
static bool take_number(struct reader *reader, const cJSON *object, const char *name, double most, bool optional,
                        int64_t *out)
{
    const cJSON *item = cJSON_GetObjectItemCaseSensitive(object, name);
    if (!item && optional)
        return true;
    if (!cJSON_IsNumber(item) || !(item->valuedouble >= 0 && item->valuedouble <= most))
        return fail(reader, "'%s' must be a number from 0 to %.0f", name, most);
    *out = (int64_t)item->valuedouble;
    return true;
}

static const char *text_of(const cJSON *object, const char *name)
{
    const cJSON *item = cJSON_GetObjectItemCaseSensitive(object, name);
    return cJSON_IsString(item) ? item->valuestring : NULL;
}

static bool fail_word(struct reader *reader, const char *what, const char *word)
{
    char shown[SHOWN_MAX];
    if (!word)
        return fail(reader, "there is no %s", what);
    text_clean(shown, sizeof shown, word, strlen(word), NULL);
    return fail(reader, "unknown %s '%s'", what, shown);
}

/* The header. */

static bool read_id(struct reader *reader, struct transcript_instance *out, const char *id)
{
    size_t len = id ? strlen(id) : 0;
    if (len == 0 || len > ENDPOINT_ID_MAX || strspn(id, "0123456789") != len)
        return fail(reader, "an instance's id must have 1 to %d digits", ENDPOINT_ID_MAX);
    memcpy(out->id, id, len + 1);
    return true;
}

static bool read_instance(struct reader *reader, struct transcript_instance *out, const cJSON *object)
{
    char why[160];
    int64_t seed = 0;
    const char *label = text_of(object, "label"), *host = text_of(object, "host");
    if (!label || !*label)
        return fail(reader, "an instance has no label");
    text_clean(out->label, sizeof out->label, label, strlen(label), NULL);
    if (!read_id(reader, out, text_of(object, "id")))
        return false;
    if (!host)
        return fail(reader, "the instance '%s' has no host", out->label);
    if (!endpoint_parse(&out->endpoint, host, why, sizeof why))
        return fail(reader, "the host of '%s': %s", out->label, why);
    out->check_at = INT64_MAX;
    out->no_token = cJSON_IsTrue(cJSON_GetObjectItemCaseSensitive(object, "no_token"));
    if (!take_number(reader, object, "seed", UINT32_MAX, false, &seed) ||
        !take_number(reader, object, "check_at", TIME_MAX, true, &out->check_at))
        return false;
    out->seed = (uint32_t)seed;
    return true;
}

static bool read_instances(struct reader *reader, const cJSON *list)
{
    struct transcript *out = reader->out;
    const cJSON *item;
    int count = cJSON_GetArraySize(list);
    if (!cJSON_IsArray(list) || count == 0 || count > TRANSCRIPT_INSTANCES_MAX)
        return fail(reader, "the header must name 1 to %d instances", TRANSCRIPT_INSTANCES_MAX);
    out->instances = calloc((size_t)count, sizeof *out->instances);
    if (!out->instances)
        return fail(reader, "out of memory");
    cJSON_ArrayForEach(item, list) {
        if (!read_instance(reader, &out->instances[out->instance_count++], item))
            return false;
    }
    return true;
}

static bool read_header(struct reader *reader, const cJSON *object)
{
    int64_t renewals = 0, tries = 0;
    const cJSON *format = cJSON_GetObjectItemCaseSensitive(object, "scandeck");
    if (!cJSON_IsNumber(format))
        return fail(reader, "this is no transcript of scandeck");
    if (format->valueint != FORMAT)
        return fail(reader, "this transcript has the format %d, and only %d is known", format->valueint, FORMAT);
    if (!take_number(reader, object, "renewals", 1e6, false, &renewals) ||
        !take_number(reader, object, "tries", 1e6, false, &tries) ||
        !take_number(reader, object, "poll_ms", TIME_MAX, false, &reader->out->limits.poll_ms))
        return false;
    reader->out->limits.renewals = (unsigned)renewals;
    reader->out->limits.tries = (unsigned)tries;
    return read_instances(reader, cJSON_GetObjectItemCaseSensitive(object, "instances"));
}

/* Events. */

static bool find_kind(const char *name, enum link_event_kind *out)
{
    static const struct {
        const char *name;
        enum link_event_kind kind;
    } kinds[] = {
#define EVENT_ROW(id, name) {name, id},
        TRANSCRIPT_TABLE(EVENT_ROW)
#undef EVENT_ROW
    };
    for (size_t i = 0; name && i < sizeof kinds / sizeof *kinds; i++)
        if (strcmp(kinds[i].name, name) == 0)
            return *out = kinds[i].kind, true;
    return false;
}

static bool find_method(const char *name, enum method *out)
{
    for (int i = 0; name && i < METHOD_COUNT; i++)
        if (strcmp(method_name((enum method)i), name) == 0)
            return *out = (enum method)i, true;
    return false;
}

static bool find_phase(const char *words, enum phase *out)
{
    for (int i = 0; words && i < PHASE_COUNT; i++)
        if (strcmp(phase_words((enum phase)i), words) == 0)
            return *out = (enum phase)i, true;
    return false;
}

static bool take_data(struct reader *reader, struct transcript_event *event, const char *data)
{
    if (event->kind == LINK_EV_PAIR && !(data && phone_is_sound(data)))
        return fail(reader, "'data' of a pairing must be a phone number");
    if (data && strlen(data) > WIRE_FRAME_MAX)
        return fail(reader, "'data' has more than %zu bytes", WIRE_FRAME_MAX);
    event->data = data ? strdup(data) : NULL;
    return !data || event->data || fail(reader, "out of memory");
}

static bool read_event(struct reader *reader, struct transcript_event *event, const cJSON *object)
{
    int64_t number = 0, status = 0;
    const char *kind = text_of(object, "event"), *method = text_of(object, "method"), *phase = text_of(object, "phase");
    if (!find_kind(kind, &event->kind))
        return fail_word(reader, "event", kind);
    if (!take_number(reader, object, "i", (double)reader->out->instance_count - 1, false, &number) ||
        !take_number(reader, object, "status", 65535, true, &status) ||
        !take_number(reader, object, "trust_ms", TIME_MAX, true, &event->trust_ms))
        return false;
    event->instance = (size_t)number;
    event->status = (unsigned)status;
    bool calls = event->kind == LINK_EV_REPLY || event->kind == LINK_EV_CALL_FAILED;
    if (calls && !find_method(method, &event->method))
        return fail_word(reader, "method", method);
    if (!find_phase(phase, &event->phase))
        return fail_word(reader, "phase", phase);
    return take_data(reader, event, text_of(object, "data"));
}

static bool make_room(struct transcript *out)
{
    if (out->event_count < out->event_room)
        return true;
    size_t room = out->event_room ? out->event_room * 2 : 256;
    struct transcript_event *events = realloc(out->events, room * sizeof *events);
    if (!events)
        return false;
    out->events = events;
    out->event_room = room;
    return true;
}

static bool read_moment(struct reader *reader, const cJSON *object)
{
    struct transcript *out = reader->out;
    const char *kind = text_of(object, "event");
    struct transcript_event event = {0};
    if (reader->ended)
        return fail(reader, "something stands behind the end");
    if (!take_number(reader, object, "t", TIME_MAX, false, &event.at))
        return false;
    if (event.at < out->end_at)
        return fail(reader, "its time is before that of the line above");
    out->end_at = event.at;
    reader->ended = kind && strcmp(kind, "end") == 0;
    if (reader->ended)
        return true;
    if (!read_event(reader, &event, object))
        return false;
    if (!make_room(out)) {
        free(event.data);
        return fail(reader, "out of memory");
    }
    out->events[out->event_count++] = event;
    return true;
}

static bool read_line(struct reader *reader, const char *text, size_t len)
{
    if (len > TRANSCRIPT_LINE_MAX)
        return fail(reader, "the line has more than %zu bytes", TRANSCRIPT_LINE_MAX);
    cJSON *object = cJSON_ParseWithLength(text, len);
    bool ok = cJSON_IsObject(object);
    if (!ok)
        fail(reader, reader->line == 1 ? "this is no transcript of scandeck" : "the line is no JSON object");
    else
        ok = (reader->line == 1 ? read_header : read_moment)(reader, object);
    cJSON_Delete(object);
    return ok;
}

/* A last line without a line feed was cut off while it was written: what stands before it is good. */
bool transcript_read(struct transcript *out, const char *text, size_t len, const char *name, char *why, size_t why_size)
{
    struct reader reader = {.out = out, .name = name, .line = 1, .why = why, .why_size = why_size};
    const char *end = text + len, *feed;
    bool ok = true;
    *out = (struct transcript){0};
    if (len > TRANSCRIPT_BYTES_MAX)
        return fail(&reader, "the file has more than %zu bytes", TRANSCRIPT_BYTES_MAX);
    for (; ok && (feed = memchr(text, '\n', (size_t)(end - text))); text = feed + 1, reader.line++)
        ok = read_line(&reader, text, (size_t)(feed - text));
    if (ok && reader.line == 1)
        ok = fail(&reader, "this is no transcript of scandeck");
    if (!ok)
        transcript_free(out);
    return ok;
}
