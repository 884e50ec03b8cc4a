/* SPDX-License-Identifier: MIT
 * The list's columns over all widths.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "ui/list_columns.h"

#define COLUMNS_MOST 200
#define STRIP_TO 27
#define PHASE_TO 47
#define ROWS 20

static const struct list_needs usual = {.label = 10, .id = 10, .names = true};

static struct list_columns plan(int columns, const struct list_needs *needs)
{
    struct list_columns c;
    list_columns_plan(&c, columns, ROWS, needs);
    return c;
}

static bool has(const struct list_columns *c, enum list_column column)
{
    return c->at[column].width > 0;
}

static void narrow_is_a_strip(void **state)
{
    (void)state;
    for (int columns = 0; columns <= STRIP_TO; columns++) {
        struct list_columns c = plan(columns, &usual);
        assert_true(c.strip && !c.heading && !has(&c, LIST_LABEL));
    }
}

static void then_the_phase_has_its_words(void **state)
{
    (void)state;
    for (int columns = STRIP_TO + 1; columns <= PHASE_TO; columns++) {
        struct list_columns c = plan(columns, &usual);
        assert_true(!c.strip && !c.heading && has(&c, LIST_LABEL) && has(&c, LIST_PHASE));
        assert_true(!has(&c, LIST_ID) && !has(&c, LIST_CODE) && !has(&c, LIST_SESSION));
    }
}

/* However long labels are, what happens with the instance is never left out for them. */
static void long_labels_leave_the_phase(void **state)
{
    (void)state;
    for (int columns = STRIP_TO + 1; columns <= COLUMNS_MOST; columns++)
        for (int label = 0; label <= 70; label++) {
            struct list_columns c = plan(columns, &(struct list_needs){.label = label, .id = 10});
            if (!has(&c, LIST_PHASE) || (columns > PHASE_TO && !has(&c, LIST_CODE)))
                fail_msg("at %d columns, labels of %d: no phase, or no clocks", columns, label);
        }
}

static void then_id_and_clocks(void **state)
{
    (void)state;
    for (int columns = PHASE_TO + 1; columns <= COLUMNS_MOST; columns++) {
        struct list_columns c = plan(columns, &usual);
        assert_true(has(&c, LIST_PHASE) && has(&c, LIST_ID) && has(&c, LIST_CODE) && has(&c, LIST_SESSION) && c.heading);
    }
}

/* The order in which the rest comes as the list grows; what is there once, stays. */
static void each_further_column_waits_for_its_room(void **state)
{
    static const enum list_column wanted[] = {LIST_PHONE, LIST_SINCE, LIST_NAME, LIST_ERROR};
    size_t seen = 0;
    (void)state;
    for (int columns = PHASE_TO + 1; columns <= COLUMNS_MOST; columns++) {
        struct list_columns c = plan(columns, &usual);
        for (size_t i = 0; i < 4; i++) {
            if (i == seen && has(&c, wanted[i]))
                seen++;
            if (has(&c, wanted[i]) != (i < seen))
                fail_msg("at %d columns '%s' is %s", columns, list_column_heading(wanted[i]), i < seen ? "gone" : "too early");
        }
    }
    assert_int_equal(seen, 4);
}

static void columns_do_not_overlap(int width, const struct list_needs *needs)
{
    struct list_columns c = plan(width, needs);
    int end = 3; /* cursor, sign, mark */
    for (int i = 0; i < LIST_COLUMN_COUNT && !c.strip; i++) {
        if (!has(&c, (enum list_column)i))
            continue;
        if (c.at[i].x < end || c.at[i].x + c.at[i].width > width)
            fail_msg("at %d columns, labels of %d: '%s' at %d to %d", width, needs->label,
                     list_column_heading((enum list_column)i), c.at[i].x, c.at[i].x + c.at[i].width);
        /* Code and session stand at their right edges: their own first columns are the gap. */
        end = c.at[i].x + c.at[i].width + (i + 1 != LIST_CODE && i + 1 != LIST_SESSION);
    }
}

static void nothing_overlaps_or_leaves_the_list(void **state)
{
    (void)state;
    for (int width = 0; width <= COLUMNS_MOST; width++)
        for (int label = 0; label <= 70; label += 7)
            for (int names = 0; names < 2; names++)
                for (int id = 10; id <= 25; id += 5)
                    columns_do_not_overlap(width, &(struct list_needs){.label = label, .id = id, .names = names});
}

static void labels_have_what_they_need(void **state)
{
    (void)state;
    for (int label = 11; label <= 32; label++) {
        struct list_columns c = plan(120, &(struct list_needs){.label = label, .id = 10});
        assert_true(c.at[LIST_LABEL].width >= label);
    }
    struct list_columns c = plan(COLUMNS_MOST, &(struct list_needs){.label = 90, .id = 10});
    assert_int_equal(c.at[LIST_LABEL].width, 32);
}

/* A long label gives way to the phase, the id and the clocks, but not to nothing: before that the clocks go. */
static void long_labels_give_way(void **state)
{
    (void)state;
    struct list_columns c = plan(PHASE_TO + 1, &(struct list_needs){.label = 60, .id = 20});
    assert_true(c.at[LIST_LABEL].width >= 6 && has(&c, LIST_ID) && !has(&c, LIST_CODE) && !has(&c, LIST_SESSION));
    c = plan(54, &(struct list_needs){.label = 32, .id = 10});
    assert_true(has(&c, LIST_SESSION) && has(&c, LIST_ID) && c.at[LIST_LABEL].width == 12);
}

static void names_only_where_somebody_has_one(void **state)
{
    (void)state;
    struct list_columns c = plan(COLUMNS_MOST, &(struct list_needs){.label = 10, .id = 10});
    assert_true(!has(&c, LIST_NAME) && has(&c, LIST_ERROR));
    c = plan(COLUMNS_MOST, &usual);
    assert_true(has(&c, LIST_NAME));
}

static void a_heading_needs_rows(void **state)
{
    struct list_columns c;
    (void)state;
    for (int rows = 0; rows <= ROWS; rows++) {
        list_columns_plan(&c, 100, rows, &usual);
        assert_int_equal(c.heading, rows >= 4);
    }
}

static void headings_fit_their_columns(void **state)
{
    (void)state;
    struct list_columns c = plan(COLUMNS_MOST, &usual);
    for (int i = 0; i < LIST_COLUMN_COUNT; i++)
        assert_true((int)strlen(list_column_heading((enum list_column)i)) <= c.at[i].width);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(narrow_is_a_strip),
        cmocka_unit_test(then_the_phase_has_its_words),
        cmocka_unit_test(long_labels_leave_the_phase),
        cmocka_unit_test(then_id_and_clocks),
        cmocka_unit_test(each_further_column_waits_for_its_room),
        cmocka_unit_test(nothing_overlaps_or_leaves_the_list),
        cmocka_unit_test(labels_have_what_they_need),
        cmocka_unit_test(long_labels_give_way),
        cmocka_unit_test(names_only_where_somebody_has_one),
        cmocka_unit_test(a_heading_needs_rows),
        cmocka_unit_test(headings_fit_their_columns),
    };
    return cmocka_run_group_tests_name("list columns", tests, NULL, NULL);
}
