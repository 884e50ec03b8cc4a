/* SPDX-License-Identifier: MIT */
#include "qr/base64.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "qr/failure.h"

/* What a character is, in the usual alphabet and the one for addresses: its six bits, or one of these. All three have the high bit set: one test finds them. */
#define SP 0x80 /* white space */
#define PD 0x81 /* padding */
#define NO 0x82 /* nothing that belongs here */

/* Longer than any media type: a prefix without "base64," before it ends is no data URI. */
#define PREFIX_MAX 128

static const uint8_t meaning[128] = {
    NO, NO, NO, NO, NO, NO, NO, NO, NO, SP, SP, NO, NO, SP, NO, NO,
    NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO,
    SP, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, 62, NO, 62, NO, 63,
    52, 53, 54, 55, 56, 57, 58, 59, 60, 61, NO, NO, NO, PD, NO, NO,
    NO, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14,
    15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, NO, NO, NO, NO, 63,
    NO, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40,
    41, 42, 43, 44, 45, 46, 47, 48, 49, 50, 51, NO, NO, NO, NO, NO,
};

static uint8_t meaning_of(char character)
{
    uint8_t byte = (uint8_t)character;
    return byte < sizeof meaning ? meaning[byte] : NO;
}

static bool is_quote(char character)
{
    return character == '"' || character == '\'' || character == '`';
}

/* Without the quotes and the white space that were copied with it. */
static size_t end_of(const char *text, size_t len)
{
    while (len > 0 && (meaning_of(text[len - 1]) == SP || is_quote(text[len - 1])))
        len--;
    return len;
}

/* Characters of the byte order mark, the quote and the "data:…;base64," prefix; 0 = there is none. */
static size_t prefix_length(const char *text, size_t len)
{
    static const char scheme[] = "data:", mark[] = "base64,";
    size_t mark_len = len >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0 ? 3 : 0, start = mark_len;
    while (start < len && (meaning_of(text[start]) == SP || is_quote(text[start])))
        start++;
    if (len - start < sizeof scheme - 1 || strncasecmp(text + start, scheme, sizeof scheme - 1) != 0)
        return start;
    size_t end = len - start < PREFIX_MAX ? len : start + PREFIX_MAX;
    for (size_t at = start; at + sizeof mark - 1 <= end; at++)
        if (strncasecmp(text + at, mark, sizeof mark - 1) == 0)
            return at + sizeof mark - 1;
    return start;
}

/* The part without white space, four characters at a time. Returns how many characters it took. */
static size_t decode_fast(uint8_t *dst, size_t *dst_len, const char *text, size_t len)
{
    size_t at = 0, out = 0;
    for (; len - at >= 4; at += 4, out += 3) {
        uint32_t a = meaning_of(text[at]), b = meaning_of(text[at + 1]);
        uint32_t c = meaning_of(text[at + 2]), d = meaning_of(text[at + 3]);
        if ((a | b | c | d) & 0x80)
            break;
        uint32_t bits = a << 18 | b << 12 | c << 6 | d;
        dst[out] = (uint8_t)(bits >> 16);
        dst[out + 1] = (uint8_t)(bits >> 8);
        dst[out + 2] = (uint8_t)bits;
    }
    *dst_len = out;
    return at;
}

struct tail {
    uint32_t bits;
    int digits;  /* base64 digits gathered in bits, 0..3 */
    int padding; /* '=' seen */
};

/* Takes one character that the fast part would not. False when it cannot stand here. */
static bool tail_take(struct tail *tail, uint8_t *dst, size_t *dst_len, uint8_t meant)
{
    if (meant == SP)
        return true;
    if (meant == PD)
        return tail->digits >= 2 && ++tail->padding + tail->digits <= 4;
    if (meant == NO || tail->padding > 0)
        return false;
    tail->bits = tail->bits << 6 | meant;
    if (++tail->digits < 4)
        return true;
    for (int shift = 16; shift >= 0; shift -= 8)
        dst[(*dst_len)++] = (uint8_t)(tail->bits >> shift);
    tail->bits = 0;
    tail->digits = 0;
    return true;
}

static bool tail_finish(const struct tail *tail, uint8_t *dst, size_t *dst_len)
{
    if (tail->digits == 1 || (tail->padding > 0 && tail->padding + tail->digits != 4))
        return false;
    uint32_t bits = tail->bits << (6 * (4 - tail->digits));
    for (int i = 1; i < tail->digits; i++)
        dst[(*dst_len)++] = (uint8_t)(bits >> (24 - 8 * i));
    return true;
}

bool base64_decode(uint8_t *dst, size_t *dst_len, const char *text, size_t len, struct qr_failure *failure)
{
    struct tail tail = {0};
    size_t at = prefix_length(text, len);
    len = end_of(text, len);
    *dst_len = 0;
    while (at < len) {
        size_t out = 0;
        if (tail.digits == 0 && tail.padding == 0) {
            at += decode_fast(dst + *dst_len, &out, text + at, len - at);
            *dst_len += out;
        }
        if (at == len)
            break;
        if (!tail_take(&tail, dst, dst_len, meaning_of(text[at])))
            return failure_set(failure, QR_STEP_BASE64, "byte 0x%02x at offset %zu of %zu is not base64 here",
                               (unsigned)(uint8_t)text[at], at, len);
        at++;
    }
    if (!tail_finish(&tail, dst, dst_len))
        return failure_set(failure, QR_STEP_BASE64, "the base64 text ends inside a group, behind character %zu", len);
    return true;
}

char *base64_encode(const uint8_t *bytes, size_t len)
{
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    char *text = malloc((len + 2) / 3 * 4 + 1), *at = text;
    for (size_t i = 0; text && i < len; i += 3) {
        uint32_t three = (uint32_t)bytes[i] << 16 | (i + 1 < len ? (uint32_t)bytes[i + 1] << 8 : 0) |
                         (i + 2 < len ? bytes[i + 2] : 0u);
        *at++ = letters[three >> 18];
        *at++ = letters[three >> 12 & 63];
        *at++ = i + 1 < len ? letters[three >> 6 & 63] : '=';
        *at++ = i + 2 < len ? letters[three & 63] : '=';
    }
    if (text)
        *at = '\0';
    return text;
}
