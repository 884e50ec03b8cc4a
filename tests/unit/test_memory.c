/* SPDX-License-Identifier: MIT
 * Answers about terminals, kept in a file: found again, replaced, bounded, and never at the price of somebody's lines.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "memory.h"

#define XTERM "XTerm(379) 41;379;0 xterm-256color"
#define TMUX "tmux 3.3a 84;0;0 tmux-256color"
#define TEXT_MAX (128 * 1024)

struct fixture {
    char home[64], file[256], text[TEXT_MAX], why[MEMORY_WHY_MAX];
    struct memory memory;
};

static int set_up(void **state)
{
    struct fixture *it = calloc(1, sizeof *it);
    snprintf(it->home, sizeof it->home, "/tmp/scandeck-memory-XXXXXX");
    if (!mkdtemp(it->home))
        return -1;
    setenv("HOME", it->home, 1);
    unsetenv("XDG_STATE_HOME");
    snprintf(it->file, sizeof it->file, "%s/.local/state/scandeck/terminals", it->home);
    *state = it;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *it = *state;
    static const char *const parts[] = {"/.local/state/scandeck/terminals", "/.local/state/scandeck", "/.local/state",
                                        "/.local", "/other", "/state/scandeck/terminals", "/state/scandeck", "/state",
                                        ""};
    memory_free(&it->memory);
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        char path[256];
        snprintf(path, sizeof path, "%s%s", it->home, parts[i]);
        (void)(unlink(path) == 0 || rmdir(path) == 0);
    }
    bool is_clean = access(it->home, F_OK) != 0; /* no temporary file is left either */
    free(it);
    return is_clean ? 0 : -1;
}

static bool load(struct fixture *it)
{
    memory_free(&it->memory);
    return memory_load(&it->memory, it->why, sizeof it->why);
}

static bool put(struct fixture *it, const char *identity, enum qr_ability ability, bool can)
{
    return memory_put(&it->memory, identity, ability, can, it->why, sizeof it->why);
}

/* 1 = yes, 0 = no, -1 = not remembered. */
static int find(const struct fixture *it, const char *identity, enum qr_ability ability)
{
    bool can;
    return memory_find(&it->memory, identity, ability, &can) ? can : -1;
}

static void write_file(struct fixture *it, const char *text, size_t len)
{
    char *dir = strdup(it->file);
    for (char *slash = strchr(dir + strlen(it->home), '/'); slash; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        mkdir(dir, 0700);
        *slash = '/';
    }
    free(dir);
    FILE *file = fopen(it->file, "w");
    assert_non_null(file);
    assert_int_equal(fwrite(text, 1, len, file), len);
    assert_int_equal(fclose(file), 0);
}

static const char *read_file(struct fixture *it)
{
    FILE *file = fopen(it->file, "r");
    assert_non_null(file);
    it->text[fread(it->text, 1, sizeof it->text - 1, file)] = '\0';
    fclose(file);
    return it->text;
}

static void load_text(struct fixture *it, const char *text)
{
    write_file(it, text, strlen(text));
    assert_true(load(it));
}

static void without_a_file_nothing_is_remembered_and_nothing_made(void **state)
{
    struct fixture *it = *state;
    assert_true(load(it));
    assert_string_equal(it->why, "");
    assert_string_equal(it->memory.path, it->file);
    assert_int_equal(find(it, XTERM, QR_ABILITY_SEXTANTS), -1);
    assert_int_equal(access(it->file, F_OK), -1);
}

static void answers_are_found_again(void **state)
{
    struct fixture *it = *state;
    assert_true(load(it));
    assert_true(put(it, XTERM, QR_ABILITY_SEXTANTS, false));
    assert_true(put(it, TMUX, QR_ABILITY_SEXTANTS, true));
    assert_true(put(it, XTERM, QR_ABILITY_HALF_BLOCKS, true));
    assert_int_equal(find(it, XTERM, QR_ABILITY_SEXTANTS), 0);
    assert_true(load(it));
    assert_int_equal(find(it, XTERM, QR_ABILITY_SEXTANTS), 0);
    assert_int_equal(find(it, TMUX, QR_ABILITY_SEXTANTS), 1);
    assert_int_equal(find(it, XTERM, QR_ABILITY_HALF_BLOCKS), 1);
    assert_int_equal(find(it, TMUX, QR_ABILITY_HALF_BLOCKS), -1);
    assert_int_equal(find(it, "XTerm(379) 41;379;0 xterm", QR_ABILITY_SEXTANTS), -1);
    assert_string_equal(read_file(it), "no sextants " XTERM "\nyes sextants " TMUX "\nyes half-blocks " XTERM "\n");
}

static void file_and_directories_are_private(void **state)
{
    struct fixture *it = *state;
    struct stat status;
    char path[256];
    mode_t before = umask(0);
    assert_true(load(it));
    assert_true(put(it, XTERM, QR_ABILITY_SEXTANTS, false));
    umask(before);
    assert_int_equal(stat(it->file, &status), 0);
    assert_int_equal(status.st_mode & 07777, 0600);
    snprintf(path, sizeof path, "%s/.local/state/scandeck", it->home);
    assert_int_equal(stat(path, &status), 0);
    assert_int_equal(status.st_mode & 07777, 0700);
}

static void a_new_answer_replaces_the_old_one(void **state)
{
    struct fixture *it = *state;
    load_text(it, "yes sextants " XTERM "\nno sextants " XTERM "\nyes half-blocks " XTERM "\n");
    assert_int_equal(find(it, XTERM, QR_ABILITY_SEXTANTS), 0);
    assert_true(put(it, XTERM, QR_ABILITY_SEXTANTS, true));
    assert_string_equal(read_file(it), "yes half-blocks " XTERM "\nyes sextants " XTERM "\n");
}

static void lines_that_make_no_sense_stay_and_are_named_once(void **state)
{
    struct fixture *it = *state;
    load_text(it, "# mine\n\nmaybe sextants x\nyes\nyes sextants\nyes sextants \nyes quadrants x\nno sextants " XTERM);
    char wanted[sizeof it->file + 8];
    snprintf(wanted, sizeof wanted, "%s:3: ", it->file);
    assert_memory_equal(it->why, wanted, strlen(wanted));
    assert_non_null(strstr(it->why, "(4 more such lines)"));
    assert_int_equal(find(it, XTERM, QR_ABILITY_SEXTANTS), 0);
    assert_int_equal(find(it, "x", QR_ABILITY_SEXTANTS), -1);
    assert_true(put(it, TMUX, QR_ABILITY_SEXTANTS, true));
    assert_string_equal(read_file(it), "# mine\n\nmaybe sextants x\nyes\nyes sextants\nyes sextants \nyes quadrants x\n"
                                       "no sextants " XTERM "\nyes sextants " TMUX "\n");
}

static void two_programs_do_not_undo_each_other(void **state)
{
    struct fixture *it = *state;
    struct memory other;
    assert_true(load(it));
    assert_true(memory_load(&other, it->why, sizeof it->why));
    assert_true(put(it, XTERM, QR_ABILITY_SEXTANTS, false));
    assert_true(memory_put(&other, TMUX, QR_ABILITY_SEXTANTS, true, it->why, sizeof it->why));
    memory_free(&other);
    assert_true(load(it));
    assert_int_equal(find(it, XTERM, QR_ABILITY_SEXTANTS), 0);
    assert_int_equal(find(it, TMUX, QR_ABILITY_SEXTANTS), 1);
}

static void the_oldest_answers_go(void **state)
{
    struct fixture *it = *state;
    size_t used = (size_t)snprintf(it->text, sizeof it->text, "# a comment\n");
    for (int i = 0; i < MEMORY_LINES_MAX + 9; i++)
        used += (size_t)snprintf(it->text + used, sizeof it->text - used, "yes sextants number-%d\n", i);
    write_file(it, it->text, used);
    assert_true(load(it));
    assert_int_equal(find(it, "number-0", QR_ABILITY_SEXTANTS), 1);
    assert_true(put(it, XTERM, QR_ABILITY_SEXTANTS, false));
    assert_int_equal(it->memory.count, MEMORY_LINES_MAX);
    assert_true(load(it));
    assert_int_equal(it->memory.count, MEMORY_LINES_MAX);
    assert_string_equal(it->memory.lines[0], "# a comment");
    assert_int_equal(find(it, "number-10", QR_ABILITY_SEXTANTS), -1);
    assert_int_equal(find(it, "number-11", QR_ABILITY_SEXTANTS), 1);
    assert_int_equal(find(it, XTERM, QR_ABILITY_SEXTANTS), 0);
}

static void a_full_file_stays_readable(void **state)
{
    struct fixture *it = *state;
    memset(it->text, 'x', MEMORY_BYTES_MAX - 1);
    it->text[MEMORY_BYTES_MAX - 1] = '\n';
    write_file(it, it->text, MEMORY_BYTES_MAX);
    assert_true(load(it));
    assert_true(put(it, XTERM, QR_ABILITY_SEXTANTS, false));
    assert_true(load(it));
    assert_int_equal(find(it, XTERM, QR_ABILITY_SEXTANTS), 0);
}

/* The answer's own complaint names the file and the reason. */
static void expect_not_kept(struct fixture *it, const char *file, const char *reason)
{
    it->why[0] = '\0';
    assert_false(put(it, XTERM, QR_ABILITY_SEXTANTS, true));
    assert_non_null(strstr(it->why, file));
    assert_non_null(strstr(it->why, "the answer is not remembered: "));
    assert_non_null(strstr(it->why, reason));
}

/* Refused whole, and not touched. */
static void strange_files_are_left_alone(void **state)
{
    struct fixture *it = *state;
    memset(it->text, '\n', MEMORY_BYTES_MAX + 1);
    write_file(it, it->text, MEMORY_BYTES_MAX + 1);
    assert_false(load(it));
    assert_non_null(strstr(it->why, "larger than 65536 bytes"));
    write_file(it, "yes sextants x\0y\n", 17);
    assert_false(load(it));
    assert_non_null(strstr(it->why, "no text"));
    expect_not_kept(it, it->file, "no text");

    char other[256];
    snprintf(other, sizeof other, "%s/other", it->home);
    write_file(it, "yes sextants " XTERM "\n", strlen("yes sextants " XTERM "\n"));
    assert_int_equal(rename(it->file, other), 0);
    assert_int_equal(symlink(other, it->file), 0);
    assert_false(load(it));
    assert_non_null(strstr(it->why, "no regular file"));
    expect_not_kept(it, it->file, "no regular file");
    assert_int_equal(unlink(it->file), 0);
    assert_int_equal(mkfifo(it->file, 0600), 0);
    assert_false(load(it));
    assert_int_equal(unlink(it->file), 0);
    assert_true(put(it, XTERM, QR_ABILITY_SEXTANTS, true)); /* now that nothing stands in the way */
}

/* It may become strange while the program runs. */
static void a_file_that_became_strange_is_not_replaced(void **state)
{
    struct fixture *it = *state;
    assert_true(load(it));
    write_file(it, "yes sextants x\0y\n", 17);
    assert_false(put(it, XTERM, QR_ABILITY_SEXTANTS, true));
    assert_non_null(strstr(it->why, "no text"));
    assert_string_equal(read_file(it), "yes sextants x");
}

static void without_a_home_it_says_so(void **state)
{
    struct fixture *it = *state;
    unsetenv("HOME");
    assert_false(load(it));
    assert_string_equal(it->why, "answers are not remembered: neither XDG_STATE_HOME nor HOME is set");
    expect_not_kept(it, "XDG_STATE_HOME", "HOME is set");
    assert_int_equal(find(it, XTERM, QR_ABILITY_SEXTANTS), -1);
    setenv("XDG_STATE_HOME", "relative", 1);
    assert_false(load(it));
}

static void the_state_directory_is_respected(void **state)
{
    struct fixture *it = *state;
    char path[256];
    snprintf(path, sizeof path, "%s/state", it->home);
    setenv("XDG_STATE_HOME", path, 1);
    assert_true(load(it));
    assert_true(put(it, XTERM, QR_ABILITY_SEXTANTS, true));
    snprintf(path, sizeof path, "%s/state/scandeck/terminals", it->home);
    assert_int_equal(access(path, F_OK), 0);
    assert_int_equal(access(it->file, F_OK), -1);
}

static void what_stands_in_the_way_is_named(void **state)
{
    struct fixture *it = *state;
    char path[256];
    assert_true(load(it));
    snprintf(path, sizeof path, "%s/.local", it->home);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fclose(file);
    assert_false(put(it, XTERM, QR_ABILITY_SEXTANTS, true));
    assert_non_null(strstr(it->why, it->file));
}

int main(void)
{
    setlocale(LC_ALL, "C.UTF-8");
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(without_a_file_nothing_is_remembered_and_nothing_made),
        TEST(answers_are_found_again),
        TEST(file_and_directories_are_private),
        TEST(a_new_answer_replaces_the_old_one),
        TEST(lines_that_make_no_sense_stay_and_are_named_once),
        TEST(two_programs_do_not_undo_each_other),
        TEST(the_oldest_answers_go),
        TEST(a_full_file_stays_readable),
        TEST(strange_files_are_left_alone),
        TEST(a_file_that_became_strange_is_not_replaced),
        TEST(without_a_home_it_says_so),
        TEST(the_state_directory_is_respected),
        TEST(what_stands_in_the_way_is_named),
    };
#undef TEST
    return cmocka_run_group_tests_name("memory", tests, NULL, NULL);
}
