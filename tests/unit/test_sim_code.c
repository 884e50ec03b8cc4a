/* SPDX-License-Identifier: MIT
 * The simulator's payloads and pictures: their shape is that of captured ones.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <png.h>
#include <qrencode.h>

#include "sim/pngmaker.h"
#include "sim/wacode.h"

static void payload_forms(void **state)
{
    char old[WACODE_SIZE];
    char new[WACODE_SIZE];
    (void)state;
    assert_int_equal(wacode_make(old, 7, 1, WACODE_OLD), WACODE_OLD_LEN);
    assert_int_equal(wacode_make(new, 7, 1, WACODE_NEW), WACODE_NEW_LEN);
    assert_int_equal(strlen(old), WACODE_OLD_LEN);
    assert_int_equal(strlen(new), WACODE_NEW_LEN);
    assert_memory_equal(old, "2@", 2);
    assert_memory_equal(new, "https://wa.me/settings/linked_devices#2@", 40);
    assert_string_equal(old + WACODE_OLD_LEN - 2, ",1");
    assert_string_equal(strchr(new, '#') + 1, old);
}

static void payloads_differ_but_repeat(void **state)
{
    char first[WACODE_SIZE];
    char other[WACODE_SIZE];
    (void)state;
    wacode_make(first, 7, 1, WACODE_OLD);
    wacode_make(other, 7, 1, WACODE_OLD);
    assert_string_equal(first, other);
    wacode_make(other, 7, 2, WACODE_OLD);
    assert_string_not_equal(first, other);
    wacode_make(other, 8, 1, WACODE_OLD);
    assert_string_not_equal(first, other);
}

static uint32_t u32(const unsigned char *at)
{
    return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
}

static void chunks_are_like_real_ones(void **state)
{
    char payload[WACODE_SIZE];
    size_t len = 0;
    size_t pieces = 0;
    (void)state;
    wacode_make(payload, 7, 1, WACODE_OLD);
    unsigned char *file = pngmaker_draw(payload, &len);
    assert_non_null(file);
    assert_memory_equal(file, "\x89PNG\r\n\x1a\n", 8);
    assert_int_equal(u32(file + 16), 276);
    assert_int_equal(u32(file + 20), 276);
    assert_int_equal(file[24], 8);
    assert_int_equal(file[25], 6);
    for (size_t at = 8; at < len; at += u32(file + at) + 12) {
        if (memcmp(file + at + 4, "IDAT", 4) != 0)
            continue;
        if (pieces++ == 0)
            assert_int_equal(u32(file + at), 2);
    }
    assert_true(pieces > 2);
    assert_memory_equal(file + len - 8, "IEND", 4);
    free(file);
}

/* Reads the picture with libpng into `gray` of side * side bytes. */
static int read_gray(const unsigned char *file, size_t len, unsigned char *gray, unsigned side)
{
    png_image image = {.version = PNG_IMAGE_VERSION};
    if (!png_image_begin_read_from_memory(&image, file, len))
        return 0;
    image.format = PNG_FORMAT_GRAY;
    assert_int_equal(image.width, side);
    assert_int_equal(image.height, side);
    const png_color white = {255, 255, 255};
    return png_image_finish_read(&image, &white, gray, (png_int_32)side, NULL);
}

static void check_modules(enum wacode_form form)
{
    char payload[WACODE_SIZE];
    size_t len = 0;
    wacode_make(payload, 9, 3, form);
    QRcode *code = QRcode_encodeString8bit(payload, 0, QR_ECLEVEL_M);
    assert_non_null(code);
    const int side = (code->width + 2 * PNGMAKER_MARGIN) * PNGMAKER_SCALE;
    unsigned char *gray = malloc((size_t)(side * side));
    unsigned char *file = pngmaker_draw(payload, &len);
    assert_non_null(gray);
    assert_non_null(file);
    assert_true(read_gray(file, len, gray, (unsigned)side));
    for (int y = 0; y < side; y++)
        for (int x = 0; x < side; x++) {
            const int column = x / PNGMAKER_SCALE - PNGMAKER_MARGIN;
            const int row = y / PNGMAKER_SCALE - PNGMAKER_MARGIN;
            const int inside = column >= 0 && row >= 0 && column < code->width && row < code->width;
            const int dark = inside && (code->data[row * code->width + column] & 1);
            assert_int_equal(gray[y * side + x], dark ? 0 : 255);
        }
    free(file);
    free(gray);
    QRcode_free(code);
}

static void pixels_are_the_modules(void **state)
{
    (void)state;
    check_modules(WACODE_OLD);
    check_modules(WACODE_NEW);
}

static void damage_is_seen(void **state)
{
    static unsigned char gray[276 * 276];
    char payload[WACODE_SIZE];
    size_t len = 0;
    (void)state;
    wacode_make(payload, 7, 1, WACODE_OLD);
    unsigned char *file = pngmaker_draw(payload, &len);
    assert_non_null(file);
    assert_true(read_gray(file, len, gray, 276));
    pngmaker_damage(file, len);
    assert_false(read_gray(file, len, gray, 276));
    free(file);
}

static void too_long_a_payload_is_refused(void **state)
{
    char payload[4000];
    size_t len = 0;
    (void)state;
    memset(payload, 'x', sizeof payload - 1);
    payload[sizeof payload - 1] = '\0';
    assert_null(pngmaker_draw(payload, &len));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(payload_forms),          cmocka_unit_test(payloads_differ_but_repeat),
        cmocka_unit_test(chunks_are_like_real_ones), cmocka_unit_test(pixels_are_the_modules),
        cmocka_unit_test(damage_is_seen),         cmocka_unit_test(too_long_a_payload_is_refused),
    };
    return cmocka_run_group_tests_name("sim_code", tests, NULL, NULL);
}
