/* SPDX-License-Identifier: MIT
 * The one code on show: decoded when it is looked at, drawn once per mode, proven before it is called verified.
 */
#ifndef SCANDECK_VIEWER_H
#define SCANDECK_VIEWER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/fleet.h"
#include "qr/code.h"

struct viewer {
    const struct instance *instance; /* whose code is held; NULL = none */
    uint64_t serial;
    bool readable;           /* the payload is known */
    struct qr_failure failure; /* why not */
    struct qr_reading reading;
    struct qr_matrix symbol; /* what is drawn; size 0 = nothing can be */
    struct qr_drawing drawing;
    unsigned long drawings; /* made so far: tells one from another */
    bool drawn, verified;
    qr_mode_set barred;          /* modes in which this code failed its proof */
    struct qr_failure unproven;  /* why the last of them did */
};

enum viewer_drawn {
    VIEWER_DRAWN,
    VIEWER_UNPROVEN, /* the cells do not read back: the mode is barred for this code, draw it in another one */
    VIEWER_NOTHING   /* there is no symbol, or no memory */
};

/* Holds the instance's code, decoding it only when it is another one than before. False when it has none. */
bool viewer_load(struct viewer *viewer, const struct instance *instance);
/* Draws the held symbol and proves it; cheap when that was done already. A code whose payload is not known cannot be
 * proven: it is drawn as it came. `terminal` may be NULL where no picture is drawn. */
enum viewer_drawn viewer_draw(struct viewer *viewer, enum qr_mode mode, bool inverted,
                              const struct qr_terminal *terminal);
/* The log's sentence about the held code: "code 1, valid 20 s, 277 bytes, 61 modules, verified". */
void viewer_describe(const struct viewer *viewer, char *dst, size_t size);
/* Forgets the code and wipes its payload. */
void viewer_clear(struct viewer *viewer);

#endif
