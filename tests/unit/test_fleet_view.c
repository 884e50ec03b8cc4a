/* SPDX-License-Identifier: MIT
 * What the list shows: the filter that is typed, the orders, the line that is being typed.
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

#include "core/filter.h"
#include "core/keymap.h"
#include "core/order.h"
#include "core/prompt.h"

#define NOW 1000000

static struct instance make(const char *label, const char *id, enum phase phase)
{
    struct instance it = {.label = (char *)(uintptr_t)label, .id = (char *)(uintptr_t)id};
    it.link.phase = phase;
    it.link.state_since = NOW - 1000;
    return it;
}

static bool takes(const char *text, const struct instance *it)
{
    struct filter filter;
    filter_parse(&filter, text);
    return filter_takes(&filter, it);
}

static void words_look_in_label_id_phone_name_and_phase(void **state)
{
    (void)state;
    struct instance it = make("sales-EU", "7103000001", PHASE_UNLINKED);
    snprintf(it.link.account.phone, sizeof it.link.account.phone, "79001234567");
    snprintf(it.link.account.pushname, sizeof it.link.account.pushname, "Zoë Продажи");
    assert_true(takes("", &it));
    assert_true(takes("SALES", &it));
    assert_true(takes("0300 eu", &it));
    assert_true(takes("9001", &it));
    assert_true(takes("phone:+7900", &it));
    assert_true(takes("Прод", &it));
    assert_true(takes("unlink", &it));
    assert_false(takes("linked", &it)); /* "unlinked" does not begin so */
    assert_false(takes("sales-us", &it));
    assert_false(takes("label:7103", &it));
    assert_true(takes("id:7103 label:eu phase:unlinked name:zo", &it));
}

static void negation_quotes_and_what_is_unfinished(void **state)
{
    (void)state;
    struct instance it = make("lab", "1", PHASE_CODE);
    assert_true(takes("!linked", &it));
    assert_false(takes("!lab", &it));
    assert_true(takes("phase:shown", &it));
    assert_true(takes("phase:\"code shown\"", &it));
    assert_false(takes("phase:\"code s\" !lab", &it));
    assert_true(takes("phase:", &it));
    assert_true(takes("!", &it));
    assert_true(takes("!phase:", &it));
    assert_true(takes("\"", &it));
    assert_false(takes("nofield:x", &it));
    assert_false(takes("is:marked", &it));
    it.marked = true;
    assert_true(takes("is:marked", &it));
    assert_false(takes("!is:m", &it));
}

static void no_filter_is_too_long(void **state)
{
    (void)state;
    char text[4096];
    struct filter filter;
    memset(text, 'a', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    for (size_t i = 70; i < sizeof text - 1; i += 71)
        text[i] = ' ';
    filter_parse(&filter, text);
    assert_int_equal(filter.count, FILTER_WORDS_MAX);
}

static void problems_come_first(void **state)
{
    (void)state;
    struct instance fleet[] = {
        make("linked", "1", PHASE_LINKED),   make("offline", "2", PHASE_OFFLINE),     make("unlinked", "3", PHASE_UNLINKED),
        make("starts", "4", PHASE_STARTING), make("hangs", "5", PHASE_STARTING),      make("suspended", "6", PHASE_SUSPENDED),
        make("refused", "7", PHASE_REFUSED), make("blocked", "8", PHASE_BLOCKED),     make("code", "9", PHASE_CODE),
    };
    fleet[4].link.state_since = NOW - ORDER_STARTING_MS;
    const struct instance *rows[9];
    static const char *const wanted[] = {"blocked", "refused", "suspended", "hangs", "unlinked", "starts", "code", "offline", "linked"};
    for (size_t i = 0; i < 9; i++)
        rows[i] = &fleet[i];
    assert_true(order_sort(rows, 9, ORDER_PROBLEMS, NOW));
    for (size_t i = 0; i < 9; i++)
        assert_string_equal(rows[i]->label, wanted[i]);
}

static void one_that_is_being_linked_does_not_jump(void **state)
{
    (void)state;
    struct instance idle = make("a", "1", PHASE_UNLINKED), busy = make("b", "2", PHASE_OFFLINE);
    busy.link.stage = LINK_BACKOFF;
    const struct instance *rows[] = {&busy, &idle};
    order_sort(rows, 2, ORDER_PROBLEMS, NOW);
    assert_ptr_equal(rows[0], &busy);
}

static void numbers_in_labels_count_as_numbers(void **state)
{
    (void)state;
    static const char *const labels[] = {"shop-10", "Shop-2", "shop-007", "lab", "shop-2b"};
    static const char *const wanted[] = {"lab", "Shop-2", "shop-2b", "shop-007", "shop-10"};
    struct instance fleet[5];
    const struct instance *rows[5];
    for (size_t i = 0; i < 5; i++)
        fleet[i] = make(labels[i], "1", PHASE_UNLINKED), rows[i] = &fleet[i];
    order_sort(rows, 5, ORDER_LABEL, NOW);
    for (size_t i = 0; i < 5; i++)
        assert_string_equal(rows[i]->label, wanted[i]);
}

static void who_has_nothing_stands_last_and_equals_stay(void **state)
{
    (void)state;
    struct instance fleet[1000];
    const struct instance *rows[1000];
    for (size_t i = 0; i < 1000; i++)
        fleet[i] = make("x", "1", PHASE_LINKED), rows[i] = &fleet[i];
    snprintf(fleet[700].link.account.phone, 8, "1");
    for (int order = 0; order < ORDER_COUNT; order++)
        assert_true(order_sort(rows, 1000, (enum order)order, NOW));
    order_sort(rows, 1000, ORDER_PHONE, NOW);
    assert_ptr_equal(rows[0], &fleet[700]);
    for (size_t i = 2; i < 1000; i++)
        assert_true(rows[i - 1] < rows[i]);
}

static void type(struct prompt *prompt, const char *text)
{
    for (; *text; text++)
        assert_int_equal(prompt_key(prompt, *text), PROMPT_EDITED);
}

static void a_line_is_edited(void **state)
{
    (void)state;
    struct prompt prompt;
    prompt_begin(&prompt, "");
    type(&prompt, "two words");
    prompt_key(&prompt, 'w' - 'a' + 1);
    assert_string_equal(prompt.text, "two ");
    prompt_key(&prompt, KEYNAME_HOME);
    type(&prompt, "x");
    prompt_key(&prompt, 0x436);
    assert_string_equal(prompt.text, "xжtwo ");
    prompt_key(&prompt, KEYNAME_BACKSPACE);
    prompt_key(&prompt, KEYNAME_DELETE);
    assert_string_equal(prompt.text, "xwo ");
    prompt_key(&prompt, KEYNAME_LEFT);
    prompt_key(&prompt, KEYNAME_RIGHT);
    prompt_key(&prompt, 'k' - 'a' + 1);
    assert_string_equal(prompt.text, "x");
    assert_int_equal(prompt_key(&prompt, KEYNAME_DELETE), PROMPT_IGNORED);
    prompt_key(&prompt, 'u' - 'a' + 1);
    assert_string_equal(prompt.text, "");
    assert_int_equal(prompt_key(&prompt, KEYNAME_BACKSPACE), PROMPT_IGNORED);
    assert_int_equal(prompt_key(&prompt, KEYNAME_ENTER), PROMPT_DONE);
    assert_int_equal(prompt_key(&prompt, KEYNAME_ESC), PROMPT_CANCELLED);
}

static void what_cannot_be_shown_is_no_text(void **state)
{
    (void)state;
    static const int keys[] = {0x07, 0x7f, 0x202e, 0x200b, 0xd800, 0x110000, KEYNAME_UP, KEYNAME_F5, KEYNAME_CLICK, -1, 0};
    struct prompt prompt;
    prompt_begin(&prompt, "ok");
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        assert_int_equal(prompt_key(&prompt, keys[i]), PROMPT_IGNORED);
    assert_string_equal(prompt.text, "ok");
}

static void a_line_has_an_end(void **state)
{
    (void)state;
    struct prompt prompt;
    char shown[64];
    prompt_begin(&prompt, "");
    for (int i = 0; i < 2 * PROMPT_MAX; i++)
        prompt_key(&prompt, 'a' + i % 26);
    assert_int_equal(prompt.len, PROMPT_MAX - 1);
    assert_int_equal(prompt_key(&prompt, 0x20ac), PROMPT_IGNORED);
    int cursor = prompt_visible(&prompt, 20, shown, sizeof shown);
    assert_int_equal(cursor, 19);
    assert_int_equal(strlen(shown), 19);
    prompt_key(&prompt, KEYNAME_HOME);
    assert_int_equal(prompt_visible(&prompt, 20, shown, sizeof shown), 0);
    assert_int_equal(shown[0], 'a');
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_look_in_label_id_phone_name_and_phase),
        cmocka_unit_test(negation_quotes_and_what_is_unfinished),
        cmocka_unit_test(no_filter_is_too_long),
        cmocka_unit_test(problems_come_first),
        cmocka_unit_test(one_that_is_being_linked_does_not_jump),
        cmocka_unit_test(numbers_in_labels_count_as_numbers),
        cmocka_unit_test(who_has_nothing_stands_last_and_equals_stay),
        cmocka_unit_test(a_line_is_edited),
        cmocka_unit_test(what_cannot_be_shown_is_no_text),
        cmocka_unit_test(a_line_has_an_end),
    };
    setlocale(LC_ALL, "C.UTF-8");
    return cmocka_run_group_tests_name("fleet_view", tests, NULL, NULL);
}
