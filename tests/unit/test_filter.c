/* SPDX-License-Identifier: MIT
 * What is typed behind `/`: which instances hold, and that no text at all makes it fail.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/filter.h"
#include "core/text.h"

#define COUNT 5

/* Each one is told by a letter: see `taken`. */
static struct instance fleet[COUNT] = {
    {.label = (char[]){"sales-eu"}, .id = (char[]){"7103000001"}, .link.phase = PHASE_CODE},
    {.label = (char[]){"sales-us"}, .id = (char[]){"7103000002"}, .marked = true,
     .link = {.phase = PHASE_LINKED, .account = {.phone = "79001234501", .pushname = "Łukasz Warsaw"}}},
    {.label = (char[]){"shop-01"}, .id = (char[]){"7107000003"}, .link.phase = PHASE_UNLINKED},
    {.label = (char[]){"Käthe"}, .id = (char[]){"7107000004"}, .marked = true, .link.phase = PHASE_WAITING},
    {.label = (char[]){"two words"}, .id = (char[]){"7107000005"}, .link.phase = PHASE_LINKING},
};

static const char letters[COUNT + 1] = "EUSKT";

static const char *taken(const char *text, char out[COUNT + 1])
{
    struct filter filter;
    size_t used = 0;
    filter_parse(&filter, text);
    for (size_t i = 0; i < COUNT; i++)
        if (filter_takes(&filter, &fleet[i]))
            out[used++] = letters[i];
    out[used] = '\0';
    return out;
}

struct row {
    const char *text, *taken;
};

static void assert_rows(const struct row *rows, size_t count)
{
    char out[COUNT + 1];
    for (size_t i = 0; i < count; i++)
        if (strcmp(taken(rows[i].text, out), rows[i].taken) != 0)
            fail_msg("'%s' takes %s instead of %s", rows[i].text, out, rows[i].taken);
}

#define ASSERT_ROWS(rows) assert_rows(rows, sizeof(rows) / sizeof *(rows))

static void a_word_looks_everywhere(void **state)
{
    static const struct row rows[] = {
        {"", "EUSKT"},    {"   ", "EUSKT"},  {"sales", "EU"},     {"SALES", "EU"}, {"-0", "S"},
        {"7107", "SKT"},  {"0002", "U"},     {"1234501", "U"},    {"warsaw", "U"}, {"code", "EK"},
        {"waiting", "K"}, {"nothing", ""},   {"Käthe", "K"},      {"äth", "K"},    {"Łuk", "U"},
    };
    (void)state;
    ASSERT_ROWS(rows);
}

/* "linked" in the middle of "unlinked" would be the opposite of what was asked for. */
static void phases_are_found_by_their_beginning(void **state)
{
    static const struct row rows[] = {
        {"phase:linked", "U"},    {"phase:unlinked", "S"}, {"linked", "U"},          {"phase:link", "UT"},
        {"phase:linking", "T"},   {"phase:code", "EK"},    {"phase:\"code shown\"", "E"}, {"phase:shown", "E"},
        {"phase:CODE", "EK"},     {"phase:ode", ""},       {"phase:\"code x\"", ""}, {"phase:u", "S"},
    };
    (void)state;
    ASSERT_ROWS(rows);
}

static void a_field_restricts(void **state)
{
    static const struct row rows[] = {
        {"label:710", ""},        {"label:SALES", "EU"},  {"LABEL:sales", "EU"}, {"id:7107", "SKT"},    {"id:sales", ""},
        {"phone:7900", "U"},      {"phone:7103", ""},     {"name:Warsaw", "U"},  {"name:sales", ""},    {"is:marked", "UK"},
        {"is:m", "UK"},           {"is:other", ""},       {"marked", ""},        {"label:\"two w\"", "T"},
    };
    (void)state;
    ASSERT_ROWS(rows);
}

/* The list shows phones with a plus. */
static void a_phone_may_be_typed_as_it_is_shown(void **state)
{
    static const struct row rows[] = {
        {"+79001234501", "U"}, {"phone:+7900", "U"}, {"+7900", "U"}, {"+1", ""}, {"!+7900", "ESKT"}, {"phone:+1", ""},
    };
    (void)state;
    ASSERT_ROWS(rows);
}

static void all_words_must_hold(void **state)
{
    static const struct row rows[] = {
        {"phase:unlinked shop", "S"}, {"phase:unlinked sales", ""}, {"sales  linked", "U"}, {"  sales   eu  ", "E"},
        {"is:marked phase:linked", "U"},
    };
    (void)state;
    ASSERT_ROWS(rows);
}

static void a_mark_negates(void **state)
{
    static const struct row rows[] = {
        {"!sales", "SKT"}, {"!phase:linked", "ESKT"}, {"!is:marked", "EST"}, {"sales !eu", "U"},
        {"!sales !shop", "KT"}, {"!phase:\"code shown\"", "USKT"}, {"a!b", ""}, {"!name:Warsaw", "ESKT"},
    };
    (void)state;
    ASSERT_ROWS(rows);
}

/* Each beginning of a filter stands there while it is typed: none may empty the list without need. */
static void the_unfinished_is_harmless(void **state)
{
    static const struct row rows[] = {
        {"!", "EUSKT"},      {"phase:", "EUSKT"},  {"!phase:", "EUSKT"},  {"\"", "EUSKT"},     {"\"two w", "T"},
        {"phase:\"", "EUSKT"}, {"phase:\"code s", "E"}, {"sales !", "EU"}, {"phone:+", "EUSKT"}, {"+", "EUSKT"},
        {"!+", "EUSKT"},     {"!phone:+", "EUSKT"}, {"nofield:x", ""},     {":", ""},           {":x", ""},
    };
    (void)state;
    ASSERT_ROWS(rows);
}

static void too_much_is_left_out(void **state)
{
    struct filter filter;
    char text[FILTER_WORDS_MAX * 4 + 64] = "", word[2 * FILTER_WORD_MAX], out[COUNT + 1];
    (void)state;
    for (size_t i = 0; i < FILTER_WORDS_MAX + 3; i++)
        strcat(text, "0 ");
    filter_parse(&filter, text);
    assert_int_equal(filter.count, FILTER_WORDS_MAX);
    memset(word, 'x', sizeof word - 1);
    word[sizeof word - 1] = '\0';
    assert_string_equal(taken(word, out), "");
    filter_parse(&filter, word);
    assert_int_equal(filter.count, 1);
    assert_int_equal(strlen(filter.words[0].text), FILTER_WORD_MAX - 1);
}

/* A long word is cut between characters, or the rest of one would find nothing. */
static void cuts_fall_between_characters(void **state)
{
    struct filter filter;
    char word[2 * FILTER_WORD_MAX] = "";
    (void)state;
    for (int shift = 0; shift < 3; shift++) {
        memset(word, 'x', (size_t)shift);
        word[shift] = '\0';
        while (strlen(word) + 3 < sizeof word)
            strcat(word, "東");
        filter_parse(&filter, word);
        const char *text = filter.words[0].text;
        assert_int_equal((strlen(text) - (size_t)shift) % 3, 0);
        assert_true(strlen(text) > FILTER_WORD_MAX - 4);
    }
}

static void any_text_is_taken(void **state)
{
    static const char alphabet[] = "!!::\"\"  +abcphaseidlabelnameis\xC3\xA4\xE6\x9D\xB1\x80\xFF";
    unsigned random = 4;
    char text[200];
    (void)state;
    for (int round = 0; round < 20000; round++) {
        size_t len = 0;
        struct filter filter;
        for (random = random * 1103515245u + 12345u; len < (random >> 8) % sizeof text; len++) {
            random = random * 1103515245u + 12345u;
            text[len] = alphabet[(random >> 16) % (sizeof alphabet - 1)];
        }
        text[len < sizeof text ? len : sizeof text - 1] = '\0';
        filter_parse(&filter, text);
        assert_true(filter.count <= FILTER_WORDS_MAX);
        for (size_t i = 0; i < filter.count; i++)
            assert_true(filter.words[i].field < FILTER_FIELD_COUNT && filter.words[i].text[0]);
        for (size_t i = 0; i < COUNT; i++)
            (void)filter_takes(&filter, &fleet[i]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_word_looks_everywhere),
        cmocka_unit_test(phases_are_found_by_their_beginning),
        cmocka_unit_test(a_field_restricts),
        cmocka_unit_test(a_phone_may_be_typed_as_it_is_shown),
        cmocka_unit_test(all_words_must_hold),
        cmocka_unit_test(a_mark_negates),
        cmocka_unit_test(the_unfinished_is_harmless),
        cmocka_unit_test(too_much_is_left_out),
        cmocka_unit_test(cuts_fall_between_characters),
        cmocka_unit_test(any_text_is_taken),
    };
    return cmocka_run_group_tests_name("filter", tests, NULL, NULL);
}
