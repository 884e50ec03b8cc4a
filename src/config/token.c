/* SPDX-License-Identifier: MIT
 * The shape of tokens.
 */
#include "config/token.h"

#include <string.h>

#include "core/endpoint.h"

_Static_assert(ENDPOINT_TOKEN_MAX == 256, "TOKEN_SHAPE says 256");

static bool is_of_token(char c)
{
    return c && strchr("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-", c);
}

size_t token_length(const char *text, size_t len)
{
    size_t length = 0;
    while (length < len && is_of_token(text[length]))
        length++;
    return length;
}

bool token_is_sound(const char *token)
{
    size_t len = token_length(token, strlen(token));
    return len > 0 && len <= ENDPOINT_TOKEN_MAX && token[len] == '\0';
}
