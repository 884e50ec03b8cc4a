/* SPDX-License-Identifier: MIT
 * Attributes by meaning. The terminal's own colours stay; only the code brings its own.
 */
#ifndef SCANDECK_UI_THEME_H
#define SCANDECK_UI_THEME_H

#include <curses.h>
#include <stdbool.h>

#include "core/log.h"
#include "core/phase.h"

enum theme_role {
    THEME_PLAIN,
    THEME_TITLE,
    THEME_FAINT,    /* headings, borders, what can be left unread */
    THEME_SELECTED,
    THEME_GOOD,
    THEME_BUSY,
    THEME_WARN,
    THEME_BAD,
    THEME_KEY,
    THEME_QUESTION,
    THEME_ROLE_COUNT
};

struct theme_style {
    attr_t attributes;
    short pair;
};

struct theme {
    struct theme_style styles[THEME_ROLE_COUNT];
    struct theme_style light; /* a code cell with light background, dark glyph */
    struct theme_style dark;
    bool reverse; /* no colours: what of these two is light depends on the terminal's background */
};

/* After ncurses has started. `light_background` counts where there are no colours. */
void theme_init(struct theme *theme, bool no_color, bool light_background);

enum theme_role theme_phase_role(enum phase phase);
enum theme_role theme_level_role(enum log_level level);

#endif
