/* SPDX-License-Identifier: MIT
 * Half an emoji in JSON: a name cut in its middle by the service arrives as \ud83d alone. RFC 8259 allows it, cJSON
 * does not.
 */
#ifndef SCANDECK_CORE_SURROGATE_H
#define SCANDECK_CORE_SURROGATE_H

#include <stddef.h>

/* A copy (malloc, NUL-terminated, same length) in which each surrogate escape without its partner is \ufffd; NULL when
 * there is none to mend or memory is out. */
char *surrogate_mend(const char *json, size_t len);

#endif
