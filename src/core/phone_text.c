/* SPDX-License-Identifier: MIT */
#include "core/phone_text.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "core/blank.h"

int phone_digit(uint32_t code)
{
    /* The zeros of the scripts, each followed by its other digits (Unicode 14, category Nd). */
    static const uint32_t zeros[] = {
        0x0030,  0x0660,  0x06F0,  0x07C0,  0x0966,  0x09E6,  0x0A66,  0x0AE6,  0x0B66,  0x0BE6,  0x0C66,  0x0CE6,  0x0D66,  0x0DE6,
        0x0E50,  0x0ED0,  0x0F20,  0x1040,  0x1090,  0x17E0,  0x1810,  0x1946,  0x19D0,  0x1A80,  0x1A90,  0x1B50,  0x1BB0,  0x1C40,
        0x1C50,  0xA620,  0xA8D0,  0xA900,  0xA9D0,  0xA9F0,  0xAA50,  0xABF0,  0xFF10,  0x104A0, 0x10D30, 0x11066, 0x110F0, 0x11136,
        0x111D0, 0x112F0, 0x11450, 0x114D0, 0x11650, 0x116C0, 0x11730, 0x118E0, 0x11950, 0x11C50, 0x11D50, 0x11DA0, 0x16A60, 0x16AC0,
        0x16B50, 0x1D7CE, 0x1D7D8, 0x1D7E2, 0x1D7EC, 0x1D7F6, 0x1E140, 0x1E2F0, 0x1E950, 0x1FBF0};
    for (size_t i = 0; i < sizeof zeros / sizeof *zeros; i++)
        if (code >= zeros[i] && code <= zeros[i] + 9)
            return (int)(code - zeros[i]);
    return -1;
}

bool phone_is_plus(uint32_t code)
{
    return code == '+' || code == 0xFF0B || code == 0xFE62;
}

bool phone_is_decoration(uint32_t code)
{
    static const uint32_t signs[] = {'-',    '.',    '/',    '(',    ')',    '_',    '[',    ']',    0x00B7, 0x2022, 0x2024, 0x2027, 0x2043,
                                     0x2044, 0x20E3, 0x2212, 0x2215, 0x30FB, 0x30FC, 0xFE0F, 0xFE58, 0xFE59, 0xFE5A, 0xFE63, 0xFF08, 0xFF09,
                                     0xFF0D, 0xFF0E, 0xFF0F};
    if (blank_is(code) || (code >= 0x2010 && code <= 0x2015))
        return true;
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (code == signs[i])
            return true;
    return false;
}

static bool say(char *why, size_t why_size, const char *sentence)
{
    snprintf(why, why_size, "%s", sentence);
    return false;
}

static const char *behind(const char *text, const char *prefix)
{
    size_t len = strlen(prefix);
    return strncasecmp(text, prefix, len) == 0 ? text + len : NULL;
}

/* NULL when it does not begin with one of them. */
static const char *behind_any(const char *text, const char *const *prefixes)
{
    const char *rest = NULL;
    for (; *prefixes && !rest; prefixes++)
        rest = behind(text, *prefixes);
    return rest;
}

static int hex_value(char c)
{
    return isdigit((unsigned char)c) ? c - '0' : tolower((unsigned char)c) - 'a' + 10;
}

static void copy_decoded(char dst[PHONE_TEXT_MAX], const char *from, size_t len)
{
    size_t used = 0;
    for (size_t i = 0; i < len && used + 1 < PHONE_TEXT_MAX; i++) {
        bool coded = from[i] == '%' && i + 2 < len && isxdigit((unsigned char)from[i + 1]) && isxdigit((unsigned char)from[i + 2]);
        int value = coded ? hex_value(from[i + 1]) * 16 + hex_value(from[i + 2]) : 0;
        dst[used++] = value > 0 ? (char)value : from[i];
        i += value > 0 ? 2 : 0;
    }
    dst[used] = '\0';
}

/* The value of "phone" in a query; NULL when there is none. */
static const char *phone_in_query(const char *query)
{
    for (const char *at = strpbrk(query, "?&"); at; at = strpbrk(at + 1, "?&")) {
        const char *value = behind(at + 1, "phone=");
        if (value)
            return value;
    }
    return NULL;
}

/* Behind "wa.me/": the number, or "message/XYZ" and "qr/XYZ", which hide it. */
static bool read_link(char dst[PHONE_TEXT_MAX], const char *rest, char *why, size_t why_size)
{
    const char *value = phone_in_query(rest);
    if (value)
        rest = value;
    size_t len = strcspn(rest, value ? "&#" : "?#");
    copy_decoded(dst, rest, len);
    if (strpbrk(dst, "0123456789") && !strpbrk(dst, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"))
        return true;
    return say(why, why_size, "this link holds no phone number: give the number itself");
}

/* "441234567890.0:8@s.whatsapp.net": number, agent, device, server. */
static bool read_chat(char dst[PHONE_TEXT_MAX], const char *typed, const char *at, char *why, size_t why_size)
{
    static const char *const servers[] = {"@c.us", "@s.whatsapp.net", NULL};
    if (behind(at, "@g.us"))
        return say(why, why_size, "this is a group's address: give the phone's own number");
    if (behind(at, "@lid"))
        return say(why, why_size, "@lid stands for a number that WhatsApp hides: give the number itself");
    if (!behind_any(at, servers))
        return say(why, why_size, "digits only: what stands behind the @ is no address of WhatsApp");
    size_t number = strcspn(typed, ".:@");
    copy_decoded(dst, typed, number);
    return true;
}

bool phone_text_of(char dst[PHONE_TEXT_MAX], const char *typed, char *why, size_t why_size)
{
    static const char *const schemes[] = {"https://", "http://", "whatsapp://", NULL};
    static const char *const calls[] = {"tel://", "tel:", "callto:", "sms:", "smsto:", "whatsapp:", NULL};
    static const char *const places[] = {"wa.me/", "www.wa.me/", "api.whatsapp.com/", "web.whatsapp.com/", "www.whatsapp.com/",
                                         "whatsapp.com/", "chat.whatsapp.com/", "send", NULL};
    for (size_t blank; (blank = blank_at(typed, strlen(typed))) > 0;)
        typed += blank;
    const char *address = behind_any(typed, schemes), *call = behind_any(typed, calls), *at = strchr(typed, '@');
    const char *place = behind_any(address ? address : typed, places);
    if (place)
        return read_link(dst, place, why, why_size);
    if (address)
        return say(why, why_size, "this link holds no phone number: give the number itself");
    if (at)
        return read_chat(dst, call ? call : typed, at, why, why_size);
    const char *number = call ? call : typed;
    copy_decoded(dst, number, call ? strcspn(number, ";?") : strlen(number));
    return true;
}
