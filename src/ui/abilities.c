/* SPDX-License-Identifier: MIT */
#include "ui/abilities.h"

#include <stdarg.h>
#include <stdio.h>

#include "core/text.h"
#include "qr/raster.h"

__attribute__((format(printf, 4, 5)))
static bool decide(struct ui_ability *out, bool can, bool sure, const char *format, ...)
{
    va_list arguments;
    out->can = can;
    out->sure = sure;
    va_start(arguments, format);
    text_vformat(out->why, sizeof out->why, format, arguments);
    va_end(arguments);
    return true;
}

enum qr_graphics abilities_graphics(const struct ability_facts *facts)
{
    if (facts->who.known->hides)
        return QR_GRAPHICS_NONE;
    if (facts->answer.kitty_graphics)
        return QR_GRAPHICS_KITTY;
    return answer_announces_sixel(&facts->answer) ? QR_GRAPHICS_SIXEL : QR_GRAPHICS_NONE;
}

bool abilities_wide(const struct ability_facts *facts)
{
    return facts->answer.column[ANSWER_HALF_BLOCK] > 2;
}

static struct qr_terminal cells_of(const struct ability_facts *facts)
{
    return (struct qr_terminal){.cell_width = facts->answer.cell_width, .cell_height = facts->answer.cell_height};
}

static bool limit_pictures(struct ui_ability *out, const struct ability_facts *facts)
{
    if (facts->who.known->hides)
        return decide(out, false, true, "%s passes none on", facts->who.name);
    if (abilities_graphics(facts) == QR_GRAPHICS_NONE)
        return decide(out, false, true, "it announces neither kitty's graphics nor sixel");
    const struct qr_terminal cells = cells_of(facts);
    if (cells.cell_width == 0)
        return decide(out, false, true, "it does not tell how many pixels a cell has");
    if (!raster_cells_known(&cells))
        return decide(out, false, true, "it tells of cells of %dx%d pixels", cells.cell_width, cells.cell_height);
    return false;
}

/* Codes are made of glyphs of one column; two would tear every line. */
static bool limit_columns(struct ui_ability *out, const struct ability_facts *facts, enum qr_ability ability)
{
    static const enum answer_sign signs[QR_ABILITY_COUNT] = {[QR_ABILITY_HALF_BLOCKS] = ANSWER_HALF_BLOCK,
                                                             [QR_ABILITY_SEXTANTS] = ANSWER_SEXTANT,
                                                             [QR_ABILITY_OCTANTS] = ANSWER_OCTANT};
    int columns = facts->answer.column[signs[ability]] - 1;
    if (columns < 0 || columns == 1)
        return false;
    return decide(out, false, true, "the terminal gives one %d columns", columns);
}

/* What no wish can change. */
static bool decide_by_limits(struct ui_ability *out, const struct ability_facts *facts, enum qr_ability ability)
{
    if (ability == QR_ABILITY_PAINT)
        return decide(out, true, true, "every terminal has them");
    if (ability == QR_ABILITY_PICTURES)
        return limit_pictures(out, facts);
    if (!facts->utf8)
        return decide(out, false, true, "text does not go out as UTF-8: %s", facts->charset_why);
    if (ability == QR_ABILITY_OCTANTS && !facts->library_has_octants)
        return decide(out, false, true, "this machine's C library does not know them");
    if (facts->who.linux_console && ability != QR_ABILITY_HALF_BLOCKS)
        return decide(out, false, true, "no font of the Linux console has them");
    return limit_columns(out, facts, ability);
}

static bool decide_by_configuration(struct ui_ability *out, const struct ability_facts *facts, enum qr_ability ability)
{
    bool yes = facts->sextants_option == ABILITY_YES;
    if (ability != QR_ABILITY_SEXTANTS || facts->sextants_option == ABILITY_UNSAID)
        return false;
    return decide(out, yes, true, "the configuration says sextants = %s", yes ? "yes" : "no");
}

static bool decide_by_answer(struct ui_ability *out, const struct ability_facts *facts, enum qr_ability ability)
{
    if (facts->said[ability] != ABILITY_UNSAID)
        return decide(out, facts->said[ability] == ABILITY_YES, true, "the operator said so");
    return false;
}

static bool decide_half_blocks(struct ui_ability *out, const struct ability_facts *facts)
{
    if (facts->half_blocks_in_font == ABILITY_YES)
        return decide(out, true, true, "the console's font has them");
    if (facts->half_blocks_in_font == ABILITY_NO)
        return decide(out, false, true, "the console's font lacks them");
    if (facts->who.known->half_blocks)
        return decide(out, true, true, "%s draws them itself", facts->who.name);
    return decide(out, true, false, "nearly every font has them");
}

static bool decide_glyphs(struct ui_ability *out, const struct ability_facts *facts, unsigned since)
{
    const struct known_terminal *known = facts->who.known;
    const char *name = facts->who.name;
    if (since != IDENTITY_NEVER && facts->who.version >= since)
        return decide(out, true, true, "%s draws them itself", name);
    if (known->hides)
        return decide(out, false, false, "%s hides which terminal draws", name);
    if (since != IDENTITY_NEVER)
        return decide(out, false, false, "%s is too old to draw them itself", name);
    if (facts->who.version > 0 || facts->answer.device[0])
        return decide(out, false, false, "%s is not known to draw them", name);
    return decide(out, false, false, "the terminal did not say who it is");
}

static bool decide_by_knowledge(struct ui_ability *out, const struct ability_facts *facts, enum qr_ability ability)
{
    if (ability == QR_ABILITY_HALF_BLOCKS)
        return decide_half_blocks(out, facts);
    if (ability == QR_ABILITY_SEXTANTS)
        return decide_glyphs(out, facts, facts->who.known->sextants);
    if (ability == QR_ABILITY_OCTANTS)
        return decide_glyphs(out, facts, facts->who.known->octants);
    bool kitty = abilities_graphics(facts) == QR_GRAPHICS_KITTY;
    return decide(out, true, true, "it announces %s, and cells of %dx%d pixels", kitty ? "kitty's graphics" : "sixel",
                  facts->answer.cell_width, facts->answer.cell_height);
}

static bool has_no_sextants(const struct ability_facts *facts)
{
    return facts->said[QR_ABILITY_SEXTANTS] == ABILITY_NO || facts->sextants_option == ABILITY_NO;
}

void abilities_decide(struct ui_ability *out, const struct ability_facts *facts, enum qr_ability ability)
{
    out->fixed = decide_by_limits(out, facts, ability) || decide_by_configuration(out, facts, ability);
    if (out->fixed || decide_by_answer(out, facts, ability))
        return;
    decide_by_knowledge(out, facts, ability);
    /* Octants came to fonts and terminals years later. */
    if (!out->sure && ability == QR_ABILITY_OCTANTS && has_no_sextants(facts))
        decide(out, false, true, "there are no sextants either");
    const struct qr_mode_info *mode = qr_mode_info(facts->mode_option);
    if (!out->sure && mode && mode->ability == ability)
        decide(out, true, true, "the configuration says qr_mode = %s", mode->name);
}

struct qr_terminal abilities_terminal(const struct ability_facts *facts)
{
    struct qr_terminal terminal = cells_of(facts);
    for (int i = 0; i < QR_ABILITY_COUNT; i++) {
        struct ui_ability ability;
        abilities_decide(&ability, facts, (enum qr_ability)i);
        terminal.can[i] = ability.can;
    }
    return terminal;
}
