/* SPDX-License-Identifier: MIT
 * What a token may look like, wherever it came from.
 */
#ifndef SCANDECK_CONFIG_TOKEN_H
#define SCANDECK_CONFIG_TOKEN_H

#include <stdbool.h>
#include <stddef.h>

#define TOKEN_SHAPE "1 to 256 letters, digits, '.', '_' and '-'"

/* Whether it has TOKEN_SHAPE. The service promises no shape; every token seen has 50 hexadecimal digits. */
bool token_is_sound(const char *token);
/* How much of the start of the text may be one. */
size_t token_length(const char *text, size_t len);

#endif
