/* SPDX-License-Identifier: MIT
 * What a changed configuration file means for what runs.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "config/diff.h"
#include "config/parse.h"

#define NANOSECONDS UINT64_C(1000000000)
#define A "[instance a]\nid=1\ntoken_env=A\n"
#define B "[instance b]\nid=2\ntoken_command=pass b\n"

struct pair {
    struct config old, fresh;
};

static void read_into(struct config *config, const char *text)
{
    static struct complaints complaints;
    complaints.count = 0;
    config_init(config);
    parse_text(config, text, strlen(text), NULL, &complaints);
    assert_int_equal(complaints.count, 0);
}

static struct pair pair_of(const char *old, const char *fresh)
{
    struct pair pair;
    read_into(&pair.old, old);
    read_into(&pair.fresh, fresh);
    return pair;
}

static void forget(struct pair *pair)
{
    config_free(&pair->old);
    config_free(&pair->fresh);
}

/* How the first instance of the new text stands to the old one, and from which label it goes on ("" = none). */
static void assert_kind(const char *old, const char *fresh, enum diff_kind kind, const char *before)
{
    struct pair pair = pair_of(old, fresh);
    const struct config_instance *from = diff_before(&pair.old, &pair.fresh, &pair.fresh.instances[0]);
    assert_int_equal(diff_kind_of(&pair.old, &pair.fresh, &pair.fresh.instances[0]), kind);
    assert_string_equal(from ? from->label : "", before);
    forget(&pair);
}

static void what_stays_is_the_same_wherever_it_stands(void **state)
{
    (void)state;
    assert_kind(A B, A B, DIFF_SAME, "a");
    assert_kind(A B, B "\n\n" A, DIFF_SAME, "b");
    assert_kind("poll=50\n" A, "poll=60\n" A, DIFF_SAME, "a");
}

static void id_place_and_secret_make_it_another(void **state)
{
    (void)state;
    assert_kind(A, "[instance a]\nid=3\ntoken_env=A\n", DIFF_CHANGED, "a");
    assert_kind(A, "[instance a]\nid=1\ntoken_env=B\n", DIFF_CHANGED, "a");
    assert_kind(A, "[instance a]\nid=1\ntoken_file=A\n", DIFF_CHANGED, "a");
    assert_kind(A, A "api_url=https://x.y\n", DIFF_CHANGED, "a");
    assert_kind(A, "api_url=https://x.y\n" A, DIFF_CHANGED, "a");
    assert_kind("api_url=https://x.y\n" A, A "api_url=https://x.y\n", DIFF_SAME, "a");
    assert_kind("api_url=https://x.y\n" A, "api_url=https://x.y/v3\n" A, DIFF_CHANGED, "a");
}

static void a_label_is_only_a_name(void **state)
{
    (void)state;
    assert_kind(A B, "[instance c]\nid=1\ntoken_env=A\n" B, DIFF_RENAMED, "a");
    assert_kind(A B, "[instance c]\nid=1\ntoken_env=C\n" B, DIFF_CHANGED, "a");
    assert_kind(A B, "[instance c]\nid=3\ntoken_env=A\n" A B, DIFF_NEW, "");
    /* Two that changed places, and one that took another's label: nobody knows who is meant to be whom. */
    assert_kind(A B, "[instance b]\nid=1\ntoken_env=A\n[instance a]\nid=2\ntoken_command=pass b\n", DIFF_CHANGED, "b");
    assert_kind(A, "[instance c]\nid=1\ntoken_env=A\n[instance a]\nid=4\ntoken_env=A\n", DIFF_NEW, "");
}

static void an_instance_is_found_by_label(void **state)
{
    struct pair pair = pair_of(A B, B);
    (void)state;
    assert_string_equal(diff_find(&pair.old, "b")->id, "2");
    assert_null(diff_find(&pair.fresh, "a"));
    forget(&pair);
}

static void assert_settings(const char *old, const char *fresh, const char *at_once, const char *at_start)
{
    struct pair pair = pair_of(old, fresh);
    char names[256];
    diff_settings(names, sizeof names, &pair.old, &pair.fresh, SETTING_AT_ONCE);
    assert_string_equal(names, at_once);
    diff_settings(names, sizeof names, &pair.old, &pair.fresh, SETTING_AT_START);
    assert_string_equal(names, at_start);
    forget(&pair);
}

static void options_that_differ_are_named(void **state)
{
    (void)state;
    assert_settings("", "", "", "");
    assert_settings("", "poll=60\nqr_mode=auto\n", "", "");
    assert_settings("bell=linked code\n", "bell=code linked\n", "", "");
    assert_settings("poll=50\nhook=/bin/true\n", "theme=mono\nqr_mode=full\n", "poll, theme, hook", "qr_mode");
    assert_settings("log_file=/a\n", "log_file=/b\nlog_size=1\n", "", "log_file, log_size");
}

static void assert_sections(const char *old, const char *fresh, bool keys, bool styles)
{
    struct pair pair = pair_of(old, fresh);
    assert_int_equal(diff_keys(&pair.old, &pair.fresh), keys);
    assert_int_equal(diff_styles(&pair.old, &pair.fresh), styles);
    forget(&pair);
}

static void keys_and_styles_that_differ_are_found(void **state)
{
    (void)state;
    assert_sections("", "[keys]\nquit=q\n", false, false);
    assert_sections("[keys]\nquit=Q\nhelp=F1\n", "[keys]\nhelp=F1\nquit=Q\n", false, false);
    assert_sections("[keys]\nquit=Q\n", "[keys]\nquit=X\n", true, false);
    assert_sections("[theme]\nbad=red\n", "[theme]\nbad=1\n", false, false);
    assert_sections("[theme]\nbad=red\n", "[theme]\nbad=red bold\n", false, true);
    assert_sections("[theme]\nbad=red\n", "", false, true);
    assert_sections("", "[theme]\nbad=red\n", false, true);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_stays_is_the_same_wherever_it_stands),
        cmocka_unit_test(id_place_and_secret_make_it_another),
        cmocka_unit_test(a_label_is_only_a_name),
        cmocka_unit_test(an_instance_is_found_by_label),
        cmocka_unit_test(options_that_differ_are_named),
        cmocka_unit_test(keys_and_styles_that_differ_are_found),
    };
    return cmocka_run_group_tests_name("diff", tests, NULL, NULL);
}
