/* SPDX-License-Identifier: MIT
 * JSON as the commands print it: one object, one line.
 */
#ifndef SCANDECK_CLI_JSON_H
#define SCANDECK_CLI_JSON_H

#include <cjson/cJSON.h>
#include <stdbool.h>

#include "qr/code.h"

/* Prints the object and a line end to stdout, flushes, and frees it. An object that was made with core/json_add.h is printed whole
 * or not at all. False, and a sentence on stderr, when memory is out or stdout takes no more. */
bool json_print(cJSON *object);
/* Adds `payload`, or `payload_hex` where the bytes are no text: JSON has no bytes. */
void json_add_payload(cJSON *object, const struct qr_reading *reading);

#endif
