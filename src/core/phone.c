/* SPDX-License-Identifier: MIT */
#include "core/phone.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

static bool is_decoration(char c)
{
    return c != '\0' && strchr(" -./()", c) != NULL;
}

/* The digits alone; the international prefix counts as none. False where something else stands. */
static bool pick_digits(char *dst, size_t size, size_t *count, const char *typed)
{
    *count = 0;
    while (is_decoration(*typed))
        typed++;
    typed += *typed == '+';
    for (; *typed; typed++) {
        if (is_decoration(*typed))
            continue;
        if (!isdigit((unsigned char)*typed))
            return false;
        if (*count + 1 < size)
            dst[*count] = *typed;
        ++*count;
    }
    dst[*count < size ? *count : size - 1] = '\0';
    return true;
}

bool phone_parse(char dst[PHONE_SIZE], const char *typed, char *why, size_t why_size)
{
    char digits[PHONE_SIZE + 2] = "";
    size_t count;
    dst[0] = '\0';
    if (!pick_digits(digits, sizeof digits, &count, typed)) {
        snprintf(why, why_size, "a phone number has digits only, with + in front at the most");
        return false;
    }
    bool prefixed = !strchr(typed, '+') && digits[0] == '0' && digits[1] == '0';
    const char *number = digits + (prefixed ? 2 : 0);
    count -= prefixed ? 2 : 0;
    if (count == 0)
        snprintf(why, why_size, "give the phone number, its country's code first");
    else if (number[0] == '0')
        snprintf(why, why_size, "a number that begins with 0 lacks its country's code: write 44... instead of 0...");
    else if (count < PHONE_DIGITS_MIN)
        snprintf(why, why_size, "too short: %zu digit%s, with the country's code it has %d at least", count,
                 count == 1 ? "" : "s", PHONE_DIGITS_MIN);
    else if (count > PHONE_DIGITS_MAX)
        snprintf(why, why_size, "too long: %zu digits, no phone number has more than %d", count, PHONE_DIGITS_MAX);
    else
        return memcpy(dst, number, count + 1), true;
    return false;
}

bool phone_is_sound(const char *digits)
{
    size_t count = strlen(digits);
    return count >= PHONE_DIGITS_MIN && count <= PHONE_DIGITS_MAX && digits[0] != '0' &&
           strspn(digits, "0123456789") == count;
}
