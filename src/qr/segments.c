/* SPDX-License-Identifier: MIT */
#include "qr/segments.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "qr/failure.h"

enum mode_indicator {
    MODE_END = 0,
    MODE_NUMERIC = 1,
    MODE_ALPHANUMERIC = 2,
    MODE_STRUCTURED_APPEND = 3,
    MODE_BYTE = 4,
    MODE_FNC1_FIRST = 5,
    MODE_ECI = 7,
    MODE_KANJI = 8,
    MODE_FNC1_SECOND = 9
};

#define GROUP_SEPARATOR 0x1d

struct spelling {
    const uint8_t *codewords;
    size_t bits, at; /* all of them, and the next one to read */
    int version;
    int segment;  /* the number of the one that is being read, from 1 */
    size_t began; /* the bit where it does */
    bool fnc1;
    struct qr_reading *out;
    struct qr_failure *failure;
};

static bool has_bits(const struct spelling *s, size_t count)
{
    return s->bits - s->at >= count;
}

/* The next `count` (at most 24) bits; they must be there. */
static unsigned take(struct spelling *s, unsigned count)
{
    const uint8_t *b = s->codewords + s->at / 8;
    uint32_t word = (uint32_t)b[0] << 24 | (uint32_t)b[1] << 16 | (uint32_t)b[2] << 8 | b[3];
    word <<= s->at % 8;
    s->at += count;
    return word >> (32 - count);
}

static bool fail(const struct spelling *s, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Says in which segment. */
static bool fail(const struct spelling *s, const char *format, ...)
{
    char what[96];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(what, sizeof what, format, arguments);
    va_end(arguments);
    return failure_set(s->failure, QR_STEP_SEGMENTS, "segment %d, at bit %zu of %zu: %s", s->segment, s->began, s->bits,
                       what);
}

static bool fail_short(const struct spelling *s, const char *what)
{
    return fail(s, "the data ends inside %s", what);
}

static bool put(struct spelling *s, unsigned byte)
{
    if (s->out->payload_len >= QR_PAYLOAD_MAX)
        return fail(s, "the payload is longer than %d bytes", QR_PAYLOAD_MAX);
    s->out->payload[s->out->payload_len++] = (uint8_t)byte;
    return true;
}

/* Bits of the character count, which grow at versions 10 and 27. */
static unsigned count_bits(enum mode_indicator mode, int version)
{
    static const uint8_t bits[3][4] = {{10, 9, 8, 8}, {12, 11, 16, 10}, {14, 13, 16, 12}};
    int range = version < 10 ? 0 : version < 27 ? 1 : 2;
    int column = mode == MODE_NUMERIC ? 0 : mode == MODE_ALPHANUMERIC ? 1 : mode == MODE_BYTE ? 2 : 3;
    return bits[range][column];
}

static bool take_numeric(struct spelling *s, unsigned count)
{
    static const unsigned bits[] = {0, 4, 7, 10}, limit[] = {0, 10, 100, 1000};
    while (count > 0) {
        unsigned digits = count < 3 ? count : 3;
        if (!has_bits(s, bits[digits]))
            return fail_short(s, "digits");
        unsigned value = take(s, bits[digits]);
        if (value >= limit[digits])
            return fail(s, "%u stands where %u digits should", value, digits);
        for (unsigned unit = limit[digits] / 10; unit > 0; unit /= 10) {
            if (!put(s, '0' + value / unit % 10))
                return false;
        }
        count -= digits;
    }
    return true;
}

static bool put_alphanumeric(struct spelling *s, unsigned index)
{
    static const char characters[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
    return put(s, (uint8_t)characters[index]);
}

/* In a symbol marked FNC1 a percent sign stands for the group separator, and two of them for one percent sign. */
static void undo_fnc1_escapes(struct qr_reading *out, size_t from)
{
    size_t to = from;
    for (size_t i = from; i < out->payload_len; i++) {
        uint8_t byte = out->payload[i];
        if (byte == '%') {
            bool doubled = i + 1 < out->payload_len && out->payload[i + 1] == '%';
            byte = doubled ? '%' : GROUP_SEPARATOR;
            i += doubled;
        }
        out->payload[to++] = byte;
    }
    out->payload_len = to;
}

static bool take_alphanumeric(struct spelling *s, unsigned count)
{
    size_t from = s->out->payload_len;
    for (; count > 0; count -= count > 1 ? 2 : 1) {
        bool pair = count > 1;
        if (!has_bits(s, pair ? 11 : 6))
            return fail_short(s, "letters");
        unsigned value = take(s, pair ? 11 : 6);
        if (value >= (pair ? 45 * 45 : 45))
            return fail(s, "%u is no %s of the 45 letters", value, pair ? "pair" : "one");
        if (pair && !put_alphanumeric(s, value / 45))
            return false;
        if (!put_alphanumeric(s, value % 45))
            return false;
    }
    if (s->fnc1)
        undo_fnc1_escapes(s->out, from);
    return true;
}

static bool take_bytes(struct spelling *s, unsigned count)
{
    if (!has_bits(s, (size_t)count * 8))
        return fail_short(s, "bytes");
    for (; count > 0; count--) {
        if (!put(s, take(s, 8)))
            return false;
    }
    return true;
}

static bool take_kanji(struct spelling *s, unsigned count)
{
    if (!has_bits(s, (size_t)count * 13))
        return fail_short(s, "kanji");
    for (; count > 0; count--) {
        unsigned packed = take(s, 13);
        unsigned code = packed / 0xc0 << 8 | packed % 0xc0;
        code += code < 0x1f00 ? 0x8140 : 0xc140;
        if (!put(s, code >> 8) || !put(s, code & 0xff))
            return false;
    }
    return true;
}

/* One, two, or three bytes, as the leading ones of the first tell. */
static bool take_eci(struct spelling *s)
{
    if (!has_bits(s, 8))
        return fail_short(s, "an ECI");
    unsigned first = take(s, 8);
    unsigned more = first < 0x80 ? 0 : first < 0xc0 ? 8 : first < 0xe0 ? 16 : 24;
    if (more == 24)
        return fail(s, "no ECI begins with the byte 0x%02x", first);
    if (!has_bits(s, more))
        return fail_short(s, "an ECI");
    s->at += more;
    s->out->ecis++;
    return true;
}

static bool refuse_structured_append(struct spelling *s)
{
    if (!has_bits(s, 16))
        return fail_short(s, "a structured append header");
    unsigned part = take(s, 4), last = take(s, 4);
    return failure_set(s->failure, QR_STEP_SEGMENTS,
                       "structured append, symbol %u of %u: a text spread over several symbols is not read", part + 1,
                       last + 1);
}

static bool take_counted(struct spelling *s, enum mode_indicator mode)
{
    unsigned bits = count_bits(mode, s->version);
    if (!has_bits(s, bits))
        return fail_short(s, "a character count");
    unsigned count = take(s, bits);
    if (mode == MODE_NUMERIC)
        return take_numeric(s, count);
    if (mode == MODE_ALPHANUMERIC)
        return take_alphanumeric(s, count);
    return mode == MODE_BYTE ? take_bytes(s, count) : take_kanji(s, count);
}

static bool take_segment(struct spelling *s, enum mode_indicator mode)
{
    switch (mode) {
    case MODE_NUMERIC:
    case MODE_ALPHANUMERIC:
    case MODE_BYTE:
    case MODE_KANJI:
        return take_counted(s, mode);
    case MODE_ECI:
        return take_eci(s);
    case MODE_STRUCTURED_APPEND:
        return refuse_structured_append(s);
    case MODE_FNC1_SECOND:
        if (!has_bits(s, 8))
            return fail_short(s, "an FNC1 header");
        s->at += 8; /* the application's number */
        s->fnc1 = true;
        return true;
    case MODE_FNC1_FIRST:
        s->fnc1 = true;
        return true;
    case MODE_END:
    default:
        return fail(s, "segment mode %d is none of a QR code", (int)mode);
    }
}

bool segments_read(struct qr_reading *out, const uint8_t *codewords, size_t len, int version,
                   struct qr_failure *failure)
{
    struct spelling s = {.codewords = codewords, .bits = len * 8, .version = version, .out = out, .failure = failure};
    out->payload_len = 0;
    out->ecis = 0;
    while (has_bits(&s, 4)) {
        s.segment++;
        s.began = s.at;
        enum mode_indicator mode = (enum mode_indicator)take(&s, 4);
        if (mode == MODE_END)
            break;
        if (!take_segment(&s, mode))
            return false;
    }
    out->payload[out->payload_len] = '\0';
    if (out->payload_len == 0)
        return failure_set(failure, QR_STEP_SEGMENTS, "the symbol of version %d holds no text", version);
    return true;
}
