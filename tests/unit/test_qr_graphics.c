/* SPDX-License-Identifier: MIT
 * The bytes for sixel and kitty, taken apart again by readers of the test's own and by libpng.
 */
#include <ctype.h>
#include <png.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "qr/base64.h"
#include "qr/code.h"
#include "qr/graphics.h"
#include "qr_rig.h"

#define UNSET 2
/* Pixels a side: xterm shows no larger picture at all. */
#define PICTURE_MOST 1000

static struct qr_matrix symbol;

static struct qr_drawing draw(int version, int cell_width, int cell_height, bool inverted)
{
    static uint8_t payload[3000];
    struct qr_drawing drawing;
    uint32_t seed = (uint32_t)version;
    const struct qr_terminal terminal = {
        .can = {[QR_ABILITY_PICTURES] = true}, .cell_width = cell_width, .cell_height = cell_height};
    const struct qr_draw_request request = {.mode = QR_MODE_PICTURE, .inverted = inverted, .terminal = &terminal};
    size_t len = rig_capacity(version, 'L');
    rig_fill(payload, len, &seed);
    rig_encode(&symbol, payload, len, version, 'L');
    assert_true(qr_draw(&drawing, &symbol, &request));
    assert_in_range(drawing.raster.width, 1, PICTURE_MOST);
    assert_in_range(drawing.raster.height, 1, PICTURE_MOST);
    return drawing;
}

/* Calls what it is given for every kind of picture there is: versions, sizes of cells, and both ways round. */
static void for_all(void (*check)(const struct qr_drawing *drawing))
{
    static const int cells[][2] = {{6, 12}, {7, 15}, {8, 16}, {8, 17}, {9, 18}, {10, 21}, {12, 24}, {20, 41}, {3, 5}, {26, 52}, {100, 100}};
    for (int version = 1; version <= 40; version += version < 12 ? 1 : 7) {
        for (size_t i = 0; i < sizeof cells / sizeof cells[0]; i++) {
            struct qr_drawing drawing = draw(version, cells[i][0], cells[i][1], i % 2 == 1);
            check(&drawing);
            qr_drawing_free(&drawing);
        }
    }
}

/* A reader of sixel, as far as it is needed: two colours, one raster. */
struct sixel {
    const char *at;
    int width, height;
    uint8_t *dark;
    int x, band, colour;
    bool is_dark[2];
};

static int number(struct sixel *s)
{
    int value = 0;
    assert_true(isdigit((unsigned char)*s->at));
    while (isdigit((unsigned char)*s->at))
        value = value * 10 + *s->at++ - '0';
    return value;
}

static void expect(struct sixel *s, const char *text)
{
    assert_memory_equal(s->at, text, strlen(text));
    s->at += strlen(text);
}

/* "#1" chooses a colour, "#1;2;r;g;b" says what it is, in percent. */
static void take_colour(struct sixel *s)
{
    s->colour = number(s);
    assert_in_range(s->colour, 0, 1);
    if (*s->at != ';')
        return;
    expect(s, ";2;");
    int red = number(s);
    expect(s, ";");
    int green = number(s);
    expect(s, ";");
    assert_true(number(s) == red && green == red && (red == 0 || red == 100));
    s->is_dark[s->colour] = red == 0;
}

/* Each pixel is written once: nothing may depend on what colours do to one another. */
static void put_sixel(struct sixel *s, int bits, int count)
{
    assert_true(count > 0 && s->x + count <= s->width);
    for (int x = s->x; x < s->x + count; x++) {
        for (int i = 0; i < 6; i++) {
            int y = s->band * 6 + i;
            if (!(bits >> i & 1))
                continue;
            assert_true(y < s->height && s->dark[y * s->width + x] == UNSET);
            s->dark[y * s->width + x] = s->is_dark[s->colour];
        }
    }
    s->x += count;
}

static void take_sixel(struct sixel *s)
{
    char c = *s->at++;
    int count = 1;
    if (c == '#') {
        take_colour(s);
        return;
    }
    if (c == '$' || c == '-') {
        s->x = 0;
        s->band += c == '-';
        return;
    }
    if (c == '!') {
        count = number(s);
        c = *s->at++;
    }
    assert_in_range(c, '?', '~');
    put_sixel(s, c - '?', count);
}

static void check_sixel(const struct qr_drawing *drawing)
{
    size_t len;
    char *bytes = qr_graphics_show(drawing, QR_GRAPHICS_SIXEL, &len);
    assert_non_null(bytes);
    assert_int_equal(strlen(bytes), len);
    struct sixel s = {.at = bytes};
    expect(&s, "\033P0;1;0q\"1;1;");
    s.width = number(&s);
    expect(&s, ";");
    s.height = number(&s);
    assert_true(s.width == drawing->raster.width && s.height == drawing->raster.height);
    size_t pixels = (size_t)s.width * (size_t)s.height;
    s.dark = malloc(pixels);
    assert_non_null(s.dark);
    memset(s.dark, UNSET, pixels);
    while (*s.at != '\033')
        take_sixel(&s);
    expect(&s, "\033\\");
    assert_true(s.at == bytes + len);
    assert_int_equal(s.band, (s.height - 1) / 6); /* one band more would be one that may scroll the screen */
    assert_memory_equal(s.dark, drawing->raster.dark, pixels);
    free(s.dark);
    free(bytes);
}

static void test_sixel(void **state)
{
    (void)state;
    for_all(check_sixel);
}

static const char *after(const char *text, const char *start)
{
    assert_memory_equal(text, start, strlen(start));
    return text + strlen(start);
}

/* Puts the payload of all pieces together as base64. The first has the keys, each says whether more come. */
static void join_pieces(char *base64, const char *text, const struct qr_drawing *drawing)
{
    char keys[100];
    snprintf(keys, sizeof keys, "a=T,f=100,i=23629,p=1,q=2,C=1,c=%d,r=%d,", drawing->columns, drawing->rows);
    for (bool more = true, first = true; more; first = false) {
        text = after(text, "\033_G");
        text = first ? after(text, keys) : text;
        text = after(text, "m=");
        more = *text++ == '1';
        text = after(text, ";");
        size_t len = strcspn(text, "\033");
        assert_true(len > 0 && len <= 4096 && len % 4 == 0 && (len == 4096 || !more));
        memcpy(base64, text, len);
        base64 += len;
        text = after(text + len, "\033\\");
    }
    *base64 = '\0';
    assert_int_equal(*text, '\0');
}

static void check_png(const uint8_t *png, size_t len, const struct qr_raster *raster)
{
    png_image image = {.version = PNG_IMAGE_VERSION};
    assert_true(png_image_begin_read_from_memory(&image, png, len));
    assert_true((int)image.width == raster->width && (int)image.height == raster->height);
    assert_int_equal(png[24], 1); /* bits a pixel */
    assert_int_equal(png[25], 0); /* grey */
    image.format = PNG_FORMAT_GRAY;
    size_t pixels = PNG_IMAGE_SIZE(image);
    uint8_t *grey = malloc(pixels);
    assert_true(grey && png_image_finish_read(&image, NULL, grey, 0, NULL));
    for (size_t i = 0; i < pixels; i++)
        assert_int_equal(grey[i], raster->dark[i] ? 0 : 255);
    free(grey);
}

static void check_kitty(const struct qr_drawing *drawing)
{
    size_t len, png_len = 0;
    struct qr_failure failure;
    char *bytes = qr_graphics_show(drawing, QR_GRAPHICS_KITTY, &len), *base64 = malloc(len);
    assert_true(bytes && base64);
    assert_int_equal(strlen(bytes), len);
    join_pieces(base64, bytes, drawing);
    uint8_t *png = malloc(BASE64_ROOM(strlen(base64)));
    assert_true(png && base64_decode(png, &png_len, base64, strlen(base64), &failure));
    check_png(png, png_len, &drawing->raster);
    free(png);
    free(base64);
    free(bytes);
}

static void test_kitty(void **state)
{
    (void)state;
    for_all(check_kitty);
}

static void test_what_there_is_no_picture_of(void **state)
{
    (void)state;
    size_t len = 9;
    struct qr_drawing drawing = draw(11, 8, 17, false), cells;
    assert_null(qr_graphics_show(&drawing, QR_GRAPHICS_NONE, &len));
    assert_int_equal(len, 0);
    assert_true(qr_draw(&cells, &symbol, &(struct qr_draw_request){.mode = QR_MODE_HALF}));
    assert_null(qr_graphics_show(&cells, QR_GRAPHICS_KITTY, &len));
    qr_drawing_free(&cells);
    qr_drawing_free(&drawing);
}

static void test_erasing(void **state)
{
    (void)state;
    size_t len = 9;
    assert_string_equal(qr_graphics_erase(QR_GRAPHICS_SIXEL, &len), "");
    assert_int_equal(len, 0);
    assert_string_equal(qr_graphics_erase(QR_GRAPHICS_NONE, &len), "");
    const char *bytes = qr_graphics_erase(QR_GRAPHICS_KITTY, &len);
    assert_string_equal(bytes, "\033_Ga=d,d=I,i=23629,q=2\033\\");
    assert_int_equal(len, strlen(bytes));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sixel),
        cmocka_unit_test(test_kitty),
        cmocka_unit_test(test_what_there_is_no_picture_of),
        cmocka_unit_test(test_erasing),
    };
    return cmocka_run_group_tests_name("qr_graphics", tests, NULL, NULL);
}
