/* SPDX-License-Identifier: MIT */
#include "core/phone.h"

#include <stdio.h>
#include <string.h>

#include "core/phone_text.h"
#include "core/text.h"

struct number {
    char digits[PHONE_SIZE + 2]; /* the first of them */
    size_t count;
    bool plus;
};

static void add_digit(struct number *number, int value)
{
    if (number->count + 1 < sizeof number->digits)
        number->digits[number->count] = (char)('0' + value);
    number->count++;
    number->digits[number->count < sizeof number->digits ? number->count : sizeof number->digits - 1] = '\0';
}

/* "+44 (0)20 ...": the zero is dialled at home only. Returns its bytes. */
static size_t home_zero(const struct number *number, const char *text)
{
    return number->count > 0 && strncmp(text, "(0)", 3) == 0 ? 3 : 0;
}

static bool refuse(char *why, size_t why_size, uint32_t code)
{
    bool parts = code == ',' || code == ';' || code == '&' || code == '|';
    snprintf(why, why_size, "digits only, with + in front at the most: %s",
             phone_is_plus(code) ? "the + stands in front, once"
             : parts             ? "give one number"
                                 : "something else stands in it");
    return false;
}

static bool pick_digits(struct number *number, const char *text, char *why, size_t why_size)
{
    for (size_t left = strlen(text), bytes; left > 0; text += bytes, left -= bytes) {
        uint32_t code;
        bytes = text_next(text, left, &code);
        int value = phone_digit(code);
        size_t home = home_zero(number, text);
        if (home > 0)
            bytes = home;
        else if (value >= 0)
            add_digit(number, value);
        else if (phone_is_plus(code) && number->count == 0 && !number->plus)
            number->plus = true;
        else if (!phone_is_decoration(code))
            return refuse(why, why_size, code);
    }
    return true;
}

bool phone_parse(char dst[PHONE_SIZE], const char *typed, char *why, size_t why_size)
{
    struct number it = {.digits = ""};
    char text[PHONE_TEXT_MAX];
    dst[0] = '\0';
    if (!phone_text_of(text, typed, why, why_size) || !pick_digits(&it, text, why, why_size))
        return false;
    bool prefixed = !it.plus && it.digits[0] == '0' && it.digits[1] == '0';
    const char *number = it.digits + (prefixed ? 2 : 0);
    size_t count = it.count - (prefixed ? 2 : 0);
    if (count == 0)
        snprintf(why, why_size, "give the phone number, its country's code first");
    else if (number[0] == '0')
        snprintf(why, why_size, "it begins with 0: its country's code stands in front, 44... and not 0...");
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
