/* SPDX-License-Identifier: MIT
 * A line that is typed, key by key, and what of it is seen.
 */
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "core/keymap.h"
#include "core/prompt.h"
#include "core/text.h"

#define CTRL(letter) ((letter) - 'a' + 1)

static void type(struct prompt *prompt, const char *text)
{
    for (size_t i = 0, len = strlen(text); i < len;) {
        uint32_t code;
        i += text_next(text + i, len - i, &code);
        assert_int_equal(prompt_key(prompt, (int)code), PROMPT_EDITED);
    }
}

static void press(struct prompt *prompt, int key, int times)
{
    while (times-- > 0)
        prompt_key(prompt, key);
}

static void assert_line(const struct prompt *prompt, const char *text, size_t at)
{
    assert_string_equal(prompt->text, text);
    assert_int_equal(prompt->len, strlen(text));
    assert_int_equal(prompt->at, at);
}

static void it_begins_with_a_text(void **state)
{
    struct prompt prompt;
    (void)state;
    prompt_begin(&prompt, "");
    assert_line(&prompt, "", 0);
    prompt_begin(&prompt, "Käthe");
    assert_line(&prompt, "Käthe", 6);
}

static void characters_go_in_at_the_cursor(void **state)
{
    struct prompt prompt;
    (void)state;
    prompt_begin(&prompt, "");
    type(&prompt, "a d");
    press(&prompt, KEYNAME_LEFT, 1);
    type(&prompt, "東ä");
    assert_line(&prompt, "a 東äd", 7);
    type(&prompt, "?!:\"~");
    assert_line(&prompt, "a 東ä?!:\"~d", 12);
}

static void it_moves_by_characters(void **state)
{
    struct prompt prompt;
    (void)state;
    prompt_begin(&prompt, "a東ä");
    assert_int_equal(prompt_key(&prompt, KEYNAME_LEFT), PROMPT_IGNORED);
    assert_line(&prompt, "a東ä", 4);
    press(&prompt, KEYNAME_LEFT, 1);
    assert_line(&prompt, "a東ä", 1);
    press(&prompt, KEYNAME_LEFT, 5);
    assert_line(&prompt, "a東ä", 0);
    press(&prompt, KEYNAME_RIGHT, 2);
    assert_line(&prompt, "a東ä", 4);
    press(&prompt, KEYNAME_RIGHT, 5);
    assert_line(&prompt, "a東ä", 6);
    press(&prompt, KEYNAME_HOME, 1);
    assert_line(&prompt, "a東ä", 0);
    press(&prompt, KEYNAME_END, 1);
    assert_line(&prompt, "a東ä", 6);
    press(&prompt, CTRL('a'), 1);
    assert_line(&prompt, "a東ä", 0);
    press(&prompt, CTRL('e'), 1);
    assert_line(&prompt, "a東ä", 6);
}

static void it_erases_by_characters(void **state)
{
    struct prompt prompt;
    (void)state;
    prompt_begin(&prompt, "a東ä");
    assert_int_equal(prompt_key(&prompt, KEYNAME_DELETE), PROMPT_IGNORED);
    assert_int_equal(prompt_key(&prompt, KEYNAME_BACKSPACE), PROMPT_EDITED);
    assert_line(&prompt, "a東", 4);
    press(&prompt, KEYNAME_HOME, 1);
    assert_int_equal(prompt_key(&prompt, KEYNAME_BACKSPACE), PROMPT_IGNORED);
    assert_int_equal(prompt_key(&prompt, KEYNAME_DELETE), PROMPT_EDITED);
    assert_line(&prompt, "東", 0);
    press(&prompt, KEYNAME_DELETE, 1);
    assert_line(&prompt, "", 0);
}

static void it_erases_in_pieces(void **state)
{
    struct prompt prompt;
    (void)state;
    prompt_begin(&prompt, "phase:unlinked sales  ");
    press(&prompt, CTRL('w'), 1);
    assert_line(&prompt, "phase:unlinked ", 15);
    press(&prompt, CTRL('w'), 2);
    assert_line(&prompt, "", 0);
    prompt_begin(&prompt, "one two");
    press(&prompt, KEYNAME_LEFT, 3);
    press(&prompt, CTRL('u'), 1);
    assert_line(&prompt, "two", 0);
    prompt_begin(&prompt, "one two");
    press(&prompt, KEYNAME_LEFT, 3);
    press(&prompt, CTRL('k'), 1);
    assert_line(&prompt, "one ", 4);
    assert_int_equal(prompt_key(&prompt, CTRL('k')), PROMPT_IGNORED);
}

static void it_ends(void **state)
{
    struct prompt prompt;
    (void)state;
    prompt_begin(&prompt, "x");
    assert_int_equal(prompt_key(&prompt, KEYNAME_ENTER), PROMPT_DONE);
    assert_int_equal(prompt_key(&prompt, KEYNAME_ESC), PROMPT_CANCELLED);
    assert_line(&prompt, "x", 1);
}

/* Controls, keys without a character, what nobody sees and what turns the line round. */
static void what_cannot_be_shown_is_refused(void **state)
{
    static const int keys[] = {
        KEYNAME_TAB, CTRL('b'), CTRL('l'), 0x7f, 0x80, 0x9b, 0xad, 0x200b, 0x202e, 0x2066, 0xfeff, 0xfffd, 0xd800, 0xdfff,
        0xe0041, 0x10ffff, KEYNAME_UP, KEYNAME_F5, KEYNAME_PAGE_UP, KEYNAME_CLICK, KEYNAME_WHEEL_DOWN, KEYNAME_NONE, -1,
    };
    struct prompt prompt;
    (void)state;
    prompt_begin(&prompt, "x");
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        if (prompt_key(&prompt, keys[i]) != PROMPT_IGNORED)
            fail_msg("%#x was taken", (unsigned)keys[i]);
        assert_line(&prompt, "x", 1);
    }
}

static void it_has_an_end(void **state)
{
    struct prompt prompt;
    char text[2 * PROMPT_MAX];
    (void)state;
    prompt_begin(&prompt, "");
    press(&prompt, 'x', PROMPT_MAX - 2);
    assert_int_equal(prompt.len, PROMPT_MAX - 2);
    assert_int_equal(prompt_key(&prompt, 0x6771), PROMPT_IGNORED);
    assert_int_equal(prompt_key(&prompt, 'y'), PROMPT_EDITED);
    assert_int_equal(prompt_key(&prompt, 'y'), PROMPT_IGNORED);
    assert_int_equal(prompt.len, PROMPT_MAX - 1);
    assert_int_equal(strlen(prompt.text), PROMPT_MAX - 1);
    memset(text, 'z', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    prompt_begin(&prompt, text);
    assert_int_equal(prompt.len, PROMPT_MAX - 1);
}

static void assert_visible(const struct prompt *prompt, int columns, const char *text, int cursor)
{
    char out[PROMPT_MAX];
    assert_int_equal(prompt_visible(prompt, columns, out, sizeof out), cursor);
    assert_string_equal(out, text);
}

static void the_cursor_is_always_in_sight(void **state)
{
    struct prompt prompt;
    (void)state;
    prompt_begin(&prompt, "abc");
    assert_visible(&prompt, 10, "abc", 3);
    prompt_begin(&prompt, "abcdefghij");
    assert_visible(&prompt, 11, "abcdefghij", 10);
    assert_visible(&prompt, 10, "bcdefghij", 9);
    assert_visible(&prompt, 4, "hij", 3);
    press(&prompt, KEYNAME_LEFT, 9);
    assert_visible(&prompt, 4, "abc~", 1);
    prompt_begin(&prompt, "東東東");
    assert_visible(&prompt, 7, "東東東", 6);
    assert_visible(&prompt, 6, "東東", 4);
    assert_visible(&prompt, 1, "", 0);
}

static void any_width_and_place_fits(void **state)
{
    struct prompt prompt;
    (void)state;
    prompt_begin(&prompt, "aä東bcd東e f東");
    for (int left = 0; left <= 11; left++) {
        for (int columns = 1; columns < 24; columns++) {
            char out[PROMPT_MAX];
            int cursor = prompt_visible(&prompt, columns, out, sizeof out);
            assert_in_range(cursor, 0, columns - 1);
            assert_true(text_columns(out) <= columns);
        }
        press(&prompt, KEYNAME_LEFT, 1);
    }
}

/* Whatever is pressed, the line stays one of whole characters. */
static void any_keys_are_taken(void **state)
{
    static const int keys[] = {'a', ' ', 0xe4, 0x6771, 0x1f600, 0x301, KEYNAME_LEFT, KEYNAME_RIGHT, KEYNAME_HOME, KEYNAME_END,
                               KEYNAME_BACKSPACE, KEYNAME_DELETE, CTRL('w'), CTRL('u'), CTRL('k'), 0x202e, KEYNAME_F1};
    unsigned random = 7;
    struct prompt prompt;
    char clean[PROMPT_MAX];
    (void)state;
    prompt_begin(&prompt, "");
    for (int i = 0; i < 100000; i++) {
        random = random * 1103515245u + 12345u;
        /* Mostly characters, so that it grows to its end. */
        unsigned choice = (random >> 16) % 97;
        prompt_key(&prompt, choice < 60 ? keys[choice % 6] : keys[choice % (sizeof keys / sizeof *keys)]);
        assert_true(prompt.len < PROMPT_MAX && prompt.at <= prompt.len && strlen(prompt.text) == prompt.len);
        assert_int_not_equal((unsigned char)prompt.text[prompt.at] & 0xC0, 0x80);
        text_clean(clean, sizeof clean, prompt.text, prompt.len, NULL);
        assert_string_equal(clean, prompt.text);
    }
}

static int use_utf8(void **state)
{
    (void)state;
    return setlocale(LC_CTYPE, "C.UTF-8") ? 0 : -1;
}

static void a_paste_is_inserted_as_one_line(void **state)
{
    struct prompt prompt;
    (void)state;
    prompt_begin(&prompt, "ab");
    prompt_key(&prompt, KEYNAME_LEFT);
    assert_int_equal(prompt_paste(&prompt, "1\r\n2\n3\t4\r5\033[6\003\302\233\x7f\u202e"), PROMPT_EDITED);
    assert_line(&prompt, "a1 2 3 4 5[6b", 12);
    assert_int_equal(prompt_paste(&prompt, "\001\002"), PROMPT_IGNORED);
    assert_int_equal(prompt_paste(&prompt, ""), PROMPT_IGNORED);
}

static void a_paste_fills_the_line_and_no_more(void **state)
{
    struct prompt prompt;
    char text[2 * PROMPT_MAX];
    (void)state;
    memset(text, 'x', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    prompt_begin(&prompt, "");
    assert_int_equal(prompt_paste(&prompt, text), PROMPT_EDITED);
    assert_int_equal(prompt.len, PROMPT_MAX - 1);
    assert_int_equal(strlen(prompt.text), PROMPT_MAX - 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_begins_with_a_text),
        cmocka_unit_test(characters_go_in_at_the_cursor),
        cmocka_unit_test(it_moves_by_characters),
        cmocka_unit_test(it_erases_by_characters),
        cmocka_unit_test(it_erases_in_pieces),
        cmocka_unit_test(it_ends),
        cmocka_unit_test(what_cannot_be_shown_is_refused),
        cmocka_unit_test(it_has_an_end),
        cmocka_unit_test(the_cursor_is_always_in_sight),
        cmocka_unit_test(any_width_and_place_fits),
        cmocka_unit_test(any_keys_are_taken),
        cmocka_unit_test(a_paste_is_inserted_as_one_line),
        cmocka_unit_test(a_paste_fills_the_line_and_no_more),
    };
    return cmocka_run_group_tests_name("prompt", tests, use_utf8, NULL);
}
