/* SPDX-License-Identifier: MIT
 * Colours and attributes as [theme] spells them; the themes that are built in leave nothing out and can be read.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "core/style.h"

#define BOLD (1u << STYLE_BOLD)
#define DIM (1u << STYLE_DIM)
#define UNDERLINE (1u << STYLE_UNDERLINE)
#define REVERSE (1u << STYLE_REVERSE)

static void assert_style(const char *text, int color, unsigned attributes)
{
    struct style style = {.color = 99, .attributes = ~0u};
    char why[200] = "";
    if (!style_parse(&style, text, why, sizeof why))
        fail_msg("'%s' is refused: %s", text, why);
    if (style.color != color || style.attributes != attributes)
        fail_msg("'%s' is colour %d, attributes %#x", text, style.color, style.attributes);
}

static void colours_have_names_and_numbers(void **state)
{
    static const char *const names[] = {"black", "red", "green", "yellow", "blue", "magenta", "cyan", "white"};
    char text[32];
    (void)state;
    for (int i = 0; i < 8; i++) {
        assert_style(names[i], i, 0);
        snprintf(text, sizeof text, "bright-%s", names[i]);
        assert_style(text, i + 8, 0);
    }
    for (int i = 0; i < 256; i++) {
        snprintf(text, sizeof text, "%d", i);
        assert_style(text, i, 0);
    }
    assert_style("default", STYLE_COLOR_DEFAULT, 0);
    assert_style("plain", STYLE_COLOR_DEFAULT, 0);
    assert_style("007", 7, 0);
}

static void attributes_stand_anywhere(void **state)
{
    (void)state;
    assert_style("bold", STYLE_COLOR_DEFAULT, BOLD);
    assert_style("magenta bold", 5, BOLD);
    assert_style("bold magenta", 5, BOLD);
    assert_style("  bold\t dim underline   reverse 17 ", 17, BOLD | DIM | UNDERLINE | REVERSE);
    assert_style("bold bold", STYLE_COLOR_DEFAULT, BOLD);
    assert_style("default reverse", STYLE_COLOR_DEFAULT, REVERSE);
}

static void assert_refused(const char *text, const char *shown, const char *words)
{
    struct style style;
    char why[200] = "";
    if (style_parse(&style, text, why, sizeof why))
        fail_msg("'%s' is taken", text);
    if (strncmp(why, shown, strlen(shown)) != 0 || !strstr(why, words))
        fail_msg("'%s': %s", text, why);
}

static void what_is_wrong_is_named(void **state)
{
    static const char *const wrong[] = {"pink",       "Red",        "256",          "999",          "1000",   "99999999999999999999",
                                        "-1",         "+1",         "1.5",          "0x10",         "red,",   "bright-",
                                        "bright",     "bright-pink", "bright-default", "bright-bright-red", "bright-1", "italic",
                                        "bolder",     "bol"};
    char shown[32];
    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        snprintf(shown, sizeof shown, "'%s' is no colour", wrong[i]);
        assert_refused(wrong[i], shown, "bright-red, 0 to 255) and no attribute (bold, dim, underline, reverse)");
    }
    assert_refused("bold pink dim", "'pink'", "is no colour");
    assert_refused("plain bold", "'plain'", "is no colour");
    assert_refused("red blue", "blue", "is a second colour: give one");
    assert_refused("default 3", "3", "is a second colour");
    assert_refused("red red", "red", "is a second colour");
    assert_refused("magneta", "'magneta'", "(did you mean 'magenta'?)");
    assert_refused("bold undreline", "'undreline'", "(did you mean 'underline'?)");
    assert_refused("bright-rde", "'bright-rde'", "(did you mean 'bright-red'?)");
}

/* Only what may stand on a screen comes back, and no more than there is room for. */
static void foreign_bytes_are_cleaned_and_cut(void **state)
{
    struct style style;
    char text[600], why[200], little[12];
    (void)state;
    assert_refused("\033[31m", "'?[31m' is no colour", "");
    assert_refused("\xff\xc3", "'?\?' is no colour", "");
    assert_refused("red\nbold", "'red bold' is no colour", "");
    memset(text, 'x', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    assert_false(style_parse(&style, text, why, sizeof why));
    assert_true(strlen(why) < sizeof why - 1);
    /* The cut must not make a good word of a bad one. */
    snprintf(text, sizeof text, "00000000000000000000007%s", "7");
    assert_false(style_parse(&style, text, why, sizeof why));
    assert_false(style_parse(&style, "pink", little, sizeof little));
    assert_int_equal(strlen(little), sizeof little - 1);
}

/* The luminance of one of xterm's 256 colours but the first 16, which each terminal has its own way (WCAG 2). */
static double luminance(int color)
{
    static const double curve[] = {0, 0.1144, 0.2423, 0.4287, 0.6795, 1}; /* of 0, 95, 135, 175, 215, 255 */
    if (color >= 232) {
        double level = (8 + 10 * (color - 232)) / 255.0, x = (level + 0.055) / 1.055;
        return level <= 0.04045 ? level / 12.92 : x * x * (0.6 + 0.4 * x); /* close to x to the power of 2.4 */
    }
    int cube = color - 16;
    return 0.2126 * curve[cube / 36] + 0.7152 * curve[cube / 6 % 6] + 0.0722 * curve[cube % 6];
}

static void built_in_themes_can_be_read(void **state)
{
    (void)state;
    for (int i = 0; i < THEME_ROLE_COUNT; i++) {
        int light = style_of_theme(STYLE_THEME_LIGHT, (enum theme_role)i).color;
        int dark = style_of_theme(STYLE_THEME_DARK, (enum theme_role)i).color;
        assert_true(light == STYLE_COLOR_DEFAULT || (light >= 16 && 1.05 / (luminance(light) + 0.05) >= 4.5));
        assert_true(dark == STYLE_COLOR_DEFAULT || (dark >= 16 && (luminance(dark) + 0.05) / 0.05 >= 4.5));
        assert_int_equal(style_of_theme(STYLE_THEME_MONO, (enum theme_role)i).color, STYLE_COLOR_DEFAULT);
    }
}

static void meanings_are_found_by_name(void **state)
{
    (void)state;
    for (int i = 0; i < THEME_ROLE_COUNT; i++) {
        assert_int_equal(style_meaning_find(style_meaning_name((enum theme_role)i)), i);
        assert_true(style_meaning_words((enum theme_role)i)[0]);
    }
    assert_int_equal(style_meaning_find(""), THEME_ROLE_COUNT);
    assert_int_equal(style_meaning_find("Good"), THEME_ROLE_COUNT);
    assert_int_equal(style_meaning_find("goods"), THEME_ROLE_COUNT);
}

/* A meaning that a theme forgets would be black, or alike with ordinary text where it must stand out. */
static void themes_are_complete(void **state)
{
    static const enum theme_role striking[] = {THEME_TITLE, THEME_SELECTED, THEME_WARN, THEME_BAD, THEME_KEY, THEME_QUESTION,
                                               THEME_MATCH};
    (void)state;
    for (int i = 0; i < STYLE_THEME_COUNT; i++) {
        for (int role = 0; role < THEME_ROLE_COUNT; role++) {
            struct style style = style_of_theme((enum style_theme)i, (enum theme_role)role);
            assert_in_range(style.color + 1, 0, 256);
            assert_int_not_equal(style.color, 0);
            assert_int_equal(style.attributes >> STYLE_ATTRIBUTE_COUNT, 0);
            assert_true(i != STYLE_THEME_MONO || style.color == STYLE_COLOR_DEFAULT);
        }
        for (size_t j = 0; j < sizeof striking / sizeof *striking; j++) {
            struct style style = style_of_theme((enum style_theme)i, striking[j]);
            assert_true(style.color != STYLE_COLOR_DEFAULT || style.attributes);
        }
        struct style plain = style_of_theme((enum style_theme)i, THEME_PLAIN);
        assert_true(plain.color == STYLE_COLOR_DEFAULT && plain.attributes == 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(colours_have_names_and_numbers), cmocka_unit_test(attributes_stand_anywhere),
        cmocka_unit_test(what_is_wrong_is_named),         cmocka_unit_test(foreign_bytes_are_cleaned_and_cut),
        cmocka_unit_test(meanings_are_found_by_name),     cmocka_unit_test(themes_are_complete),
        cmocka_unit_test(built_in_themes_can_be_read),
    };
    return cmocka_run_group_tests_name("style", tests, NULL, NULL);
}
