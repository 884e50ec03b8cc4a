/* SPDX-License-Identifier: MIT */
#include "core/text.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <wchar.h>

#define STARS "***"
#define INVALID 0xFFFDu
#define MARKS_MAX 2
#define SECRET_MIN 6

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

/* Code points that change how their neighbours are shown, or that nobody sees: they can fake what a line says. */
static bool is_deceptive(uint32_t c)
{
    static const struct {
        uint32_t first, last;
    } ranges[] = {
        {0x00AD, 0x00AD}, {0x034F, 0x034F}, {0x061C, 0x061C}, {0x115F, 0x1160}, {0x17B4, 0x17B5}, {0x180B, 0x180F},
        {0x200B, 0x200F}, {0x2028, 0x202E}, {0x2060, 0x206F}, {0x3164, 0x3164}, {0xFE00, 0xFE0F}, {0xFEFF, 0xFEFF},
        {0xFFA0, 0xFFA0}, {0xFFF0, 0xFFFD}, {0xE000, 0xF8FF}, {0x1D173, 0x1D17A}, {0xE0000, 0x10FFFF},
    };
    for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++)
        if (c >= ranges[i].first && c <= ranges[i].last)
            return true;
    return false;
}

static int columns_of(uint32_t c)
{
    if (c < 0x7F)
        return c >= 0x20 ? 1 : -1;
    return wcwidth((wchar_t)c);
}

static size_t put(char *dst, size_t size, size_t used, const char *bytes, size_t n)
{
    if (used + n >= size)
        return 0;
    memcpy(dst + used, bytes, n);
    return n;
}

/* Length of the secret if it stands at `src`, else 0. Looked for before anything is cut, so that a cut never leaves half. */
static size_t secret_at(const char *src, size_t len, const char *secret, size_t secret_len)
{
    if (secret_len < SECRET_MIN || len < secret_len || strncasecmp(src, secret, secret_len) != 0)
        return 0;
    return secret_len;
}

size_t text_clean(char *dst, size_t size, const char *src, size_t len, const char *secret)
{
    size_t used = 0, secret_len = secret ? strlen(secret) : 0;
    int marks = MARKS_MAX; /* a mark needs a character to stand on */
    for (size_t i = 0; i < len;) {
        uint32_t c;
        const char *bytes = src + i;
        size_t n = text_next(bytes, len - i, &c), hidden = secret_at(bytes, len - i, secret, secret_len);
        int columns = columns_of(c);
        i += hidden ? hidden : n;
        if (hidden)
            bytes = STARS, n = strlen(STARS);
        else if (c == '\n' || c == '\r' || c == '\t')
            bytes = " ", n = 1, columns = 1;
        else if (c == INVALID || columns < 0 || is_deceptive(c))
            bytes = "?", n = 1, columns = 1;
        if (columns == 0 && marks++ >= MARKS_MAX)
            continue;
        if (columns > 0)
            marks = 0;
        size_t took = put(dst, size, used, bytes, n);
        if (took == 0)
            break;
        used += took;
    }
    dst[used] = '\0';
    return used;
}

void text_redact(char *text, const char *secret)
{
    size_t len = strlen(secret), stars = strlen(STARS);
    if (len < SECRET_MIN)
        return;
    for (char *at = text; (at = strcasestr(at, secret)) != NULL; at += stars) {
        memcpy(at, STARS, stars);
        memmove(at + stars, at + len, strlen(at + len) + 1);
    }
}

int text_columns(const char *text)
{
    size_t len = strlen(text);
    int columns = 0;
    for (size_t i = 0; i < len;) {
        uint32_t c;
        i += text_next(text + i, len - i, &c);
        int w = columns_of(c);
        columns += w > 0 ? w : 0;
    }
    return columns;
}

int text_fit(char *dst, size_t size, const char *src, int columns, int ascii)
{
    const char *more = ascii ? "~" : "…";
    size_t len = strlen(src), used = 0;
    bool cut = text_columns(src) > columns;
    int room = cut ? columns - 1 : columns, taken = 0;
    for (size_t i = 0; i < len;) {
        uint32_t c;
        size_t n = text_next(src + i, len - i, &c);
        int w = columns_of(c);
        if (taken + (w > 0 ? w : 0) > room || put(dst, size, used, src + i, n) == 0)
            break;
        used += n;
        i += n;
        taken += w > 0 ? w : 0;
    }
    if (cut && columns > 0) {
        size_t took = put(dst, size, used, more, strlen(more));
        used += took;
        taken += took > 0;
    }
    dst[used] = '\0';
    return taken;
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
    int kept = (int)strcspn(host, "?#");
    snprintf(dst, size, "%.*s%s%.*s%s", (int)(authority - url), url, host != authority ? "***@" : "", kept, host,
             host[kept] ? "?***" : "");
}

void text_wipe(char *secret)
{
    if (secret)
        explicit_bzero(secret, strlen(secret));
    free(secret);
}

void text_copy(char *dst, size_t size, const char *src)
{
    size_t len = strlen(src), used = 0;
    while (used < len) {
        uint32_t c;
        size_t n = text_next(src + used, len - used, &c);
        if (put(dst, size, used, src + used, n) == 0)
            break;
        used += n;
    }
    dst[used] = '\0';
}
