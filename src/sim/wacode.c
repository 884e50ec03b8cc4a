/* SPDX-License-Identifier: MIT
 * Payloads: a reference of 100 characters and three keys of 32 bytes in base64, as captured ones have.
 */
#include "sim/wacode.h"

#include <string.h>

#include "sim/dice.h"

#define REF_CHARS 100
#define KEY_CHARS 43 /* 32 bytes; the padding sign follows */
#define KEYS 3

static const char base64_letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

static char *append(char *at, const char *text)
{
    const size_t len = strlen(text);
    memcpy(at, text, len + 1);
    return at + len;
}

size_t wacode_make(char out[WACODE_SIZE], uint64_t seed, uint64_t serial, enum wacode_form form)
{
    struct dice dice = dice_seed(seed, serial);
    char *at = append(out, form == WACODE_NEW ? "https://wa.me/settings/linked_devices#2@" : "2@");
    dice_text(&dice, at, REF_CHARS, base64_letters);
    at += REF_CHARS;
    for (int key = 0; key < KEYS; key++) {
        *at++ = ',';
        dice_text(&dice, at, KEY_CHARS, base64_letters);
        at = append(at + KEY_CHARS, "=");
    }
    at = append(at, ",1");
    return (size_t)(at - out);
}
