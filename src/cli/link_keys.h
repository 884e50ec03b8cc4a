/* SPDX-License-Identifier: MIT
 * What is typed while `scandeck link` has the screen: only a key that was pressed alone counts. Pure.
 */
#ifndef SCANDECK_CLI_LINK_KEYS_H
#define SCANDECK_CLI_LINK_KEYS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ui/answer.h"

/* Silence before and behind a key that counts, in ms. */
#define LINK_KEYS_PAUSE_MS 80
#define LINK_KEY_NONE 0
#define LINK_KEY_ESC 033

enum link_keys_place { LINK_KEYS_GROUND, LINK_KEYS_ESCAPE, LINK_KEYS_CSI, LINK_KEYS_SS3, LINK_KEYS_STRING, LINK_KEYS_PASTE };

struct link_keys {
    struct answer *answer; /* hears the sequences: answers of the terminal that come late; the owner's */
    enum link_keys_place place;
    char text[8];          /* of a CSI sequence, cut */
    size_t length;         /* of the sequence so far; in a paste, of what may become its end */
    int64_t heard_at;      /* ms; 0 = nothing yet */
    int held;              /* a key that stood alone so far */
};

void link_keys_init(struct link_keys *keys, struct answer *answer);

/* All bytes that one read gave. A paste in brackets, a sequence, several bytes, and what comes soon behind other bytes are no
 * key. `now` is real ms, above 0. */
void link_keys_feed(struct link_keys *keys, const unsigned char *bytes, size_t len, int64_t now);

/* The key that stood alone for as long as it takes, once: a byte or LINK_KEY_ESC. LINK_KEY_NONE when there is none. */
int link_keys_take(struct link_keys *keys, int64_t now);

/* What was typed until now was not meant for what is on the screen now. */
void link_keys_forget(struct link_keys *keys);

#endif
