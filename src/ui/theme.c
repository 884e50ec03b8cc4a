/* SPDX-License-Identifier: MIT */
#include "ui/theme.h"

#include "ui/code_colors.h"

/* The code's two pairs come first, then one for each meaning that has a colour. */
enum pair { PAIR_DEFAULT, PAIR_CODE_LIGHT, PAIR_CODE_DARK, PAIR_FIRST_ROLE };

#define FEW_COLORS 8

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
    use_default_colors();
    init_code_colors();
    return true;
}

/* Where the terminal has fewer colours: of the 240 that xterm adds the nearest of the first eight, which here is as much as
 * telling red from green. */
static int nearest_color(int color)
{
    if (color < 0 || color < COLORS)
        return color;
    if (color < 16)
        return color - FEW_COLORS;
    if (color >= 232)
        return STYLE_COLOR_DEFAULT;
    int cube = color - 16, r = cube / 36, g = cube / 6 % 6, b = cube % 6;
    int most = r > g ? (r > b ? r : b) : g > b ? g : b;
    return (2 * r > most ? COLOR_RED : 0) | (2 * g > most ? COLOR_GREEN : 0) | (2 * b > most ? COLOR_BLUE : 0);
}

static attr_t attributes_of(unsigned attributes)
{
    static const attr_t meant[STYLE_ATTRIBUTE_COUNT] = {
        [STYLE_BOLD] = A_BOLD, [STYLE_DIM] = A_DIM, [STYLE_UNDERLINE] = A_UNDERLINE, [STYLE_REVERSE] = A_REVERSE};
    attr_t result = A_NORMAL;
    for (int i = 0; i < STYLE_ATTRIBUTE_COUNT; i++)
        result |= attributes & 1u << i ? meant[i] : A_NORMAL;
    return result;
}

void theme_restyle(struct theme *theme, const struct style *styles, bool no_color)
{
    for (int i = 0; i < THEME_ROLE_COUNT; i++) {
        int color = theme->reverse || no_color ? STYLE_COLOR_DEFAULT : nearest_color(styles[i].color);
        short pair = color == STYLE_COLOR_DEFAULT ? PAIR_DEFAULT : (short)(PAIR_FIRST_ROLE + i);
        if (pair != PAIR_DEFAULT)
            init_extended_pair(pair, color, -1);
        theme->styles[i] = (struct theme_style){attributes_of(styles[i].attributes), pair};
    }
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

void theme_init(struct theme *theme, const struct style *styles, bool no_color, bool light_background)
{
    init_code_styles(theme, init_colors(), light_background);
    theme_restyle(theme, styles, no_color);
}

void theme_set_light(struct theme *theme, bool light_background)
{
    init_code_styles(theme, !theme->reverse, light_background);
}

enum theme_role theme_phase_role(enum phase phase)
{
    static const enum theme_role roles[PHASE_COUNT] = {
        [PHASE_UNKNOWN] = THEME_FAINT,   [PHASE_CHECKING] = THEME_BUSY, [PHASE_UNLINKED] = THEME_PLAIN,
        [PHASE_CONNECTING] = THEME_BUSY, [PHASE_WAITING] = THEME_BUSY,  [PHASE_CODE] = THEME_BUSY,
        [PHASE_STALE] = THEME_BUSY,      [PHASE_PAIRING] = THEME_BUSY, [PHASE_LINKING] = THEME_BUSY,  [PHASE_LINKED] = THEME_GOOD,
        [PHASE_EXPIRED] = THEME_WARN,    [PHASE_ERROR] = THEME_BAD,     [PHASE_PASSKEY] = THEME_WARN,
        [PHASE_NO_TOKEN] = THEME_BAD,    [PHASE_REFUSED] = THEME_BAD,     [PHASE_OFFLINE] = THEME_WARN,  [PHASE_STARTING] = THEME_BUSY,
        [PHASE_BLOCKED] = THEME_BAD,     [PHASE_SUSPENDED] = THEME_WARN,
    };
    return roles[phase];
}

enum theme_role theme_level_role(enum log_level level)
{
    return level == LOG_ERROR ? THEME_BAD : level == LOG_WARN ? THEME_WARN : THEME_PLAIN;
}
