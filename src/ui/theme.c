/* SPDX-License-Identifier: MIT */
#include "ui/theme.h"

#include "ui/code_colors.h"

enum pair { PAIR_DEFAULT, PAIR_CODE_LIGHT, PAIR_CODE_DARK, PAIR_GOOD, PAIR_BUSY, PAIR_WARN, PAIR_BAD };

/* One row a role: attributes with colours, attributes without, colour pair. */
static const struct {
    attr_t coloured, plain;
    short pair;
} styles[THEME_ROLE_COUNT] = {
    [THEME_PLAIN] = {A_NORMAL, A_NORMAL, PAIR_DEFAULT},
    [THEME_TITLE] = {A_BOLD, A_BOLD, PAIR_DEFAULT},
    [THEME_FAINT] = {A_DIM, A_DIM, PAIR_DEFAULT},
    [THEME_SELECTED] = {A_BOLD, A_BOLD, PAIR_DEFAULT},
    [THEME_GOOD] = {A_NORMAL, A_NORMAL, PAIR_GOOD},
    [THEME_BUSY] = {A_NORMAL, A_NORMAL, PAIR_BUSY},
    [THEME_WARN] = {A_BOLD, A_BOLD, PAIR_WARN},
    [THEME_BAD] = {A_BOLD, A_BOLD, PAIR_BAD},
    [THEME_KEY] = {A_BOLD, A_BOLD, PAIR_DEFAULT},
    [THEME_QUESTION] = {A_REVERSE, A_REVERSE, PAIR_DEFAULT},
};

/* Two pairs, because A_REVERSE makes ncurses send attributes and colours anew at each change: a third more bytes. The
 * extended call, because a colour of a direct-colour terminal is no short. */
static void init_code_colors(void)
{
    struct code_colors code = code_colors(COLORS);
    init_extended_pair(PAIR_CODE_LIGHT, code.black, code.white);
    init_extended_pair(PAIR_CODE_DARK, code.white, code.black);
}

static bool init_colors(void)
{
    if (!has_colors() || start_color() == ERR || code_colors(COLORS).reverse)
        return false;
    short back = use_default_colors() == OK ? -1 : COLOR_BLACK;
    init_pair(PAIR_GOOD, COLOR_GREEN, back);
    init_pair(PAIR_BUSY, COLOR_CYAN, back);
    /* Not yellow: nobody can read that on a light background. */
    init_pair(PAIR_WARN, COLOR_MAGENTA, back);
    init_pair(PAIR_BAD, COLOR_RED, back);
    init_code_colors();
    return true;
}

static void init_code_styles(struct theme *theme, bool colors, bool light_background)
{
    const struct theme_style normal = {A_NORMAL, PAIR_DEFAULT}, reverse = {A_REVERSE, PAIR_DEFAULT};
    theme->reverse = !colors;
    theme->light = colors             ? (struct theme_style){A_NORMAL, PAIR_CODE_LIGHT}
                   : light_background ? normal
                                      : reverse;
    theme->dark = colors             ? (struct theme_style){A_NORMAL, PAIR_CODE_DARK}
                  : light_background ? reverse
                                     : normal;
}

void theme_init(struct theme *theme, bool no_color, bool light_background)
{
    bool colors = init_colors(), coloured = colors && !no_color;
    for (int i = 0; i < THEME_ROLE_COUNT; i++)
        theme->styles[i] = (struct theme_style){coloured ? styles[i].coloured : styles[i].plain,
                                                coloured ? styles[i].pair : (short)PAIR_DEFAULT};
    init_code_styles(theme, colors, light_background);
}

enum theme_role theme_phase_role(enum phase phase)
{
    static const enum theme_role roles[PHASE_COUNT] = {
        [PHASE_UNKNOWN] = THEME_FAINT,   [PHASE_CHECKING] = THEME_BUSY, [PHASE_UNLINKED] = THEME_PLAIN,
        [PHASE_CONNECTING] = THEME_BUSY, [PHASE_WAITING] = THEME_BUSY,  [PHASE_CODE] = THEME_BUSY,
        [PHASE_STALE] = THEME_BUSY,      [PHASE_PAIRING] = THEME_BUSY, [PHASE_LINKING] = THEME_BUSY,  [PHASE_LINKED] = THEME_GOOD,
        [PHASE_EXPIRED] = THEME_WARN,    [PHASE_ERROR] = THEME_BAD,     [PHASE_PASSKEY] = THEME_WARN,
        [PHASE_REFUSED] = THEME_BAD,     [PHASE_OFFLINE] = THEME_WARN,  [PHASE_STARTING] = THEME_BUSY,
        [PHASE_BLOCKED] = THEME_BAD,     [PHASE_SUSPENDED] = THEME_WARN,
    };
    return roles[phase];
}

enum theme_role theme_level_role(enum log_level level)
{
    return level == LOG_ERROR ? THEME_BAD : level == LOG_WARN ? THEME_WARN : THEME_PLAIN;
}
