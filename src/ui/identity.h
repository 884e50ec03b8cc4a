/* SPDX-License-Identifier: MIT
 * Which terminal answered, and what is known of it: one table. Pure.
 */
#ifndef SCANDECK_UI_IDENTITY_H
#define SCANDECK_UI_IDENTITY_H

#include <stdbool.h>

#include "ui/answer.h"

#define IDENTITY_TERM_MAX 64
#define IDENTITY_MAX (2 * ANSWER_TEXT_MAX + IDENTITY_TERM_MAX)

/* No version of the terminal does this. */
#define IDENTITY_NEVER 0xffffffffu

/* What is known of a terminal, from terminals.md 3 and 7 where nothing else is said in the table. */
struct known_terminal {
    const char *name;    /* for people; a %u in it is its version */
    const char *version; /* how its XTVERSION begins; NULL = it gives none */
    unsigned first, least, most; /* its DA2: first number (IDENTITY_NEVER: it is not told by that), bounds of the second */
    const char *attributes; /* its DA1, where DA2 alone does not tell it; NULL = any */
    unsigned third_scale; /* its version is the third number times this; 0 = it is the second number */
    unsigned sextants, octants; /* the first version that draws them itself, or IDENTITY_NEVER */
    unsigned kitty_query; /* the first version that may be asked for kitty's graphics: it does not print the question */
    bool half_blocks; /* draws them itself: without gaps, whatever its font is */
    bool resizes;     /* obeys CSI 8 ; rows ; columns t */
    bool osc777;      /* notifies by OSC 777 rather than OSC 9 (VTE where Fedora's patch is in it) */
    bool hides;       /* stands before the terminal that draws: tmux, screen, mosh */
};

struct identity {
    const struct known_terminal *known; /* never NULL; a row that claims nothing where the terminal is not known */
    unsigned version;            /* "0.26.5" is 2605, "VTE(7006)" 7006; 0 = not known */
    char name[ANSWER_TEXT_MAX];  /* "kitty(0.26.5)", "PuTTY", "unknown"; printable ASCII */
    char term[IDENTITY_TERM_MAX]; /* TERM; printable ASCII */
    char id[IDENTITY_MAX]; /* what answers are remembered by: "XTerm(379) 41;379;0 xterm-256color" */
    bool linux_console;    /* the Linux kernel's own: its font has half blocks, but few signs */
};

void identity_make(struct identity *out, const struct answer *answer, const char *term);

/* Whether TERM is that of the Linux console. */
bool identity_is_linux_console(const char *term);

#endif
