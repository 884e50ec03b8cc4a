/* SPDX-License-Identifier: MIT
 * What terminals answer to the question who they are, and keys typed in between.
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

static void terminals_are_told_apart(void **state)
{
    (void)state;
    static const struct {
        const char *bytes, *name;
        bool sextants;
    } terminals[] = {
        {"\033[>1;4000;26c\033P>|kitty(0.26.5)\033\\\033[?62;c", "kitty(0.26.5)", true},
        {"\033[>1;011301;0c\033P>|foot(1.13.1)\033\\\033[?62;4;22c", "foot(1.13.1)", true},
        {"\033[>65;7006;1c\033[?65;1;9c", "VTE(7006)", true},
        {"\033[>61;8001;1c\033P>|VTE(8001)\033\\\033[?61;1;21;22c", "VTE(8001)", true},
        {"\033[>65;6800;1c\033[?65;1;9c", "VTE(6800)", false},
        {"\033[>65;6800;1c\033P>|VTE(6800)\033\\\033[?65;1;9c", "VTE(6800)", false},
        {"\033[>1;115;0c\033P>|Konsole 22.12.3\033\\\033[?62;1;4c", "Konsole 22.12.3", true},
        {"\033[>0;1700;1c\033[?6c", "unknown", false},
        {"\033[>0;2500;1c\033[?6c", "unknown", true},
        {"\033[>41;379;0c\033P>|XTerm(379)\033\\\033[?64;1;2c", "XTerm(379)", false},
        {"\033[>0;136;0c\033[?6c", "unknown", false},
        {"\033[>84;0;0c\033P>|tmux 3.3a\033\\\033[?1;2c", "tmux 3.3a", false},
        {"\033[?6c", "unknown", false},
    };
    for (size_t i = 0; i < sizeof terminals / sizeof terminals[0]; i++) {
        struct answer answer;
        char name[ANSWER_TEXT_MAX];
        feed(&answer, terminals[i].bytes);
        answer_name(&answer, name, sizeof name);
        assert_true(answer.complete);
        assert_string_equal(name, terminals[i].name);
        assert_int_equal(answer_draws_sextants(&answer), terminals[i].sextants);
        assert_int_equal(answer.typed_len, 0);
    }
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
    struct answer answer;
    feed(&answer, "j\033[>1;4000;26cj\033[A\033[?62;cx\033");
    assert_true(answer.complete);
    assert_int_equal(answer.typed_len, 7);
    assert_memory_equal(answer.typed, "jj\033[Ax\033", 7);
}

static void hostile_answers_stay_in_bounds(void **state)
{
    (void)state;
    char bytes[4096];
    struct answer answer;
    char name[ANSWER_TEXT_MAX];
    memset(bytes, '7', sizeof bytes);
    memcpy(bytes, "\033P>|", 4);
    memcpy(bytes + sizeof bytes - 8, "\033\\\033[?6c", 8);
    feed(&answer, bytes);
    assert_true(answer.complete);
    assert_string_equal(answer.version, "");
    memcpy(bytes, "\033[>", 3);
    bytes[sizeof bytes - 8] = 'c';
    bytes[sizeof bytes - 7] = '\0';
    feed(&answer, bytes);
    assert_string_equal(answer.device, "");
    feed(&answer, "\033P>|ev\x01\x9bil\x7f\033\\\033[?6c");
    answer_name(&answer, name, sizeof name);
    assert_string_equal(name, "ev??il?");
    feed(&answer, "\033[>99999999999;99999999999;9c\033[?6c");
    assert_false(answer_draws_sextants(&answer));
    memset(bytes, 'x', sizeof bytes - 1);
    bytes[sizeof bytes - 1] = '\0';
    feed(&answer, bytes);
    assert_int_equal(answer.typed_len, ANSWER_TYPED_MAX);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(terminals_are_told_apart),
        cmocka_unit_test(pieces_make_the_same_answer),
        cmocka_unit_test(keys_typed_in_between_are_kept),
        cmocka_unit_test(hostile_answers_stay_in_bounds),
    };
    return cmocka_run_group_tests_name("answer", tests, NULL, NULL);
}
