/* SPDX-License-Identifier: MIT */
#include "core/redact.h"

#include <string.h>
#include <strings.h>

#include "core/blank.h"
#include "core/text.h"
#include "core/unescape.h"

#define CUT_LEAST 8   /* so much of a secret at the end of a text is the beginning of it */
#define PART_LEAST 16 /* so much of it anywhere is no coincidence */
#define GAP_WIDE 256  /* bytes between two characters of a secret that is so long */
#define GAP_NARROW 48 /* of a shorter one: blanks alone */
#define GAP_ESCAPE 16 /* what an escape counts besides */
#define MARK_MAX 64   /* bytes of a tag or a terminal's sequence */
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

/* The character that the next unit stands for, in lower case; 0 = none of ASCII. */
static size_t read_unit(const char *text, size_t len, char *out)
{
    uint32_t code = (unsigned char)*text;
    size_t bytes = is_word(*text) ? 1 : unescape_next(text, len, &code);
    *out = code < 0x80 ? lower((char)code) : '\0';
    return bytes;
}

/* Bytes up to the unit that ends what began; 0 = it does not end. */
static size_t read_until(const char *text, size_t len, size_t at, bool (*ends)(uint32_t))
{
    uint32_t code;
    while (at < len && at < MARK_MAX) {
        at += unescape_next(text + at, len - at, &code);
        if (ends(code))
            return at;
    }
    return 0;
}

static bool ends_tag(uint32_t code)
{
    return code == '>';
}

static bool ends_sequence(uint32_t code)
{
    return code >= '@' && code <= '~';
}

/* A tag or a terminal's sequence: letters that are no part of what it stands in. 0 = none. */
static size_t read_mark(const char *text, size_t len, uint32_t code, size_t at)
{
    uint32_t next = 0;
    size_t bytes = at < len ? unescape_next(text + at, len - at, &next) : 0;
    if (code == '<' && (next == '/' || next == '!' || (next < 0x80 && is_letter((char)next))))
        return read_until(text, len, at, ends_tag);
    if (code == 0x9B)
        return read_until(text, len, at, ends_sequence);
    return code == 0x1B && next == '[' ? read_until(text, len, at + bytes, ends_sequence) : 0;
}

/* How far apart the characters of a secret may stand, in bytes. An ordinary word must not be found across blanks. */
static size_t gap_most(const char *secret, size_t secret_len)
{
    if (secret_len >= PART_LEAST)
        return GAP_WIDE;
    return strpbrk(secret, "0123456789") ? GAP_NARROW : 0;
}

/* `code` and `bytes`: what unescape_next says of its start. */
static size_t read_gap_unit(const char *text, size_t len, uint32_t code, size_t bytes, bool wide)
{
    size_t mark = wide ? read_mark(text, len, code, bytes) : 0;
    bool is_gap = wide ? code >= 0x80 || !is_word((char)code) : blank_is(code) || code == '\r' || code == '\n';
    return mark ? mark : is_gap ? bytes : 0;
}

/* Whether such a character is the next one behind what is a gap. */
static bool is_behind_gap(const char *text, size_t len, char wanted)
{
    uint32_t code = 0;
    for (size_t at = 0, gap; at < len && at < GAP_WIDE; at += gap) {
        size_t bytes = unescape_next(text + at, len - at, &code);
        gap = code == (unsigned char)wanted ? 0 : read_gap_unit(text + at, len - at, code, bytes, true);
        if (gap == 0)
            break;
    }
    return code < 0x80 && lower((char)code) == wanted;
}

/* Bytes of what stands in front of a secret's next character and may belong to no word; 0 = a word stands there. What may be read
 * in two ways, as an escape or tag and as a sign of its own, is read such that the secret goes on. */
static size_t read_gap(const char *text, size_t len, uint32_t code, size_t bytes, char wanted, bool wide)
{
    char c = '\0';
    uint32_t sign;
    size_t whole = read_gap_unit(text, len, code, bytes, wide), single = text_next(text, len, &sign);
    if (!wide || single == whole || sign >= 0x80 || is_word((char)sign))
        return whole;
    if (single < len)
        read_unit(text + single, len - single, &c);
    bool single_goes_on = c && c == wanted;
    return whole == 0 || (single_goes_on && !is_behind_gap(text + whole, len - whole, wanted)) ? single : whole;
}

static bool is_cut_escape(const char *text, size_t len)
{
    return len > 0 && len < ESCAPE_BYTES && (*text == '%' || *text == '\\' || *text == '&');
}

/* Follows the secret through the text as far as both go; returns the bytes up to the last character of it, *count characters.
 * *cut: the text ends there. */
static size_t follow(const char *text, size_t len, const char *secret, size_t most, size_t *count, bool *cut)
{
    size_t at = 0, end = 0, gaps = 0;
    for (*count = 0, *cut = false; secret[*count] && at < len;) {
        char wanted = lower(secret[*count]);
        uint32_t code;
        size_t bytes = unescape_next(text + at, len - at, &code);
        if (code < 0x80 && lower((char)code) == wanted) {
            end = at += bytes;
            gaps = 0;
            ++*count;
            continue;
        }
        size_t gap = *count > 0 ? read_gap(text + at, len - at, code, bytes, wanted, most == GAP_WIDE) : 0;
        gaps += gap > 1 && (unsigned char)text[at] < 0x80 ? gap + GAP_ESCAPE : gap; /* what takes long to read takes more of the room */
        if (gap == 0 || gaps > most)
            break;
        at += gap;
    }
    *cut = secret[*count] && (at == len || is_cut_escape(text + end, len - end));
    return *cut && at < len ? len : end;
}

/* Where the secret has it in either case, from there on; `most` = nowhere. */
static size_t find_char(const char *secret, size_t from, size_t most, char small)
{
    char large = small >= 'a' && small <= 'z' ? (char)(small - 'a' + 'A') : small;
    const char *a = memchr(secret + from, small, most - from), *b = large == small ? NULL : memchr(secret + from, large, most - from);
    const char *first = !a || (b && b < a) ? b : a;
    return first ? (size_t)(first - secret) : most;
}

/* The whole secret, its beginning at the end of the text, or any long part of it. */
static size_t known_at(const char *text, size_t len, const char *secret)
{
    size_t secret_len = strlen(secret), longest = 0;
    char c;
    if (secret_len < REDACT_LEAST || len == 0)
        return 0;
    read_unit(text, len, &c);
    if (!c)
        return 0;
    size_t starts = secret_len < PART_LEAST ? 1 : secret_len - PART_LEAST + 1;
    for (size_t from = find_char(secret, 0, starts, c); from < starts; from = find_char(secret, from + 1, starts, c)) {
        size_t count;
        bool cut;
        size_t bytes = follow(text, len, secret + from, gap_most(secret, secret_len), &count, &cut);
        bool is_whole = from == 0 && (count == secret_len || (cut && count >= CUT_LEAST));
        if ((is_whole || count >= PART_LEAST) && bytes > longest)
            longest = bytes;
    }
    return longest;
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

/* What looks like a secret must not swallow the beginning of one that is known. */
size_t redact_at(const char *text, size_t at, size_t len, const char *secret)
{
    size_t known = secret ? known_at(text + at, len - at, secret) : 0;
    size_t likely = known ? 0 : likely_at(text, at, len), end = known + likely;
    for (size_t inside = 1; secret && inside < likely; inside++) {
        known = known_at(text + at + inside, len - at - inside, secret);
        if (known && inside + known > end)
            end = inside + known;
    }
    return end;
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
