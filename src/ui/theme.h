/* SPDX-License-Identifier: MIT
 * Attributes by meaning. The terminal's own colours stay; only the code brings its own.
 */
#ifndef SCANDECK_UI_THEME_H
#define SCANDECK_UI_THEME_H

#include <curses.h>
#include <stdbool.h>

#include "core/log.h"
#include "core/phase.h"
#include "core/style.h"

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

/* After ncurses has started. `styles` has THEME_ROLE_COUNT of them; `light_background` counts where there are no colours. */
void theme_init(struct theme *theme, const struct style *styles, bool no_color, bool light_background);
/* Other styles from now on. */
void theme_restyle(struct theme *theme, const struct style *styles, bool no_color);

/* What the terminal's background is, where that was not known before. */
void theme_set_light(struct theme *theme, bool light_background);

enum theme_role theme_phase_role(enum phase phase);
enum theme_role theme_level_role(enum log_level level);

#endif
