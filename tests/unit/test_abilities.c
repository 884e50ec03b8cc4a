/* SPDX-License-Identifier: MIT
 * Who the terminal is by its answers, and what follows from that for each way to draw.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "ui/abilities.h"
#include "ui/code_colors.h"

#define TMUX "\033[>84;0;0c\033P>|tmux 3.3a\033\\\033[?1;2c"

/* terminals.md 7, and 3 for what they draw. */
static const struct {
    const char *bytes, *name;
    bool sextants, octants, half_blocks_sure, resizes, kitty_query;
    enum qr_graphics graphics;
} terminals[] = {
    {"\033[>1;4000;26c\033P>|kitty(0.26.5)\033\\\033[?62;c", "kitty(0.26.5)", 1, 0, 1, 0, 1, QR_GRAPHICS_NONE},
    {"\033[>1;4000;26c\033P>|kitty(0.26.5)\033\\\033[?62;c\033_Gi=31;OK\033\\", "kitty(0.26.5)", 1, 0, 1, 0, 1,
     QR_GRAPHICS_KITTY},
    {"\033[>1;4000;41c\033P>|kitty(0.41.1)\033\\\033[?62;c", "kitty(0.41.1)", 1, 1, 1, 0, 1, QR_GRAPHICS_NONE},
    {"\033[>1;4000;41c\033[?62;c", "kitty", 1, 1, 1, 0, 1, QR_GRAPHICS_NONE},
    {"\033[>1;4000;26c\033[?62;c", "kitty", 1, 0, 1, 0, 1, QR_GRAPHICS_NONE},
    {"\033[>1;011301;0c\033P>|foot(1.13.1)\033\\\033[?62;4;22c", "foot(1.13.1)", 1, 0, 1, 0, 0, QR_GRAPHICS_SIXEL},
    {"\033[>1;012100;0c\033P>|foot(1.21.0)\033\\\033[?62;4;22c", "foot(1.21.0)", 1, 1, 1, 0, 0, QR_GRAPHICS_SIXEL},
    {"\033[>1;011301;0c\033[?62;4;22c", "foot(11301)", 1, 0, 1, 0, 0, QR_GRAPHICS_SIXEL},
    {"\033[>65;7006;1c\033[?65;1;9c", "VTE(7006)", 1, 0, 1, 1, 0, QR_GRAPHICS_NONE},
    {"\033[>61;8001;1c\033P>|VTE(8001)\033\\\033[?61;1;21;22c", "VTE(8001)", 1, 1, 1, 1, 0, QR_GRAPHICS_NONE},
    {"\033[>65;6800;1c\033[?65;1;9c", "VTE(6800)", 0, 0, 1, 1, 0, QR_GRAPHICS_NONE},
    {"\033[>65;6800;1c\033P>|VTE(6800)\033\\\033[?65;1;9c", "VTE(6800)", 0, 0, 1, 1, 0, QR_GRAPHICS_NONE},
    {"\033[>1;115;0c\033P>|Konsole 22.12.3\033\\\033[?62;1;4c", "Konsole 22.12.3", 1, 0, 1, 1, 1, QR_GRAPHICS_SIXEL},
    {"\033[>1;115;0c\033P>|Konsole 21.12.3\033\\\033[?62;1c", "Konsole 21.12.3", 1, 0, 1, 1, 0, QR_GRAPHICS_NONE},
    {"\033[>1;115;0c\033[?62;1c", "Konsole", 0, 0, 0, 1, 0, QR_GRAPHICS_NONE},
    {"\033[>1;10;0c\033P>|ghostty 1.3.1-arch2\033\\\033[?62;22c", "ghostty 1.3.1-arch2", 1, 1, 1, 0, 1,
     QR_GRAPHICS_NONE},
    {"\033[>1;10;0c\033P>|ghostty 1.1.0\033\\\033[?62;22c", "ghostty 1.1.0", 1, 0, 1, 0, 1, QR_GRAPHICS_NONE},
    {"\033[>1;277;0cP\033P>|WezTerm 20240203-110809-5046fc22\033\\\033[?65;4;6;18;22c",
     "WezTerm 20240203-110809-5046fc22", 1, 0, 1, 0, 1, QR_GRAPHICS_SIXEL},
    {"\033[>0;1700;1c\033[?6c", "Alacritty", 0, 0, 1, 0, 0, QR_GRAPHICS_NONE},
    {"\033[>0;2500;1c\033[?6c", "Alacritty", 1, 0, 1, 0, 0, QR_GRAPHICS_NONE},
    {"\033[>41;379;0c\033P>|XTerm(379)\033\\\033[?64;1;2c", "XTerm(379)", 0, 0, 0, 0, 0, QR_GRAPHICS_NONE},
    {"\033[>41;390;0c\033P>|XTerm(390)\033\\\033[?63;1;2;4c", "XTerm(390)", 0, 0, 0, 0, 0, QR_GRAPHICS_SIXEL},
    {"\033[>41;330;0c\033[?64;1;2c", "XTerm(330)", 0, 0, 0, 0, 0, QR_GRAPHICS_NONE},
    {"\033[>0;136;0c\033[?6c", "PuTTY", 0, 0, 0, 1, 0, QR_GRAPHICS_NONE},
    {"\033[>85;95;0c\033[?1;2c", "rxvt-unicode", 0, 0, 0, 1, 0, QR_GRAPHICS_NONE},
    {"\033[>24;279;0c\033[?63;1;2;3;4;7;29c", "mlterm", 0, 0, 0, 1, 0, QR_GRAPHICS_SIXEL},
    {"\033[>84;0;0c\033P>|tmux 3.3a\033\\\033[?1;2;4c", "tmux 3.3a", 0, 0, 0, 0, 0, QR_GRAPHICS_NONE},
    {"\033[>84;0;0c\033P>|tmux 3.5a\033\\\033[?62;4c", "tmux 3.5a", 0, 0, 0, 0, 0, QR_GRAPHICS_NONE},
    {"\033[>83;40900;0c\033[?1;2c", "GNU screen", 0, 0, 0, 0, 0, QR_GRAPHICS_NONE},
    {"\033[>1;10;0c\033[?62c", "mosh", 0, 0, 0, 0, 0, QR_GRAPHICS_NONE},
    {"\033[>1;10;0c\033[?62;22c", "unknown", 0, 0, 0, 0, 0, QR_GRAPHICS_NONE},
    {"\033P>|terminology 1.14.0\033\\\033[?62;4c", "terminology 1.14.0", 0, 0, 0, 0, 0, QR_GRAPHICS_SIXEL},
    {"\033[?6c", "unknown", 0, 0, 0, 0, 0, QR_GRAPHICS_NONE},
    {"", "unknown", 0, 0, 0, 0, 0, QR_GRAPHICS_NONE},
};

static struct ability_facts facts_of(const char *bytes, const char *term)
{
    struct ability_facts facts = {.utf8 = true,
                                  .charset_why = "the locale says so",
                                  .library_has_octants = true,
                                  .mode_option = QR_MODE_AUTO};
    answer_init(&facts.answer);
    answer_feed(&facts.answer, (const unsigned char *)bytes, strlen(bytes));
    answer_finish(&facts.answer);
    identity_make(&facts.who, &facts.answer, term);
    return facts;
}

static struct ui_ability decide(const struct ability_facts *facts, enum qr_ability ability)
{
    struct ui_ability out;
    abilities_decide(&out, facts, ability);
    assert_true(strlen(out.why) > 0 && strlen(out.why) < sizeof out.why - 1);
    return out;
}

static void terminals_are_told_apart(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof terminals / sizeof terminals[0]; i++) {
        const struct ability_facts facts = facts_of(terminals[i].bytes, "xterm-256color");
        print_message("# %s\n", terminals[i].name);
        assert_string_equal(facts.who.name, terminals[i].name);
        struct ui_ability sextants = decide(&facts, QR_ABILITY_SEXTANTS), octants = decide(&facts, QR_ABILITY_OCTANTS);
        assert_int_equal(sextants.can, terminals[i].sextants);
        assert_int_equal(sextants.sure, terminals[i].sextants);
        assert_int_equal(octants.can, terminals[i].octants);
        assert_int_equal(octants.sure, terminals[i].octants);
        assert_true(decide(&facts, QR_ABILITY_HALF_BLOCKS).can);
        assert_int_equal(decide(&facts, QR_ABILITY_HALF_BLOCKS).sure, terminals[i].half_blocks_sure);
        assert_int_equal(facts.who.known->resizes, terminals[i].resizes);
        assert_int_equal(facts.who.version >= facts.who.known->kitty_query, terminals[i].kitty_query);
        assert_int_equal(abilities_graphics(&facts), terminals[i].graphics);
        assert_true(decide(&facts, QR_ABILITY_PAINT).can && decide(&facts, QR_ABILITY_PAINT).sure);
    }
}

static void the_identity_is_version_device_and_term(void **state)
{
    (void)state;
    assert_string_equal(facts_of("\033[>41;379;0c\033P>|XTerm(379)\033\\\033[?64;1;2c", "xterm-256color").who.id,
                        "XTerm(379) 41;379;0 xterm-256color");
    assert_string_equal(facts_of("\033[>85;95;0c\033[?1;2c", "rxvt-unicode-256color").who.id,
                        "- 85;95;0 rxvt-unicode-256color");
    assert_string_equal(facts_of("", "").who.id, "- - -");
    assert_string_equal(facts_of("\033P>|a\nb\033\\\033[?1;2c", "x\ny\033[2J").who.id, "a?b - x?y?[2J");
}

static void pictures_need_a_protocol_and_the_size_of_cells(void **state)
{
    (void)state;
    static const struct {
        const char *bytes;
        bool can;
    } rows[] = {
        {"\033P>|foot(1.13.1)\033\\\033[6;17;8t\033[?62;4;22c", true},
        {"\033P>|foot(1.13.1)\033\\\033[?62;4;22c", false},
        {"\033P>|foot(1.13.1)\033\\\033[6;400;200t\033[?62;4;22c", false},
        {"\033P>|kitty(0.26.5)\033\\\033[6;17;8t\033[?62;c\033_Gi=31;OK\033\\", true},
        {"\033P>|kitty(0.26.5)\033\\\033[6;17;8t\033[?62;c", false},
        {"\033[>84;0;0c\033P>|tmux 3.5a\033\\\033[6;17;8t\033[?62;4c\033_Gi=31;OK\033\\", false},
        {"\033[>83;40900;0c\033[6;17;8t\033[?62;4c", false},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct ability_facts facts = facts_of(rows[i].bytes, "xterm-256color");
        struct ui_ability pictures = decide(&facts, QR_ABILITY_PICTURES);
        assert_int_equal(pictures.can, rows[i].can);
        assert_true(pictures.sure);
        facts.said[QR_ABILITY_PICTURES] = ABILITY_YES;
        assert_int_equal(decide(&facts, QR_ABILITY_PICTURES).can, rows[i].can);
        facts.said[QR_ABILITY_PICTURES] = ABILITY_NO;
        assert_false(decide(&facts, QR_ABILITY_PICTURES).can);
    }
    struct ability_facts both =
        facts_of("\033P>|Konsole 22.12.3\033\\\033[6;17;8t\033[?62;1;4c\033_Gi=31;OK\033\\", "x");
    assert_int_equal(abilities_graphics(&both), QR_GRAPHICS_KITTY);
    assert_int_equal(abilities_terminal(&both).cell_width, 8);
    assert_int_equal(abilities_terminal(&both).cell_height, 17);
    assert_true(abilities_terminal(&both).can[QR_ABILITY_PICTURES]);
}

static void no_wish_goes_beyond_the_limits(void **state)
{
    (void)state;
    struct ability_facts facts = facts_of("\033[>61;8001;1c\033[?61;1c", "xterm-256color");
    facts.sextants_option = ABILITY_YES;
    for (int i = 0; i < QR_ABILITY_COUNT; i++)
        facts.said[i] = ABILITY_YES;
    facts.library_has_octants = false;
    assert_false(decide(&facts, QR_ABILITY_OCTANTS).can);
    assert_true(decide(&facts, QR_ABILITY_OCTANTS).sure);
    facts.utf8 = false;
    facts.charset_why = "the locale names other characters";
    static const enum qr_ability glyphs[] = {QR_ABILITY_HALF_BLOCKS, QR_ABILITY_SEXTANTS, QR_ABILITY_OCTANTS};
    for (size_t i = 0; i < sizeof glyphs / sizeof glyphs[0]; i++) {
        struct ui_ability ability = decide(&facts, glyphs[i]);
        assert_false(ability.can);
        assert_true(ability.sure);
        assert_string_equal(ability.why, "text does not go out as UTF-8: the locale names other characters");
    }
    assert_true(decide(&facts, QR_ABILITY_PAINT).can);
}

/* The other way round nothing follows: a font may have sextants alone. */
static void without_sextants_there_are_no_octants(void **state)
{
    (void)state;
    struct ability_facts tmux = facts_of(TMUX, "tmux-256color");
    assert_false(decide(&tmux, QR_ABILITY_OCTANTS).sure);
    tmux.said[QR_ABILITY_SEXTANTS] = ABILITY_NO;
    assert_false(decide(&tmux, QR_ABILITY_OCTANTS).can);
    assert_true(decide(&tmux, QR_ABILITY_OCTANTS).sure);
    tmux.said[QR_ABILITY_SEXTANTS] = ABILITY_UNSAID;
    tmux.sextants_option = ABILITY_NO;
    assert_true(decide(&tmux, QR_ABILITY_OCTANTS).sure);
    tmux.said[QR_ABILITY_OCTANTS] = ABILITY_YES;
    assert_true(decide(&tmux, QR_ABILITY_OCTANTS).can);
    tmux.sextants_option = ABILITY_UNSAID;
    tmux.said[QR_ABILITY_OCTANTS] = ABILITY_NO;
    assert_false(decide(&tmux, QR_ABILITY_SEXTANTS).sure);
}

static void the_configuration_comes_before_the_operator_and_he_before_the_table(void **state)
{
    (void)state;
    struct ability_facts kitty = facts_of("\033P>|kitty(0.26.5)\033\\\033[?62;c", "xterm-kitty");
    struct ability_facts tmux = facts_of(TMUX, "tmux-256color");
    assert_false(decide(&tmux, QR_ABILITY_SEXTANTS).can);
    assert_false(decide(&tmux, QR_ABILITY_SEXTANTS).sure);
    tmux.said[QR_ABILITY_SEXTANTS] = ABILITY_YES;
    kitty.said[QR_ABILITY_SEXTANTS] = kitty.said[QR_ABILITY_HALF_BLOCKS] = ABILITY_NO;
    assert_true(decide(&tmux, QR_ABILITY_SEXTANTS).can);
    assert_true(decide(&tmux, QR_ABILITY_SEXTANTS).sure);
    assert_false(decide(&kitty, QR_ABILITY_SEXTANTS).can);
    assert_false(decide(&kitty, QR_ABILITY_HALF_BLOCKS).can);
    tmux.sextants_option = ABILITY_NO;
    kitty.sextants_option = ABILITY_YES;
    assert_false(decide(&tmux, QR_ABILITY_SEXTANTS).can);
    assert_true(decide(&kitty, QR_ABILITY_SEXTANTS).can);
}

static void a_mode_in_the_configuration_makes_sure_what_was_not(void **state)
{
    (void)state;
    struct ability_facts facts = facts_of(TMUX, "tmux-256color");
    facts.mode_option = QR_MODE_WIDE_SEXTANT;
    assert_true(decide(&facts, QR_ABILITY_SEXTANTS).can);
    assert_string_equal(decide(&facts, QR_ABILITY_SEXTANTS).why, "the configuration says qr_mode = wide-sextant");
    assert_false(decide(&facts, QR_ABILITY_OCTANTS).can);
    facts.said[QR_ABILITY_SEXTANTS] = ABILITY_NO;
    assert_false(decide(&facts, QR_ABILITY_SEXTANTS).can);
    facts.utf8 = false;
    facts.said[QR_ABILITY_SEXTANTS] = ABILITY_UNSAID;
    assert_false(decide(&facts, QR_ABILITY_SEXTANTS).can);
}

static void the_linux_console_goes_by_its_font(void **state)
{
    (void)state;
    struct ability_facts facts = facts_of("", "linux");
    assert_string_equal(facts.who.name, "Linux console");
    assert_true(facts.who.linux_console);
    assert_true(decide(&facts, QR_ABILITY_HALF_BLOCKS).can);
    assert_false(decide(&facts, QR_ABILITY_HALF_BLOCKS).sure);
    facts.half_blocks_in_font = ABILITY_YES;
    assert_true(decide(&facts, QR_ABILITY_HALF_BLOCKS).sure);
    facts.half_blocks_in_font = ABILITY_NO;
    assert_false(decide(&facts, QR_ABILITY_HALF_BLOCKS).can);
    facts.sextants_option = ABILITY_YES;
    assert_false(decide(&facts, QR_ABILITY_SEXTANTS).can);
    assert_true(decide(&facts, QR_ABILITY_SEXTANTS).sure);
}

static void codes_bring_their_own_colours(void **state)
{
    (void)state;
    static const struct {
        int colors;
        bool reverse;
        int black, white;
    } rows[] = {
        {-1, true, 0, 0},   {0, true, 0, 0},    {2, true, 0, 0},     {7, true, 0, 0},     {8, false, 0, 7},
        {15, false, 0, 7},  {16, false, 0, 15}, {64, false, 0, 15},  {88, false, 16, 79}, {255, false, 16, 79},
        {256, false, 16, 231}, {257, false, 0, 7}, {32768, false, 0, 7}, {1 << 24, false, 0x010101, 0xffffff},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct code_colors code = code_colors(rows[i].colors);
        assert_int_equal(code.reverse, rows[i].reverse);
        assert_int_equal(code.black, rows[i].black);
        assert_int_equal(code.white, rows[i].white);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(terminals_are_told_apart),
        cmocka_unit_test(the_identity_is_version_device_and_term),
        cmocka_unit_test(pictures_need_a_protocol_and_the_size_of_cells),
        cmocka_unit_test(no_wish_goes_beyond_the_limits),
        cmocka_unit_test(without_sextants_there_are_no_octants),
        cmocka_unit_test(the_configuration_comes_before_the_operator_and_he_before_the_table),
        cmocka_unit_test(a_mode_in_the_configuration_makes_sure_what_was_not),
        cmocka_unit_test(the_linux_console_goes_by_its_font),
        cmocka_unit_test(codes_bring_their_own_colours),
    };
    return cmocka_run_group_tests_name("abilities", tests, NULL, NULL);
}
