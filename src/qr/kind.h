/* SPDX-License-Identifier: MIT
 * Files that are no PNG, known by how they begin.
 */
#ifndef SCANDECK_QR_KIND_H
#define SCANDECK_QR_KIND_H

#include "qr/code.h"

/* True, and *failure names it, when the bytes begin like a file of a known kind that is not read. */
bool kind_refuse(const uint8_t *bytes, size_t len, struct qr_failure *failure);

/* Text in four bytes a character, with a byte order mark; in two, with or without one. */
bool kind_is_utf32(const uint8_t *bytes, size_t len);
bool kind_is_utf16(const uint8_t *bytes, size_t len);

#endif
