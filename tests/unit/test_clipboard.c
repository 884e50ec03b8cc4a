/* SPDX-License-Identifier: MIT
 * The sequences for the clipboard and for notifications, as they are and as tmux and GNU screen pass them on.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "ui/clipboard.h"
#include "ui/identity.h"
#include "ui/notify.h"

#define STRING_END "\033\\"
#define SCREEN_MOST 768 /* bytes of a string that GNU screen takes */

static void expect(char *sequence, const char *wanted)
{
    assert_non_null(sequence);
    assert_string_equal(sequence, wanted);
    free(sequence);
}

static void text_is_base64_in_osc_52(void **state)
{
    (void)state;
    expect(clipboard_sequence("sales-eu", false, false), "\033]52;c;c2FsZXMtZXU=\a");
    expect(clipboard_sequence("", false, false), "\033]52;c;\a");
    expect(clipboard_sequence("\033[31m", false, false), "\033]52;c;G1szMW0=\a");
}

/* tmux takes the first where set-clipboard is on, and passes the second on where allow-passthrough is on. */
static void tmux_gets_it_plain_and_packed(void **state)
{
    (void)state;
    expect(clipboard_sequence("sales-eu", true, false),
           "\033]52;c;c2FsZXMtZXU=\a\033Ptmux;\033\033]52;c;c2FsZXMtZXU=\a" STRING_END);
    expect(clipboard_sequence("sales-eu", true, true),
           "\033]52;c;c2FsZXMtZXU=\a\033Ptmux;\033\033]52;c;c2FsZXMtZXU=\a" STRING_END);
}

static void screen_gets_it_packed(void **state)
{
    (void)state;
    expect(clipboard_sequence("sales-eu", false, true), "\033P\033]52;c;c2FsZXMtZXU=\a" STRING_END);
}

/* Takes the next piece off: what GNU screen sends to the terminal outside. */
static const char *unpack(const char *at, char *dst)
{
    assert_int_equal(strncmp(at, "\033P", 2), 0);
    const char *end = strstr(at + 2, STRING_END);
    assert_non_null(end);
    size_t len = (size_t)(end - at) - 2;
    assert_in_range(len, 1, SCREEN_MOST - 1);
    memcpy(dst, at + 2, len);
    dst[len] = '\0';
    return end + strlen(STRING_END);
}

static void long_text_for_screen_comes_in_pieces(void **state)
{
    char text[CLIPBOARD_BYTES_MAX + 1], joined[3 * CLIPBOARD_BYTES_MAX];
    size_t used = 0, pieces = 0;
    (void)state;
    memset(text, 'x', sizeof text);
    text[sizeof text - 1] = '\0';
    char *plain = clipboard_sequence(text, false, false), *packed = clipboard_sequence(text, false, true);
    for (const char *at = packed; *at; used += strlen(joined + used), pieces++)
        at = unpack(at, joined + used);
    assert_string_equal(joined, plain);
    assert_true(pieces > 10);
    free(plain);
    free(packed);
}

static void too_long_text_is_refused(void **state)
{
    char text[CLIPBOARD_BYTES_MAX + 2];
    (void)state;
    memset(text, 'x', sizeof text);
    text[sizeof text - 1] = '\0';
    assert_null(clipboard_sequence(text, false, false));
    assert_false(clipboard_copy(text));
}

static void notification_in_both_ways(void **state)
{
    (void)state;
    expect(notify_sequence("sales-eu: linked", false, false, false), "\033]9;scandeck: sales-eu: linked\a");
    expect(notify_sequence("sales-eu: linked", true, false, false), "\033]777;notify;scandeck;sales-eu: linked\a");
    expect(notify_sequence("2 linked", false, false, true), "\033P\033]9;scandeck: 2 linked\a" STRING_END);
    expect(notify_sequence("2 linked", true, true, false), "\033]777;notify;scandeck;2 linked\a"
                                                           "\033Ptmux;\033\033]777;notify;scandeck;2 linked\a" STRING_END);
}

static bool wants_777(const char *version, const char *device)
{
    struct identity who;
    struct answer answer = {0};
    snprintf(answer.version, sizeof answer.version, "%s", version);
    snprintf(answer.device, sizeof answer.device, "%s", device);
    identity_make(&who, &answer, "xterm-256color");
    return who.known->osc777;
}

static void terminal_tells_which_way(void **state)
{
    (void)state;
    assert_true(wants_777("VTE(7006)", ""));
    assert_true(wants_777("", "65;7006;1"));
    assert_true(wants_777("foot(1.13.1)", ""));
    assert_true(wants_777("", "85;95;0")); /* urxvt */
    assert_false(wants_777("kitty(0.26.5)", ""));
    assert_false(wants_777("WezTerm 20240203", ""));
    assert_false(wants_777("tmux 3.5a", ""));
    assert_false(wants_777("", ""));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_is_base64_in_osc_52),
        cmocka_unit_test(tmux_gets_it_plain_and_packed),
        cmocka_unit_test(screen_gets_it_packed),
        cmocka_unit_test(long_text_for_screen_comes_in_pieces),
        cmocka_unit_test(too_long_text_is_refused),
        cmocka_unit_test(notification_in_both_ways),
        cmocka_unit_test(terminal_tells_which_way),
    };
    return cmocka_run_group_tests_name("clipboard", tests, NULL, NULL);
}
