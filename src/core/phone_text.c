/* SPDX-License-Identifier: MIT */
#include "core/phone_text.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "core/blank.h"
#include "core/text.h"

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

static bool is_letter(uint32_t code)
{
    return code < 0x80 ? isalpha((int)code) != 0 : code >= 0xC0 && !(code >= 0x2000 && code <= 0x303F) && phone_digit(code) < 0;
}

/* What stands around a number and says nothing: quotes, angle brackets, list signs, telephones and their like. */
static bool is_wrapping(uint32_t code)
{
    bool symbol = (code >= 0xA1 && code <= 0xBF) || (code >= 0x2018 && code <= 0x203A) || (code >= 0x20D0 && code <= 0x2BFF) ||
                  (code >= 0x3001 && code <= 0x303F) || (code >= 0x1F000 && code <= 0x1FAFF) || code == 0xFE0F;
    return symbol || blank_is(code) || (code && code < 0x80 && strchr("\"'`<>,;:!?*|{}=#", (int)code));
}

/* Bytes of a word such as "Phone:" or "Tel." at the start; 0 = there is none. */
static size_t leading_word(const char *text, size_t len)
{
    uint32_t code = 0;
    size_t at = 0, bytes = 0, letters = 0;
    for (; at < len; at += bytes, letters++) {
        bytes = text_next(text + at, len - at, &code);
        if (!is_letter(code))
            break;
    }
    bool ends = at < len && letters > 0 && (code == ':' || code == '.' || code == 0xB0 || code == 0xFF1A);
    size_t behind = at + bytes;
    bool number = behind < len && (strchr("+0123456789 ", text[behind]) || blank_at(text + behind, len - behind));
    return ends && number ? behind : 0;
}

/* Up to the last character that belongs to the number. */
static size_t length_without_wrapping(const char *text, size_t len)
{
    uint32_t code;
    size_t kept = 0;
    for (size_t at = 0; at < len;) {
        at += text_next(text + at, len - at, &code);
        if (!is_wrapping(code) && code != '.')
            kept = at;
    }
    return kept;
}

/* "(mobile)" behind a number. */
static size_t length_without_remark(const char *text, size_t len)
{
    size_t open = len;
    if (len == 0 || text[len - 1] != ')')
        return len;
    while (open > 0 && text[open - 1] != '(')
        open--;
    for (size_t at = open, bytes; at + 1 < len; at += bytes) {
        uint32_t code;
        bytes = text_next(text + at, len - at, &code);
        if (!is_letter(code) && !blank_is(code))
            return len;
    }
    return open > 0 && open + 1 < len ? open - 1 : len;
}

static void unwrap(char dst[PHONE_TEXT_MAX], const char *typed, const char *const *calls)
{
    size_t len = strlen(typed), bytes;
    uint32_t code;
    for (bool goes_on = true; goes_on && len > 0; typed += bytes, len -= bytes) {
        bytes = text_next(typed, len, &code);
        size_t word = behind_any(typed, calls) ? 0 : leading_word(typed, len);
        goes_on = word > 0 || is_wrapping(code);
        bytes = word > 0 ? word : goes_on ? bytes : 0;
    }
    len = length_without_remark(typed, length_without_wrapping(typed, len));
    text_copy_part(dst, PHONE_TEXT_MAX, typed, length_without_wrapping(typed, len));
}

static bool holds_other_digits(const char *target, const char *label)
{
    for (; *label; label++)
        if (isdigit((unsigned char)*label)) {
            target += strcspn(target, "0123456789");
            if (*target != *label)
                return true;
            target++;
        }
    return strpbrk(target, "0123456789") != NULL;
}

/* "[+44...](tel:+44...)", as Markdown has it: keeps the target alone. False where the two differ. */
static bool take_target(char text[PHONE_TEXT_MAX])
{
    char *middle = *text == '[' ? strstr(text, "](") : NULL;
    if (!middle)
        return true;
    *middle = '\0';
    char *target = middle + 2;
    target[strcspn(target, ")")] = '\0';
    bool differs = strpbrk(text, "0123456789") && holds_other_digits(target, text);
    memmove(text, target, strlen(target) + 1);
    return !differs;
}

bool phone_text_of(char dst[PHONE_TEXT_MAX], const char *written, char *why, size_t why_size)
{
    static const char *const schemes[] = {"https://", "http://", "whatsapp://", NULL};
    static const char *const calls[] = {"tel://", "tel:", "callto:", "sms:", "smsto:", "whatsapp:", NULL};
    static const char *const places[] = {"wa.me/", "www.wa.me/", "api.whatsapp.com/", "web.whatsapp.com/", "www.whatsapp.com/",
                                         "whatsapp.com/", "chat.whatsapp.com/", "send", NULL};
    char typed[PHONE_TEXT_MAX];
    unwrap(typed, written, calls);
    if (!take_target(typed))
        return say(why, why_size, "digits only, with + in front at the most: give one number");
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
