/* SPDX-License-Identifier: MIT */
#include "core/wire.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "core/text.h"
#include "core/wire_json.h"

static bool is_true(const cJSON *object, const char *name)
{
    return cJSON_IsTrue(cJSON_GetObjectItemCaseSensitive(object, name));
}

static void read_account(struct wire_account *out, const cJSON *object, const char *secret)
{
    wire_copy_field(out->wid, sizeof out->wid, object, "wid", secret);
    wire_copy_field(out->pushname, sizeof out->pushname, object, "pushname", secret);
    wire_copy_url(out->webhook_url, sizeof out->webhook_url, object, "webhookUrl", secret);
    wire_phone_from(out->phone, sizeof out->phone, out->wid);
}

/* accountData has its fields on top [D]; inside `message`, as an object or as JSON text, is accepted too. */
static void read_account_anywhere(struct wire_account *out, const cJSON *root, const char *secret)
{
    const cJSON *message = cJSON_GetObjectItemCaseSensitive(root, "message");
    cJSON *inner = cJSON_IsString(message) ? cJSON_Parse(message->valuestring) : NULL;
    if (cJSON_IsObject(inner))
        read_account(out, inner, secret);
    else if (cJSON_IsObject(message))
        read_account(out, message, secret);
    read_account(out, root, secret);
    cJSON_Delete(inner);
}

static enum wire_kind kind_of(const char *type)
{
    static const struct {
        const char *type;
        enum wire_kind kind;
    } kinds[] = {
        {"qrCode", WIRE_CODE},           {"error", WIRE_ERROR},
        {"accountData", WIRE_ACCOUNT},   {"alreadyLogged", WIRE_ALREADY},
        {"timeout", WIRE_TIMEOUT},       {"timeoutExpired", WIRE_TIMEOUT},
        {"passkeyRequired", WIRE_PASSKEY}, {"PassKeyRequire", WIRE_PASSKEY},
    };
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (strcmp(type, kinds[i].type) == 0)
            return kinds[i].kind;
    return WIRE_UNKNOWN;
}

/* What an error or unknown frame says: its message, or else the whole frame as it came. */
static void read_text(struct wire_frame *out, const cJSON *root, const char *data, size_t len, const char *secret)
{
    if (!wire_copy_field(out->text, sizeof out->text, root, "message", secret))
        text_clean(out->text, sizeof out->text, data, len, secret);
}

static void take_code(struct wire_frame *out, const cJSON *root)
{
    cJSON *message = cJSON_GetObjectItemCaseSensitive(root, "message");
    if (!cJSON_IsString(message))
        return;
    /* The string is taken out of the tree instead of copied: a frame nobody looks at costs a swap. */
    out->code = message->valuestring;
    out->code_len = strlen(out->code);
    message->valuestring = NULL;
}

/* A code frame without a picture in it is only noise. */
static void read_code(struct wire_frame *out, const cJSON *root, const char *data, size_t len, const char *secret)
{
    take_code(out, root);
    if (out->code)
        return;
    out->kind = WIRE_UNKNOWN;
    read_text(out, root, data, len, secret);
}

void wire_read_frame(struct wire_frame *out, const char *data, size_t len, const char *secret)
{
    memset(out, 0, sizeof *out);
    cJSON *root = wire_parse(data, len);
    if (!cJSON_IsObject(root)) {
        out->kind = WIRE_GARBAGE;
        text_clean(out->text, sizeof out->text, data, len, secret);
        cJSON_Delete(root);
        return;
    }
    const cJSON *type = cJSON_GetObjectItemCaseSensitive(root, "type");
    out->kind = cJSON_IsString(type) ? kind_of(type->valuestring) : WIRE_UNKNOWN;
    wire_copy_field(out->type, sizeof out->type, root, "type", secret);
    if (out->kind == WIRE_CODE)
        read_code(out, root, data, len, secret);
    else if (out->kind == WIRE_ERROR || out->kind == WIRE_UNKNOWN)
        read_text(out, root, data, len, secret);
    else if (out->kind == WIRE_ACCOUNT || out->kind == WIRE_ALREADY)
        read_account_anywhere(&out->account, root, secret);
    cJSON_Delete(root);
}

void wire_frame_free(struct wire_frame *frame)
{
    cJSON_free(frame->code);
    frame->code = NULL;
}

static enum wire_state state_of(const char *name)
{
    static const char *const names[] = {
#define WIRE_STATE_ROW(id, name) [id] = name,
        WIRE_STATE_TABLE(WIRE_STATE_ROW)
#undef WIRE_STATE_ROW
    };
    for (int i = 0; i < WIRE_STATE_OTHER; i++)
        if (strcmp(names[i], name) == 0)
            return (enum wire_state)i;
    return WIRE_STATE_OTHER;
}

static bool contains(const char *text, const char *part)
{
    return strcasestr(text, part) != NULL;
}

enum wire_outcome wire_outcome_of(unsigned status, const char *text)
{
    if (status == 400 && contains(text, "starting"))
        return WIRE_STARTING_UP;
    if (status == 400 && contains(text, "not authorized"))
        return WIRE_NOT_LINKED;
    if (status == 401 || status == 403 || status == 404 || (status >= 300 && status < 400))
        return WIRE_REFUSED;
    if (status == 408 || status == 429 || status == 499 || status >= 500)
        return WIRE_TROUBLE;
    return WIRE_FATAL;
}

static size_t blanks(const char *body, size_t len)
{
    size_t n = 0;
    while (n < len && isspace((unsigned char)body[n]))
        n++;
    return n;
}

/* The sentence in an error body: one of its usual fields, or the body itself unless that is a page. */
static void read_error_text(struct wire_reply *out, const cJSON *root, const char *body, size_t len, const char *secret)
{
    static const char *const fields[] = {"description", "message", "error", "reason"};
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        if (wire_copy_field(out->text, sizeof out->text, root, fields[i], secret))
            return;
    size_t at = blanks(body, len);
    if (at < len && body[at] == '<')
        snprintf(out->text, sizeof out->text, "an HTML page instead of an answer");
    else
        text_clean(out->text, sizeof out->text, body, len, secret);
}

static void read_state(struct wire_reply *out, const cJSON *root, const char *secret)
{
    char number[WIRE_NUMBER_MAX];
    const char *state = wire_field_text(root, "stateInstance", number);
    out->state = state ? state_of(state) : WIRE_STATE_OTHER;
    wire_clean(out->state_text, sizeof out->state_text, state ? state : "null", secret);
}

static void read_settings(struct wire_reply *out, const cJSON *root, const char *secret)
{
    char number[WIRE_NUMBER_MAX];
    const char *phone = wire_field_text(root, "phone", number);
    wire_phone_from(out->account.phone, sizeof out->account.phone, phone ? phone : "");
    if (out->account.phone[0])
        snprintf(out->account.wid, sizeof out->account.wid, "%s@c.us", out->account.phone);
    const cJSON *until = cJSON_GetObjectItemCaseSensitive(root, "suspendedUntil");
    if (cJSON_IsNumber(until) && until->valuedouble > 0 && until->valuedouble < 1e12)
        out->suspended_until = (int64_t)until->valuedouble;
    read_state(out, root, secret);
}

static bool is_pairing_code(const char *text)
{
    size_t len = strlen(text), sound = 0;
    while (isalnum((unsigned char)text[sound]) || text[sound] == '-')
        sound++;
    return len >= 4 && len < WIRE_PAIRING_MAX && sound == len;
}

static void read_pairing(struct wire_reply *out, const cJSON *root, const char *secret)
{
    char number[WIRE_NUMBER_MAX];
    const char *code = wire_field_text(root, "code", number);
    if (is_true(root, "status") && code && is_pairing_code(code)) {
        out->done = true;
        memcpy(out->pairing, code, strlen(code) + 1);
    } else if (!is_true(root, "status") && !wire_copy_field(out->text, sizeof out->text, root, "message", secret)) {
        snprintf(out->text, sizeof out->text, "the service says status false");
    } else if (out->text[0] == '\0') {
        snprintf(out->text, sizeof out->text, "the service sent none that could be typed");
    }
}

/* "Starting" may come as an error frame too: it is no end then, only a wait. */
static void read_polled(struct wire_reply *out, const cJSON *root, const char *secret)
{
    const cJSON *type = cJSON_GetObjectItemCaseSensitive(root, "type");
    if (!cJSON_IsString(type) || kind_of(type->valuestring) != WIRE_ERROR)
        return;
    wire_copy_field(out->text, sizeof out->text, root, "message", secret);
    if (wire_outcome_of(400, out->text) == WIRE_STARTING_UP)
        out->outcome = WIRE_STARTING_UP;
}

static void read_answer(struct wire_reply *out, enum method method, const cJSON *root, const char *secret)
{
    switch (method) {
    case METHOD_STATE:
        read_state(out, root, secret);
        break;
    case METHOD_SETTINGS:
        read_settings(out, root, secret);
        break;
    case METHOD_LOGOUT:
    case METHOD_REBOOT:
        out->done = is_true(root, method == METHOD_LOGOUT ? "isLogout" : "isReboot");
        break;
    case METHOD_PAIR:
        read_pairing(out, root, secret);
        break;
    case METHOD_QR:
        read_polled(out, root, secret);
        break;
    case METHOD_ACCOUNT:
    case METHOD_HISTORY:
    case METHOD_COUNT:
        break;
    }
}

/* Whether a 200 holds an error after all: {"code":401,"description":"Unauthorized"} [D]. */
static unsigned envelope_code(const cJSON *root)
{
    const cJSON *code = cJSON_GetObjectItemCaseSensitive(root, "code");
    bool is_error = cJSON_IsNumber(code) && code->valuedouble >= 300 && code->valuedouble < 600;
    return is_error ? (unsigned)code->valuedouble : 0;
}

/* Some refusals tell the state all the same. */
static void imply_state(struct wire_reply *out)
{
    if (out->outcome != WIRE_STARTING_UP && out->outcome != WIRE_NOT_LINKED)
        return;
    bool starting = out->outcome == WIRE_STARTING_UP;
    out->state = starting ? WIRE_STATE_STARTING : WIRE_STATE_NOT_AUTHORIZED;
    snprintf(out->state_text, sizeof out->state_text, "%s", starting ? "starting" : "notAuthorized");
}

void wire_read_reply(struct wire_reply *out, enum method method, unsigned status, const char *body, size_t len,
                     const char *secret)
{
    memset(out, 0, sizeof *out);
    out->state = WIRE_STATE_OTHER;
    out->status = status;
    cJSON *root = wire_parse(body, len);
    unsigned code = envelope_code(root);
    if (code)
        out->status = code;
    /* `null` is an answer: the instance is being created [D]; so is nothing at all. */
    bool nothing = cJSON_IsNull(root) || blanks(body, len) == len;
    bool is_list = method == METHOD_HISTORY && cJSON_IsArray(root);
    bool understood = status == 200 && !code && (cJSON_IsObject(root) || is_list || nothing);
    if (understood) {
        read_answer(out, method, root, secret);
    } else {
        /* Whatever else an answer to this one says, it may hold the code. */
        bool quote = method != METHOD_PAIR || !cJSON_IsString(cJSON_GetObjectItemCaseSensitive(root, "code"));
        if (quote)
            read_error_text(out, root, body, len, secret);
        out->outcome = status == 200 && !code ? WIRE_TROUBLE : wire_outcome_of(out->status, out->text);
    }
    imply_state(out);
    cJSON_Delete(root);
}

bool wire_is_not_ready(const char *text)
{
    return contains(text, "not ready") || contains(text, "try later") || contains(text, "try again later");
}

const char *wire_advice(const char *text)
{
    static const struct {
        const char *part, *advice;
    } known[] = {
        {"Instance has auth", "an old login is in the way: log out, then ask for a new code"},
        {"Multi-device beta not joined", "WhatsApp on the phone is too old: update it, then try again"},
        {"can take up to", "the service is slow or still starting this instance: wait some minutes"},
        {"Mongoose", "the service's database has a fault: try again later"},
        {"is expired", "the instance is not paid for: renew it in the personal area"},
        {"is deleted", "the instance no longer exists: take it out of the configuration"},
        {"QUOTE_EXCEEDED", "the plan's quota is used up"},
        {"starting process", "the instance is starting: wait up to 5 minutes, then reboot it"},
        {"no code came", "reboot the instance, give it 2 minutes, then try again"},
        {"no pairing code", "reboot the instance, then try again; or log out, and link by its QR code"},
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (contains(text, known[i].part))
            return known[i].advice;
    return NULL;
}
