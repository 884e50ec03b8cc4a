/* SPDX-License-Identifier: MIT
 * Phone numbers as people type them and as the service wants them: digits, the country's code first, no + and no 00 [D].
 */
#ifndef SCANDECK_CORE_PHONE_H
#define SCANDECK_CORE_PHONE_H

#include <stdbool.h>
#include <stddef.h>

/* E.164 allows 15 digits; no country has fewer than 7 with its code. */
#define PHONE_DIGITS_MIN 7
#define PHONE_DIGITS_MAX 15
#define PHONE_SIZE (PHONE_DIGITS_MAX + 1)

/* Reads "+44 1234-567 890", "0044 (1234) 567890", "https://wa.me/441234567890", "441234567890@c.us" as 441234567890: in the digits of
 * any script, with whatever blanks and dashes a copied number holds (phone_text.h). On failure writes a sentence of a line's length to `why` and returns false;
 * `why` never quotes what was typed. */
bool phone_parse(char dst[PHONE_SIZE], const char *typed, char *why, size_t why_size);
/* Whether this is what phone_parse gives. */
bool phone_is_sound(const char *digits);

#endif
