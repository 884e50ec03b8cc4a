/* SPDX-License-Identifier: MIT
 * What a mistyped name was meant to be, and what is another word.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "core/suggest.h"

static const char *const names[] = {NULL,   "link",     "status", "logout",   "reboot",  "render", "check",    "keys", "terminal",
                                    "hook", "renewals", "poll",   "instance", "log_file", "id",    "token_file"};

static void assert_suggested(const char *typed, const char *name)
{
    char text[96], wanted[96] = "";
    if (name)
        snprintf(wanted, sizeof wanted, " (did you mean '%s'?)", name);
    suggest_words(text, sizeof text, typed, names, sizeof names / sizeof *names);
    if (strcmp(text, wanted) != 0)
        fail_msg("%s: '%s'", typed, text);
}

static void what_is_near_is_suggested(void **state)
{
    static const char *const rows[][2] = {{"lnk", "link"},         {"likn", "link"},       {"linkk", "link"},        {"satus", "status"},
                                          {"sttaus", "status"},    {"logut", "logout"},    {"rebot", "reboot"},      {"KEYS", "keys"},
                                          {"instnace", "instance"}, {"instanc", "instance"}, {"pol", "poll"},        {"ID", "id"},
                                          {"tokenfile", "token_file"}, {"term", "terminal"}, {"renew", "renewals"}, {"renewls", "renewals"}};
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_suggested(rows[i][0], rows[i][1]);
}

static void another_word_is_not(void **state)
{
    static const char *const words[] = {"foo", "list", "ls", "x", "i", "", "lines", "book", "rent", "frobnicate", "state-of-things",
                                        "a-name-that-is-longer-than-any-name-of-ours"};
    (void)state;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        assert_suggested(words[i], strcmp(words[i], "book") == 0 ? "hook" : NULL);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_near_is_suggested),
        cmocka_unit_test(another_word_is_not),
    };
    return cmocka_run_group_tests_name("suggest", tests, NULL, NULL);
}
