/* SPDX-License-Identifier: MIT
 * Secrets in text: those that are known, in every form in which a text may carry them, and what looks like one.
 */
#ifndef SCANDECK_CORE_REDACT_H
#define SCANDECK_CORE_REDACT_H

#include <stdbool.h>
#include <stddef.h>

/* Bytes of the shortest secret that is looked for: a shorter one would blank ordinary words. */
#define REDACT_LEAST 6
/* What is shown in the place of a secret. */
#define REDACT_STARS "***"

/* Bytes of the secret that begins at text[at], 0 = none does. Found are `secret` (NULL = none is known; one of fewer than
 * REDACT_LEAST bytes is not looked for) in any letter case, however its characters are escaped (unescape.h), and its
 * beginning where the text was cut off; of one of 16 bytes and more any 16 in a row, with up to 256 bytes of anything that is no word
 * between two characters (line ends, invisible characters, quotes, tags, escapes; each escape and tag counts 16 besides); of a shorter
 * one with a digit, blanks between them. And what looks like a secret by itself: a word of letters and digits longer than a SHA-1 sum,
 * a partner's token ("gac.…"), and what stands in the place of the token in a URL of the service. Tokens are 50 hexadecimal digits [D];
 * ids, phone numbers and shorter sums are no secrets. */
size_t redact_at(const char *text, size_t at, size_t len, const char *secret);

/* Replaces each secret in the string, as above, by REDACT_STARS. */
void redact(char *text, const char *secret);
/* The same for the known secret alone: in the base64 of a picture much looks like one. */
void redact_known(char *text, const char *secret);

/* Whether any part of the text looks like a secret. */
bool redact_is_likely(const char *text, size_t len);
/* Whether a word is a secret, or a URL or assignment with one. A path is not: it may hold a long checksum. */
bool redact_is_secret(const char *word);

#endif
