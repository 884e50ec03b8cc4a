/* SPDX-License-Identifier: MIT
 * The data codewords of a symbol to the payload they spell.
 */
#ifndef SCANDECK_QR_SEGMENTS_H
#define SCANDECK_QR_SEGMENTS_H

#include "qr/code.h"

/* Bytes that must be readable behind the codewords. */
#define SEGMENTS_SLACK 4

/* Sets payload, payload_len, and ecis of *out. `codewords` has `len` bytes and SEGMENTS_SLACK more that may be read.
 * Kanji come out as Shift JIS. False with *failure set when the bits make no sense, spell nothing, or are one part of a
 * text spread over several symbols. */
bool segments_read(struct qr_reading *out, const uint8_t *codewords, size_t len, int version,
                   struct qr_failure *failure);

#endif
