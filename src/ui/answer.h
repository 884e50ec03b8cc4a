/* SPDX-License-Identifier: MIT
 * What a terminal answers when it is asked who it is: foreign bytes, read one by one. Pure.
 */
#ifndef SCANDECK_UI_ANSWER_H
#define SCANDECK_UI_ANSWER_H

#include <stdbool.h>
#include <stddef.h>

#define ANSWER_TEXT_MAX 128
/* Keys typed while the terminal was being asked. */
#define ANSWER_TYPED_MAX 64
/* The largest cell that is believed, in pixels a side. */
#define ANSWER_CELL_MAX 1000

/* What the terminal is asked to show, to see how many columns that takes: a letter of two bytes, and of each family of glyphs
 * that codes are drawn with one. The order is that of the questions. */
enum answer_sign { ANSWER_LETTER, ANSWER_HALF_BLOCK, ANSWER_SEXTANT, ANSWER_OCTANT, ANSWER_SIGN_COUNT };

enum answer_place { ANSWER_GROUND, ANSWER_ESCAPE, ANSWER_CSI, ANSWER_STRING, ANSWER_STRING_ESCAPE };

/* What the code would stand on where there are no colours of its own. */
enum answer_background { ANSWER_BACKGROUND_UNKNOWN, ANSWER_BACKGROUND_DARK, ANSWER_BACKGROUND_LIGHT };

struct answer {
    enum answer_place place;
    char introducer;            /* of the string being read: 'P' (DCS), '_' (APC) or ']' (OSC) */
    char text[ANSWER_TEXT_MAX]; /* of the sequence being read, without its introducer */
    size_t text_len;            /* may count past the end of .text: then the sequence is too long to be kept */
    char device[ANSWER_TEXT_MAX];     /* DA2: "1;4000;26"; "" = not answered */
    char attributes[ANSWER_TEXT_MAX]; /* DA1: "62;4;22"; "" = not answered */
    char version[ANSWER_TEXT_MAX];    /* XTVERSION: "kitty(0.26.5)", printable ASCII; "" = not answered */
    int cell_width, cell_height;      /* pixels; 0 = not answered */
    int column[ANSWER_SIGN_COUNT];    /* of the cursor behind each sign, 1 is the leftmost; 0 = not answered */
    enum answer_background background; /* by its brightness: light is more than half */
    bool kitty_graphics;              /* kitty's graphics protocol was answered with OK */
    /* The signs whose cursor is awaited, set by who asks: else a cursor's place looks like the key F3. */
    enum answer_sign next_sign, end_sign;
    bool complete;       /* DA1 came, which is asked for last; whoever asks again clears it */
    unsigned char typed[ANSWER_TYPED_MAX]; /* what was no answer */
    size_t typed_len;
};

void answer_init(struct answer *answer);
void answer_feed(struct answer *answer, const unsigned char *bytes, size_t len);
/* No more bytes will come for now: a key left half is what somebody typed. An answer left half stays where it is, in
 * .place; its rest is still to be kept from acting as keys. */
void answer_finish(struct answer *answer);

/* Whether DA1 announces sixel pictures. */
bool answer_announces_sixel(const struct answer *answer);

/* Reads "65;7006;1" into `numbers`, at most `most` of them, each cut to 999999. Returns how many there are. */
size_t answer_numbers(const char *text, unsigned *numbers, size_t most);

#endif
