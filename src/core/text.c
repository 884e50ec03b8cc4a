/* SPDX-License-Identifier: MIT */
#include "core/text.h"

#include <limits.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#include "core/redact.h"

#define INVALID 0xFFFDu
#define MARKS_MAX 8       /* kept on a character */
#define MARKS_SHOWN_MAX 2 /* of these */
#define ZERO_WIDTH_NON_JOINER 0x200Cu
#define ZERO_WIDTH_JOINER 0x200Du
#define BLACK_FLAG 0x1F3F4u
#define TAG(c) (0xE0000u + (c))
#define TAG_END 0xE007Fu
#define REGION_LEAST 3
#define REGION_MOST 6 /* of ISO 3166-2, without its dash */

/* What a lead byte announces; 0 bytes = it can't lead. */
static size_t lead_length(unsigned char lead, uint32_t *bits, uint32_t *lowest)
{
    if (lead >= 0xC2 && lead <= 0xDF)
        return *bits = lead & 0x1F, *lowest = 0x80, 2;
    if ((lead & 0xF0) == 0xE0)
        return *bits = lead & 0x0F, *lowest = 0x800, 3;
    if (lead >= 0xF0 && lead <= 0xF4)
        return *bits = lead & 0x07, *lowest = 0x10000, 4;
    return 0;
}

size_t text_next(const char *src, size_t len, uint32_t *code)
{
    const unsigned char *s = (const unsigned char *)src;
    uint32_t value = 0, lowest = 0;
    if (s[0] < 0x80) {
        *code = s[0];
        return 1;
    }
    *code = INVALID;
    size_t want = lead_length(s[0], &value, &lowest);
    for (size_t i = 1; i < want; i++) {
        if (i >= len || (s[i] & 0xC0) != 0x80)
            return i;
        value = value << 6 | (s[i] & 0x3Fu);
    }
    if (want == 0)
        return 1;
    if (value >= lowest && value <= 0x10FFFF && !(value >= 0xD800 && value <= 0xDFFF))
        *code = value;
    return want;
}

struct range {
    uint32_t first, last;
};

static bool is_in(uint32_t c, const struct range *ranges, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (c >= ranges[i].first && c <= ranges[i].last)
            return true;
    return false;
}

#define IS_IN(c, ranges) is_in(c, ranges, sizeof(ranges) / sizeof *(ranges))

static bool is_control(uint32_t c)
{
    return c < 0x20 || (c >= 0x7F && c <= 0x9F);
}

static bool is_joiner(uint32_t c)
{
    return c == ZERO_WIDTH_NON_JOINER || c == ZERO_WIDTH_JOINER;
}

/* They choose between two looks of the character before. */
static bool is_selector(uint32_t c)
{
    static const struct range ranges[] = {{0x180B, 0x180D}, {0x180F, 0x180F}, {0xFE00, 0xFE0F}, {0xE0100, 0xE01EF}};
    return IS_IN(c, ranges);
}

static bool is_skin_tone(uint32_t c)
{
    return c >= 0x1F3FB && c <= 0x1F3FF;
}

static bool is_emoji(uint32_t c)
{
    static const struct range ranges[] = {{0x203C, 0x303D}, {0x1F000, 0x1FAFF}};
    return IS_IN(c, ranges) && !(c >= 0x2060 && c <= 0x20CF);
}

/* Scripts in which a joiner changes how letters are written: Arabic and its kin, those of India and of the South East. */
static bool is_of_joining_script(uint32_t c)
{
    static const struct range ranges[] = {{0x0600, 0x109F},   {0x1700, 0x1CFF},   {0xA800, 0xABFF},  {0xFB50, 0xFDFF},
                                          {0xFE70, 0xFEFC},   {0x10A00, 0x10FFF}, {0x11000, 0x11FFF}, {0x1E900, 0x1E95F}};
    return IS_IN(c, ranges) && !is_selector(c);
}

static bool takes_selector(uint32_t c)
{
    return (c < 0x80 && c && strchr("#*0123456789", (int)c)) || c == 0xA9 || c == 0xAE ||
           (c >= 0x1000 && !is_joiner(c) && !is_selector(c));
}

/* Code points that change how their neighbours are shown, or that nobody sees: they can fake what a line says. Joiners and
 * selectors cannot where the character before them has a use for one. */
static bool is_deceptive(uint32_t c, uint32_t before)
{
    static const struct range ranges[] = {
        {0x00AD, 0x00AD}, {0x034F, 0x034F}, {0x061C, 0x061C},   {0x115F, 0x1160},   {0x17B4, 0x17B5}, {0x180E, 0x180E},
        {0x200B, 0x200F}, {0x2028, 0x202E}, {0x2060, 0x206F},   {0x3164, 0x3164},   {0xFDD0, 0xFDEF}, {0xFEFF, 0xFEFF},
        {0xFFA0, 0xFFA0}, {0xFFF0, 0xFFFF}, {0x1D173, 0x1D17A}, {0xE0000, 0xE0FFF},
    };
    if (is_selector(c))
        return !takes_selector(before);
    if (is_joiner(c) && (is_of_joining_script(before) || is_emoji(before) || is_skin_tone(before) || before == 0xFE0F))
        return false;
    return IS_IN(c, ranges) || (c & 0xFFFE) == 0xFFFE; /* the last two of a plane are no characters */
}

static bool is_tag(uint32_t c)
{
    return c >= TAG(' ') && c <= TAG_END;
}

/* Bytes of the black flag and the tags behind it that say whose it is: England's are g, b, e, n, g and the end. 0 = it is none.
 * Anywhere else tags are a text that nobody sees. */
static size_t region_flag(const char *src, size_t len)
{
    uint32_t c;
    size_t at = text_next(src, len, &c), letters = 0;
    if (c != BLACK_FLAG)
        return 0;
    for (; at < len; letters++) {
        at += text_next(src + at, len - at, &c);
        if (c == TAG_END)
            return letters >= REGION_LEAST ? at : 0;
        if (letters == REGION_MOST || !((c >= TAG('a') && c <= TAG('z')) || (c >= TAG('0') && c <= TAG('9'))))
            return 0;
    }
    return 0;
}

static bool is_flag_tag(uint32_t c, bool in_flag)
{
    return in_flag && is_tag(c) && MB_CUR_MAX > 1;
}

/* In a locale without UTF-8 its bytes may act on the terminal. */
static bool is_unfit(uint32_t c, uint32_t before)
{
    return c == INVALID || is_control(c) || is_deceptive(c, before) || (c >= 0x80 && MB_CUR_MAX == 1);
}

static bool is_mark(uint32_t c)
{
    return c >= 0x80 && wcwidth((wchar_t)c) == 0;
}

/* Nobody knows how, or how wide, a terminal draws them. */
static bool is_unknown(uint32_t c)
{
    static const struct range private_use[] = {{0xE000, 0xF8FF}, {0xF0000, 0x10FFFF}};
    return is_control(c) || IS_IN(c, private_use) || (c >= 0x80 && wcwidth((wchar_t)c) < 0);
}

/* How a character is drawn. Terminals differ in how wide they draw joined emoji, skin tones and what a selector chose: without
 * these the parts have the widths that all agree on. */
struct glyph {
    const char *bytes;
    size_t len, taken; /* of `bytes`, of the source */
    int columns;
    uint32_t code;
};

static struct glyph next_glyph(const char *src, size_t len, uint32_t before, int *marks)
{
    struct glyph g = {.bytes = src};
    g.taken = g.len = text_next(src, len, &g.code);
    if (is_joiner(g.code) || is_selector(g.code) || is_tag(g.code) || (is_skin_tone(g.code) && is_emoji(before))) {
        g.len = 0;
    } else if (is_unknown(g.code) || g.code == INVALID) {
        g.bytes = "?";
        g.len = 1;
        g.columns = 1;
    } else if (!is_mark(g.code)) {
        g.columns = g.code < 0x80 ? 1 : wcwidth((wchar_t)g.code);
    } else if (++*marks > MARKS_SHOWN_MAX) {
        g.len = 0;
    }
    if (g.columns > 0)
        *marks = 0;
    return g;
}

static size_t put(char *dst, size_t size, size_t used, const char *bytes, size_t n)
{
    if (used + n >= size)
        return 0;
    memcpy(dst + used, bytes, n);
    return n;
}

/* How much of a text that was cut behind so many bytes may stay: no part of a character, no joiner without what it joins, and no tags
 * without their end. */
static size_t whole_length(const char *text, size_t len)
{
    uint32_t code = 0;
    size_t from = len;
    while (from > 0 && len - from < 4 && ((unsigned char)text[--from] & 0xC0) == 0x80)
        continue;
    if (from == len)
        return len;
    size_t bytes = text_next(text + from, len - from, &code);
    if ((code == INVALID && bytes == len - from && (unsigned char)text[from] >= 0xC2) || is_joiner(code) ||
        (is_tag(code) && code != TAG_END))
        return whole_length(text, from);
    return len;
}

static size_t end_cut(char *dst, size_t used)
{
    used = whole_length(dst, used);
    dst[used] = '\0';
    return used;
}

size_t text_clean(char *dst, size_t size, const char *src, size_t len, const char *secret)
{
    size_t used = 0, flag_end = 0;
    uint32_t c, before = 0;
    int marks = MARKS_MAX; /* a mark needs a character to stand on */
    for (size_t i = 0, n; i < len; i += n, before = c) {
        const char *bytes = src + i;
        size_t hidden = redact_at(src, i, len, secret), wrote;
        n = wrote = text_next(bytes, len - i, &c);
        if (c == BLACK_FLAG)
            flag_end = i + region_flag(bytes, len - i);
        if (hidden)
            n = hidden, bytes = REDACT_STARS, wrote = strlen(bytes), c = '*';
        else if (c == '\n' || c == '\r' || c == '\t')
            bytes = " ", wrote = 1, c = ' ';
        else if (!is_flag_tag(c, i < flag_end) && is_unfit(c, before))
            bytes = "?", wrote = 1, c = '?';
        if (!is_mark(c))
            marks = 0;
        else if (marks++ >= MARKS_MAX)
            continue;
        if (put(dst, size, used, bytes, wrote) == 0)
            return end_cut(dst, used);
        used += wrote;
    }
    dst[used] = '\0';
    return used;
}

bool text_is_clean(const char *src, size_t len)
{
    size_t flag_end = 0;
    uint32_t c, before = 0;
    for (size_t i = 0; i < len; before = c) {
        size_t bytes = text_next(src + i, len - i, &c);
        if (c == BLACK_FLAG)
            flag_end = i + region_flag(src + i, len - i);
        if (!is_flag_tag(c, i < flag_end) && is_unfit(c, before))
            return false;
        i += bytes;
    }
    return true;
}

int text_columns(const char *text)
{
    size_t len = strlen(text);
    int columns = 0, marks = 0;
    uint32_t before = 0;
    for (size_t i = 0; i < len;) {
        struct glyph g = next_glyph(text + i, len - i, before, &marks);
        i += g.taken;
        columns += g.columns;
        before = g.code;
    }
    return columns;
}

int text_fit(char *dst, size_t size, const char *src, int columns, int ascii)
{
    const char *more = ascii ? "~" : "…";
    size_t len = strlen(src), used = 0;
    bool cut = text_columns(src) > columns;
    int room = cut ? columns - 1 : columns, taken = 0, marks = 0;
    uint32_t before = 0;
    for (size_t i = 0; i < len;) {
        struct glyph g = next_glyph(src + i, len - i, before, &marks);
        if (taken + g.columns > room || (g.len > 0 && put(dst, size, used, g.bytes, g.len) == 0))
            break;
        used += g.len;
        i += g.taken;
        taken += g.columns;
        before = g.code;
    }
    if (cut && columns > 0) {
        size_t took = put(dst, size, used, more, strlen(more));
        used += took;
        taken += took > 0;
    }
    dst[used] = '\0';
    return taken;
}

int text_show(char *dst, size_t size, const char *src)
{
    return text_fit(dst, size, src, INT_MAX, 0);
}

/* Where the user info ends, or `from` when there is none. */
static const char *after_user_info(const char *from)
{
    size_t authority = strcspn(from, "/?#");
    for (size_t i = authority; i > 0; i--)
        if (from[i - 1] == '@')
            return from + i;
    return from;
}

void text_mask_url(char *dst, size_t size, const char *url)
{
    const char *scheme = strstr(url, "://");
    const char *authority = scheme ? scheme + 3 : url;
    const char *host = after_user_info(authority);
    const size_t kept = strcspn(host, "?#");
    text_copy_part(dst, size, url, (size_t)(authority - url));
    text_append(dst, size, host != authority ? REDACT_STARS "@" : "");
    size_t used = strlen(dst);
    text_copy_part(dst + used, size - used, host, kept);
    text_append(dst, size, host[kept] ? "?" REDACT_STARS : "");
}

void text_wipe(char *secret)
{
    if (secret)
        explicit_bzero(secret, strlen(secret));
    free(secret);
}

void text_copy_part(char *dst, size_t size, const char *src, size_t len)
{
    size_t most = len < size ? len : size - 1;
    memmove(dst, src, most);
    end_cut(dst, most);
}

void text_copy(char *dst, size_t size, const char *src)
{
    size_t len = strlen(src);
    if (len < size)
        memmove(dst, src, len + 1);
    else
        text_copy_part(dst, size, src, len);
}

void text_append(char *dst, size_t size, const char *src)
{
    size_t used = strlen(dst);
    text_copy(dst + used, size - used, src);
}

size_t text_vformat(char *dst, size_t size, const char *format, va_list arguments)
{
    int wanted = vsnprintf(dst, size, format, arguments);
    if (wanted < 0)
        dst[0] = '\0';
    return (size_t)wanted < size ? (size_t)wanted : end_cut(dst, strlen(dst));
}

size_t text_format(char *dst, size_t size, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    size_t used = text_vformat(dst, size, format, arguments);
    va_end(arguments);
    return used;
}
