/* SPDX-License-Identifier: MIT
 * Symbols and pictures for the tests of qr/. Made by libqrencode and libpng, and by nothing of what is tested.
 */
#ifndef QR_RIG_H
#define QR_RIG_H

#include "qr/code.h"

/* A fixed sequence: a test that failed fails again. */
uint32_t rig_random(uint32_t *state);
void rig_fill(uint8_t *bytes, size_t len, uint32_t *state);

/* Bytes that a symbol holds in byte mode. */
size_t rig_capacity(int version, char level);

/* Encodes bytes in exactly this version. */
void rig_encode(struct qr_matrix *out, const uint8_t *data, size_t len, int version, char level);

/* Turns a symbol that has mask `from` into the one with mask `to`, format information included. */
void rig_remask(struct qr_matrix *symbol, char level, int from, int to);

/* The places, as row * size + column, of the modules that carry codewords, in their order. Returns how many. */
int rig_places(int *places, int version);

/* A grey picture; free() its pixels. */
struct rig_picture {
    int width, height;
    uint8_t *grey;
};

/* Paints a symbol as nearest-neighbour scaling does, `pitch` pixels a module, in a border of `border` pixels. */
struct rig_paint {
    double pitch;
    int border;
    uint8_t dark, light, border_grey;
};
struct rig_picture rig_paint(const struct qr_matrix *symbol, const struct rig_paint *how);

void rig_mirror(struct rig_picture *picture);       /* left to right */
void rig_quarter_turn(struct rig_picture *picture); /* clockwise */

/* Turns it clockwise about its middle, between the pixels; what comes in from outside is white. */
void rig_lean(struct rig_picture *picture, double degrees);

/* An 8-bit grey PNG of the picture; free() it. */
uint8_t *rig_png(const struct rig_picture *picture, size_t *len);

#endif
