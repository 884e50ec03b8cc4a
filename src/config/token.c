/* SPDX-License-Identifier: MIT
 * The shape of tokens.
 */
#include "config/token.h"

#include <string.h>

#include "core/endpoint.h"

_Static_assert(ENDPOINT_TOKEN_MAX == 256, "TOKEN_SHAPE says 256");

bool token_is_sound(const char *token)
{
    size_t len = strspn(token, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-");
    return len > 0 && len <= ENDPOINT_TOKEN_MAX && token[len] == '\0';
}
