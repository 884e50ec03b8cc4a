/* SPDX-License-Identifier: MIT */
#include "disguise.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/text.h"
#include "core/wire_json.h"
#include "qr/base64.h"
#include "qr/code.h"
#include "sim/pngmaker.h"

/* A phone number has at least so many digits, and nothing else that is said at length. */
#define PHONE_LEAST 7
/* No word has so many letters: it is a key, a picture or a part of a payload. */
#define KEY_LEAST 24
#define GARBAGE_MAX 4096
#define MESSAGE_MAX ((size_t)256 * 1024)
#define PREFIX_MAX 64
/* Above this a number may be a phone's. */
#define NUMBER_LEAST 1e6
#define NUMBER_MOST 1e16

enum kind {
    KIND_WORDS, /* the service's words: kept, but for numbers and keys in them */
    KIND_PLAIN, /* kept */
    KIND_PHONE, /* digits are replaced; what stands behind '@' stays */
    KIND_KEY,   /* letters and digits are replaced by others */
    KIND_NAME   /* letters become x, digits are replaced */
};

static enum kind kind_of(const char *name)
{
    static const struct {
        const char *name;
        enum kind kind;
    } kinds[] = {
        {"type", KIND_WORDS},          {"message", KIND_WORDS},        {"description", KIND_WORDS},
        {"error", KIND_WORDS},         {"reason", KIND_WORDS},         {"stateInstance", KIND_WORDS},
        {"statusInstance", KIND_WORDS}, {"timestamp", KIND_PLAIN},     {"suspendedUntil", KIND_PLAIN},
        {"idInstance", KIND_PLAIN},    {"phone", KIND_PHONE},          {"wid", KIND_PHONE},
        {"phoneNumber", KIND_PHONE},   {"code", KIND_KEY},
    };
    for (size_t i = 0; name && i < sizeof kinds / sizeof *kinds; i++)
        if (strcmp(kinds[i].name, name) == 0)
            return kinds[i].kind;
    return KIND_NAME;
}

/* Others that follow from the seed and the original, so that nobody without the seed can go back. */

static uint64_t mix(uint64_t z)
{
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

static uint64_t begin(const struct disguise *disguise, const char *text, size_t len)
{
    uint64_t state = mix(disguise->seed);
    for (size_t i = 0; i < len; i++)
        state = mix(state ^ (unsigned char)text[i]) + 0x9e3779b97f4a7c15u;
    return state;
}

static char turned(char c, char first, int count, uint64_t *state)
{
    *state += 0x9e3779b97f4a7c15u;
    return (char)(first + (c - first + 1 + (int)(mix(*state) % (uint64_t)(count - 1))) % count);
}

/* A number keeps its length: its first digit does not become 0. */
static char other(char c, bool leads, uint64_t *state)
{
    if (leads && c >= '1' && c <= '9')
        return turned(c, '1', 9, state);
    if (c >= '0' && c <= '9')
        return turned(c, '0', 10, state);
    if (c >= 'a' && c <= 'z')
        return turned(c, 'a', 26, state);
    return c >= 'A' && c <= 'Z' ? turned(c, 'A', 26, state) : c;
}

static void replace(const struct disguise *disguise, char *text, size_t len)
{
    uint64_t state = begin(disguise, text, len);
    for (size_t i = 0; i < len; i++)
        text[i] = other(text[i], i == 0, &state);
}

static size_t key_length(const char *text)
{
    size_t len = 0;
    while (text[len] && (isalnum((unsigned char)text[len]) || strchr("+/=_-", text[len])))
        len++;
    return len;
}

void disguise_text(const struct disguise *disguise, char *text)
{
    for (size_t run; *text; text += run) {
        size_t digits = strspn(text, "0123456789"), key = key_length(text);
        run = key >= KEY_LEAST ? key : digits;
        if (key >= KEY_LEAST || digits >= PHONE_LEAST)
            replace(disguise, text, run);
        run += run == 0;
    }
}

/* The scheme of a URL stays: it decides how the rest is read. */
static void hide_name(const struct disguise *disguise, char *text)
{
    const char *scheme = strstr(text, "://");
    if (strncmp(text, "http", 4) == 0 && scheme)
        text += scheme + 3 - text;
    for (size_t run; *text; text += run) {
        run = strspn(text, "0123456789");
        replace(disguise, text, run);
        if (run == 0 && (isalpha((unsigned char)*text) || (unsigned char)*text >= 0x80))
            *text = 'x';
        run += run == 0;
    }
}

static void hide_phone(const struct disguise *disguise, char *text)
{
    char *at = strchr(text, '@');
    if (at)
        *at = '\0';
    hide_name(disguise, text);
    if (at)
        *at = '@';
}

static void hide(const struct disguise *disguise, char *text, enum kind kind)
{
    switch (kind) {
    case KIND_WORDS:
        disguise_text(disguise, text);
        break;
    case KIND_PHONE:
        hide_phone(disguise, text);
        break;
    case KIND_KEY:
        replace(disguise, text, strlen(text));
        break;
    case KIND_NAME:
        hide_name(disguise, text);
        break;
    case KIND_PLAIN:
        break;
    }
}

static size_t prefix_of(const char *payload, size_t len)
{
    const char *at = memchr(payload, '@', len < PREFIX_MAX ? len : PREFIX_MAX);
    size_t before = at ? (size_t)(at - payload) : 0;
    bool is_link = len >= 4 && memcmp(payload, "http", 4) == 0, is_number = before > 0 && before < 4;
    for (size_t i = 0; i < before; i++)
        is_number = is_number && isdigit((unsigned char)payload[i]);
    return at && (is_link || is_number) ? before + 1 : 0;
}

void disguise_payload(const struct disguise *disguise, uint8_t *payload, size_t len)
{
    char *text = (char *)payload;
    size_t prefix = prefix_of(text, len);
    for (size_t i = prefix; i < len; i++)
        if (!isprint(payload[i]))
            text[i] = 'x';
    replace(disguise, text + prefix, len - prefix);
}

/* Pictures. */

/* The base64 of a picture that holds a fake; NULL when the original can't be read. */
static char *fake_picture(const struct disguise *disguise, const char *base64)
{
    struct qr_failure failure;
    struct qr_reading *reading = malloc(sizeof *reading);
    size_t len;
    unsigned char *png = NULL;
    char *text = NULL;
    if (reading && qr_read_base64(reading, NULL, base64, strlen(base64), &failure) && reading->payload_len > 0) {
        disguise_payload(disguise, reading->payload, reading->payload_len);
        png = pngmaker_draw((const char *)reading->payload, &len);
    }
    if (png)
        text = base64_encode(png, len);
    free(png);
    free(reading);
    return text;
}

static bool is_code(const cJSON *root)
{
    const cJSON *type = cJSON_GetObjectItemCaseSensitive(root, "type");
    return cJSON_IsString(type) && strcmp(type->valuestring, "qrCode") == 0 &&
           cJSON_IsString(cJSON_GetObjectItemCaseSensitive(root, "message"));
}

/* An empty picture is taken as one that cannot be read, as it was. */
static void hide_picture(const struct disguise *disguise, cJSON *root, const char **note)
{
    cJSON *message = cJSON_GetObjectItemCaseSensitive(root, "message");
    char *fake = fake_picture(disguise, message->valuestring);
    *note = fake ? NULL : "the picture could not be read and was left out";
    cJSON_SetValuestring(message, fake ? fake : "");
    free(fake);
}

/* Messages. */

static void hide_item(const struct disguise *disguise, cJSON *item, const char *secret);

static void hide_children(const struct disguise *disguise, cJSON *parent, const char *secret, const cJSON *but)
{
    for (cJSON *item = parent->child; item; item = item->next)
        if (item != but)
            hide_item(disguise, item, secret);
}

/* Some messages are JSON inside a string. False when this is none. */
static bool hide_inner(const struct disguise *disguise, cJSON *item, const char *secret)
{
    cJSON *inner = item->valuestring[0] == '{' ? cJSON_Parse(item->valuestring) : NULL;
    if (!inner)
        return false;
    hide_children(disguise, inner, secret, NULL);
    char *text = cJSON_PrintUnformatted(inner);
    cJSON_SetValuestring(item, text ? text : "");
    cJSON_free(text);
    cJSON_Delete(inner);
    return true;
}

/* Cleaning never makes a text longer, and neither does hiding: all is done where it stands. */
static void hide_string(const struct disguise *disguise, cJSON *item, const char *secret)
{
    size_t len = strlen(item->valuestring);
    char *text = malloc(len + 1);
    if (!text) {
        item->valuestring[0] = '\0';
        return;
    }
    text_clean(text, len + 1, item->valuestring, len, secret);
    hide(disguise, text, kind_of(item->string));
    memcpy(item->valuestring, text, strlen(text) + 1);
    free(text);
}

static void hide_number(const struct disguise *disguise, cJSON *item)
{
    char digits[32];
    double value = item->valuedouble;
    if (!(value >= NUMBER_LEAST && value < NUMBER_MOST) || kind_of(item->string) == KIND_PLAIN)
        return;
    snprintf(digits, sizeof digits, "%.0f", value);
    replace(disguise, digits, strlen(digits));
    cJSON_SetNumberValue(item, strtod(digits, NULL));
}

static void hide_item(const struct disguise *disguise, cJSON *item, const char *secret)
{
    if (cJSON_IsString(item)) {
        if (!hide_inner(disguise, item, secret))
            hide_string(disguise, item, secret);
    } else if (cJSON_IsNumber(item)) {
        hide_number(disguise, item);
    } else {
        hide_children(disguise, item, secret, NULL);
    }
}

/* What is no JSON: kept as far as anybody looks at it. */
static char *hide_garbage(const struct disguise *disguise, const char *data, size_t len, const char *secret)
{
    char *text = malloc(GARBAGE_MAX);
    if (!text)
        return NULL;
    text_clean(text, GARBAGE_MAX, data, len, secret);
    disguise_text(disguise, text);
    return text;
}

char *disguise_message(const struct disguise *disguise, const char *data, size_t len, const char *secret,
                       const char **note)
{
    const char *unused;
    note = note ? note : &unused;
    *note = NULL;
    cJSON *root = wire_parse(data, len);
    if (!root)
        return hide_garbage(disguise, data, len, secret);
    const cJSON *picture = is_code(root) ? cJSON_GetObjectItemCaseSensitive(root, "message") : NULL;
    if (picture)
        hide_picture(disguise, root, note);
    if (cJSON_IsObject(root) || cJSON_IsArray(root))
        hide_children(disguise, root, secret, picture);
    else
        hide_item(disguise, root, secret);
    char *text = cJSON_PrintUnformatted(root);
    cJSON_Delete(root);
    if (text && strlen(text) > MESSAGE_MAX) {
        *note = "the message was too long and was left out";
        snprintf(text, MESSAGE_MAX, "{}");
    }
    if (text && secret)
        text_redact(text, secret);
    return text;
}
