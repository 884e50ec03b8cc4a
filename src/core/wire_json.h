/* SPDX-License-Identifier: MIT
 * Fields out of foreign JSON, cleaned. Only the wire*.c files and disguise.c include this.
 */
#ifndef SCANDECK_CORE_WIRE_JSON_H
#define SCANDECK_CORE_WIRE_JSON_H

#include <cjson/cJSON.h>
#include <stdbool.h>
#include <stddef.h>

/* Room for a 64-bit number written out. */
#define WIRE_NUMBER_MAX 24

/* NULL when it is no JSON, even with its halves of surrogate pairs mended. */
cJSON *wire_parse(const char *text, size_t len);
void wire_clean(char *dst, size_t size, const char *src, const char *secret);
/* A field as text, whether it came as a string or a number; NULL when it is neither. */
const char *wire_field_text(const cJSON *object, const char *name, char number[WIRE_NUMBER_MAX]);
/* The same, cleaned. False, with `dst` as it was, when there is no such field. */
bool wire_copy_field(char *dst, size_t size, const cJSON *object, const char *name, const char *secret);
/* A URL, without what may be secret in it. */
void wire_copy_url(char *dst, size_t size, const cJSON *object, const char *name, const char *secret);
/* The digits in front of "@c.us", or of a whole phone number. */
void wire_phone_from(char *dst, size_t size, const char *text);

#endif
