/* SPDX-License-Identifier: MIT
 * Symbols of libqrencode, whole and damaged, to payloads.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <qrencode.h>

#include "qr/decode.h"
#include "qr/segments.h"
#include "qr/spec.h"
#include "qr_rig.h"

static struct qr_reading reading;
static struct qr_failure failure;

static void expect_payload(const struct qr_matrix *symbol, const void *payload, size_t len)
{
    failure = (struct qr_failure){0};
    bool fine = decode_symbol(&reading, symbol, &failure);
    if (!fine)
        print_error("%s\n", failure.text);
    assert_true(fine);
    assert_int_equal(reading.payload_len, len);
    assert_memory_equal(reading.payload, payload, len);
    assert_int_equal(reading.payload[len], 0);
}

static void expect_failure(const struct qr_matrix *symbol, enum qr_step step, const char *part)
{
    failure = (struct qr_failure){0};
    assert_false(decode_symbol(&reading, symbol, &failure));
    if (failure.step != step || !strstr(failure.text, part))
        print_error("step %s: %s\n", qr_step_name(failure.step), failure.text);
    assert_int_equal(failure.step, step);
    assert_non_null(strstr(failure.text, part));
}

/* The masks that libqrencode itself chose must be all eight, or the masks are only tested against the rig. */
static void test_every_version_level_and_mask(void **state)
{
    (void)state;
    uint8_t data[3000];
    uint32_t seed = 1;
    unsigned chosen = 0;
    struct qr_matrix symbol;
    for (int version = 1; version <= SPEC_VERSION_MAX; version++) {
        for (const char *level = SPEC_LEVELS; *level; level++) {
            size_t len = rig_capacity(version, *level);
            rig_fill(data, len, &seed);
            rig_encode(&symbol, data, len, version, *level);
            expect_payload(&symbol, data, len);
            assert_int_equal(reading.version, version);
            assert_int_equal(reading.level, *level);
            assert_int_equal(reading.corrected, 0);
            chosen |= 1u << reading.mask;
            for (int mask = 0, was = reading.mask; mask < 8; was = mask++) {
                rig_remask(&symbol, *level, was, mask);
                expect_payload(&symbol, data, len);
                assert_int_equal(reading.mask, mask);
            }
        }
    }
    assert_int_equal(chosen, 0xff);
}

/* Turns a bit over in the codeword at `position` of a block. */
static void spoil(struct qr_matrix *symbol, const int *places, const struct spec_blocks *b, int block, int position)
{
    int short_data = b->short_len - b->checks, data = short_data * b->count + b->longer;
    int codeword =
        position < short_data ? position * b->count + block : data + (position - short_data) * b->count + block;
    symbol->dark[places[codeword * 8 + position % 8]] ^= 1;
}

static void try_errors(int version, char level, uint32_t *seed)
{
    static int places[QR_MODULES_MAX * QR_MODULES_MAX];
    uint8_t data[3000];
    char named[32];
    struct qr_matrix symbol;
    struct spec_blocks b;
    size_t len = rig_capacity(version, level);
    rig_fill(data, len, seed);
    rig_encode(&symbol, data, len, version, level);
    rig_places(places, version);
    spec_blocks(&b, version, level);
    int first = (int)(rig_random(seed) % (uint32_t)(b.short_len - b.mendable));
    for (int block = 0; block < b.count; block++) {
        for (int i = 0; i < b.mendable; i++)
            spoil(&symbol, places, &b, block, first + i);
    }
    expect_payload(&symbol, data, len);
    assert_int_equal(reading.corrected, b.count * b.mendable);
    int victim = (int)(rig_random(seed) % (uint32_t)b.count);
    spoil(&symbol, places, &b, victim, first + b.mendable);
    snprintf(named, sizeof named, "block %d of %d", victim + 1, b.count);
    expect_failure(&symbol, QR_STEP_ERRORS, named);
}

static void test_as_many_errors_as_can_be_and_one_more(void **state)
{
    (void)state;
    uint32_t seed = 5;
    for (int version = 1; version <= SPEC_VERSION_MAX; version++) {
        for (const char *level = SPEC_LEVELS; *level; level++)
            try_errors(version, *level, &seed);
    }
}

static void test_format_information(void **state)
{
    (void)state;
    struct qr_matrix symbol;
    rig_encode(&symbol, (const uint8_t *)"format", 6, 2, 'Q');
    int size = symbol.size;
    for (int i = 0; i < 3; i++) { /* three wrong bits in both copies */
        symbol.dark[i * size + 8] ^= 1;
        symbol.dark[8 * size + size - 2 - i] ^= 1;
    }
    expect_payload(&symbol, "format", 6);
    for (int i = 0; i < 6; i++) /* one copy is light altogether: 4 bits from the word that is nearest */
        symbol.dark[i * size + 8] = symbol.dark[8 * size + i] = 0;
    symbol.dark[7 * size + 8] = symbol.dark[8 * size + 8] = symbol.dark[8 * size + 7] = 0;
    expect_payload(&symbol, "format", 6);
    for (int i = 0; i < 8; i++) /* and now both */
        symbol.dark[8 * size + size - 1 - i] = symbol.dark[(size - 1 - i) * size + 8] = 0;
    expect_failure(&symbol, QR_STEP_FORMAT, "5 of 15 bits are wrong in one copy, 5 in the other");
}

static void test_version_information(void **state)
{
    (void)state;
    struct qr_matrix symbol;
    rig_encode(&symbol, (const uint8_t *)"version", 7, 9, 'L');
    int size = symbol.size;
    for (int i = 0; i < 3; i++) /* three wrong bits in both copies are mended */
        symbol.dark[i * size + size - 11] ^= 1, symbol.dark[(size - 11) * size + i] ^= 1;
    expect_payload(&symbol, "version", 7);
    for (int i = 0; i < 18; i++) { /* another version, in both copies */
        uint8_t bit = 0x7c94 >> i & 1;
        symbol.dark[i / 3 * size + size - 11 + i % 3] = bit;
        symbol.dark[(size - 11 + i % 3) * size + i / 3] = bit;
    }
    expect_failure(&symbol, QR_STEP_VERSION, "says 7 with 0 of 18 bits wrong, but 53 modules");
}

static void test_sizes_that_are_none(void **state)
{
    (void)state;
    static struct qr_matrix symbol;
    const int sizes[] = {0, 1, 17, 20, 22, 24, 176, QR_MODULES_MAX + 4, -21};
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        symbol.size = sizes[i];
        expect_failure(&symbol, QR_STEP_VERSION, "modules a side");
    }
}

static void take(struct qr_matrix *out, QRcode *code)
{
    assert_non_null(code);
    out->size = code->width;
    for (int i = 0; i < code->width * code->width; i++)
        out->dark[i] = code->data[i] & 1;
    QRcode_free(code);
}

static void encode_input(struct qr_matrix *out, QRinput *input)
{
    take(out, QRcode_encodeInput(input));
    QRinput_free(input);
}

static void append(QRinput *input, QRencodeMode mode, const char *text)
{
    assert_int_equal(QRinput_append(input, mode, (int)strlen(text), (const unsigned char *)text), 0);
}

/* In a version of each range of character counts. */
static void test_mixed_segments(void **state)
{
    (void)state;
    static const char kanji[] = "\x93\x5f\xe4\xaa\x88\x9f";
    static const int versions[] = {3, 9, 10, 26, 27, 40};
    struct qr_matrix symbol;
    for (size_t i = 0; i < sizeof versions / sizeof versions[0]; i++) {
        QRinput *input = QRinput_new2(versions[i], QR_ECLEVEL_L);
        append(input, QR_MODE_NUM, "0123456789");
        append(input, QR_MODE_AN, "AZ $%*+-./:9");
        append(input, QR_MODE_8, "z\xff");
        append(input, QR_MODE_KANJI, kanji);
        append(input, QR_MODE_NUM, "7");
        append(input, QR_MODE_AN, "B");
        append(input, QR_MODE_NUM, "09");
        encode_input(&symbol, input);
        const char *wanted = "0123456789AZ $%*+-./:9z\xff\x93\x5f\xe4\xaa\x88\x9f"
                             "7B09";
        expect_payload(&symbol, wanted, strlen(wanted));
    }
}

static void test_longest_payload(void **state)
{
    (void)state;
    char digits[QR_PAYLOAD_MAX + 1];
    struct qr_matrix symbol;
    for (int i = 0; i < QR_PAYLOAD_MAX; i++)
        digits[i] = (char)('0' + i * 7 % 10);
    digits[QR_PAYLOAD_MAX] = '\0';
    QRinput *input = QRinput_new2(40, QR_ECLEVEL_L);
    append(input, QR_MODE_NUM, digits);
    encode_input(&symbol, input);
    expect_payload(&symbol, digits, QR_PAYLOAD_MAX);
}

static void test_eci(void **state)
{
    (void)state;
    struct qr_matrix symbol;
    static const unsigned numbers[] = {26, 127, 128, 16383};
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        QRinput *input = QRinput_new2(4, QR_ECLEVEL_L);
        assert_int_equal(QRinput_appendECIheader(input, numbers[i]), 0);
        append(input, QR_MODE_8, "\xc3\xa9t\xc3\xa9");
        encode_input(&symbol, input);
        expect_payload(&symbol, "\xc3\xa9t\xc3\xa9", 5);
        assert_int_equal(reading.ecis, 1);
    }
}

static void test_fnc1(void **state)
{
    (void)state;
    struct qr_matrix symbol;
    QRinput *input = QRinput_new2(4, QR_ECLEVEL_L);
    append(input, QR_MODE_8, "second");
    assert_int_equal(QRinput_setFNC1Second(input, 37), 0);
    encode_input(&symbol, input);
    expect_payload(&symbol, "second", 6);
}

static void test_structured_append_is_refused(void **state)
{
    (void)state;
    struct qr_matrix symbol;
    uint8_t data[60];
    memset(data, 'x', sizeof data);
    QRcode_List *list = QRcode_encodeDataStructured(sizeof data, data, 2, QR_ECLEVEL_L), *second = list->next;
    assert_non_null(second);
    symbol.size = second->code->width;
    for (int i = 0; i < symbol.size * symbol.size; i++)
        symbol.dark[i] = second->code->data[i] & 1;
    expect_failure(&symbol, QR_STEP_SEGMENTS, "structured append, symbol 2 of");
    QRcode_List_free(list);
}

/* Bits written by hand, most significant first; what is left of the codewords is 0. */
static bool read_bits(const char *bits, size_t len)
{
    uint8_t codewords[64 + SEGMENTS_SLACK] = {0};
    for (size_t i = 0, n = 0; bits[i]; i++) {
        if (bits[i] == ' ')
            continue;
        codewords[n / 8] |= (uint8_t)((bits[i] - '0') << (7 - n % 8));
        n++;
    }
    failure = (struct qr_failure){0};
    return segments_read(&reading, codewords, len, 1, &failure);
}

static void test_bits_that_make_no_sense(void **state)
{
    (void)state;
    static const struct {
        const char *bits, *part;
    } wrong[] = {
        {"0000", "no text"},
        {"0100 00000000 0000", "no text"},
        {"0001 0000000011 1111101000", "1000 stands where 3 digits"},
        {"0001 0000000010 1100100", "100 stands where 2 digits"},
        {"0001 0000000001 1010", "10 stands where 1 digits"},
        {"0010 000000010 11111101001", "2025 is no pair"},
        {"0010 000000001 101101", "45 is no one"},
        {"0100 00111111", "ends inside bytes"},
        {"1000 11111111", "ends inside kanji"},
        {"0001 1111111111", "ends inside digits"},
        {"0010 111111111", "ends inside letters"},
        {"0111 11100000", "no ECI begins with the byte 0xe0"},
        {"0011 00010010 00000000", "structured append, symbol 2 of 3"},
        {"1101 0000", "segment mode 13"},
        {"0110 0000", "segment mode 6"},
        {"1111 0000", "segment mode 15"},
    };
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        assert_false(read_bits(wrong[i].bits, 16));
        if (!strstr(failure.text, wrong[i].part))
            print_error("%s: %s\n", wrong[i].bits, failure.text);
        assert_int_equal(failure.step, QR_STEP_SEGMENTS);
        assert_non_null(strstr(failure.text, wrong[i].part));
    }
    assert_false(read_bits("0111", 1));
    assert_false(read_bits("", 0));
}

/* The terminator may be shorter than four bits, or missing, when the data fill the symbol. */
static void test_cut_terminator(void **state)
{
    (void)state;
    assert_true(read_bits("0100 00000001 01000001 000", 3));
    assert_true(read_bits("0010 000000001 001010 0100 00000001 01000001 0", 5));
    assert_int_equal(reading.payload_len, 2);
    assert_memory_equal(reading.payload, "AA", 2);
}

/* Headers that libqrencode 4.1 cannot write. */
static void test_headers_by_hand(void **state)
{
    (void)state;
    assert_true(read_bits("0101 0010 000000100 11010111000 11011010100", 8)); /* FNC1, then %A%% */
    assert_int_equal(reading.payload_len, 3);
    assert_memory_equal(reading.payload, "\035A%", 3);
    assert_true(read_bits("0111 11000000 01000000 00000000 0100 00000001 01000001", 8)); /* ECI 16384 in three bytes */
    assert_int_equal(reading.ecis, 1);
    assert_memory_equal(reading.payload, "A", 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_version_level_and_mask),
        cmocka_unit_test(test_as_many_errors_as_can_be_and_one_more),
        cmocka_unit_test(test_format_information),
        cmocka_unit_test(test_version_information),
        cmocka_unit_test(test_sizes_that_are_none),
        cmocka_unit_test(test_mixed_segments),
        cmocka_unit_test(test_longest_payload),
        cmocka_unit_test(test_eci),
        cmocka_unit_test(test_fnc1),
        cmocka_unit_test(test_structured_append_is_refused),
        cmocka_unit_test(test_bits_that_make_no_sense),
        cmocka_unit_test(test_cut_terminator),
        cmocka_unit_test(test_headers_by_hand),
    };
    return cmocka_run_group_tests_name("qr_decode", tests, NULL, NULL);
}
