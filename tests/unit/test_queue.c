/* SPDX-License-Identifier: MIT
 * The linking queue, driven by hand: reports go in, orders come out.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/queue.h"

#define FLEET 5

struct world {
    struct instance instances[FLEET];
    const struct instance *rows[FLEET];
    char labels[FLEET][16];
    char ids[FLEET][16];
    struct queue queue;
    int64_t now;
    unsigned done[FLEET][QUEUE_ORDER_END + 1]; /* orders taken so far */
    bool ended;
};

static void take_orders(struct world *w)
{
    struct queue_order order;
    while (queue_take_order(&w->queue, &order)) {
        if (order.kind == QUEUE_ORDER_END)
            w->ended = true;
        else
            w->done[order.tag][order.kind]++;
    }
}

static struct world *new_world(size_t count, size_t slots)
{
    struct world *w = calloc(1, sizeof *w);
    w->now = 1000;
    for (unsigned i = 0; i < FLEET; i++) {
        snprintf(w->labels[i], sizeof w->labels[i], "shop-%u", i);
        snprintf(w->ids[i], sizeof w->ids[i], "710300000%u", i);
        w->instances[i] = (struct instance){.tag = i, .label = w->labels[i], .id = w->ids[i]};
        w->rows[i] = &w->instances[i];
    }
    assert_true(queue_begin(&w->queue, w->rows, count, slots, w->now));
    take_orders(w);
    return w;
}

static void end_world(struct world *w)
{
    queue_free(&w->queue);
    free(w);
}

static void report_with(struct world *w, unsigned tag, enum report what, bool final, const char *text)
{
    struct link_effect effect = {.kind = LINK_FX_REPORT, .report = what, .final = final};
    snprintf(effect.text, sizeof effect.text, "%s", text);
    queue_report(&w->queue, &w->instances[tag], &effect, w->now);
    take_orders(w);
}

static void report(struct world *w, unsigned tag, enum report what)
{
    report_with(w, tag, what, true, "");
}

static enum queue_fate fate_of(const struct world *w, unsigned tag)
{
    return queue_find(&w->queue, tag)->fate;
}

static unsigned shown_tag(const struct world *w)
{
    const struct queue_item *item;
    assert_int_equal(queue_shown(&w->queue, &item, 1), 1);
    return item->tag;
}

static void one_after_the_other(void **state)
{
    (void)state;
    struct world *w = new_world(3, 1);
    for (unsigned i = 0; i < 3; i++) {
        assert_int_equal(shown_tag(w), i);
        assert_int_equal(w->done[i][QUEUE_ORDER_LINK], 1);
        assert_false(w->ended);
        report(w, i, REPORT_LINKING);
        assert_int_equal(shown_tag(w), i);
        report(w, i, REPORT_LINKED);
    }
    assert_true(w->ended);
    assert_false(w->queue.running);
    assert_int_equal(queue_count(&w->queue, QUEUE_LINKED), 3);
    end_world(w);
}

static void who_comes_next_is_checked_but_not_opened(void **state)
{
    (void)state;
    struct world *w = new_world(3, 1);
    assert_int_equal(w->done[1][QUEUE_ORDER_CHECK], 1);
    assert_int_equal(w->done[1][QUEUE_ORDER_LINK], 0);
    assert_int_equal(w->done[2][QUEUE_ORDER_CHECK], 0);
    w->now += QUEUE_CHECK_MS - 1;
    queue_tick(&w->queue, w->now);
    take_orders(w);
    assert_int_equal(w->done[1][QUEUE_ORDER_CHECK], 1);
    w->now++;
    queue_tick(&w->queue, w->now);
    take_orders(w);
    assert_int_equal(w->done[1][QUEUE_ORDER_CHECK], 2);
    end_world(w);
}

static void one_that_is_linked_already_is_never_opened(void **state)
{
    (void)state;
    struct world *w = new_world(3, 1);
    w->instances[1].link.state = WIRE_STATE_AUTHORIZED;
    report_with(w, 1, REPORT_STATE, false, "state: authorized");
    report(w, 0, REPORT_LINKED);
    assert_int_equal(shown_tag(w), 2);
    assert_int_equal(w->done[1][QUEUE_ORDER_LINK], 0);
    assert_int_equal(fate_of(w, 1), QUEUE_WAS_LINKED);
    end_world(w);
}

static void failures_move_on_and_keep_their_reason(void **state)
{
    (void)state;
    struct world *w = new_world(3, 1);
    report_with(w, 0, REPORT_NETWORK, false, "reset; next try in 1 s");
    assert_int_equal(shown_tag(w), 0);
    report_with(w, 0, REPORT_REFUSED, true, "refused, 401");
    assert_int_equal(shown_tag(w), 1);
    assert_string_equal(queue_find(&w->queue, 0)->why, "refused, 401");
    end_world(w);
}

static void nobody_scanned_waits_for_the_operator(void **state)
{
    (void)state;
    struct world *w = new_world(2, 1);
    report_with(w, 0, REPORT_TIMEOUT, true, "nobody scanned, renewed 2 of 2");
    assert_int_equal(fate_of(w, 0), QUEUE_STUCK);
    assert_int_equal(w->done[1][QUEUE_ORDER_LINK], 0);
    assert_true(queue_retry(&w->queue, 0, w->now));
    take_orders(w);
    assert_int_equal(w->done[0][QUEUE_ORDER_LINK], 2);
    assert_int_equal(w->done[0][QUEUE_ORDER_STOP], 0);
    report(w, 0, REPORT_LINKED);
    assert_int_equal(shown_tag(w), 1);
    end_world(w);
}

static void a_passkey_given_in_a_browser_resumes(void **state)
{
    (void)state;
    struct world *w = new_world(2, 1);
    report_with(w, 0, REPORT_PASSKEY, true, "WhatsApp wants a passkey");
    assert_int_equal(fate_of(w, 0), QUEUE_STUCK);
    w->instances[0].link.state = WIRE_STATE_AUTHORIZED;
    report_with(w, 0, REPORT_STATE, false, "state: authorized");
    assert_int_equal(fate_of(w, 0), QUEUE_LINKED);
    assert_int_equal(shown_tag(w), 1);
    end_world(w);
}

static void skip_stops_the_code_and_back_shows_it_again(void **state)
{
    (void)state;
    struct world *w = new_world(3, 1);
    assert_true(queue_skip(&w->queue, 0, w->now));
    take_orders(w);
    assert_int_equal(w->done[0][QUEUE_ORDER_STOP], 1);
    assert_int_equal(fate_of(w, 0), QUEUE_SKIPPED);
    assert_int_equal(shown_tag(w), 1);
    assert_true(queue_back(&w->queue, 1, w->now));
    take_orders(w);
    assert_int_equal(shown_tag(w), 0);
    assert_int_equal(fate_of(w, 1), QUEUE_WAITING);
    assert_int_equal(w->done[1][QUEUE_ORDER_STOP], 1);
    assert_false(queue_back(&w->queue, 0, w->now));
    report(w, 0, REPORT_LINKED);
    assert_int_equal(shown_tag(w), 1);
    end_world(w);
}

static void skipping_one_that_was_scanned_leaves_it_to_itself(void **state)
{
    (void)state;
    struct world *w = new_world(2, 1);
    report(w, 0, REPORT_LINKING);
    assert_true(queue_skip(&w->queue, 0, w->now));
    take_orders(w);
    assert_int_equal(w->done[0][QUEUE_ORDER_STOP], 0);
    assert_int_equal(fate_of(w, 0), QUEUE_LEFT);
    assert_int_equal(shown_tag(w), 1);
    report(w, 0, REPORT_LINKED);
    assert_int_equal(fate_of(w, 0), QUEUE_LINKED);
    assert_false(w->ended);
    end_world(w);
}

static void pause_closes_and_opens_again(void **state)
{
    (void)state;
    struct world *w = new_world(3, 2);
    report(w, 0, REPORT_LINKING);
    queue_pause(&w->queue, true, w->now);
    take_orders(w);
    assert_int_equal(w->done[0][QUEUE_ORDER_STOP], 0);
    assert_int_equal(w->done[1][QUEUE_ORDER_STOP], 1);
    report(w, 0, REPORT_LINKED);
    assert_int_equal(w->done[2][QUEUE_ORDER_LINK], 0);
    queue_pause(&w->queue, false, w->now);
    take_orders(w);
    assert_int_equal(w->done[1][QUEUE_ORDER_LINK], 2);
    assert_int_equal(w->done[2][QUEUE_ORDER_LINK], 1);
    end_world(w);
}

static void several_at_a_time(void **state)
{
    (void)state;
    struct world *w = new_world(5, 2);
    const struct queue_item *shown[4];
    assert_int_equal(queue_shown(&w->queue, shown, 4), 2);
    report(w, 0, REPORT_LINKED);
    assert_int_equal(queue_shown(&w->queue, shown, 4), 2);
    assert_int_equal(shown[0]->tag, 1);
    assert_int_equal(shown[1]->tag, 2);
    queue_set_slots(&w->queue, 3, w->now);
    take_orders(w);
    assert_int_equal(queue_shown(&w->queue, shown, 4), 3);
    assert_true(queue_skip(&w->queue, 2, w->now));
    assert_int_equal(fate_of(w, 2), QUEUE_SKIPPED);
    end_world(w);
}

static void stop_closes_all_and_ends(void **state)
{
    (void)state;
    struct world *w = new_world(5, 2);
    queue_stop(&w->queue, w->now);
    take_orders(w);
    assert_int_equal(w->done[0][QUEUE_ORDER_STOP] + w->done[1][QUEUE_ORDER_STOP], 2);
    assert_true(w->ended);
    assert_false(queue_skip(&w->queue, 0, w->now));
    report(w, 0, REPORT_LINKED);
    assert_int_equal(fate_of(w, 0), QUEUE_SHOWN);
    end_world(w);
}

static void one_that_leaves_the_configuration_is_passed_over(void **state)
{
    (void)state;
    struct world *w = new_world(2, 1);
    queue_forget(&w->queue, 0, w->now);
    take_orders(w);
    assert_int_equal(shown_tag(w), 1);
    queue_forget(&w->queue, 1, w->now);
    take_orders(w);
    assert_true(w->ended);
    end_world(w);
}

static void words(void **state)
{
    (void)state;
    char text[2048];
    struct world *w = new_world(3, 1);
    queue_skip(&w->queue, 0, w->now);
    queue_progress(&w->queue, text, sizeof text, "-");
    assert_string_equal(text, "2 of 3 - 1 skipped - next: shop-2");
    snprintf(w->instances[1].link.account.phone, 32, "79001234567");
    w->now += 65000;
    report(w, 1, REPORT_LINKED);
    queue_progress(&w->queue, text, sizeof text, "-");
    assert_string_equal(text, "3 of 3 - 1 skipped - the last");
    report_with(w, 2, REPORT_ERROR, true, "the number is banned");
    queue_summary(&w->queue, text, sizeof text, w->now);
    assert_non_null(strstr(text, "1 of 3 linked in 1 min 05 s\n"));
    assert_non_null(strstr(text, "# failed: 1\nshop-2  7103000002    failed: the number is banned\n"));
    assert_non_null(strstr(text, "# skipped: 1\nshop-0"));
    assert_non_null(strstr(text, "# linked: 1\nshop-1  7103000001    linked  +79001234567  after 1 min 05 s\n"));
    end_world(w);
}

/* Whatever comes in whatever order: no more on show than there are slots, no instance forgotten, an end for each. */
static void random_life(void **state)
{
    (void)state;
    static const enum report reports[] = {REPORT_LINKING, REPORT_LINKED,  REPORT_ALREADY_LINKED, REPORT_STATE, REPORT_TIMEOUT,
                                          REPORT_PASSKEY, REPORT_REFUSED, REPORT_ERROR,          REPORT_NETWORK, REPORT_NO_CODE};
    srandom(7);
    for (int life = 0; life < 300; life++) {
        size_t slots = 1 + (size_t)random() % 3;
        struct world *w = new_world(FLEET, slots);
        for (int step = 0; step < 60 && w->queue.running; step++) {
            unsigned tag = (unsigned)random() % FLEET;
            w->now += random() % 5000;
            switch (random() % 8) {
            case 0:
                queue_skip(&w->queue, tag, w->now);
                break;
            case 1:
                queue_back(&w->queue, tag, w->now);
                break;
            case 2:
                queue_retry(&w->queue, tag, w->now);
                break;
            case 3:
                queue_pause(&w->queue, random() % 2, w->now);
                break;
            default:
                report(w, tag, reports[(size_t)random() % (sizeof reports / sizeof *reports)]);
            }
            take_orders(w);
            const struct queue_item *shown[FLEET];
            assert_true(queue_shown(&w->queue, shown, FLEET) <= slots);
            size_t all = 0;
            for (int fate = 0; fate < QUEUE_FATE_COUNT; fate++)
                all += queue_count(&w->queue, (enum queue_fate)fate);
            assert_int_equal(all, FLEET);
        }
        assert_true(w->queue.running || w->ended);
        end_world(w);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_after_the_other),
        cmocka_unit_test(who_comes_next_is_checked_but_not_opened),
        cmocka_unit_test(one_that_is_linked_already_is_never_opened),
        cmocka_unit_test(failures_move_on_and_keep_their_reason),
        cmocka_unit_test(nobody_scanned_waits_for_the_operator),
        cmocka_unit_test(a_passkey_given_in_a_browser_resumes),
        cmocka_unit_test(skip_stops_the_code_and_back_shows_it_again),
        cmocka_unit_test(skipping_one_that_was_scanned_leaves_it_to_itself),
        cmocka_unit_test(pause_closes_and_opens_again),
        cmocka_unit_test(several_at_a_time),
        cmocka_unit_test(stop_closes_all_and_ends),
        cmocka_unit_test(one_that_leaves_the_configuration_is_passed_over),
        cmocka_unit_test(words),
        cmocka_unit_test(random_life),
    };
    return cmocka_run_group_tests_name("queue", tests, NULL, NULL);
}
