/* SPDX-License-Identifier: MIT
 * Phone numbers in the forms in which they are copied: out of WhatsApp's addresses, in the digits of any script. Only for phone.c.
 */
#ifndef SCANDECK_CORE_PHONE_TEXT_H
#define SCANDECK_CORE_PHONE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define PHONE_TEXT_MAX 256 /* no prompt takes more */

/* Writes the part that is the number: of "tel:+44...", "https://wa.me/44...?text=x", "whatsapp://send?phone=44...",
 * "44...:8@s.whatsapp.net", percent signs decoded; of anything else what stands
 * between quotes, brackets, signs, behind "Phone:" and before "(mobile)". False, with a sentence in `why` that quotes nothing, for an
 * address that holds no number. */
bool phone_text_of(char dst[PHONE_TEXT_MAX], const char *typed, char *why, size_t why_size);

/* 0 to 9 for a digit of any script, else -1. */
int phone_digit(uint32_t code);
bool phone_is_plus(uint32_t code);
/* What people put between digits: blanks, dashes, dots, slashes, parentheses, of whatever width and script. */
bool phone_is_decoration(uint32_t code);

#endif
