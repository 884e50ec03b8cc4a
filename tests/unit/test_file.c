/* SPDX-License-Identifier: MIT
 * Texts read whole: marks, encodings, pipes.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "config/file.h"

#define MOST 1000
#define MARK "\xEF\xBB\xBF"

struct scene {
    char folder[64], path[96];
    struct file_content content;
    char why[256];
};

static int set_up(void **state)
{
    struct scene *it = calloc(1, sizeof *it);
    snprintf(it->folder, sizeof it->folder, "/tmp/scandeck-file-XXXXXX");
    if (!mkdtemp(it->folder))
        return -1;
    snprintf(it->path, sizeof it->path, "%s/f", it->folder);
    *state = it;
    return 0;
}

static int tear_down(void **state)
{
    struct scene *it = *state;
    file_content_free(&it->content);
    unlink(it->path);
    rmdir(it->folder);
    free(it);
    return 0;
}

static void write_bytes(struct scene *it, const char *bytes, size_t len)
{
    int fd = open(it->path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    assert_int_equal(write(fd, bytes, len), len);
    close(fd);
}
#define WRITE(it, literal) write_bytes(it, literal, sizeof literal - 1)

static bool read_it(struct scene *it, const char *path, enum file_kind kind)
{
    file_content_free(&it->content);
    return file_read(&it->content, path, kind, MOST, it->why, sizeof it->why);
}

static void a_mark_is_left_out(void **state)
{
    struct scene *it = *state;
    WRITE(it, MARK "token");
    assert_true(read_it(it, it->path, FILE_REGULAR));
    assert_int_equal(it->content.len, 5);
    assert_string_equal(it->content.text, "token");
    WRITE(it, MARK);
    assert_true(read_it(it, it->path, FILE_REGULAR));
    assert_int_equal(it->content.len, 0);
    WRITE(it, "a" MARK);
    assert_true(read_it(it, it->path, FILE_REGULAR));
    assert_int_equal(it->content.len, 4);
}

static void other_encodings_are_named(void **state)
{
    struct scene *it = *state;
    static const struct {
        const char *bytes;
        size_t len;
    } texts[] = {{"\xFF\xFEp\0", 4}, {"\xFE\xFF\0p", 4}, {"\xFF\xFE", 2}, {"p\0o\0", 4}, {"\0p\0o", 4}};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        write_bytes(it, texts[i].bytes, texts[i].len);
        assert_false(read_it(it, it->path, FILE_REGULAR));
        assert_string_equal(it->why, "is UTF-16: save it as UTF-8");
    }
    static const char *const wide[] = {"\xFF\xFE\0\0p\0\0", "\0\0\xFE\xFF\0\0\0p", "p\0\0\0o\0\0", "\0\0\0p\0\0\0o"};
    for (size_t i = 0; i < sizeof wide / sizeof *wide; i++) {
        write_bytes(it, wide[i], 8);
        assert_false(read_it(it, it->path, FILE_REGULAR));
        assert_string_equal(it->why, "is UTF-32: save it as UTF-8");
    }
    WRITE(it, "po\0ll");
    assert_true(read_it(it, it->path, FILE_REGULAR));
}

/* What a child writes into a pipe, in pieces, is read to its end. */
static void a_pipe_is_read(void **state)
{
    struct scene *it = *state;
    int ends[2], status;
    char name[32];
    assert_int_equal(pipe(ends), 0);
    pid_t child = fork();
    if (child == 0) {
        close(ends[0]);
        for (int i = 0; i < 3; i++)
            if (write(ends[1], i ? "poll" : MARK, i ? 4 : 3) < 0 || usleep(20000) != 0)
                _exit(1);
        _exit(0);
    }
    close(ends[1]);
    snprintf(name, sizeof name, "/dev/fd/%d", ends[0]);
    assert_true(file_is_stream(name));
    bool taken = read_it(it, name, FILE_OR_STREAM);
    waitpid(child, &status, 0);
    assert_true(taken);
    assert_string_equal(it->content.text, "pollpoll");
    assert_false(it->content.others_may_read);
    assert_false(read_it(it, name, FILE_REGULAR));
    assert_string_equal(it->why, "is not a regular file");
    assert_false(read_it(it, name, FILE_OR_STREAM));
    assert_string_equal(it->why, "gave nothing");
    close(ends[0]);
}

static void standard_input_is_read(void **state)
{
    struct scene *it = *state;
    int kept = dup(0), ends[2];
    static const char *const names[] = {"-", "/dev/stdin"};
    for (size_t i = 0; i < 2; i++) {
        assert_int_equal(pipe(ends), 0);
        assert_int_equal(write(ends[1], "poll", 4), 4);
        close(ends[1]);
        dup2(ends[0], 0);
        close(ends[0]);
        bool taken = read_it(it, names[i], FILE_OR_STREAM);
        dup2(kept, 0);
        assert_true(taken && file_is_stream(names[i]) && file_is_standard_input(names[i]));
        assert_string_equal(it->content.text, "poll");
    }
    close(kept);
    assert_false(file_is_standard_input("./-"));
}

static void a_named_pipe_waits_for_its_writer_a_moment(void **state)
{
    struct scene *it = *state;
    int status;
    assert_int_equal(mkfifo(it->path, 0600), 0);
    pid_t child = fork();
    if (child == 0) {
        int fd = open(it->path, O_WRONLY);
        _exit(write(fd, "late", 4) == 4 ? 0 : 1);
    }
    bool taken = read_it(it, it->path, FILE_OR_STREAM);
    waitpid(child, &status, 0);
    assert_true(taken);
    assert_string_equal(it->content.text, "late");
}

static void a_stream_has_an_end_too(void **state)
{
    struct scene *it = *state;
    assert_false(read_it(it, "/dev/zero", FILE_OR_STREAM));
    assert_string_equal(it->why, "gave more than 1000 bytes");
    assert_false(read_it(it, "/tmp", FILE_OR_STREAM));
    assert_string_equal(it->why, "is a directory, not a file");
    assert_false(file_is_stream("/tmp"));
    assert_false(file_is_stream("/nonexistent"));
}

static void relative_names_count_from_a_folder(void **state)
{
    static const char *const rows[][3] = {{"t", "/etc/x", "/etc/x/t"}, {"/t", "/etc/x", "/t"}, {"t", NULL, "t"},
                                          {"t", "", "t"},              {"../t", "a", "a/../t"}, {"~/t", "/etc", "/h/t"}};
    (void)state;
    setenv("HOME", "/h", 1);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char *path = file_resolve(rows[i][0], rows[i][1]);
        assert_string_equal(path, rows[i][2]);
        free(path);
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    static const struct CMUnitTest tests[] = {
        TEST(a_mark_is_left_out),
        TEST(other_encodings_are_named),
        TEST(a_pipe_is_read),
        TEST(standard_input_is_read),
        TEST(a_named_pipe_waits_for_its_writer_a_moment),
        TEST(a_stream_has_an_end_too),
        TEST(relative_names_count_from_a_folder),
    };
    return cmocka_run_group_tests_name("file", tests, NULL, NULL);
}
