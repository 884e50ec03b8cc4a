/* SPDX-License-Identifier: MIT
 * Base64 text, plain or as a data URI, to bytes.
 */
#ifndef SCANDECK_QR_BASE64_H
#define SCANDECK_QR_BASE64_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "qr/code.h"

/* Bytes that `dst` must have room for when `len` characters are decoded. */
#define BASE64_ROOM(len) ((len) / 4 * 3 + 3)

/* Decodes `text`, which may begin with a byte order mark and "data:…;base64,", and hold white space anywhere; the padding
 * may be left out.
 * False with *failure set when it is not base64. */
bool base64_decode(uint8_t *dst, size_t *dst_len, const char *text, size_t len, struct qr_failure *failure);

/* The base64 of the bytes as a string, without line breaks; NULL when memory is out. The caller frees it. */
char *base64_encode(const uint8_t *bytes, size_t len);

#endif
