/* SPDX-License-Identifier: MIT */
#include "core/wire_details.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/text.h"
#include "core/wire_json.h"

/* Above this a timestamp counts milliseconds. */
#define SECONDS_MAX 100000000000.0
/* Of the words of one call that failed. */
#define PROBLEM_MAX 151

/* The host in "scheme://login:password@host:port". People also write login and password behind the port: only what looks
 * like a host's name, with a dot in it, is taken for one. */
static void read_proxy_host(char *dst, size_t size, const char *text, const char *secret)
{
    const char *scheme = strstr(text, "://");
    const char *at = scheme ? scheme + 3 : text;
    const char *login_end = strrchr(at, '@');
    at = login_end ? login_end + 1 : at;
    size_t len = 0, dots = 0;
    for (; isalnum((unsigned char)at[len]) || at[len] == '-' || at[len] == '.'; len++)
        dots += at[len] == '.';
    bool ends_well = at[len] == '\0' || at[len] == ':' || at[len] == '/';
    if (dots > 0 && ends_well && len < size)
        text_clean(dst, size, at, len, secret);
}

static void read_proxy(struct wire_details *out, const cJSON *root, const char *secret)
{
    const cJSON *proxy = cJSON_GetObjectItemCaseSensitive(root, "proxyInstance");
    const cJSON *host = cJSON_IsObject(proxy) ? cJSON_GetObjectItemCaseSensitive(proxy, "host") : proxy;
    out->has_proxy = cJSON_IsObject(proxy) ? proxy->child != NULL : cJSON_IsString(proxy) && proxy->valuestring[0];
    if (cJSON_IsString(host))
        read_proxy_host(out->proxy, sizeof out->proxy, host->valuestring, secret);
}

static void read_account(struct wire_details *out, const cJSON *root, const char *secret)
{
    wire_copy_field(out->wid, sizeof out->wid, root, "wid", secret);
    wire_copy_url(out->webhook_url, sizeof out->webhook_url, root, "webhookUrl", secret);
    read_proxy(out, root, secret);
}

static int64_t read_time(const cJSON *entry)
{
    char number[WIRE_NUMBER_MAX], *end = NULL;
    const char *text = wire_field_text(entry, "timestamp", number);
    double seconds = text && isdigit((unsigned char)*text) ? strtod(text, &end) : 0;
    if (!end || *end || seconds < 0 || seconds > SECONDS_MAX * 1000)
        return 0;
    return (int64_t)(seconds > SECONDS_MAX ? seconds / 1000 : seconds);
}

/* Into its place, newest first; the oldest gives way. Equals stay in the order in which they came. */
static void insert(struct wire_details *out, const struct wire_history *entry)
{
    size_t at = out->history_count;
    while (at > 0 && out->history[at - 1].at < entry->at)
        at--;
    if (at == WIRE_HISTORY_MAX)
        return;
    size_t kept = out->history_count < WIRE_HISTORY_MAX ? out->history_count++ : WIRE_HISTORY_MAX - 1;
    memmove(&out->history[at + 1], &out->history[at], (kept - at) * sizeof *entry);
    out->history[at] = *entry;
}

static void read_entry(struct wire_details *out, const cJSON *item, const char *secret)
{
    char number[WIRE_NUMBER_MAX];
    struct wire_history entry = {.at = read_time(item)};
    const char *phone = wire_field_text(item, "phoneNumber", number);
    wire_phone_from(entry.phone, sizeof entry.phone, phone ? phone : "");
    if (wire_copy_field(entry.state, sizeof entry.state, item, "stateInstance", secret))
        insert(out, &entry);
}

/* A list, or an object that holds one. */
static void read_history(struct wire_details *out, const cJSON *root, const char *secret)
{
    const cJSON *item, *list = cJSON_IsObject(root) ? root->child : root;
    while (list && !cJSON_IsArray(list))
        list = list->next;
    out->history_count = 0;
    cJSON_ArrayForEach(item, list) read_entry(out, item, secret);
}

static void note_problem(struct wire_details *details, enum method method, const char *text)
{
    char words[PROBLEM_MAX];
    size_t used = strlen(details->problem);
    text_copy(words, sizeof words, text);
    text_format(details->problem + used, sizeof details->problem - used, "%s%s: %s", used ? "; " : "", method_name(method),
                words);
}

void wire_fail_details(struct wire_details *details, enum method method, const char *text)
{
    details->awaited &= ~(1u << method);
    note_problem(details, method, text[0] ? text : "no answer");
}

void wire_read_details(struct wire_details *details, enum method method, const struct wire_reply *reply, const char *body,
                       size_t len, const char *secret)
{
    if (reply->outcome != WIRE_OK) {
        char text[WIRE_TEXT_MAX];
        text_format(text, sizeof text, "HTTP %u%s%s", reply->status, reply->text[0] ? ", " : "", reply->text);
        wire_fail_details(details, method, text);
        return;
    }
    details->awaited &= ~(1u << method);
    cJSON *root = wire_parse(body, len);
    if (method == METHOD_ACCOUNT)
        read_account(details, root, secret);
    else if (method == METHOD_HISTORY)
        read_history(details, root, secret);
    cJSON_Delete(root);
}
