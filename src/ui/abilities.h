/* SPDX-License-Identifier: MIT
 * What this terminal can show, decided from all that is known. Pure.
 */
#ifndef SCANDECK_UI_ABILITIES_H
#define SCANDECK_UI_ABILITIES_H

#include <stdbool.h>

#include "qr/graphics.h"
#include "ui/answer.h"
#include "ui/identity.h"
#include "ui/ui.h"

enum ability_word { ABILITY_UNSAID, ABILITY_YES, ABILITY_NO };

/* All that counts, the strongest first. */
struct ability_facts {
    bool utf8;               /* text goes out as UTF-8 */
    const char *charset_why; /* why, or why not: a clause */
    bool library_has_octants; /* the C library knows their width; without it ncurses prints blanks */
    struct answer answer;
    enum ability_word sextants_option;        /* the configuration */
    enum qr_mode mode_option; /* the configuration's qr_mode: what is not sure it takes for granted; QR_MODE_AUTO: nothing */
    enum ability_word said[QR_ABILITY_COUNT]; /* the operator */
    enum ability_word half_blocks_in_font;    /* of the Linux console, by its font map */
    struct identity who;
};

void abilities_decide(struct ui_ability *out, const struct ability_facts *facts, enum qr_ability ability);
/* Whether the terminal gives two columns to signs that others give one, such as lines, blocks and Cyrillic. */
bool abilities_wide(const struct ability_facts *facts);
/* The protocol for pictures; kitty's where the terminal has both. */
enum qr_graphics abilities_graphics(const struct ability_facts *facts);
/* The same for all, as the modes take it. */
struct qr_terminal abilities_terminal(const struct ability_facts *facts);

#endif
