/* SPDX-License-Identifier: MIT
 * What terminals answer when they are asked, and keys typed in between.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "ui/answer.h"

static void feed(struct answer *answer, const char *bytes)
{
    answer_init(answer);
    answer_feed(answer, (const unsigned char *)bytes, strlen(bytes));
    answer_finish(answer);
}

static void each_answer_is_kept(void **state)
{
    (void)state;
    struct answer answer;
    feed(&answer, "\033[>1;4000;26c\033P>|kitty(0.26.5)\033\\\033[6;17;8t\033_Gi=31;OK\033\\\033[?62;4;22c");
    assert_string_equal(answer.device, "1;4000;26");
    assert_string_equal(answer.version, "kitty(0.26.5)");
    assert_string_equal(answer.attributes, "62;4;22");
    assert_int_equal(answer.cell_width, 8);
    assert_int_equal(answer.cell_height, 17);
    assert_true(answer.kitty_graphics);
    assert_true(answer_announces_sixel(&answer));
    assert_true(answer.complete);
    assert_int_equal(answer.typed_len, 0);
}

static void sixel_is_a_four_among_the_attributes(void **state)
{
    (void)state;
    static const struct {
        const char *bytes;
        bool sixel;
    } rows[] = {
        {"\033[?62;4;22c", true}, {"\033[?63;1;2;3;4c", true},   {"\033[?62;c", false},  {"\033[?64;1;2;44;14c", false},
        {"\033[?1;4c", false},    {"\033[?4;6c", false},         {"\033[?6c", false},    {"\033[?64;1;2;4c", true},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct answer answer;
        feed(&answer, rows[i].bytes);
        assert_int_equal(answer_announces_sixel(&answer), rows[i].sixel);
    }
}

static void a_graphics_error_is_no_consent(void **state)
{
    (void)state;
    struct answer answer;
    feed(&answer, "\033_Gi=31;ENOTSUPPORTED:x\033\\\033_Gi=1;OK\033\\\033[?62;c");
    assert_false(answer.kitty_graphics);
    assert_true(answer.complete);
    assert_int_equal(answer.typed_len, 0);
}

static void a_background_is_light_or_dark(void **state)
{
    (void)state;
    static const struct {
        const char *bytes;
        enum answer_background background;
    } rows[] = {
        {"\033]11;rgb:ffff/ffff/ffff\033\\", ANSWER_BACKGROUND_LIGHT},
        {"\033]11;rgb:FFFF/FFFF/DDDD\a", ANSWER_BACKGROUND_LIGHT},
        {"\033]11;rgb:0000/0000/0000\033\\", ANSWER_BACKGROUND_DARK},
        {"\033]11;rgb:f/f/f\a", ANSWER_BACKGROUND_LIGHT},
        {"\033]11;rgb:80/80/80\a", ANSWER_BACKGROUND_LIGHT},
        {"\033]11;rgb:7f/7f/7f\a", ANSWER_BACKGROUND_DARK},
        {"\033]11;rgb:fff/000/fff\a", ANSWER_BACKGROUND_DARK},
        {"\033]11;rgb:0/f/0\a", ANSWER_BACKGROUND_LIGHT},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct answer answer;
        feed(&answer, rows[i].bytes);
        assert_int_equal(answer.background, rows[i].background);
        assert_int_equal(answer.typed_len, 0);
        assert_int_equal(answer.place, ANSWER_GROUND);
    }
}

static void no_colour_is_no_background(void **state)
{
    (void)state;
    static const char *const rows[] = {
        "\033]11;rgb:ffff/ffff\a",      "\033]11;rgb:ffff/ffff/\a",       "\033]11;rgb:fffff/ffff/ffff\a",
        "\033]11;rgb:ff/ff/ff/ff\a",    "\033]11;rgb://\a",               "\033]11;rgb:gg/ff/ff\a",
        "\033]11;#ffffff\a",            "\033]10;rgb:ffff/ffff/ffff\a",   "\033]11;?\033\\",
        "\033]1\a",                     "\033]11;rgb:ffff/ffff/ffff",     "\033P>|11;rgb:ff/ff/ff\033\\",
        "\033]11;rgb:ff/ff/ff\033[?6c",
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct answer answer;
        feed(&answer, rows[i]);
        assert_int_equal(answer.background, ANSWER_BACKGROUND_UNKNOWN);
        assert_int_equal(answer.typed_len, 0);
    }
}

static void absurd_cells_are_not_believed(void **state)
{
    (void)state;
    static const char *const rows[] = {"\033[6;0;8t", "\033[6;17;0t", "\033[6;17;1001t", "\033[6;99999999999;8t",
                                       "\033[6;17t", "\033[6;17;8;3t", "\033[6;;t"};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct answer answer;
        feed(&answer, rows[i]);
        assert_int_equal(answer.cell_width, 0);
        assert_int_equal(answer.cell_height, 0);
    }
}

/* Shift-F3 looks like it. */
static void a_cursor_is_one_only_where_it_was_asked_for(void **state)
{
    (void)state;
    struct answer answer;
    feed(&answer, "\033[1;2R\033[?62;c");
    assert_int_equal(answer.column[ANSWER_LETTER], 0);
    assert_int_equal(answer.typed_len, 6);
    answer_init(&answer);
    answer.end_sign = ANSWER_LETTER + 1;
    static const char bytes[] = "\033[24;3R\033[1;2R";
    answer_feed(&answer, (const unsigned char *)bytes, sizeof bytes - 1);
    assert_int_equal(answer.column[ANSWER_LETTER], 3);
    assert_int_equal(answer.typed_len, 6);
}

static void cursors_come_in_the_order_of_the_signs(void **state)
{
    (void)state;
    struct answer answer;
    answer_init(&answer);
    answer.next_sign = ANSWER_HALF_BLOCK;
    answer.end_sign = ANSWER_SIGN_COUNT;
    static const char bytes[] = "\033[1;3R\033[1;2R\033[?62c\033[1;5R";
    answer_feed(&answer, (const unsigned char *)bytes, sizeof bytes - 1);
    assert_int_equal(answer.column[ANSWER_LETTER], 0);
    assert_int_equal(answer.column[ANSWER_HALF_BLOCK], 3);
    assert_int_equal(answer.column[ANSWER_SEXTANT], 2);
    /* The fence came before it: that one is a key. */
    assert_int_equal(answer.column[ANSWER_OCTANT], 0);
    assert_int_equal(answer.typed_len, 6);
}

static void pieces_make_the_same_answer(void **state)
{
    (void)state;
    static const char bytes[] = "\033[>1;4000;26c\033P>|kitty(0.26.5)\033\\\033[?62;c";
    struct answer answer;
    answer_init(&answer);
    for (size_t i = 0; i + 1 < sizeof bytes; i++)
        answer_feed(&answer, (const unsigned char *)bytes + i, 1);
    assert_true(answer.complete);
    assert_string_equal(answer.version, "kitty(0.26.5)");
    assert_string_equal(answer.device, "1;4000;26");
}

static void keys_typed_in_between_are_kept(void **state)
{
    (void)state;
    static const struct {
        const char *bytes, *typed;
    } rows[] = {
        {"j\033[>1;4000;26cj\033[A\033[?62;cx\033", "jj\033[Ax\033"},
        {"\033Pq\033_y\033[?62;c", "\033Pq\033_y"},
        {"\033\033[A\033[?62;c", "\033\033[A"},
        {"\033[\033[?62;c", "\033["},
        {"\033[1;5A\033[?62;c\033[1", "\033[1;5A\033[1"},
        {"\033P", "\033P"},
        {"\033]x\033[?62;c\033]", "\033]x\033]"},
        {"\033P\033[?62;c", "\033P"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct answer answer;
        feed(&answer, rows[i].bytes);
        assert_int_equal(answer.typed_len, strlen(rows[i].typed));
        assert_memory_equal(answer.typed, rows[i].typed, answer.typed_len);
        assert_int_equal(answer.place, ANSWER_GROUND);
    }
}

static void an_answer_cut_off_stays_open(void **state)
{
    (void)state;
    static const struct {
        const char *bytes;
        enum answer_place place;
    } rows[] = {
        {"\033P>|kit", ANSWER_STRING},      {"\033P>|kitty\033", ANSWER_STRING_ESCAPE}, {"\033_Gi=3", ANSWER_STRING},
        {"\033]11;rg", ANSWER_STRING},
        {"\033[>1;40", ANSWER_CSI},         {"\033[?6", ANSWER_CSI},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct answer answer;
        feed(&answer, rows[i].bytes);
        assert_int_equal(answer.place, rows[i].place);
        assert_int_equal(answer.typed_len, 0);
        assert_false(answer.complete);
    }
}

static void an_unfinished_string_does_not_swallow_the_next_answer(void **state)
{
    (void)state;
    struct answer answer;
    feed(&answer, "\033P>|evil\033[>41;379;0c\033[?64;1;2c");
    assert_string_equal(answer.version, "");
    assert_string_equal(answer.device, "41;379;0");
    assert_true(answer.complete);
}

static void hostile_answers_stay_in_bounds(void **state)
{
    (void)state;
    char bytes[4096];
    struct answer answer;
    memset(bytes, '7', sizeof bytes);
    memcpy(bytes, "\033P>|", 4);
    memcpy(bytes + sizeof bytes - 8, "\033\\\033[?6c", 8);
    feed(&answer, bytes);
    assert_true(answer.complete);
    assert_string_equal(answer.version, "");
    memcpy(bytes, "\033[>7", 4);
    bytes[sizeof bytes - 8] = 'c';
    bytes[sizeof bytes - 7] = '\0';
    feed(&answer, bytes);
    assert_string_equal(answer.device, "");
    bytes[2] = '?';
    feed(&answer, bytes);
    assert_string_equal(answer.attributes, "");
    assert_true(answer.complete);
    feed(&answer, "\033P>|ev\x01\x9bil\x7f\033\\\033[?6c");
    assert_string_equal(answer.version, "ev??il?");
    memset(bytes, 'f', sizeof bytes);
    memcpy(bytes, "\033]11;rgb:", 9);
    memcpy(bytes + sizeof bytes - 8, "\a\033[?6c", 7);
    feed(&answer, bytes);
    assert_true(answer.complete);
    assert_int_equal(answer.background, ANSWER_BACKGROUND_UNKNOWN);
    memset(bytes, 'x', sizeof bytes - 1);
    bytes[sizeof bytes - 1] = '\0';
    feed(&answer, bytes);
    assert_int_equal(answer.typed_len, ANSWER_TYPED_MAX);
}

static void numbers_are_bounded(void **state)
{
    (void)state;
    unsigned numbers[3] = {0};
    assert_int_equal(answer_numbers("65;7006;1", numbers, 3), 3);
    assert_int_equal(numbers[1], 7006);
    assert_int_equal(answer_numbers("99999999999999999999;2;3;4", numbers, 3), 3);
    assert_int_equal(numbers[0], 999999);
    assert_int_equal(answer_numbers("", numbers, 3), 0);
    assert_int_equal(answer_numbers(";1", numbers, 3), 0);
    assert_int_equal(answer_numbers("62;", numbers, 3), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_answer_is_kept),
        cmocka_unit_test(sixel_is_a_four_among_the_attributes),
        cmocka_unit_test(a_graphics_error_is_no_consent),
        cmocka_unit_test(a_background_is_light_or_dark),
        cmocka_unit_test(no_colour_is_no_background),
        cmocka_unit_test(absurd_cells_are_not_believed),
        cmocka_unit_test(a_cursor_is_one_only_where_it_was_asked_for),
        cmocka_unit_test(cursors_come_in_the_order_of_the_signs),
        cmocka_unit_test(pieces_make_the_same_answer),
        cmocka_unit_test(keys_typed_in_between_are_kept),
        cmocka_unit_test(an_answer_cut_off_stays_open),
        cmocka_unit_test(an_unfinished_string_does_not_swallow_the_next_answer),
        cmocka_unit_test(hostile_answers_stay_in_bounds),
        cmocka_unit_test(numbers_are_bounded),
    };
    return cmocka_run_group_tests_name("answer", tests, NULL, NULL);
}
