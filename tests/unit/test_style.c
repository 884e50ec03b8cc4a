/* SPDX-License-Identifier: MIT
 * Colours and attributes as [theme] writes them; the built-in themes.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "core/style.h"

#define BIT(attribute) (1u << (attribute))

static void reads(const char *text, int color, unsigned attributes)
{
    struct style style;
    char why[200] = "";
    assert_true(style_parse(&style, text, why, sizeof why));
    assert_int_equal(style.color, color);
    assert_int_equal(style.attributes, attributes);
}

static void colours_and_attributes_are_read(void **state)
{
    (void)state;
    reads("plain", STYLE_COLOR_DEFAULT, 0);
    reads("reverse", STYLE_COLOR_DEFAULT, BIT(STYLE_REVERSE));
    reads("magenta bold", 5, BIT(STYLE_BOLD));
    reads("\tdim  bright-black underline ", 8, BIT(STYLE_DIM) | BIT(STYLE_UNDERLINE));
    reads("bright-white", 15, 0);
    reads("black", 0, 0);
    reads("0", 0, 0);
    reads("255", 255, 0);
    reads("default bold bold", STYLE_COLOR_DEFAULT, BIT(STYLE_BOLD));
}

static void refuses(const char *text, const char *words)
{
    struct style style;
    char why[200] = "";
    assert_false(style_parse(&style, text, why, sizeof why));
    assert_non_null(strstr(why, words));
}

static void mistakes_are_named(void **state)
{
    (void)state;
    refuses("magneta", "'magneta' is no colour (default, red, bright-red, 0 to 255) and no attribute (bold, dim, underline, reverse)"
                       " (did you mean 'magenta'?)");
    refuses("bold undreline", "did you mean 'underline'?");
    refuses("bright-rde", "did you mean 'bright-red'?");
    refuses("256", "'256' is no colour");
    refuses("-1", "'-1' is no colour");
    refuses("red blue", "blue is a second colour");
    refuses("red default", "default is a second colour");
    refuses("\033[31m", "'?[31m' is no colour");
    refuses("averyveryveryverylongwordthatisnone", "is no colour");
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
    for (int i = 0; i < THEME_ROLE_COUNT; i++)
        assert_int_equal(style_meaning_find(style_meaning_name((enum theme_role)i)), i);
    assert_int_equal(style_meaning_find("panel"), THEME_ROLE_COUNT);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(colours_and_attributes_are_read),
        cmocka_unit_test(mistakes_are_named),
        cmocka_unit_test(built_in_themes_can_be_read),
        cmocka_unit_test(meanings_are_found_by_name),
    };
    return cmocka_run_group_tests_name("style", tests, NULL, NULL);
}
