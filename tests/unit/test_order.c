/* SPDX-License-Identifier: MIT
 * The orders of the list: what stands first, what stays where it was, and how long a thousand take.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "core/order.h"

#define NOW 10000000
#define MANY 1000
#define ROWS_MOST 32

/* Sorts, and joins the labels by blanks. */
static const char *sorted(struct instance *items, size_t count, enum order order, char *out, size_t size)
{
    const struct instance *rows[ROWS_MOST];
    size_t used = 0;
    assert_true(count <= ROWS_MOST);
    for (size_t i = 0; i < count; i++)
        rows[i] = &items[i];
    assert_true(order_sort(rows, count, order, NOW));
    out[0] = '\0';
    for (size_t i = 0; i < count; i++)
        used += (size_t)snprintf(out + used, size - used, "%s%s", i ? " " : "", rows[i]->label);
    return out;
}

#define ASSERT_ORDER(items, order, wanted)                                                                  \
    do {                                                                                                    \
        char out_[512];                                                                                     \
        assert_string_equal(sorted(items, sizeof(items) / sizeof *(items), order, out_, sizeof out_), wanted); \
    } while (0)

static struct instance at(char *label, enum phase phase)
{
    return (struct instance){.label = label, .id = label, .link = {.phase = phase, .state_since = NOW}};
}

#define LABEL(text) ((char[]){text})

static void problems_come_first(void **state)
{
    struct instance items[] = {
        at(LABEL("linked"), PHASE_LINKED),     at(LABEL("offline"), PHASE_OFFLINE), at(LABEL("unlinked"), PHASE_UNLINKED),
        at(LABEL("starting"), PHASE_STARTING), at(LABEL("suspended"), PHASE_SUSPENDED), at(LABEL("passkey"), PHASE_PASSKEY),
        at(LABEL("error"), PHASE_ERROR),       at(LABEL("refused"), PHASE_REFUSED), at(LABEL("blocked"), PHASE_BLOCKED),
    };
    (void)state;
    items[3].link.starting_since = NOW - LINK_STARTING_MS;
    ASSERT_ORDER(items, ORDER_PROBLEMS, "blocked refused error passkey suspended starting unlinked offline linked");
}

/* That the token could not be had is as final as that it was refused. */
static void no_token_stands_with_the_refused(void **state)
{
    struct instance items[] = {at(LABEL("error"), PHASE_ERROR), at(LABEL("no-token"), PHASE_NO_TOKEN), at(LABEL("refused"), PHASE_REFUSED)};
    (void)state;
    items[1].problem = LABEL("token_command failed");
    ASSERT_ORDER(items, ORDER_PROBLEMS, "no-token refused error");
}

static void starting_is_no_problem_at_first(void **state)
{
    struct instance items[] = {at(LABEL("a"), PHASE_UNLINKED), at(LABEL("b"), PHASE_STARTING), at(LABEL("c"), PHASE_STARTING)};
    (void)state;
    items[1].link.starting_since = NOW - LINK_STARTING_MS + 1;
    items[2].link.starting_since = NOW - LINK_STARTING_MS;
    ASSERT_ORDER(items, ORDER_PROBLEMS, "c a b");
}

/* Every phase that an attempt goes through, and where it usually ends, has the same place. */
static void a_row_stays_while_it_is_linked(void **state)
{
    static const enum phase phases[] = {
        PHASE_UNKNOWN, PHASE_CHECKING, PHASE_UNLINKED, PHASE_CONNECTING, PHASE_WAITING, PHASE_CODE,
        PHASE_STALE,   PHASE_PAIRING,  PHASE_LINKING,  PHASE_EXPIRED,    PHASE_STARTING,
    };
    (void)state;
    for (size_t i = 0; i < sizeof phases / sizeof *phases; i++) {
        struct instance items[] = {at(LABEL("a"), PHASE_UNLINKED), at(LABEL("b"), phases[i]), at(LABEL("c"), PHASE_UNLINKED)};
        ASSERT_ORDER(items, ORDER_PROBLEMS, "a b c");
    }
}

/* An attempt runs on through a lost network: its row waits with it. */
static void a_busy_row_does_not_jump(void **state)
{
    struct instance items[] = {at(LABEL("a"), PHASE_UNLINKED), at(LABEL("b"), PHASE_OFFLINE), at(LABEL("c"), PHASE_UNLINKED)};
    (void)state;
    items[1].link.stage = LINK_SESSION;
    assert_true(link_is_busy(&items[1].link));
    ASSERT_ORDER(items, ORDER_PROBLEMS, "a b c");
}

static void numbers_in_labels_count(void **state)
{
    struct instance items[] = {
        at(LABEL("shop-10"), PHASE_LINKED), at(LABEL("shop-2"), PHASE_LINKED), at(LABEL("Shop-1"), PHASE_LINKED),
        at(LABEL("shop"), PHASE_LINKED),    at(LABEL("shop-02b"), PHASE_LINKED), at(LABEL("99"), PHASE_LINKED),
        at(LABEL("7103000010"), PHASE_LINKED), at(LABEL("shop-x"), PHASE_LINKED), at(LABEL("123456789012345678901"), PHASE_LINKED),
    };
    (void)state;
    ASSERT_ORDER(items, ORDER_LABEL,
                 "99 7103000010 123456789012345678901 shop Shop-1 shop-2 shop-02b shop-10 shop-x");
    ASSERT_ORDER(items, ORDER_ID, "99 7103000010 123456789012345678901 shop Shop-1 shop-2 shop-02b shop-10 shop-x");
}

static void who_has_nothing_stands_behind(void **state)
{
    struct instance items[] = {
        at(LABEL("a"), PHASE_UNLINKED), at(LABEL("b"), PHASE_LINKED), at(LABEL("c"), PHASE_OFFLINE), at(LABEL("d"), PHASE_LINKED),
    };
    (void)state;
    strcpy(items[1].link.account.phone, "7901");
    strcpy(items[1].link.account.pushname, "Zoe");
    strcpy(items[3].link.account.phone, "7900");
    strcpy(items[3].link.account.pushname, "Zed");
    strcpy(items[2].link.reason, "cannot connect");
    ASSERT_ORDER(items, ORDER_PHONE, "d b a c");
    ASSERT_ORDER(items, ORDER_NAME, "d b a c");
    ASSERT_ORDER(items, ORDER_ERROR, "c a b d");
}

static void clocks_sort_by_what_is_left(void **state)
{
    struct instance items[] = {
        at(LABEL("none"), PHASE_UNLINKED), at(LABEL("young"), PHASE_CODE), at(LABEL("old"), PHASE_CODE), at(LABEL("pairing"), PHASE_PAIRING),
    };
    (void)state;
    for (int i = 1; i < 3; i++) {
        items[i].link.stage = LINK_SESSION;
        items[i].link.code_at = items[i].link.opened_at = NOW - 1000 * (i == 2 ? 15 : 5);
    }
    items[3].link.stage = LINK_PAIRING;
    items[3].link.pairing_until = NOW + 12000;
    strcpy(items[3].link.pairing_code, "ABCD1234");
    assert_true(order_code_left(&items[3].link, NOW) == 12000);
    assert_true(order_code_left(&items[0].link, NOW) == -1);
    ASSERT_ORDER(items, ORDER_CODE, "old pairing young none");
    ASSERT_ORDER(items, ORDER_SESSION, "old young none pairing");
}

static void what_changed_last_comes_first(void **state)
{
    struct instance items[] = {at(LABEL("never"), PHASE_UNKNOWN), at(LABEL("old"), PHASE_LINKED), at(LABEL("new"), PHASE_LINKED)};
    (void)state;
    items[1].link.phase_since = NOW - 5000;
    items[2].link.phase_since = NOW - 4000;
    ASSERT_ORDER(items, ORDER_SINCE, "new old never");
}

static void equal_ones_keep_their_order(void **state)
{
    (void)state;
    struct instance items[] = {at(LABEL("x"), PHASE_LINKED), at(LABEL("b"), PHASE_LINKED), at(LABEL("a"), PHASE_LINKED)};
    for (int order = 0; order < ORDER_COUNT; order++)
        if (order != ORDER_LABEL && order != ORDER_ID)
            ASSERT_ORDER(items, (enum order)order, "x b a");
    ASSERT_ORDER(items, ORDER_LABEL, "a b x");
    assert_true(order_sort(NULL, 0, ORDER_LABEL, NOW));
}

/* A list that does not agree with itself would let qsort do anything. */
static void comparing_is_consistent(void **state)
{
    static const char *const parts[] = {"", "a", "A", "0", "00", "1", "01", "10", "-", "é", "2b"};
    const size_t count = sizeof parts / sizeof *parts;
    struct instance items[121];
    const struct instance *rows[121], *again[121];
    char labels[121][16];
    (void)state;
    for (size_t i = 0; i < count * count; i++) {
        snprintf(labels[i], sizeof labels[i], "%s%s", parts[i / count], parts[i % count]);
        items[i] = at(labels[i], PHASE_LINKED);
        rows[i] = &items[i];
    }
    order_sort(rows, count * count, ORDER_LABEL, NOW);
    memcpy(again, rows, sizeof rows);
    order_sort(again, count * count, ORDER_LABEL, NOW);
    assert_memory_equal(again, rows, sizeof rows);
    for (size_t i = 0; i < count * count; i++)
        for (size_t j = i + 1; j < count * count; j++) {
            const struct instance *pair[] = {rows[i], rows[j]};
            order_sort(pair, 2, ORDER_LABEL, NOW);
            assert_ptr_equal(pair[0], rows[i]);
        }
}

static void tables_have_names(void **state)
{
    (void)state;
    for (int i = 0; i < ORDER_COUNT; i++)
        assert_true(order_name((enum order)i)[0] && order_words((enum order)i)[0]);
    assert_string_equal(order_name(ORDER_PROBLEMS), "problems");
}

/* Far from the measured figure, so that a busy machine does not fail: it is there to tell n log n from n squared. */
static void a_thousand_are_sorted_at_once(void **state)
{
    static struct instance items[MANY];
    static char labels[MANY][16];
    const struct instance *rows[MANY];
    struct timespec begin, end;
    double best_ms = 1e9;
    (void)state;
    for (int round = 0; round < 20; round++) {
        for (size_t i = 0; i < MANY; i++) {
            snprintf(labels[i], sizeof labels[i], "shop-%zu", (i * 617) % MANY);
            items[i] = at(labels[i], (enum phase)(i % PHASE_COUNT));
            rows[i] = &items[i];
        }
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &begin);
        order_sort(rows, MANY, round % 2 ? ORDER_LABEL : ORDER_PROBLEMS, NOW);
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &end);
        double ms = (double)(end.tv_sec - begin.tv_sec) * 1e3 + (double)(end.tv_nsec - begin.tv_nsec) / 1e6;
        best_ms = round % 2 && ms < best_ms ? ms : best_ms;
    }
    print_message("# 1000 labels sorted in %.3f ms\n", best_ms);
    assert_true(best_ms < 10);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(problems_come_first),
        cmocka_unit_test(no_token_stands_with_the_refused),
        cmocka_unit_test(starting_is_no_problem_at_first),
        cmocka_unit_test(a_row_stays_while_it_is_linked),
        cmocka_unit_test(a_busy_row_does_not_jump),
        cmocka_unit_test(numbers_in_labels_count),
        cmocka_unit_test(who_has_nothing_stands_behind),
        cmocka_unit_test(clocks_sort_by_what_is_left),
        cmocka_unit_test(what_changed_last_comes_first),
        cmocka_unit_test(equal_ones_keep_their_order),
        cmocka_unit_test(comparing_is_consistent),
        cmocka_unit_test(tables_have_names),
        cmocka_unit_test(a_thousand_are_sorted_at_once),
    };
    return cmocka_run_group_tests_name("order", tests, NULL, NULL);
}
