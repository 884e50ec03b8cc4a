/* SPDX-License-Identifier: MIT
 * The header's numbers: for any fleet, any filter and any width they add up to what there is, and none is cut.
 */
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/text.h"
#include "ui/header.h"
#include "ui/layout.h"

#define FLEETS 400
#define COLUMNS_MOST 300

static uint32_t next_random(uint32_t *random)
{
    *random ^= *random << 13;
    *random ^= *random >> 17;
    *random ^= *random << 5;
    return *random;
}

/* Up to a million instances in random phases; about a third of them are on the list. */
static struct header_facts random_facts(uint32_t *random)
{
    static const size_t sizes[] = {1, 2, 12, 200, 1000, 20000};
    struct header_facts facts = {.dot = "·", .filtered = next_random(random) % 2, .demo = next_random(random) % 2,
                                 .ascii = next_random(random) % 2};
    size_t count = next_random(random) % (sizes[next_random(random) % (sizeof sizes / sizeof *sizes)] + 1);
    for (size_t i = 0; i < count; i++) {
        struct instance it = {.link = {.phase = (enum phase)(next_random(random) % PHASE_COUNT)},
                              .leaving = next_random(random) % 50 == 0};
        fleet_tally_add(&facts.fleet, &it);
        if (!facts.filtered || next_random(random) % 3 == 0)
            fleet_tally_add(&facts.shown, &it);
    }
    return facts;
}

/* "✗ 2 of 4 problems", "✗ 2/4", "✗ 4": the numbers behind the sign. */
static void read_numbers(const char *text, size_t *shown, size_t *all)
{
    const char *at = text + strcspn(text, "0123456789");
    char *end;
    *shown = *all = strtoul(at, &end, 10);
    assert_ptr_not_equal(end, at);
    if (strncmp(end, " of ", 4) == 0 || *end == '/')
        *all = strtoul(end + strcspn(end, "0123456789"), NULL, 10);
}

static int columns_of(const struct header *header)
{
    int columns = 0, parts = 0;
    for (int i = 0; i < PHASE_GROUP_COUNT; i++)
        columns += text_columns(header->group[i]), parts += header->group[i][0] != '\0';
    columns += text_columns(header->name) + text_columns(header->fleet);
    parts += (header->name[0] != '\0') + (header->fleet[0] != '\0');
    return columns + (parts > 1 ? (parts - 1) * HEADER_GAP : 0);
}

static void check(const struct header_facts *facts, int columns)
{
    struct header header;
    size_t shown_sum = 0, all_sum = 0, shown, all, parts = 0;
    bool of = facts->filtered;
    header_fit(&header, facts, columns);
    assert_true(columns_of(&header) <= columns);
    for (int i = 0; i < PHASE_GROUP_COUNT; i++) {
        if (!header.group[i][0])
            continue;
        parts++;
        read_numbers(header.group[i], &shown, &all);
        of = of && (strstr(header.group[i], " of ") || strchr(header.group[i], '/'));
        shown_sum += shown, all_sum += all;
    }
    if (columns >= LAYOUT_MIN_COLUMNS || (columns >= LAYOUT_WIDE_LIST_COLUMNS && facts->fleet.count < 1000))
        assert_int_equal(parts, PHASE_GROUP_COUNT);
    if (columns >= LAYOUT_MIN_COLUMNS && facts->filtered && facts->fleet.count < 10000)
        assert_true(of);
    if (parts == 0)
        return;
    assert_int_equal(parts, PHASE_GROUP_COUNT);
    assert_int_equal(all_sum, facts->fleet.count);
    assert_int_equal(shown_sum, of ? facts->shown.count : facts->fleet.count);
    if (!header.fleet[0])
        return;
    read_numbers(header.fleet, &shown, &all);
    assert_int_equal(all, facts->fleet.count);
    assert_int_equal(shown, of ? facts->shown.count : facts->fleet.count);
}

static void numbers_add_up_at_all_widths(void **state)
{
    uint32_t random = 20261129;
    (void)state;
    for (int i = 0; i < FLEETS; i++) {
        struct header_facts facts = random_facts(&random);
        for (int columns = 1; columns <= COLUMNS_MOST; columns++)
            check(&facts, columns);
    }
}

static struct header_facts usual(void)
{
    return (struct header_facts){.dot = "·",
                                 .fleet = {{[PHASE_GROUP_PROBLEMS] = 4, [PHASE_GROUP_CODES] = 2, [PHASE_GROUP_UNLINKED] = 120,
                                            [PHASE_GROUP_WAITING] = 6, [PHASE_GROUP_LINKED] = 68}, 200}};
}

static void assert_header(const struct header_facts *facts, int columns, const char *wanted)
{
    struct header header;
    char text[512];
    size_t used = 0;
    header_fit(&header, facts, columns);
    used += (size_t)snprintf(text, sizeof text, "%s|", header.name);
    for (int i = 0; i < PHASE_GROUP_COUNT; i++)
        used += (size_t)snprintf(text + used, sizeof text - used, "%s|", header.group[i]);
    snprintf(text + used, sizeof text - used, "%s", header.fleet);
    assert_string_equal(text, wanted);
}

static void words_where_there_is_room_else_signs(void **state)
{
    struct header_facts facts = usual();
    (void)state;
    assert_header(&facts, 120, "scandeck|✗ 4 problems|▣ 2 codes|· 120 unlinked|↻ 6 waiting|✓ 68 linked|200 instances");
    assert_header(&facts, 80, "|✗ 4 problems|▣ 2 codes|· 120 unlinked|↻ 6 waiting|✓ 68 linked|200 instances");
    assert_header(&facts, 79, "scandeck|✗ 4|▣ 2|· 120|↻ 6|✓ 68|200 instances");
    assert_header(&facts, 40, "|✗ 4|▣ 2|· 120|↻ 6|✓ 68|200");
    facts.demo = true;
    assert_header(&facts, 80, "scandeck|✗ 4|▣ 2|· 120|↻ 6|✓ 68|200 instances · demo");
    facts.ascii = true, facts.dot = "-";
    assert_header(&facts, 80, "scandeck|x 4|# 2|- 120|o 6|+ 68|200 instances - demo");
}

static void a_filter_says_of(void **state)
{
    struct header_facts facts = usual();
    (void)state;
    facts.filtered = true;
    facts.shown = (struct fleet_tally){{[PHASE_GROUP_PROBLEMS] = 1, [PHASE_GROUP_LINKED] = 10}, 11};
    assert_header(&facts, 90, "scandeck|✗ 1 of 4|▣ 0 of 2|· 0 of 120|↻ 0 of 6|✓ 10 of 68|11 of 200 instances");
    assert_header(&facts, 80, "|✗ 1 of 4|▣ 0 of 2|· 0 of 120|↻ 0 of 6|✓ 10 of 68|11 of 200 instances");
    assert_header(&facts, 60, "|✗ 1/4|▣ 0/2|· 0/120|↻ 0/6|✓ 10/68|11/200");
    assert_header(&facts, 40, "|✗ 4|▣ 2|· 120|↻ 6|✓ 68|200");
}

static void one_is_singular(void **state)
{
    struct header_facts facts = {.dot = "·", .fleet = {{[PHASE_GROUP_PROBLEMS] = 1}, 1}};
    (void)state;
    assert_header(&facts, 120, "scandeck|✗ 1 problem|▣ 0 codes|· 0 unlinked|↻ 0 waiting|✓ 0 linked|1 instance");
}

int main(void)
{
    setlocale(LC_ALL, "C.UTF-8");
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_add_up_at_all_widths),
        cmocka_unit_test(words_where_there_is_room_else_signs),
        cmocka_unit_test(a_filter_says_of),
        cmocka_unit_test(one_is_singular),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
