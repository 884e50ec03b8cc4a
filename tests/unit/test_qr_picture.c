/* SPDX-License-Identifier: MIT
 * Every kind of PNG there is, and files that only look like one.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>
#include <png.h>

#include "qr/code.h"
#include "qr/picture.h"
#include "qr_rig.h"

static const char text[] = "https://wa.me/settings/linked_devices#2@abc,def,ghi,jkl,1";

static struct qr_matrix symbol;
static struct qr_reading reading;
static struct qr_failure failure;

/* Bytes that grow as libpng writes. */
struct file {
    uint8_t *bytes;
    size_t len;
};

static void append(struct file *file, const void *bytes, size_t len)
{
    file->bytes = realloc(file->bytes, file->len + len);
    assert_non_null(file->bytes);
    memcpy(file->bytes + file->len, bytes, len);
    file->len += len;
}

static void on_write(png_structp png, png_bytep bytes, size_t len)
{
    append(png_get_io_ptr(png), bytes, len);
}

static void on_flush(png_structp png)
{
    (void)png;
}

struct kind {
    int colour_type, depth;
    bool interlaced;
    bool ground_key;  /* a tRNS chunk makes the light pixels transparent, whatever their grey */
    bool dark_ground; /* what lies under transparent pixels is black */
};

/* The pixel's samples into a row, most significant bit first. */
static void put_sample(uint8_t *row, size_t index, int depth, unsigned value)
{
    if (depth == 16) {
        row[index * 2] = (uint8_t)(value >> 8);
        row[index * 2 + 1] = (uint8_t)value;
    } else if (depth == 8) {
        row[index] = (uint8_t)value;
    } else {
        size_t bit = index * (size_t)depth;
        row[bit / 8] |= (uint8_t)(value << (8 - (size_t)depth - bit % 8));
    }
}

static void put_pixel(uint8_t *row, int x, const struct kind *kind, bool dark)
{
    unsigned most = (1u << kind->depth) - 1, grey = dark ? 0 : most;
    size_t channels = kind->colour_type == 6 ? 4 : kind->colour_type == 2 ? 3 : kind->colour_type == 4 ? 2 : 1;
    bool alpha = kind->colour_type & 4;
    if (kind->colour_type == 3)
        grey = dark ? 1 : 0;
    else if (kind->ground_key || (alpha && kind->dark_ground))
        grey = dark ? 0 : 1; /* nearly black: visible only by its transparency */
    for (size_t c = 0; c < channels; c++)
        put_sample(row, (size_t)x * channels + c, kind->depth, grey);
    if (alpha)
        put_sample(row, (size_t)x * channels + channels - 1, kind->depth, dark || !kind->dark_ground ? most : 0);
}

static void put_palette(png_structp png, png_infop info, const struct kind *kind)
{
    static const png_color colours[2] = {{255, 255, 255}, {0, 0, 0}}, blacks[2] = {{1, 1, 1}, {0, 0, 0}};
    static const png_byte alpha[2] = {0, 255};
    if (kind->colour_type == 3)
        png_set_PLTE(png, info, kind->ground_key ? blacks : colours, 2);
    if (!kind->ground_key)
        return;
    png_color_16 key = {.red = 1, .green = 1, .blue = 1, .gray = 1};
    png_set_tRNS(png, info, alpha, kind->colour_type == 3 ? 2 : 0, kind->colour_type == 3 ? NULL : &key);
}

static struct file write_kind(const struct kind *kind, int scale, int margin)
{
    struct file file = {0};
    int side = (symbol.size + 2 * margin) * scale;
    png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
    png_infop info = png_create_info_struct(png);
    png_set_write_fn(png, &file, on_write, on_flush);
    png_set_IHDR(png, info, (png_uint_32)side, (png_uint_32)side, kind->depth, kind->colour_type,
                 kind->interlaced ? PNG_INTERLACE_ADAM7 : PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT,
                 PNG_FILTER_TYPE_DEFAULT);
    put_palette(png, info, kind);
    size_t stride = (size_t)side * 8;
    uint8_t *pixels = calloc((size_t)side, stride);
    uint8_t **rows = calloc((size_t)side, sizeof *rows);
    assert_true(pixels && rows);
    for (int y = 0; y < side; y++) {
        rows[y] = pixels + (size_t)y * stride;
        for (int x = 0; x < side; x++) {
            int row = y / scale - margin, column = x / scale - margin;
            bool inside = y >= margin * scale && x >= margin * scale && row < symbol.size && column < symbol.size;
            put_pixel(rows[y], x, kind, inside && symbol.dark[row * symbol.size + column]);
        }
    }
    png_set_rows(png, info, rows);
    png_write_png(png, info, PNG_TRANSFORM_IDENTITY, NULL);
    png_destroy_write_struct(&png, &info);
    free(rows);
    free(pixels);
    return file;
}

/* From exactly sized memory, so that a sanitizer sees every byte too many. */
static bool read_bytes(const uint8_t *bytes, size_t len)
{
    uint8_t *copy = malloc(len ? len : 1);
    assert_non_null(copy);
    memcpy(copy, bytes, len);
    bool fine = qr_read_png(&reading, NULL, copy, len, &failure);
    free(copy);
    return fine;
}

static void expect_text(const struct file *file)
{
    bool fine = read_bytes(file->bytes, file->len);
    if (!fine)
        print_error("%s\n", failure.text);
    assert_true(fine);
    assert_string_equal((const char *)reading.payload, text);
}

static void expect_failure(const struct file *file, const char *part)
{
    assert_false(read_bytes(file->bytes, file->len));
    if (failure.step != QR_STEP_PNG || !strstr(failure.text, part))
        print_error("step %s: %s\n", qr_step_name(failure.step), failure.text);
    assert_int_equal(failure.step, QR_STEP_PNG);
    assert_non_null(strstr(failure.text, part));
}

static int set_up(void **state)
{
    (void)state;
    rig_encode(&symbol, (const uint8_t *)text, strlen(text), 4, 'L');
    return 0;
}

static void try_kind(struct kind kind)
{
    for (int interlaced = 0; interlaced < 2; interlaced++) {
        kind.interlaced = interlaced;
        for (int scale = 1; scale < 4; scale++) {
            struct file file = write_kind(&kind, scale, scale - 1);
            expect_text(&file);
            free(file.bytes);
        }
    }
}

static void test_every_colour_type_and_depth(void **state)
{
    (void)state;
    static const struct kind kinds[] = {
        {.colour_type = 0, .depth = 1},  {.colour_type = 0, .depth = 2},  {.colour_type = 0, .depth = 4},
        {.colour_type = 0, .depth = 8},  {.colour_type = 0, .depth = 16}, {.colour_type = 3, .depth = 1},
        {.colour_type = 3, .depth = 2},  {.colour_type = 3, .depth = 4},  {.colour_type = 3, .depth = 8},
        {.colour_type = 2, .depth = 8},  {.colour_type = 2, .depth = 16}, {.colour_type = 4, .depth = 8},
        {.colour_type = 4, .depth = 16}, {.colour_type = 6, .depth = 8},  {.colour_type = 6, .depth = 16},
    };
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        try_kind(kinds[i]);
}

/* Black on black: only the transparency tells the symbol. */
static void test_transparency(void **state)
{
    (void)state;
    static const struct kind kinds[] = {
        {.colour_type = 0, .depth = 2, .ground_key = true},  {.colour_type = 0, .depth = 4, .ground_key = true},
        {.colour_type = 0, .depth = 8, .ground_key = true},  {.colour_type = 0, .depth = 16, .ground_key = true},
        {.colour_type = 2, .depth = 8, .ground_key = true},  {.colour_type = 2, .depth = 16, .ground_key = true},
        {.colour_type = 3, .depth = 1, .ground_key = true},  {.colour_type = 3, .depth = 8, .ground_key = true},
        {.colour_type = 4, .depth = 8, .dark_ground = true}, {.colour_type = 4, .depth = 16, .dark_ground = true},
        {.colour_type = 6, .depth = 8, .dark_ground = true}, {.colour_type = 6, .depth = 16, .dark_ground = true},
    };
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        try_kind(kinds[i]);
}

/* Light modules opaque white, dark ones not painted: on white nothing is there to see. */
static void try_white_only(png_uint_32 format, size_t channels)
{
    struct rig_picture picture =
        rig_paint(&symbol, &(struct rig_paint){.pitch = 3, .border = 9, .light = 255, .border_grey = 255});
    png_image image = {.version = PNG_IMAGE_VERSION, .format = format};
    image.width = image.height = (png_uint_32)picture.width;
    size_t pixels = (size_t)picture.width * (size_t)picture.height;
    uint8_t *samples = malloc(channels * pixels);
    assert_non_null(samples);
    memset(samples, 255, channels * pixels);
    for (size_t i = 0; i < pixels; i++)
        samples[channels * i + channels - 1] = picture.grey[i];
    static uint8_t png[100000];
    png_alloc_size_t len = sizeof png;
    assert_true(png_image_write_to_memory(&image, png, &len, 0, samples, 0, NULL));
    free(samples);
    free(picture.grey);
    assert_true(read_bytes(png, len));
    assert_false(reading.inverted);
    assert_string_equal((const char *)reading.payload, text);
}

static void test_transparent_on_black(void **state)
{
    (void)state;
    try_white_only(PNG_FORMAT_GA, 2);
    try_white_only(PNG_FORMAT_RGBA, 4);
}

/* The dark modules are not painted, and the light ones are black. */
static void test_transparent_and_inverted(void **state)
{
    for (int i = 0; i < symbol.size * symbol.size; i++)
        symbol.dark[i] ^= 1;
    struct file file = write_kind(&(struct kind){.colour_type = 6, .depth = 8, .dark_ground = true}, 3, 0);
    set_up(state);
    expect_text(&file);
    assert_true(reading.inverted);
    free(file.bytes);
}

static uint32_t crc_of(const uint8_t *bytes, size_t len)
{
    uint32_t crc = 0xffffffffu;
    for (size_t i = 0; i < len; i++) {
        crc ^= bytes[i];
        for (int bit = 0; bit < 8; bit++)
            crc = crc >> 1 ^ (crc & 1 ? 0xedb88320u : 0);
    }
    return ~crc;
}

static void put_number(uint8_t *at, uint32_t number)
{
    for (int i = 0; i < 4; i++)
        at[i] = (uint8_t)(number >> (24 - 8 * i));
}

static uint32_t get_number(const uint8_t *at)
{
    return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
}

static void append_chunk(struct file *file, const char *type, const uint8_t *data, size_t len)
{
    uint8_t *body = malloc(len + 4), number[4];
    assert_non_null(body);
    memcpy(body, type, 4);
    memcpy(body + 4, data, len);
    put_number(number, (uint32_t)len);
    append(file, number, 4);
    append(file, body, len + 4);
    put_number(number, crc_of(body, len + 4));
    append(file, number, 4);
    free(body);
}

/* Where the first chunk of the type begins. */
static size_t find_chunk(const struct file *file, const char *type)
{
    size_t at = 8;
    while (memcmp(file->bytes + at + 4, type, 4) != 0)
        at += get_number(file->bytes + at) + 12;
    return at;
}

/* The file anew with its IDAT in pieces of the lengths given over and over, and chunks that nobody needs. */
static struct file rebuild(const struct file *from, size_t first_len, size_t further_len, int junk_chunks)
{
    struct file to = {0};
    uint8_t junk[200];
    memset(junk, 'j', sizeof junk);
    size_t idat = find_chunk(from, "IDAT"), len = get_number(from->bytes + idat);
    append(&to, from->bytes, idat);
    for (int i = 0; i < junk_chunks; i++)
        append_chunk(&to, i % 3 == 0 ? "zTXt" : i % 3 == 1 ? "iCCP" : "prVt", junk, sizeof junk);
    for (size_t at = 0; at < len;) {
        size_t piece = at == 0 ? first_len : further_len;
        piece = piece < len - at ? piece : len - at;
        append_chunk(&to, "IDAT", from->bytes + idat + 8 + at, piece);
        at += piece;
    }
    append_chunk(&to, "IEND", junk, 0);
    return to;
}

static void test_many_idat_chunks(void **state)
{
    (void)state;
    static const size_t pieces[][2] = {{2, 8192}, {2, 1}, {1, 7}, {100000, 1}};
    struct file plain = write_kind(&(struct kind){.colour_type = 6, .depth = 8}, 4, 4);
    for (size_t i = 0; i < sizeof pieces / sizeof pieces[0]; i++) {
        struct file file = rebuild(&plain, pieces[i][0], pieces[i][1], i == 0 ? 1000 : 0);
        expect_text(&file);
        free(file.bytes);
    }
    free(plain.bytes);
}

static void test_end_chunk_may_be_missing(void **state)
{
    (void)state;
    struct file file = write_kind(&(struct kind){.colour_type = 0, .depth = 1}, 2, 4);
    file.len -= 12;
    expect_text(&file);
    free(file.bytes);
}

/* The bytes that came are counted, chunks that nobody needs among them. */
static void test_cut_off_is_counted(void **state)
{
    (void)state;
    char part[64];
    struct file plain = write_kind(&(struct kind){.colour_type = 0, .depth = 8}, 4, 4);
    struct file file = rebuild(&plain, 8192, 8192, 3);
    file.len = find_chunk(&file, "IDAT") + 20;
    snprintf(part, sizeof part, "the PNG of %zu bytes cannot be read", file.len);
    expect_failure(&file, part);
    free(file.bytes);
    free(plain.bytes);
}

/* Whatever is missing, the answer is a sentence or the text, never another text. */
static void test_truncated_anywhere(void **state)
{
    (void)state;
    struct file file = write_kind(&(struct kind){.colour_type = 2, .depth = 8}, 3, 4);
    int refused = 0;
    for (size_t len = 0; len < file.len; len++) {
        if (read_bytes(file.bytes, len)) {
            assert_string_equal((const char *)reading.payload, text);
            continue;
        }
        refused++;
        assert_int_equal(failure.step, QR_STEP_PNG);
        assert_true(failure.text[0] != '\0');
    }
    assert_in_range(refused, file.len / 2, file.len);
    free(file.bytes);
}

static void test_flipped_bits(void **state)
{
    (void)state;
    struct file file = write_kind(&(struct kind){.colour_type = 0, .depth = 8, .interlaced = true}, 2, 4);
    for (size_t at = 0; at < file.len; at++) {
        uint8_t kept = file.bytes[at];
        file.bytes[at] ^= (uint8_t)(1u << at % 8);
        if (read_bytes(file.bytes, file.len))
            assert_string_equal((const char *)reading.payload, text);
        else
            assert_true(failure.step != QR_STEP_NONE && failure.text[0] != '\0');
        file.bytes[at] = kept;
    }
    free(file.bytes);
}

static void test_no_png(void **state)
{
    (void)state;
    static const struct {
        const char *bytes;
        size_t len;
        const char *part;
    } files[] = {
        {"", 0, "empty"},
        {"\xff\xd8\xff\xe0", 4, "is a JPEG"},
        {"GIF89a", 6, "it is a GIF picture: only PNG is read"},
        {"RIFF\x2a\0\0\0WEBPVP8 ", 16, "it is a WebP picture: only PNG is read"},
        {"P1\n2 2\n", 7, "is a PNM picture"},
        {"P3#", 3, "is a PNM picture"},
        {"\x8aMNG\r\n\x1a\n", 8, "is an MNG film"},
        {"RIFF\x2a\0\0\0WAVEfmt ", 16, "it is a sound"},
        {"II*\0....", 8, "is a TIFF picture"},
        {"%PDF-1.7", 8, "is a PDF document"},
        {"\0\0\0\x1c" "ftypavif", 12, "is an AVIF picture"},
        {"\0\0\0\x1c" "ftypheic", 12, "is a HEIC picture"},
        {"PK\3\4", 4, "is a ZIP archive"},
        {"BM\xc6\x2d\1\0\0\0\0\0\x36\4\0\0\x28\0\0\0", 18, "is a BMP picture"},
        {"BMxyzBMxyzBMxyzBMxyz", 20, "do not begin like a PNG"},
        {"<?xml version=\"1.0\"?>\n<svg>", 27, "is an SVG picture"},
        {"\xef\xbb\xbf\n<SVG>", 9, "is an SVG picture"},
        {"<!DOCTYPE html><svg>", 20, "is an HTML page"},
        {"\x89PNG", 4, "do not begin like a PNG"},
        {"\x89PNG\r\n\x1a\n", 8, "inside its header"},
        {"\x89PNG\r\n\x1a\n\0\0\0\x0dIDAT...........................", 43, "header chunk"},
    };
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        struct file file = {(uint8_t *)(uintptr_t)files[i].bytes, files[i].len};
        expect_failure(&file, files[i].part);
    }
}

static void set_header(struct file *file, uint32_t width, uint32_t height, int depth, int colour_type)
{
    uint8_t *header = file->bytes + 8;
    put_number(header + 8, width);
    put_number(header + 12, height);
    header[16] = (uint8_t)depth;
    header[17] = (uint8_t)colour_type;
    put_number(header + 21, crc_of(header + 4, 17));
}

static void test_absurd_headers(void **state)
{
    (void)state;
    struct file file = write_kind(&(struct kind){.colour_type = 0, .depth = 8}, 2, 4);
    set_header(&file, 0, 10, 8, 0);
    expect_failure(&file, "0x10 pixels");
    set_header(&file, 10, 4097, 8, 0);
    expect_failure(&file, "10x4097 pixels");
    set_header(&file, 0xffffffffu, 0xffffffffu, 8, 0);
    expect_failure(&file, "4294967295x4294967295 pixels");
    set_header(&file, 4096, 4096, 16, 6);
    expect_failure(&file, "at 64 bits a pixel");
    set_header(&file, 4096, 4096, 8, 0);
    expect_failure(&file, "cannot be read");
    set_header(&file, 82, 82, 8, 5);
    expect_failure(&file, "colour type 5");
    set_header(&file, 82, 82, 3, 0);
    expect_failure(&file, "cannot be read");
    set_header(&file, 82, 82, 0, 0);
    expect_failure(&file, "0 bits");
    free(file.bytes);
}

/* What the service sends and what a person gives have limits of their own. */
static void test_a_file_may_be_larger(void **state)
{
    (void)state;
    struct file file = write_kind(&(struct kind){.colour_type = 0, .depth = 8}, 2, 4);
    set_header(&file, 4097, 10, 8, 0);
    expect_failure(&file, "4097x10 pixels");
    assert_false(qr_read_file(&reading, NULL, file.bytes, file.len, &failure));
    assert_non_null(strstr(failure.text, "cannot be read"));
    set_header(&file, 10, 8193, 8, 0);
    assert_false(qr_read_file(&reading, NULL, file.bytes, file.len, &failure));
    assert_non_null(strstr(failure.text, "10x8193 pixels is not read: 1 to 8192 a side"));
    free(file.bytes);
}

static void expect_file_refused(const char *bytes, size_t len, const char *part)
{
    assert_false(qr_read_file(&reading, NULL, (const uint8_t *)bytes, len, &failure));
    if (!strstr(failure.text, part))
        print_error("%s\n", failure.text);
    assert_non_null(strstr(failure.text, part));
}

static void test_files_that_are_no_picture(void **state)
{
    (void)state;
    static const char utf16[] = "i\0V\0B\0O\0R\0w\0";
    expect_file_refused("", 0, "it is empty");
    expect_file_refused("x", 1, "neither a PNG nor the base64 of one: ");
    expect_file_refused("\xff\xfei\0V\0", 6, "it is UTF-16 text");
    expect_file_refused("\xff\xfe\0\0i\0\0\0", 8, "it is UTF-32 text");
    expect_file_refused("\xfe\xff\0i\0V", 6, "it is UTF-16 text");
    expect_file_refused(utf16, sizeof utf16 - 1, "it is UTF-16 text");
    expect_file_refused("R0lGODlhAQABAAAA", 16, "it is a GIF picture: only PNG is read");
    expect_file_refused("data:image/webp;base64,UklGRioAAABXRUJQVlA4IA==", 47, "it is a WebP picture: only PNG is read");
    expect_file_refused("iVBORw==", 8, "taken for base64 and decoded: the 4 bytes do not begin like a PNG");
}

static void test_too_many_bytes(void **state)
{
    (void)state;
    struct file file = write_kind(&(struct kind){.colour_type = 0, .depth = 8}, 2, 4);
    static uint8_t junk[QR_PNG_BYTES_MAX];
    append_chunk(&file, "juNk", junk, sizeof junk);
    expect_failure(&file, "more than 786432");
    free(file.bytes);
}

static double seconds_since(clock_t from)
{
    return (double)(clock() - from) / CLOCKS_PER_SEC;
}

/* A picture of 100 MB that says it has one row. Reading it must cost next to nothing of what inflating it does, which
 * libpng's plain interface shows. */
static void test_a_bomb_is_not_inflated(void **state)
{
    (void)state;
    enum { WIDTH = 4096, HEIGHT = 25000 };
    struct file file = {0};
    static uint8_t row[WIDTH];
    png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
    png_infop info = png_create_info_struct(png);
    png_set_write_fn(png, &file, on_write, on_flush);
    png_set_compression_level(png, 1);
    png_set_filter(png, 0, PNG_FILTER_NONE);
    png_set_IHDR(png, info, WIDTH, HEIGHT, 8, 0, 0, 0, 0);
    png_write_info(png, info);
    for (int y = 0; y < HEIGHT; y++)
        png_write_row(png, row);
    png_write_end(png, info);
    png_destroy_write_struct(&png, &info);
    struct file bomb = rebuild(&file, QR_PNG_BYTES_MAX, 1, 0);
    free(file.bytes);
    bomb.len = bomb.len < QR_PNG_BYTES_MAX ? bomb.len : QR_PNG_BYTES_MAX;
    set_header(&bomb, WIDTH, 1, 8, 0);

    clock_t start = clock();
    png_image image = {.version = PNG_IMAGE_VERSION};
    assert_true(png_image_begin_read_from_memory(&image, bomb.bytes, bomb.len));
    image.format = PNG_FORMAT_GRAY;
    png_image_finish_read(&image, NULL, row, 0, NULL);
    double plain = seconds_since(start);

    start = clock();
    struct picture picture;
    const struct picture_request request = {{QR_PNG_BYTES_MAX, QR_PNG_PIXELS_MAX, WIDTH * WIDTH}, 255, PICTURE_LUMINANCE};
    bool fine = picture_read(&picture, bomb.bytes, bomb.len, &request, &failure);
    double ours = seconds_since(start);
    assert_true(fine);
    picture_free(&picture);
    if (ours * 5 >= plain)
        print_error("%.1f ms, the plain way %.1f ms\n", ours * 1e3, plain * 1e3);
    assert_true(ours * 5 < plain);
    free(bomb.bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_every_colour_type_and_depth, set_up),
        cmocka_unit_test_setup(test_transparency, set_up),
        cmocka_unit_test_setup(test_transparent_on_black, set_up),
        cmocka_unit_test_setup(test_transparent_and_inverted, set_up),
        cmocka_unit_test_setup(test_many_idat_chunks, set_up),
        cmocka_unit_test_setup(test_end_chunk_may_be_missing, set_up),
        cmocka_unit_test_setup(test_cut_off_is_counted, set_up),
        cmocka_unit_test_setup(test_truncated_anywhere, set_up),
        cmocka_unit_test_setup(test_flipped_bits, set_up),
        cmocka_unit_test(test_no_png),
        cmocka_unit_test_setup(test_absurd_headers, set_up),
        cmocka_unit_test_setup(test_too_many_bytes, set_up),
        cmocka_unit_test_setup(test_a_file_may_be_larger, set_up),
        cmocka_unit_test(test_files_that_are_no_picture),
        cmocka_unit_test(test_a_bomb_is_not_inflated),
    };
    return cmocka_run_group_tests_name("qr_picture", tests, NULL, NULL);
}
