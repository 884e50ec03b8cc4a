/* SPDX-License-Identifier: MIT
 * scandeck render: a QR picture as terminal text, as its payload, or as what is to be said of it.
 */
#include <cjson/cJSON.h>
#include <ctype.h>
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"
#include "cli/json.h"
#include "cli/print.h"
#include "core/json_add.h"
#include "core/text.h"
#include "core/wire.h"
#include "qr/code.h"
#include "qr/failure.h"

#define NAME_MAX_BYTES 256

struct render {
    const struct cli_request *request;
    char name[NAME_MAX_BYTES]; /* of the file, cleaned */
    uint8_t *bytes;
    size_t len;
    struct qr_reading reading;
    struct qr_matrix symbol; /* what is drawn */
    struct qr_drawing drawing;
    bool verified;
};

static const char *spoken_name(const struct render *r)
{
    return strcmp(r->name, "-") == 0 ? "standard input" : r->name;
}

/* One sentence, or one object, and nothing more. */
static void complain(const struct render *r, const char *step, const char *what)
{
    if (!r->request->json) {
        fprintf(stderr, "scandeck: %s: %s\n", spoken_name(r), what);
        return;
    }
    cJSON *object = cJSON_CreateObject();
    json_add_text(object, "file", r->name);
    json_add_text(object, "error", what);
    json_add_text(object, "step", step);
    json_print(object);
}

static const char *read_stream(struct render *r, FILE *file)
{
    r->bytes = malloc((size_t)QR_FILE_BYTES_MAX + 1);
    if (!r->bytes)
        return "no memory to read it";
    r->len = fread(r->bytes, 1, (size_t)QR_FILE_BYTES_MAX + 1, file);
    if (ferror(file))
        return strerror(errno);
    if (r->len > (size_t)QR_FILE_BYTES_MAX)
        return "the file is larger than any picture that is read";
    return NULL;
}

/* NULL, or what went wrong. */
static const char *read_file(struct render *r, const char *path)
{
    if (strcmp(path, "-") == 0)
        return read_stream(r, stdin);
    FILE *file = fopen(path, "rb");
    if (!file)
        return strerror(errno);
    const char *error = read_stream(r, file);
    fclose(file);
    return error;
}

/* A frame of the service pasted whole, or what `qr` answers: an object whose message is the picture. False when it
 * is none; else *frame is to be freed, and *failure says why it holds no code. */
static bool read_frame(struct render *r, struct wire_frame *frame, struct qr_failure *failure)
{
    size_t at = r->len >= 3 && memcmp(r->bytes, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
    while (at < r->len && isspace(r->bytes[at]))
        at++;
    if (at == r->len || r->bytes[at] != '{')
        return false;
    wire_read_frame(frame, (const char *)r->bytes + at, r->len - at, NULL);
    if (frame->kind == WIRE_GARBAGE)
        failure_set(failure, QR_STEP_BASE64, "it begins like JSON and is none");
    else if (frame->kind != WIRE_CODE)
        failure_set(failure, QR_STEP_BASE64, "a message of the type %s holds no code", frame->type);
    return true;
}

static bool read_picture_bytes(struct render *r, struct qr_failure *failure)
{
    struct wire_frame frame;
    if (!read_frame(r, &frame, failure))
        return qr_read_file(&r->reading, &r->symbol, r->bytes, r->len, failure);
    bool done = frame.kind == WIRE_CODE && qr_read_file(&r->reading, &r->symbol, (const uint8_t *)frame.code,
                                                        frame.code_len, failure);
    wire_frame_free(&frame);
    return done;
}

static enum qr_mode mode_of(const struct cli_request *request)
{
    int mode = request->mode ? qr_mode_find(request->mode) : QR_MODE_AUTO;
    return mode < 0 || mode == QR_MODE_AUTO ? QR_MODE_HALF : (enum qr_mode)mode;
}

/* Modules at the sides and above, as asked, but never so few that no phone reads it. */
static void quiet_zone(const struct cli_request *request, int *side, int *top)
{
    int asked = request->quiet_zone;
    *side = *top = asked;
    if (asked >= QR_QUIET_SIDE)
        return;
    *side = QR_QUIET_SIDE;
    *top = QR_QUIET_TOP;
    if (asked >= 0)
        fprintf(stderr, "scandeck: a quiet zone of %d does not scan: raised to %d modules at the sides, %d above\n",
                asked, QR_QUIET_SIDE, QR_QUIET_TOP);
}

static void print_ascii(const struct qr_matrix *symbol, int side, int top)
{
    for (int row = -top; row < symbol->size + top; row++) {
        for (int column = -side; column < symbol->size + side; column++) {
            bool inside = row >= 0 && column >= 0 && row < symbol->size && column < symbol->size;
            fputs(inside && symbol->dark[row * symbol->size + column] ? "##" : "  ", stdout);
        }
        putchar('\n');
    }
}

static bool print_json(const struct render *r)
{
    const struct qr_reading *reading = &r->reading;
    char level[2] = {reading->level, '\0'};
    cJSON *object = cJSON_CreateObject();
    json_add_text(object, "file", r->name);
    json_add_number(object, "width", reading->width);
    json_add_number(object, "height", reading->height);
    json_add_number(object, "version", reading->version);
    json_add_text(object, "level", level);
    json_add_number(object, "mask", reading->mask);
    json_add_number(object, "corrected", reading->corrected);
    json_add_number(object, "modules", r->symbol.size);
    json_add_number(object, "payload_bytes", (double)reading->payload_len);
    json_add_text(object, "mode", qr_mode_info(r->drawing.mode)->name);
    json_add_number(object, "columns", r->drawing.columns);
    json_add_number(object, "rows", r->drawing.rows);
    json_add_bool(object, "verified", r->verified);
    json_add_bool(object, "inverted", reading->inverted);
    json_add_bool(object, "mirrored", reading->mirrored);
    json_add_number(object, "quarter_turns", reading->quarter_turns);
    if (r->request->with_payload)
        json_add_payload(object, reading);
    return json_print(object);
}

/* Prints the symbol in the form asked for. `readable`: there is a payload to prove it with. */
static int show(struct render *r, bool readable)
{
    struct qr_draw_request request = {.mode = mode_of(r->request)};
    quiet_zone(r->request, &request.side, &request.top);
    if (r->request->ascii && !r->request->json) {
        print_ascii(&r->symbol, request.side, request.top);
        return EXIT_DONE;
    }
    if (!qr_draw(&r->drawing, &r->symbol, &request)) {
        complain(r, qr_step_name(QR_STEP_MEMORY), "no memory to draw it");
        return EXIT_INTERNAL;
    }
    struct qr_failure failure = {0};
    r->verified = readable && qr_drawing_proves(&r->drawing, r->reading.payload, r->reading.payload_len, &failure);
    if (readable && !r->verified)
        fprintf(stderr, "scandeck: %s: the drawn code does not read back: %s\n", spoken_name(r), failure.text);
    bool printed = !r->request->json || print_json(r);
    if (!r->request->json)
        print_drawing(stdout, &r->drawing);
    qr_drawing_free(&r->drawing);
    return printed && (!readable || r->verified) ? EXIT_DONE : EXIT_INTERNAL;
}

/* What is wrong with the file is for whoever gave it to mend; the rest is not. */
static int code_of(const struct qr_failure *failure)
{
    return failure->step < QR_STEP_ENCODE ? EXIT_USAGE : EXIT_INTERNAL;
}

/* A symbol that was found although its payload cannot be read is drawn as it is: a phone may do better. */
static int show_unreadable(struct render *r, const struct qr_failure *failure)
{
    complain(r, qr_step_name(failure->step), failure->text);
    if (r->symbol.size == 0 || r->request->json || r->request->payload)
        return code_of(failure);
    fprintf(stderr, "scandeck: %s: drawn as it is, not verified\n", spoken_name(r));
    show(r, false);
    return code_of(failure);
}

static int render(struct render *r)
{
    struct qr_failure failure;
    const char *error = read_file(r, r->request->arguments[0]);
    if (error) {
        complain(r, "file", error);
        return EXIT_USAGE;
    }
    if (!read_picture_bytes(r, &failure))
        return show_unreadable(r, &failure);
    if (r->request->payload) {
        fwrite(r->reading.payload, 1, r->reading.payload_len, stdout);
        return EXIT_DONE;
    }
    if (!qr_encode(&r->symbol, r->reading.payload, r->reading.payload_len, &failure)) {
        complain(r, qr_step_name(failure.step), failure.text);
        return EXIT_INTERNAL;
    }
    return show(r, true);
}

int cli_render(const struct cli_request *request)
{
    if (request->mode && qr_mode_find(request->mode) == QR_MODE_PICTURE) {
        fputs("scandeck: picture is for the console, which asks the terminal how it takes one: here codes are drawn in "
              "characters\n",
              stderr);
        return EXIT_USAGE;
    }
    struct render *r = calloc(1, sizeof *r);
    if (!r) {
        fputs("scandeck: no memory\n", stderr);
        return EXIT_INTERNAL;
    }
    const char *path = request->arguments[0];
    r->request = request;
    text_clean(r->name, sizeof r->name, path, strlen(path), NULL);
    int code = render(r);
    free(r->bytes);
    free(r);
    if (fflush(stdout) != 0) {
        fprintf(stderr, "scandeck: the output cannot be written: %s\n", strerror(errno));
        return EXIT_INTERNAL;
    }
    return code;
}
