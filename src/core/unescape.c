/* SPDX-License-Identifier: MIT */
#include "core/unescape.h"

#include <stdbool.h>
#include <string.h>

#include "core/text.h"

#define DEPTH 4 /* so often a text may have been escaped */
#define NUMBER_MOST 16
#define NAME_MOST 32
#define CODE_MOST 0x10FFFFu

/* Where a text is read; `depth` escapes are taken off on the way. What was looked at is kept: each would be read twice else, and what is
 * escaped so often, twice as often each time. */
struct reader {
    const char *text;
    size_t len, at;
    int depth;
    bool has_next;
    uint32_t next;
    size_t next_bytes;
};

static size_t read_at_depth(const char *text, size_t len, int depth, uint32_t *code);

/* 0, which begins no escape, at the end of the text. */
static uint32_t peek(struct reader *r)
{
    if (r->at >= r->len)
        return 0;
    if (!r->has_next)
        r->next_bytes = read_at_depth(r->text + r->at, r->len - r->at, r->depth - 1, &r->next);
    r->has_next = true;
    return r->next;
}

static uint32_t take(struct reader *r)
{
    uint32_t code = peek(r);
    r->at += r->has_next ? r->next_bytes : 0;
    r->has_next = false;
    return code;
}

static int digit_of(uint32_t code, int base)
{
    uint32_t small = code | 0x20;
    int value = code >= '0' && code <= '9' ? (int)(code - '0') : small >= 'a' && small <= 'f' ? (int)(small - 'a') + 10 : base;
    return value < base ? value : -1;
}

/* A number of so many digits. */
static bool read_number(struct reader *r, int base, int least, int most, uint32_t *code)
{
    int count = 0;
    for (*code = 0; count < most; count++) {
        int digit = digit_of(peek(r), base);
        if (digit < 0)
            break;
        take(r);
        *code = *code > CODE_MOST ? *code : *code * (uint32_t)base + (uint32_t)digit;
    }
    return count >= least;
}

static bool read_ended_number(struct reader *r, int base, uint32_t end, uint32_t *code)
{
    return read_number(r, base, 1, NUMBER_MOST, code) && take(r) == end;
}

static bool read_percent(struct reader *r, uint32_t *code)
{
    if ((peek(r) | 0x20) != 'u')
        return read_number(r, 16, 2, 2, code);
    take(r);
    return read_number(r, 16, 4, 4, code);
}

static bool read_letter(uint32_t letter, uint32_t *code)
{
    static const char letters[] = "nrtbfvae", codes[] = "\n\r\t\b\f\v\a\x1b";
    const char *found = letter > 0 && letter < 0x80 ? strchr(letters, (int)letter) : NULL;
    bool sign = letter > ' ' && letter < 0x7F && digit_of(letter | 0x20, 10) < 0 && !((letter | 0x20) >= 'a' && (letter | 0x20) <= 'z');
    *code = found ? (uint32_t)codes[found - letters] : letter;
    return found || sign;
}

static bool read_backslash(struct reader *r, uint32_t *code)
{
    if (digit_of(peek(r), 8) >= 0)
        return read_number(r, 8, 1, 3, code);
    uint32_t kind = take(r);
    if (kind == 'u' && peek(r) == '{')
        return take(r), read_ended_number(r, 16, '}', code);
    if (kind == 'u' || kind == 'U')
        return read_number(r, 16, kind == 'u' ? 4 : 8, kind == 'u' ? 4 : 8, code);
    return kind == 'x' ? read_number(r, 16, 2, 2, code) : read_letter(kind, code);
}

static bool read_named(struct reader *r, uint32_t *code)
{
    static const struct {
        const char *name;
        char sign;
    } known[] = {{"amp", '&'}, {"lt", '<'}, {"gt", '>'}, {"quot", '"'}, {"apos", '\''}, {"bsol", '\\'}, {"percnt", '%'}};
    char name[NAME_MOST] = "";
    uint32_t c;
    size_t used = 0;
    for (; (c = take(r)) != ';'; name[used++] = (char)c)
        if (used + 1 >= sizeof name || (c | 0x20) < 'a' || (c | 0x20) > 'z')
            return false;
    *code = ' ';
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (strcmp(known[i].name, name) == 0)
            *code = (unsigned char)known[i].sign;
    return used > 0;
}

static bool read_entity(struct reader *r, uint32_t *code)
{
    if (peek(r) != '#')
        return read_named(r, code);
    take(r);
    if ((peek(r) | 0x20) != 'x')
        return read_ended_number(r, 10, ';', code);
    take(r);
    return read_ended_number(r, 16, ';', code);
}

/* An escape begins with its sign, or with an escape of that: all others are no cost. */
static size_t read_at_depth(const char *text, size_t len, int depth, uint32_t *code)
{
    struct reader r = {.text = text, .len = len, .depth = depth};
    if (depth == 0 || !(*text == '%' || *text == '\\' || *text == '&'))
        return text_next(text, len, code);
    uint32_t sign = take(&r), escaped = 0;
    size_t plain = r.at;
    bool is_escape = (sign == '%' && read_percent(&r, &escaped)) || (sign == '\\' && read_backslash(&r, &escaped)) ||
                     (sign == '&' && read_entity(&r, &escaped));
    *code = is_escape ? escaped : sign;
    return is_escape ? r.at : plain;
}

size_t unescape_next(const char *text, size_t len, uint32_t *code)
{
    size_t bytes = read_at_depth(text, len, DEPTH, code);
    if (*code >= 0xFF01 && *code <= 0xFF5E)
        *code -= 0xFEE0;
    return bytes;
}
