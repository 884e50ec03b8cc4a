/* SPDX-License-Identifier: MIT
 * What a terminal answers when it is asked who it is: foreign bytes, read one by one. Pure.
 */
#ifndef SCANDECK_UI_ANSWER_H
#define SCANDECK_UI_ANSWER_H

#include <stdbool.h>
#include <stddef.h>

#define ANSWER_TEXT_MAX 64
/* Keys typed while the terminal was being asked. */
#define ANSWER_TYPED_MAX 64

enum answer_place { ANSWER_GROUND, ANSWER_ESCAPE, ANSWER_CSI, ANSWER_DCS, ANSWER_DCS_ESCAPE };

struct answer {
    enum answer_place place;
    char text[ANSWER_TEXT_MAX]; /* of the sequence being read, without its introducer */
    size_t text_len;            /* may count past the end of .text: then the sequence is too long to be kept */
    char device[ANSWER_TEXT_MAX];  /* DA2: "1;4000;26"; "" = not answered */
    char version[ANSWER_TEXT_MAX]; /* XTVERSION: "kitty(0.26.5)", printable ASCII; "" = not answered */
    bool complete;              /* DA1 came, which is asked for last */
    unsigned char typed[ANSWER_TYPED_MAX]; /* what was no answer */
    size_t typed_len;
};

/* DA2, XTVERSION, and DA1, which all terminals answer: when it is there, the others are or never will be. */
#define ANSWER_QUERY "\033[>c\033[>q\033[c"

void answer_init(struct answer *answer);
void answer_feed(struct answer *answer, const unsigned char *bytes, size_t len);
/* No more bytes will come: a sequence left half is what somebody typed. */
void answer_finish(struct answer *answer);

/* Whether this terminal is known to draw the sextants U+1FB00 to U+1FB3B itself. */
bool answer_draws_sextants(const struct answer *answer);
/* "kitty(0.26.5)", "VTE(7006)", else "unknown". */
void answer_name(const struct answer *answer, char *dst, size_t size);

#endif
