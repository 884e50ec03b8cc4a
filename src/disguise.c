/* SPDX-License-Identifier: MIT */
#include "disguise.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/redact.h"
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
/* Below this a number in the place of a key is the status of an error. */
#define KEY_NUMBER_LEAST 1000
#define DIGITS "0123456789"
#define LETTERS "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
#define DATE_LENGTH 10 /* 2026-11-25 */
/* Between the groups of a number stand at most so many signs. */
#define GAP_MAX 2

enum kind {
    KIND_WORDS, /* the service's words: kept, but for numbers and keys in them */
    KIND_PLAIN, /* kept where it is a number */
    KIND_PHONE, /* digits are replaced; the kind of account behind '@' stays */
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

/* Signs do not count: a number gets the same fake however it is written. */
static uint64_t begin(const struct disguise *disguise, const char *text, size_t len)
{
    uint64_t state = mix(disguise->seed);
    for (size_t i = 0; i < len; i++)
        if (isalnum((unsigned char)text[i]))
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

/* Dates are digits too, but nobody's. */
static bool is_date(const char *text)
{
    int century = strncmp(text, "19", 2) == 0 || strncmp(text, "20", 2) == 0, month, day;
    return century && strspn(text, DIGITS) == 4 && text[4] == '-' && strspn(text + 5, DIGITS) == 2 && text[7] == '-' &&
           strspn(text + 8, DIGITS) == 2 && (month = atoi(text + 5)) >= 1 && month <= 12 &&
           (day = atoi(text + 8)) >= 1 && day <= 31;
}

/* The bytes of a number as people write it: "7 (900) 123-45-00". Without points, which an address of the network has; a
 * key or a date behind it is none of it. */
static size_t number_length(const char *text, size_t *digits)
{
    size_t len = 0, run, gap;
    *digits = 0;
    for (size_t at = 0; (run = strspn(text + at, DIGITS)) > 0; at += gap) {
        if (is_date(text + at) || key_length(text + at) >= KEY_LEAST)
            break;
        *digits += run;
        len = at += run;
        gap = strspn(text + at, " -()");
        if (gap > GAP_MAX)
            break;
    }
    return len;
}

/* The bytes up to where one has to look again. */
static size_t next_run(const char *text, bool *hidden)
{
    size_t digits, key = key_length(text);
    *hidden = true;
    if (key >= KEY_LEAST)
        return key;
    size_t number = number_length(text, &digits);
    if (digits >= PHONE_LEAST)
        return number;
    *hidden = false;
    return is_date(text) ? DATE_LENGTH : 1 + strspn(text + 1, number > 0 ? DIGITS : "");
}

void disguise_text(const struct disguise *disguise, char *text)
{
    bool hidden;
    for (size_t run; *text; text += run) {
        run = next_run(text, &hidden);
        if (hidden)
            replace(disguise, text, run);
    }
}

/* The scheme of a URL stays: it decides how the rest is read. */
static void hide_name(const struct disguise *disguise, char *text)
{
    static const char *const schemes[] = {"http://", "https://"};
    for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++)
        if (strncmp(text, schemes[i], strlen(schemes[i])) == 0)
            text += strlen(schemes[i]);
    for (size_t run; *text; text += run) {
        run = strspn(text, DIGITS);
        replace(disguise, text, run);
        if (run == 0 && (isalpha((unsigned char)*text) || (unsigned char)*text >= 0x80))
            *text = 'x';
        run += run == 0;
    }
}

static bool is_account_kind(const char *text)
{
    static const char *const kinds[] = {"c.us", "s.whatsapp.net", "g.us", "lid"};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (strcmp(kinds[i], text) == 0)
            return true;
    return false;
}

static void hide_phone(const struct disguise *disguise, char *text)
{
    char *at = strrchr(text, '@');
    if (at && !is_account_kind(at + 1))
        at = NULL;
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
        if (text[strspn(text, DIGITS)])
            hide_name(disguise, text);
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

/* Or was meant to be. "[400] ..." is a sentence. */
static bool looks_like_json(const char *text)
{
    text += strspn(text, " \t\r\n");
    if (*text != '[')
        return *text == '{';
    text += 1 + strspn(text + 1, " \t\r\n");
    return *text && strchr("{[\"", *text);
}

/* Some messages are JSON inside a string. False when this is none. */
static bool hide_inner(const struct disguise *disguise, cJSON *item, const char *secret)
{
    cJSON *inner = looks_like_json(item->valuestring) ? cJSON_Parse(item->valuestring) : NULL;
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
static void hide_in_place(const struct disguise *disguise, char *place, enum kind kind, const char *secret)
{
    size_t len = strlen(place);
    char *text = malloc(len + 1);
    if (!text) {
        place[0] = '\0';
        return;
    }
    text_clean(text, len + 1, place, len, secret);
    hide(disguise, text, kind);
    memcpy(place, text, strlen(text) + 1);
    free(text);
}

/* A field's name says nothing of anybody, unless it is a number or no such name at all. */
static void hide_field_name(const struct disguise *disguise, char *name, const char *secret)
{
    if (name[strspn(name, LETTERS DIGITS "_-.")])
        hide_in_place(disguise, name, KIND_NAME, secret);
    else if (strpbrk(name, DIGITS))
        hide_in_place(disguise, name, KIND_WORDS, secret);
}

static void hide_number(const struct disguise *disguise, cJSON *item)
{
    char digits[32];
    enum kind kind = kind_of(item->string);
    double value = item->valuedouble, least = kind == KIND_KEY ? KEY_NUMBER_LEAST : NUMBER_LEAST;
    if (!(value >= least && value < NUMBER_MOST) || kind == KIND_PLAIN)
        return;
    snprintf(digits, sizeof digits, "%.0f", value);
    replace(disguise, digits, strlen(digits));
    cJSON_SetNumberValue(item, strtod(digits, NULL));
}

static void hide_item(const struct disguise *disguise, cJSON *item, const char *secret)
{
    if (item->string)
        hide_field_name(disguise, item->string, secret);
    if (cJSON_IsString(item)) {
        bool broken = looks_like_json(item->valuestring);
        if (!hide_inner(disguise, item, secret))
            hide_in_place(disguise, item->valuestring, broken ? KIND_NAME : kind_of(item->string), secret);
    } else if (cJSON_IsNumber(item)) {
        hide_number(disguise, item);
    } else {
        hide_children(disguise, item, secret, NULL);
    }
}

/* What is no JSON: kept as far as anybody looks at it. Where the end of an object was cut off nobody knows what its words are. */
static char *hide_garbage(const struct disguise *disguise, const char *data, size_t len, const char *secret)
{
    char *text = malloc(GARBAGE_MAX);
    if (!text)
        return NULL;
    text_clean(text, GARBAGE_MAX, data, len, secret);
    hide(disguise, text, looks_like_json(text) ? KIND_NAME : KIND_WORDS);
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
        redact_known(text, secret);
    return text;
}
