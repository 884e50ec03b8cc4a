/* SPDX-License-Identifier: MIT
 * The shape of tokens.
 */
#include "config/token.h"

#include <string.h>

#include "core/endpoint.h"

#define HEX_DIGITS "0123456789abcdefABCDEF"
#define LIKELY_BYTES 45 /* more than an MD5 or SHA-1 sum has; the tokens seen have 50 */

_Static_assert(ENDPOINT_TOKEN_MAX == 256, "TOKEN_SHAPE says 256");

bool token_is_sound(const char *token)
{
    size_t len = strspn(token, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-");
    return len > 0 && len <= ENDPOINT_TOKEN_MAX && token[len] == '\0';
}

bool token_is_likely(const char *word)
{
    size_t len = strspn(word, HEX_DIGITS);
    return len >= LIKELY_BYTES && word[len] == '\0';
}
