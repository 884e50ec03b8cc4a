/* SPDX-License-Identifier: MIT
 * Websocket messages as protocol.md section 1 describes them, and the ill-formed ones that a client must survive.
 */
#include "sim/speech.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sim/pngmaker.h"

/* Escape sequences, a C1 control, bidi overrides, zero-width signs: written as JSON and, where legal, raw. */
#define HOSTILE                                                                                              \
    "\\u001b[2J\\u001b[H\\u001b]0;owned\\u0007\\u001b[31mred \\u009b5m \xc2\x9b" "1m \x7f \\r\\n\\t\\b "      \
    "\xe2\x80\xae" "desrever \\u202e\\u2066\\u2069 z\\u200be\\u200dr\xe2\x80\x8bo \\ufeff\\ud800 \\u0000 end "

struct speech speech_print(const char *format, ...)
{
    struct speech speech = {NULL, 0, false};
    va_list arguments;
    va_start(arguments, format);
    const int len = vasprintf(&speech.text, format, arguments);
    va_end(arguments);
    if (len < 0)
        return (struct speech){NULL, 0, false};
    speech.len = (size_t)len;
    return speech;
}

void speech_free(struct speech *speech)
{
    free(speech->text);
    *speech = (struct speech){NULL, 0, false};
}

static char *base64(const unsigned char *data, size_t len)
{
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    char *text = malloc((len + 2) / 3 * 4 + 1);
    if (!text)
        return NULL;
    char *at = text;
    for (size_t i = 0; i < len; i += 3) {
        const uint32_t three = (uint32_t)data[i] << 16 | (i + 1 < len ? (uint32_t)data[i + 1] << 8 : 0) |
                               (i + 2 < len ? data[i + 2] : 0u);
        *at++ = letters[three >> 18];
        *at++ = letters[three >> 12 & 63];
        *at++ = i + 1 < len ? letters[three >> 6 & 63] : '=';
        *at++ = i + 2 < len ? letters[three & 63] : '=';
    }
    *at = '\0';
    return text;
}

static struct speech code(const struct actor *actor, bool broken)
{
    char payload[WACODE_SIZE];
    size_t len = 0;
    wacode_make(payload, actor->seed, actor->codes, actor->form);
    unsigned char *png = pngmaker_draw(payload, &len);
    if (png && broken)
        pngmaker_damage(png, len);
    char *text = png ? base64(png, len) : NULL;
    struct speech speech = {NULL, 0, false};
    if (text)
        speech = speech_print("{\"type\":\"qrCode\",\"message\":\"%s\"}", text);
    free(text);
    free(png);
    return speech;
}

static struct speech account(const struct actor *actor, enum fate_say say)
{
    char fields[256];
    snprintf(fields, sizeof fields,
             "\"wid\":\"%s@c.us\",\"pushname\":\"Łukasz Ωmega 株式会社 😀\","
             "\"webhookUrl\":\"https://user:secret@hooks.example.com/wa?key=hidden\"",
             actor->phone);
    if (say == SAY_ACCOUNT_OBJECT)
        return speech_print("{\"type\":\"accountData\",\"message\":{%s}}", fields);
    if (say == SAY_ACCOUNT)
        return speech_print("{\"type\":\"accountData\",%s}", fields);
    char quoted[2 * sizeof fields];
    char *at = quoted;
    for (const char *from = fields; *from; from++) {
        if (*from == '"')
            *at++ = '\\';
        *at++ = *from;
    }
    *at = '\0';
    return speech_print("{\"type\":\"accountData\",\"message\":\"{%s}\"}", quoted);
}

static struct speech hostile(const struct actor *actor, enum fate_say say)
{
    char longish[8192];
    memset(longish, 'W', sizeof longish - 1);
    longish[sizeof longish - 1] = '\0';
    const char *token = actor->token;
    if (say == SAY_ERROR_HOSTILE)
        return speech_print("{\"type\":\"error\",\"message\":\"no %s " HOSTILE "%s\"}", token, longish);
    if (say == SAY_UNKNOWN_HOSTILE)
        return speech_print("{\"type\":\"" HOSTILE "%s\",\"message\":\"%s " HOSTILE "%s\"}", token, token, longish);
    return speech_print("{\"type\":\"accountData\",\"wid\":\"%s" HOSTILE "@c.us\","
                        "\"pushname\":\"%s " HOSTILE "%s\","
                        "\"webhookUrl\":\"https://u:p@h.example.com/%s?" HOSTILE "%s\"}",
                        actor->phone, token, longish, token, longish);
}

static struct speech padded(size_t len)
{
    static const char head[] = "{\"type\":\"news\",\"message\":\"";
    static const char tail[] = "\"}";
    struct speech speech = {malloc(len), len, false};
    if (!speech.text)
        return (struct speech){NULL, 0, false};
    memset(speech.text, 'x', len);
    memcpy(speech.text, head, sizeof head - 1);
    memcpy(speech.text + len - (sizeof tail - 1), tail, sizeof tail - 1);
    return speech;
}

static struct speech junk(void)
{
    struct speech speech = {malloc(256), 256, true};
    for (int i = 0; speech.text && i < 256; i++)
        speech.text[i] = (char)(i * 7 + 0x80);
    return speech;
}

static struct speech fixed(enum fate_say say)
{
    static const char *const texts[] = {
        [SAY_ALREADY] = "{\"type\":\"alreadyLogged\",\"message\":\"instance account already authorized\"}",
        [SAY_ERROR_AUTH] = "{\"type\":\"error\",\"message\":\"Instance has auth. You need to make log out\"}",
        [SAY_ERROR_STARTING] = "{\"type\":\"error\",\"message\":\"instance in starting process try later\"}",
        [SAY_TIMEOUT] = "{\"type\":\"timeout\",\"message\":\"timeout\"}",
        [SAY_TIMEOUT_EXPIRED] = "{\"type\":\"timeoutExpired\",\"message\":\"timeoutExpired\"}",
        [SAY_PASSKEY] = "{\"type\":\"passkeyRequired\",\"message\":\"passkeyRequired\"}",
        [SAY_HTML] = "<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>",
        [SAY_UNKNOWN] = "{\"type\":\"weather\",\"message\":{\"sky\":[\"blue\",null,1e3]},\"extra\":true}",
    };
    return speech_print("%s", texts[say]);
}

struct speech speech_say(struct actor *actor, enum fate_say say)
{
    switch (say) {
    case SAY_CODE:
    case SAY_BROKEN_CODE:
        actor->codes++;
        return code(actor, say == SAY_BROKEN_CODE);
    case SAY_ACCOUNT:
    case SAY_ACCOUNT_OBJECT:
    case SAY_ACCOUNT_STRING:
        return account(actor, say);
    case SAY_ACCOUNT_HOSTILE:
    case SAY_ERROR_HOSTILE:
    case SAY_UNKNOWN_HOSTILE:
        return hostile(actor, say);
    case SAY_JUNK:
        return junk();
    case SAY_LARGE:
        return padded(SPEECH_LARGE);
    case SAY_TOO_LARGE:
        return padded(SPEECH_TOO_LARGE);
    default:
        return fixed(say);
    }
}

struct speech speech_repeat(const struct actor *actor)
{
    return code(actor, false);
}
