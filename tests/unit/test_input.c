/* SPDX-License-Identifier: MIT
 * From what ncurses reads to keys: pastes, chords with Alt, ESC alone. ncurses is replaced by a list of characters.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "core/keymap.h"
#include "ui/input.h"

/* In the waiting characters: nothing more comes for now, which ends a read; and a key that ncurses knows. */
#define PAUSE '|'
#define ARROW '^'

#define BEGIN "\033[200~"
#define END "\033[201~"

static const char *waiting;
static struct input input;
static struct answer answer;
static int64_t now;

int __wrap_wget_wch(WINDOW *window, wint_t *code);

int __wrap_wget_wch(WINDOW *window, wint_t *code)
{
    assert_null(window);
    if (!*waiting)
        return ERR;
    if (*waiting == PAUSE) {
        waiting++;
        return ERR;
    }
    *code = (unsigned char)*waiting++;
    if (*code != ARROW)
        return OK;
    *code = KEY_UP;
    return KEY_CODE_YES;
}

static int begin(void **state)
{
    (void)state;
    memset(&answer, 0, sizeof answer);
    input_init(&input, &answer);
    waiting = "";
    now = 1000;
    return 0;
}

static void assert_key(int key)
{
    assert_int_equal(input_key(&input, now), key);
}

static void assert_paste(const char *text, size_t count)
{
    assert_key(KEYNAME_PASTE);
    assert_string_equal(input.paste, text);
    assert_int_equal(input.paste_count, count);
}

static void a_paste_is_one_key(void **state)
{
    (void)state;
    waiting = "a" BEGIN "Ly\r\nq\t^" END "b";
    assert_key('a');
    assert_paste("Ly\r\nq\t", 6);
    assert_key('b');
    assert_key(KEYNAME_NONE);
}

static void it_may_come_in_parts(void **state)
{
    (void)state;
    waiting = BEGIN "ho|Ly|\033[20|1~" "x";
    assert_key(KEYNAME_NONE);
    assert_true(input_is_pasting(&input));
    assert_key(KEYNAME_NONE);
    assert_key(KEYNAME_NONE);
    assert_paste("hoLy", 4);
    assert_false(input_is_pasting(&input));
    assert_key('x');
}

static void what_only_looks_like_its_end_is_none(void **state)
{
    (void)state;
    waiting = BEGIN "\033[20\033[202~\033\033[201" END;
    assert_paste("[20[202~[201", 12);
    assert_key(KEYNAME_NONE);
}

static void a_second_beginning_is_text(void **state)
{
    (void)state;
    waiting = BEGIN BEGIN "L" END;
    assert_paste("[200~L", 6);
}

static void without_an_end_it_is_given_up(void **state)
{
    (void)state;
    waiting = BEGIN "Ly";
    assert_key(KEYNAME_NONE);
    input_end_paste(&input);
    assert_paste("Ly", 2);
    waiting = "j";
    assert_key('j');
}

static void a_long_one_is_counted_and_kept_in_part(void **state)
{
    static char text[sizeof BEGIN + 3 * INPUT_PASTE_MAX + sizeof END];
    (void)state;
    strcpy(text, BEGIN);
    memset(text + strlen(BEGIN), 'L', 3 * INPUT_PASTE_MAX);
    strcat(text, END);
    waiting = text;
    assert_key(KEYNAME_PASTE);
    assert_int_equal(strlen(input.paste), INPUT_PASTE_MAX - 1);
    assert_int_equal(input.paste_count, 3 * INPUT_PASTE_MAX);
    assert_key(KEYNAME_NONE);
}

static void alt_with_a_key_is_nothing(void **state)
{
    (void)state;
    waiting = "\033L\033y\033^\033\r" "j";
    assert_key('j');
    assert_key(KEYNAME_NONE);
}

/* Alt with [, O, P and >, ] and 1, _ and G begin what looks like a sequence. */
static void a_sequence_without_an_end_is_over_soon(void **state)
{
    static const char *const begun[] = {"\033[", "\033O", "\033P>", "\033]1", "\033_G"};
    (void)state;
    for (size_t i = 0; i < sizeof begun / sizeof *begun; i++) {
        waiting = begun[i];
        assert_key(KEYNAME_NONE);
        now += 1001;
        waiting = "j";
        assert_key('j');
        waiting = begun[i];
        assert_key(KEYNAME_NONE);
        waiting = "\003j";
        assert_key(3);
        assert_key('j');
    }
}

/* A slow line: its letters are no keys. */
static void a_sequence_may_pause(void **state)
{
    (void)state;
    waiting = "\033P>|xt|erm|(3\033|\\|" "j";
    while (*waiting != 'j') {
        assert_key(KEYNAME_NONE);
        now += 900;
    }
    assert_key('j');
}

static void escape_alone_is_a_key(void **state)
{
    (void)state;
    waiting = "\033|L";
    assert_key(KEYNAME_ESC);
    assert_key('L');
    waiting = "\033\033|";
    assert_key(KEYNAME_ESC);
    assert_key(KEYNAME_NONE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(a_paste_is_one_key, begin),
        cmocka_unit_test_setup(it_may_come_in_parts, begin),
        cmocka_unit_test_setup(what_only_looks_like_its_end_is_none, begin),
        cmocka_unit_test_setup(a_second_beginning_is_text, begin),
        cmocka_unit_test_setup(without_an_end_it_is_given_up, begin),
        cmocka_unit_test_setup(a_long_one_is_counted_and_kept_in_part, begin),
        cmocka_unit_test_setup(alt_with_a_key_is_nothing, begin),
        cmocka_unit_test_setup(a_sequence_without_an_end_is_over_soon, begin),
        cmocka_unit_test_setup(a_sequence_may_pause, begin),
        cmocka_unit_test_setup(escape_alone_is_a_key, begin),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
