/* SPDX-License-Identifier: MIT */
#include "core/redact.h"

#include <string.h>
#include <strings.h>

#define SECRET_LEAST 6
#define CUT_LEAST 8   /* so much of a secret at the end of a text is the beginning of it */
#define GAP_MAX 16    /* blanks between two characters of a folded secret */
#define LIKELY_LEAST 41 /* one more than a SHA-1 sum has */
#define LIKELY_DIGITS 6 /* the longest words have none */
#define PARTNER "gac."
#define PARTNER_LEAST 12 /* behind it */
#define ESCAPE_BYTES 6   /* \u0041 */
#define URL_WORD "waInstance"

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_word(char c)
{
    return is_digit(c) || is_letter(c);
}

/* What else a token may hold. */
static bool is_token(char c)
{
    return is_word(c) || (c && strchr("._-", c));
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static int hex(char c)
{
    c = lower(c);
    return is_digit(c) ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static size_t read_hex(const char *text, size_t len, size_t before, char *out)
{
    if (len < before + 2 || hex(text[before]) < 0 || hex(text[before + 1]) < 0)
        return 0;
    *out = (char)(hex(text[before]) << 4 | hex(text[before + 1]));
    return before + 2;
}

/* One character, or an escape that stands for one: %41, %2541 (encoded twice), \u0041. Returns its bytes. */
static size_t read_unit(const char *text, size_t len, char *out)
{
    size_t sign = 1, bytes = 0;
    if (*text == '%') {
        while (len >= sign + 4 && memcmp(text + sign, "25", 2) == 0)
            sign += 2;
        bytes = read_hex(text, len, sign, out);
    } else if (len >= 4 && memcmp(text, "\\u00", 4) == 0) {
        bytes = read_hex(text, len, 4, out);
    }
    if (bytes > 0)
        return bytes;
    *out = *text;
    return 1;
}

/* Bytes of a blank or line break, however it is written, or of a space of Unicode's. */
static size_t read_gap(const char *text, size_t len)
{
    char c;
    if (len >= 2 && *text == '\\' && strchr("nrt", text[1]))
        return 2;
    if (len >= 2 && memcmp(text, "\xC2\xA0", 2) == 0)
        return 2;
    if (len >= 3 && memcmp(text, "\xE2\x80", 2) == 0 && (unsigned char)text[2] <= 0xAF)
        return 3;
    size_t bytes = read_unit(text, len, &c);
    return c && strchr(" \t\r\n\v\f", c) ? bytes : 0;
}

static bool is_cut_escape(const char *text, size_t len)
{
    return len < ESCAPE_BYTES && (*text == '%' || *text == '\\');
}

static size_t known_at(const char *text, size_t len, const char *secret)
{
    size_t at = 0, gaps = 0;
    if (strlen(secret) < SECRET_LEAST)
        return 0;
    for (size_t i = 0; secret[i];) {
        char c;
        if (at == len)
            return i >= CUT_LEAST ? len : 0;
        size_t bytes = read_unit(text + at, len - at, &c), gap = i > 0 && gaps < GAP_MAX ? read_gap(text + at, len - at) : 0;
        if (lower(c) == lower(secret[i])) {
            at += bytes;
            gaps = 0;
            i++;
        } else if (gap) {
            at += gap;
            gaps++;
        } else {
            return i >= CUT_LEAST && is_cut_escape(text + at, len - at) ? len : 0;
        }
    }
    return at;
}

/* Bytes of the run of such characters; how many there are, and how many digits. */
static size_t run_at(const char *text, size_t len, bool (*belongs)(char), size_t *count, size_t *digits)
{
    size_t at = 0, bytes;
    char c;
    for (*count = *digits = 0; at < len; at += bytes) {
        bytes = read_unit(text + at, len - at, &c);
        if (!belongs(c))
            break;
        ++*count;
        *digits += is_digit(c);
    }
    return at;
}

/* Whether "waInstance1" ends before `at`. */
static bool is_behind_id(const char *text, size_t at)
{
    size_t word = strlen(URL_WORD);
    while (at > 0 && is_digit(text[at - 1]))
        at--;
    return at >= word && strncasecmp(text + at - word, URL_WORD, word) == 0;
}

/* Whether "waInstance1/method/" stands before it, with any host and prefix. */
static bool is_token_place(const char *text, size_t at)
{
    if (at == 0 || text[--at] != '/')
        return false;
    while (at > 0 && is_letter(text[at - 1]))
        at--;
    return at > 0 && text[at - 1] == '/' && is_behind_id(text, at - 1);
}

static size_t likely_at(const char *text, size_t at, size_t len)
{
    size_t count, digits, bytes;
    if (at > 0 && is_word(text[at - 1]))
        return 0;
    if (len - at >= strlen(PARTNER) && strncasecmp(text + at, PARTNER, strlen(PARTNER)) == 0) {
        bytes = run_at(text + at, len - at, is_token, &count, &digits);
        if (count >= strlen(PARTNER) + PARTNER_LEAST && digits > 0)
            return bytes;
    }
    if (is_token_place(text, at)) {
        bytes = run_at(text + at, len - at, is_token, &count, &digits);
        return bytes > strlen(REDACT_STARS) ? bytes : 0;
    }
    bytes = run_at(text + at, len - at, is_word, &count, &digits);
    /* The vendor's page: "waInstance1/TOKEN". A method has no digits. */
    if (at > 1 && text[at - 1] == '/' && count > LIKELY_DIGITS && digits > 0 && is_behind_id(text, at - 1))
        return bytes;
    return count >= LIKELY_LEAST && digits >= LIKELY_DIGITS ? bytes : 0;
}

size_t redact_at(const char *text, size_t at, size_t len, const char *secret)
{
    size_t known = secret ? known_at(text + at, len - at, secret) : 0;
    return known ? known : likely_at(text, at, len);
}

static void replace(char *text, const char *secret, bool likely_too)
{
    size_t stars = strlen(REDACT_STARS), len = strlen(text);
    for (size_t at = 0; at < len; at++) {
        size_t bytes = likely_too ? redact_at(text, at, len, secret) : known_at(text + at, len - at, secret);
        if (bytes <= stars)
            continue;
        memcpy(text + at, REDACT_STARS, stars);
        memmove(text + at + stars, text + at + bytes, len - at - bytes + 1);
        len -= bytes - stars;
        at += stars - 1;
    }
}

void redact(char *text, const char *secret)
{
    replace(text, secret, true);
}

void redact_known(char *text, const char *secret)
{
    replace(text, secret, false);
}

bool redact_is_likely(const char *text, size_t len)
{
    for (size_t at = 0; at < len; at++)
        if (likely_at(text, at, len))
            return true;
    return false;
}

bool redact_is_secret(const char *word)
{
    bool is_path = strchr(word, '/') && !strstr(word, "://") && !strcasestr(word, URL_WORD);
    return !is_path && redact_is_likely(word, strlen(word));
}
