/* SPDX-License-Identifier: MIT
 * A frame of the service to proven cells, against the floor: cJSON, base64, libpng to grey, and libqrencode alone.
 * Both are measured in turn in one run, so that a busy machine slows both.
 */
#include <cjson/cJSON.h>
#include <png.h>
#include <qrencode.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "qr/base64.h"
#include "qr/code.h"

#define RUNS 400
#define SCALE 4
#define QUIET 4
#define PAYLOAD_LEN 277 /* what phones are sent since 2026: version 11-L, drawn as 276x276 pixels */

struct frame {
    char *json;
    uint8_t payload[PAYLOAD_LEN];
};

static void fail(const char *what)
{
    fprintf(stderr, "bench_frame: %s\n", what);
    exit(1);
}

static void make_payload(uint8_t *payload)
{
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    uint32_t seed = 1;
    for (int i = 0; i < PAYLOAD_LEN; i++) {
        seed = seed * 1664525u + 1013904223u;
        payload[i] = (uint8_t)letters[seed >> 26];
    }
}

/* As the service draws it: 8-bit RGBA, four pixels a module. */
static uint8_t *make_png(const struct qr_matrix *symbol, png_alloc_size_t *len)
{
    int side = (symbol->size + 2 * QUIET) * SCALE;
    uint8_t *rgba = malloc((size_t)side * (size_t)side * 4), *png = NULL;
    png_image image = {.version = PNG_IMAGE_VERSION, .width = (png_uint_32)side, .height = (png_uint_32)side};
    image.format = PNG_FORMAT_RGBA;
    if (!rgba)
        fail("no memory");
    for (int y = 0; y < side; y++) {
        for (int x = 0; x < side; x++) {
            int row = y / SCALE - QUIET, column = x / SCALE - QUIET;
            bool inside = row >= 0 && column >= 0 && row < symbol->size && column < symbol->size;
            bool dark = inside && symbol->dark[row * symbol->size + column];
            memset(rgba + ((size_t)y * (size_t)side + (size_t)x) * 4, dark ? 0 : 255, 3);
            rgba[((size_t)y * (size_t)side + (size_t)x) * 4 + 3] = 255;
        }
    }
    if (!png_image_write_get_memory_size(image, *len, 0, rgba, 0, NULL) || !(png = malloc(*len)) ||
        !png_image_write_to_memory(&image, png, len, 0, rgba, 0, NULL))
        fail("libpng cannot write the picture");
    free(rgba);
    return png;
}

static char *make_json(const uint8_t *png, size_t len)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    static const char head[] = "{\"type\":\"qrCode\",\"message\":\"", tail[] = "\"}";
    char *json = malloc(len / 3 * 4 + 4 + sizeof head + sizeof tail), *at = json;
    if (!json)
        fail("no memory");
    memcpy(at, head, sizeof head - 1);
    at += sizeof head - 1;
    for (size_t i = 0; i < len; i += 3) {
        uint32_t group = (uint32_t)png[i] << 16;
        group |= i + 1 < len ? (uint32_t)png[i + 1] << 8 : 0;
        group |= i + 2 < len ? (uint32_t)png[i + 2] : 0;
        for (size_t k = 0; k < 4; k++)
            *at++ = i + k > len ? '=' : digits[group >> (18 - 6 * k) & 63];
    }
    memcpy(at, tail, sizeof tail);
    return json;
}

static struct frame make_frame(void)
{
    struct frame frame;
    struct qr_matrix symbol;
    struct qr_failure failure;
    png_alloc_size_t len = 0;
    make_payload(frame.payload);
    if (!qr_encode(&symbol, frame.payload, PAYLOAD_LEN, &failure))
        fail(failure.text);
    uint8_t *png = make_png(&symbol, &len);
    frame.json = make_json(png, len);
    free(png);
    printf("frame: version %d, %zu bytes of PNG, %zu of JSON\n", (symbol.size - 17) / 4, (size_t)len,
           strlen(frame.json));
    return frame;
}

static cJSON *open_frame(const struct frame *frame, const char **message)
{
    cJSON *root = cJSON_Parse(frame->json);
    *message = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(root, "message"));
    if (!*message)
        fail("the frame is no JSON");
    return root;
}

static void run_floor(const struct frame *frame)
{
    const char *message;
    cJSON *root = open_frame(frame, &message);
    struct qr_failure failure;
    size_t text_len = strlen(message), len = 0;
    uint8_t *png = malloc(BASE64_ROOM(text_len));
    if (!png || !base64_decode(png, &len, message, text_len, &failure))
        fail("base64");
    png_image image = {.version = PNG_IMAGE_VERSION};
    if (!png_image_begin_read_from_memory(&image, png, len))
        fail(image.message);
    image.format = PNG_FORMAT_GRAY;
    uint8_t *grey = malloc(PNG_IMAGE_SIZE(image));
    static const png_color white = {255, 255, 255};
    if (!grey || !png_image_finish_read(&image, &white, grey, 0, NULL))
        fail("libpng cannot read the picture");
    QRcode *code = QRcode_encodeData(PAYLOAD_LEN, frame->payload, 0, QR_ECLEVEL_L);
    if (!code)
        fail("libqrencode");
    QRcode_free(code);
    free(grey);
    free(png);
    cJSON_Delete(root);
}

static void run_ours(const struct frame *frame)
{
    const char *message;
    cJSON *root = open_frame(frame, &message);
    struct qr_reading reading;
    struct qr_matrix symbol;
    struct qr_drawing drawing;
    const struct qr_draw_request request = {.mode = QR_MODE_HALF, .side = QR_QUIET_SIDE, .top = QR_QUIET_TOP};
    struct qr_failure failure;
    if (!qr_read_base64(&reading, NULL, message, strlen(message), &failure) ||
        !qr_encode(&symbol, reading.payload, reading.payload_len, &failure))
        fail(failure.text);
    if (!qr_draw(&drawing, &symbol, &request) ||
        !qr_drawing_proves(&drawing, reading.payload, reading.payload_len, NULL) || reading.payload_len != PAYLOAD_LEN)
        fail("the cells prove nothing");
    qr_drawing_free(&drawing);
    cJSON_Delete(root);
}

static double microseconds_between(const struct timespec *from, const struct timespec *to)
{
    return (double)(to->tv_sec - from->tv_sec) * 1e6 + (double)(to->tv_nsec - from->tv_nsec) / 1e3;
}

static double microseconds_of(void (*run)(const struct frame *frame), const struct frame *frame)
{
    struct timespec from, to;
    clock_gettime(CLOCK_MONOTONIC, &from);
    run(frame);
    clock_gettime(CLOCK_MONOTONIC, &to);
    return microseconds_between(&from, &to);
}

static int compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double median(double *times)
{
    qsort(times, RUNS, sizeof *times, compare);
    return times[RUNS / 2];
}

/* Drawing and proving a version 11 in each mode; a picture for the usual cells of 8x17 pixels. */
static void print_mode(enum qr_mode mode, const struct qr_matrix *symbol, const struct frame *frame, double floor_time)
{
    const struct qr_terminal terminal = {.cell_width = 8, .cell_height = 17};
    const struct qr_draw_request request = {
        .mode = mode, .side = QR_QUIET_SIDE, .top = QR_QUIET_TOP, .terminal = &terminal};
    double drawing_times[RUNS], proof_times[RUNS];
    for (int i = 0; i < RUNS; i++) {
        struct timespec from, drawn, proven;
        struct qr_drawing drawing;
        clock_gettime(CLOCK_MONOTONIC, &from);
        if (!qr_draw(&drawing, symbol, &request))
            fail("no memory");
        clock_gettime(CLOCK_MONOTONIC, &drawn);
        if (!qr_drawing_proves(&drawing, frame->payload, PAYLOAD_LEN, NULL))
            fail("the cells prove nothing");
        clock_gettime(CLOCK_MONOTONIC, &proven);
        drawing_times[i] = microseconds_between(&from, &drawn);
        proof_times[i] = microseconds_between(&drawn, &proven);
        qr_drawing_free(&drawing);
    }
    double proof = median(proof_times);
    printf("%s: drawn in %.0f us, proven in %.0f us, %.3f of the floor\n", qr_mode_info(mode)->name,
           median(drawing_times), proof, proof / floor_time);
}

int main(void)
{
    struct frame frame = make_frame();
    struct qr_matrix symbol;
    struct qr_failure failure;
    double ours[RUNS], floor_times[RUNS];
    for (int i = 0; i < RUNS; i++) {
        floor_times[i] = microseconds_of(run_floor, &frame);
        ours[i] = microseconds_of(run_ours, &frame);
    }
    double floor_time = median(floor_times), our_time = median(ours);
    printf("floor: %.0f us, frame to proven cells: %.0f us (medians of %d)\n", floor_time, our_time, RUNS);
    printf("ratio: %.3f\n", our_time / floor_time);
    if (!qr_encode(&symbol, frame.payload, PAYLOAD_LEN, &failure))
        fail(failure.text);
    for (int mode = 0; mode < QR_MODE_COUNT; mode++)
        print_mode((enum qr_mode)mode, &symbol, &frame, floor_time);
    free(frame.json);
    return 0;
}
