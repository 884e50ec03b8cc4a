/* SPDX-License-Identifier: MIT
 * From the picture the service sent to cells a phone can scan: the face of qr/ to the rest of the program.
 */
#ifndef SCANDECK_QR_CODE_H
#define SCANDECK_QR_CODE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "qr/mode.h"

/* A symbol has 21 to 177 modules a side. */
#define QR_MODULES_MAX 177
/* A PNG larger than this is refused unread, and so is one of more pixels a side. As base64 it fills a frame of 1 MB,
 * the largest that is taken from the service: version 40 scaled smoothly to 1000 pixels needs 650 kB. */
#define QR_PNG_BYTES_MAX (768 * 1024)
#define QR_PNG_PIXELS_MAX 4096
/* What a person gives as a file may be larger: a screenshot, a photograph. */
#define QR_FILE_BYTES_MAX (32 * 1024 * 1024)
#define QR_FILE_PIXELS_MAX 8192
#define QR_PIXELS_MOST QR_FILE_PIXELS_MAX
/* So is longer base64: twice what the largest PNG needs, for line breaks and a prefix. */
#define QR_BASE64_CHARS_MAX (QR_PNG_BYTES_MAX / 3 * 8)
/* The longest payload of any symbol, in bytes (numeric, version 40-L). */
#define QR_PAYLOAD_MAX 7089

struct qr_matrix {
    int size;                                      /* modules a side */
    uint8_t dark[QR_MODULES_MAX * QR_MODULES_MAX]; /* row by row, 1 = dark, no quiet zone */
};

/* The step at which a picture could not be read. */
enum qr_step {
    QR_STEP_NONE,
    QR_STEP_BASE64,
    QR_STEP_PNG,
    QR_STEP_FINDER,
    QR_STEP_TIMING,
    QR_STEP_FORMAT,
    QR_STEP_VERSION,
    QR_STEP_ERRORS,   /* more errors than Reed-Solomon can mend */
    QR_STEP_SEGMENTS, /* the bits make no sense */
    QR_STEP_ENCODE,
    QR_STEP_PROOF, /* the drawn cells read back */
    QR_STEP_MEMORY
};

/* What was read. */
struct qr_reading {
    size_t payload_len;
    uint8_t payload[QR_PAYLOAD_MAX + 1]; /* bytes; a NUL follows that is not counted */
    int version;                         /* of the picture's symbol, 1..40 */
    char level;                          /* L, M, Q, H */
    int mask;
    int corrected; /* codewords mended */
    int ecis;      /* ECI segments seen */
    bool mirrored, inverted; /* left and right are exchanged; light on dark */
    int quarter_turns;       /* clockwise, 0..3, after the mirroring */
    int width, height; /* of the picture, pixels */
};

struct qr_failure {
    enum qr_step step;
    char text[160]; /* one sentence with numbers: "no finder pattern in 276x276 pixels" */
};

const char *qr_step_name(enum qr_step step);

/* Reads the bytes of a PNG. On failure *failure says at which step; when *symbol (may be NULL) was found although its
 * payload could not be read, symbol->size is not 0 and it can still be drawn as it is. */
bool qr_read_png(struct qr_reading *out, struct qr_matrix *symbol, const uint8_t *png, size_t len,
                 struct qr_failure *failure);

/* The same from base64, with or without a byte order mark, a "data:…;base64," prefix, and white space. */
bool qr_read_base64(struct qr_reading *out, struct qr_matrix *symbol, const char *text, size_t len,
                    struct qr_failure *failure);

/* The same from a file that a person gives, of at most QR_FILE_BYTES_MAX bytes: a PNG, or base64 as above. Larger
 * pictures are taken than from the service, and more is tried, for seconds. What is neither is named as what it is. */
bool qr_read_file(struct qr_reading *out, struct qr_matrix *symbol, const uint8_t *bytes, size_t len,
                  struct qr_failure *failure);

/* Encodes the payload at level L in the smallest version that holds it (libqrencode). */
bool qr_encode(struct qr_matrix *out, const uint8_t *payload, size_t len, struct qr_failure *failure);

/* One terminal cell: a glyph in the foreground, or a blank that only shows its background. */
struct qr_cell {
    uint32_t glyph;        /* 0x20, or a block of the mode: U+2580, a sextant, an octant */
    bool light_background; /* the foreground is the other colour */
};

/* A picture of whole cells. */
struct qr_raster {
    int width, height; /* pixels */
    uint8_t *dark;     /* row by row, 1 = dark, 0 = light; owned */
};

struct qr_drawing {
    enum qr_mode mode;
    bool inverted; /* light on dark, as asked: few readers take that */
    int columns, rows;
    struct qr_cell *cells;   /* row by row; owned */
    struct qr_raster raster; /* of QR_MODE_PICTURE alone: it stands before the cells, which are blank */
};

/* What is to be drawn how. */
struct qr_draw_request {
    enum qr_mode mode;
    int side, top; /* quiet zone in modules left and right, above and below: QR_QUIET_SIDE, QR_QUIET_TOP to QR_QUIET_MAX */
    bool inverted;
    const struct qr_terminal *terminal; /* the size of its cells, for pictures; may be NULL for other modes */
};

/* Draws the symbol; the last column and row of cells are filled up with light. False when memory is out, and for a
 * picture when the size of the terminal's cells is not known. */
bool qr_draw(struct qr_drawing *out, const struct qr_matrix *symbol, const struct qr_draw_request *request);
void qr_drawing_free(struct qr_drawing *drawing);

/* The proof: reads the very cells, or pixels, back into modules, decodes them, and compares. True only when the payload
 * is equal, the patterns a camera looks for are whole, and the quiet zone is light, or dark where the drawing is
 * inverted. Else *failure (may be NULL) says what is wrong, and where. */
bool qr_drawing_proves(const struct qr_drawing *drawing, const uint8_t *payload, size_t len, struct qr_failure *failure);

#endif
