/* SPDX-License-Identifier: MIT
 * What the service said, made fit to be given away: payloads, numbers, names and addresses become others of the same
 * length and shape. What the linking machine decides by stays.
 */
#ifndef SCANDECK_DISGUISE_H
#define SCANDECK_DISGUISE_H

#include <stddef.h>
#include <stdint.h>

/* The seed is secret and random: with it, fakes could be guessed back. The same original gives the same fake. */
struct disguise {
    uint64_t seed;
};

/* A frame or the body of an answer; always a string that the caller frees, NULL when memory is out. `secret` (may be NULL)
 * is blanked. Sets *note (may be NULL) to a sentence when something was left out, else to NULL. */
char *disguise_message(const struct disguise *disguise, const char *data, size_t len, const char *secret,
                       const char **note);

/* In place: phone numbers in a cleaned sentence, and what is long and unbroken enough to be a key or a picture. */
void disguise_text(const struct disguise *disguise, char *text);

/* In place: what a code says. "2@", or a link up to it, and all signs stay; letters and digits become others. */
void disguise_payload(const struct disguise *disguise, uint8_t *payload, size_t len);

#endif
