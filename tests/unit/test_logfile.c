/* SPDX-License-Identifier: MIT
 * The log as a file: whose it is, how it is written, how it is put aside; and texts written to new files.
 */
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "logfile.h"
#include "save.h"

#define TEXT_MAX 65536

static char text[TEXT_MAX]; /* of the file read last */
static char why[256];

/* Each test has an empty directory to itself. */
static int enter_directory(void **state)
{
    char *name = strdup("/tmp/scandeck-test-XXXXXX");
    *state = name;
    return name && mkdtemp(name) && chdir(name) == 0 ? 0 : -1;
}

static int leave_directory(void **state)
{
    char command[128];
    snprintf(command, sizeof command, "rm -rf -- '%s'", (char *)*state);
    free(*state);
    return chdir("/") == 0 && system(command) == 0 ? 0 : -1;
}

static const char *content(const char *path)
{
    FILE *in = fopen(path, "r");
    assert_non_null(in);
    text[fread(text, 1, sizeof text - 1, in)] = '\0';
    fclose(in);
    return text;
}

static mode_t mode_of(const char *path)
{
    struct stat status;
    assert_int_equal(stat(path, &status), 0);
    return status.st_mode & 07777;
}

static void put(const char *path, const char *words, mode_t mode)
{
    FILE *out = fopen(path, "w");
    assert_non_null(out);
    fputs(words, out);
    fclose(out);
    assert_int_equal(chmod(path, mode), 0);
}

static void write_line(struct logfile *logfile, const char *label, const char *words)
{
    struct log_line line = {.time_ms = 1795644903120, .level = LOG_WARN};
    snprintf(line.label, sizeof line.label, "%s", label);
    snprintf(line.text, sizeof line.text, "%s", words);
    assert_int_equal(logfile_write(logfile, &line, why, sizeof why), LOGFILE_AS_BEFORE);
}

static struct logfile *open_log(const char *path, bool json, size_t bytes_max)
{
    const struct logfile_options options = {path, json, bytes_max};
    struct logfile *logfile = logfile_open(&options, why, sizeof why);
    assert_non_null(logfile);
    return logfile;
}

static void lines_are_appended(void **state)
{
    (void)state;
    put("log", "earlier\n", 0600);
    struct logfile *logfile = open_log("log", false, 0);
    write_line(logfile, "sales-eu", "first");
    write_line(logfile, "", "second");
    logfile_close(&logfile);
    assert_null(logfile);
    assert_string_equal(content("log"), "earlier\n2026-11-25T22:15:03.120Z warn sales-eu first\n"
                                        "2026-11-25T22:15:03.120Z warn - second\n");
}

static void objects_are_one_a_line(void **state)
{
    (void)state;
    struct logfile *logfile = open_log("log", true, 0);
    write_line(logfile, "sales-eu", "says \"no\" \\ w\xc3\xb6rtlich");
    write_line(logfile, "", "second");
    logfile_close(&logfile);
    assert_string_equal(content("log"),
                        "{\"time\":\"2026-11-25T22:15:03.120Z\",\"level\":\"warn\",\"instance\":\"sales-eu\","
                        "\"text\":\"says \\\"no\\\" \\\\ w\xc3\xb6rtlich\"}\n"
                        "{\"time\":\"2026-11-25T22:15:03.120Z\",\"level\":\"warn\",\"instance\":null,\"text\":\"second\"}\n");
}

static void longest_line_is_whole(void **state)
{
    char label[LOG_LABEL_MAX], words[LOG_TEXT_MAX];
    (void)state;
    memset(label, 'l', sizeof label);
    memset(words, 'w', sizeof words);
    label[sizeof label - 1] = words[sizeof words - 1] = '\0';
    struct logfile *logfile = open_log("log", false, 0);
    write_line(logfile, label, words);
    logfile_close(&logfile);
    assert_non_null(strstr(content("log"), label));
    assert_non_null(strstr(text, words));
    assert_int_equal(text[strlen(text) - 1], '\n');
}

static void file_is_the_owners_alone(void **state)
{
    (void)state;
    mode_t mask = umask(0);
    struct logfile *logfile = open_log("new", false, 0);
    logfile_close(&logfile);
    put("old", "", 0644);
    logfile = open_log("old", false, 0);
    logfile_close(&logfile);
    umask(mask);
    assert_int_equal(mode_of("new"), 0600);
    assert_int_equal(mode_of("old"), 0600);
}

static void what_cannot_be_opened_is_named(void **state)
{
    const struct logfile_options options = {"no/such/\033[31mlog", false, 0};
    (void)state;
    assert_null(logfile_open(&options, why, sizeof why));
    assert_string_equal(why, "cannot open the log file 'no/such/?[31mlog': No such file or directory");
}

/* Of each of 12 lines of 50 bytes, two fit in 100 bytes. */
static void full_file_is_put_aside(void **state)
{
    char words[32];
    (void)state;
    struct logfile *logfile = open_log("log", false, 100);
    for (int i = 1; i <= 12; i++) {
        snprintf(words, sizeof words, "%02d .. fifty bytes", i);
        write_line(logfile, "", words);
    }
    logfile_close(&logfile);
    assert_int_equal(strlen(content("log")), 100);
    assert_non_null(strstr(text, "- 11"));
    assert_non_null(strstr(text, "- 12"));
    assert_non_null(strstr(content("log.1"), "- 09"));
    assert_non_null(strstr(text, "- 10"));
    assert_non_null(strstr(content("log.3"), "- 05"));
    assert_int_equal(access("log.4", F_OK), -1);
    assert_int_equal(mode_of("log.1"), 0600);
}

static void what_is_there_already_counts(void **state)
{
    (void)state;
    put("log", "twenty bytes, or so\n", 0600);
    struct logfile *logfile = open_log("log", false, 64);
    write_line(logfile, "-", "long enough to be too much");
    logfile_close(&logfile);
    assert_string_equal(content("log.1"), "twenty bytes, or so\n");
    assert_non_null(strstr(content("log"), "too much"));
}

/* A line larger than the file may be stands in one of its own. */
static void no_line_is_lost_for_its_size(void **state)
{
    (void)state;
    struct logfile *logfile = open_log("log", false, 10);
    write_line(logfile, "-", "first");
    write_line(logfile, "-", "second");
    logfile_close(&logfile);
    assert_non_null(strstr(content("log.1"), "first"));
    assert_non_null(strstr(content("log"), "second"));
}

/* Nothing can be renamed onto a directory: the lines go on in the same file, and the old ones are not pushed out line by line. */
static void file_that_cannot_be_renamed_is_appended_to(void **state)
{
    (void)state;
    assert_int_equal(mkdir("log.1", 0700), 0);
    assert_int_equal(mkdir("log.2", 0700), 0);
    put("log.2/file", "", 0600);
    put("log.3", "kept", 0600);
    struct logfile *logfile = open_log("log", false, 40);
    for (int i = 0; i < 8; i++)
        write_line(logfile, "-", "line");
    logfile_close(&logfile);
    assert_string_equal(content("log.3"), "kept");
    assert_int_equal(strlen(content("log")), 8 * strlen("2026-11-25T22:15:03.120Z warn - line\n"));
}

static void link_stays_a_link(void **state)
{
    struct stat status;
    (void)state;
    assert_int_equal(mkdir("there", 0700), 0);
    assert_int_equal(symlink("there/real", "log"), 0);
    struct logfile *logfile = open_log("log", false, 40);
    write_line(logfile, "-", "first");
    write_line(logfile, "-", "second");
    logfile_close(&logfile);
    assert_int_equal(lstat("log", &status), 0);
    assert_true(S_ISLNK(status.st_mode));
    assert_non_null(strstr(content("there/real.1"), "first"));
    assert_non_null(strstr(content("log"), "second"));
}

/* A device or pipe is neither renamed nor changed. */
static void pipe_is_written_to_as_it_is(void **state)
{
    char bytes[256] = "";
    (void)state;
    assert_int_equal(mkfifo("pipe", 0644), 0);
    assert_int_equal(chmod("pipe", 0644), 0);
    int fd = open("pipe", O_RDONLY | O_NONBLOCK);
    assert_true(fd >= 0);
    struct logfile *logfile = open_log("pipe", false, 10);
    write_line(logfile, "-", "first");
    write_line(logfile, "-", "second");
    logfile_close(&logfile);
    assert_true(read(fd, bytes, sizeof bytes - 1) > 0);
    close(fd);
    assert_non_null(strstr(bytes, "second"));
    assert_int_equal(access("pipe.1", F_OK), -1);
    assert_int_equal(mode_of("pipe"), 0644);
}

/* Opening it would wait for ever. */
static void a_fifo_that_nobody_reads_is_refused(void **state)
{
    const struct logfile_options options = {"lonely", false, 0};
    (void)state;
    assert_int_equal(mkfifo("lonely", 0600), 0);
    assert_null(logfile_open(&options, why, sizeof why));
    assert_string_equal(why, "cannot open the log file 'lonely': nobody reads this FIFO");
}

/* Nor does a line wait for its reader. */
static void a_full_pipe_is_told(void **state)
{
    static char bytes[65536];
    struct log_line line = {.time_ms = 1795644903120, .text = "lost"};
    enum logfile_news news = LOGFILE_AS_BEFORE;
    (void)state;
    assert_int_equal(mkfifo("slow", 0600), 0);
    int fd = open("slow", O_RDONLY | O_NONBLOCK);
    struct logfile *logfile = open_log("slow", false, 0);
    for (int i = 0; news == LOGFILE_AS_BEFORE && i < 10000; i++)
        news = logfile_write(logfile, &line, why, sizeof why);
    assert_int_equal(news, LOGFILE_LOST);
    while (read(fd, bytes, sizeof bytes) > 0)
        continue;
    assert_int_equal(logfile_write(logfile, &line, why, sizeof why), LOGFILE_RESUMED);
    logfile_close(&logfile);
    memset(bytes, 0, sizeof bytes);
    assert_true(read(fd, bytes, sizeof bytes - 1) > 0);
    close(fd);
    assert_non_null(strstr(bytes, "1 line is missing here"));
}

static void full_disk_is_told_once(void **state)
{
    const struct log_line line = {.text = "text"};
    (void)state;
    if (access("/dev/full", W_OK) != 0)
        skip();
    struct logfile *logfile = open_log("/dev/full", false, 0);
    assert_int_equal(logfile_write(logfile, &line, why, sizeof why), LOGFILE_LOST);
    assert_string_equal(why, "the log file cannot be written: No space left on device; lines are missing until it can");
    assert_int_equal(logfile_write(logfile, &line, why, sizeof why), LOGFILE_AS_BEFORE);
    assert_int_equal(logfile_missing(logfile), 2);
    logfile_close(&logfile);
    assert_int_equal(logfile_write(NULL, &line, why, sizeof why), LOGFILE_AS_BEFORE);
    assert_int_equal(logfile_missing(NULL), 0);
}

static void limit_file_size(rlim_t bytes)
{
    struct rlimit limit;
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &limit), 0);
    limit.rlim_cur = bytes;
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
}

/* The disk is full in the middle of a line, for three lines, and has room again. */
static void log_resumes_and_says_what_is_missing(void **state)
{
    const struct log_line line = {.time_ms = 1795644903120, .text = "lost"};
    (void)state;
    signal(SIGXFSZ, SIG_IGN);
    struct logfile *logfile = open_log("log", false, 0);
    write_line(logfile, "-", "first");
    limit_file_size((rlim_t)strlen(content("log")) + 10);
    assert_int_equal(logfile_write(logfile, &line, why, sizeof why), LOGFILE_LOST);
    assert_int_equal(logfile_write(logfile, &line, why, sizeof why), LOGFILE_AS_BEFORE);
    assert_int_equal(logfile_write(logfile, &line, why, sizeof why), LOGFILE_AS_BEFORE);
    limit_file_size(RLIM_INFINITY);
    assert_int_equal(logfile_write(logfile, &line, why, sizeof why), LOGFILE_RESUMED);
    assert_string_equal(why, "the log file is written again: 3 lines are missing in it");
    write_line(logfile, "-", "last");
    logfile_close(&logfile);
    assert_string_equal(content("log"), "2026-11-25T22:15:03.120Z warn - first\n"
                                        "2026-11-25T22:15:03.120Z warn - 3 lines are missing here: the file could not be written\n"
                                        "2026-11-25T22:15:03.120Z info - lost\n2026-11-25T22:15:03.120Z warn - last\n");
}

static void removed_log_is_made_anew(void **state)
{
    const struct log_line line = {.text = "text"};
    (void)state;
    assert_int_equal(mkdir("sub", 0700), 0);
    struct logfile *logfile = open_log("sub/log", false, 0);
    write_line(logfile, "-", "first");
    assert_int_equal(rename("sub/log", "sub/log.old"), 0);
    assert_int_equal(logfile_write(logfile, &line, why, sizeof why), LOGFILE_REOPENED);
    assert_string_equal(why, "the log file was removed or renamed: a new one is written");
    write_line(logfile, "-", "second");
    assert_non_null(strstr(content("sub/log"), "second"));
    assert_null(strstr(content("sub/log.old"), "second"));
    assert_int_equal(mode_of("sub/log"), 0600);
    assert_int_equal(unlink("sub/log"), 0);
    assert_int_equal(rename("sub", "moved"), 0);
    assert_int_equal(logfile_write(logfile, &line, why, sizeof why), LOGFILE_LOST);
    assert_string_equal(why, "the log file cannot be written: No such file or directory; lines are missing until it can");
    assert_int_equal(mkdir("sub", 0700), 0);
    assert_int_equal(logfile_write(logfile, &line, why, sizeof why), LOGFILE_RESUMED);
    logfile_close(&logfile);
    assert_non_null(strstr(content("sub/log"), "1 line is missing here"));
}

static void text_is_saved_for_the_owner(void **state)
{
    (void)state;
    mode_t mask = umask(0);
    assert_true(save_text("page.txt", "what is known\n", why, sizeof why));
    umask(mask);
    assert_string_equal(content("page.txt"), "what is known\n");
    assert_int_equal(mode_of("page.txt"), 0600);
}

static void nothing_is_overwritten(void **state)
{
    (void)state;
    put("page.txt", "old", 0600);
    assert_int_equal(symlink("nowhere", "link"), 0);
    assert_false(save_text("page.txt", "new", why, sizeof why));
    assert_string_equal(why, "Not written: it exists already, and nothing is overwritten");
    assert_string_equal(content("page.txt"), "old");
    assert_false(save_text("link", "new", why, sizeof why));
    assert_int_equal(access("nowhere", F_OK), -1);
}

static void home_is_expanded(void **state)
{
    assert_int_equal(setenv("HOME", *state, 1), 0);
    assert_int_equal(mkdir("sub", 0700), 0);
    assert_int_equal(chdir("sub"), 0);
    assert_true(save_text("~/page.txt", "text", why, sizeof why));
    assert_string_equal(content("../page.txt"), "text");
}

static void half_a_text_is_not_left(void **state)
{
    (void)state;
    assert_false(save_text("no/such", "text", why, sizeof why));
    assert_string_equal(why, "Not written: No such file or directory");
    assert_false(save_text("", "text", why, sizeof why));
}

static void default_name_says_what_and_when(void **state)
{
    char name[64];
    unsigned day, second;
    (void)state;
    save_default_name(name, sizeof name, "log");
    assert_int_equal(sscanf(name, "scandeck-log-%8u-%6u.txt", &day, &second), 2);
    assert_true(day > 20260000);
    assert_int_equal(strlen(name), strlen("scandeck-log-20261125-221500.txt"));
}

int main(void)
{
#define IN_DIRECTORY(test) cmocka_unit_test_setup_teardown(test, enter_directory, leave_directory)
    const struct CMUnitTest tests[] = {
        IN_DIRECTORY(lines_are_appended),
        IN_DIRECTORY(objects_are_one_a_line),
        IN_DIRECTORY(longest_line_is_whole),
        IN_DIRECTORY(file_is_the_owners_alone),
        IN_DIRECTORY(what_cannot_be_opened_is_named),
        IN_DIRECTORY(full_file_is_put_aside),
        IN_DIRECTORY(what_is_there_already_counts),
        IN_DIRECTORY(no_line_is_lost_for_its_size),
        IN_DIRECTORY(file_that_cannot_be_renamed_is_appended_to),
        IN_DIRECTORY(link_stays_a_link),
        IN_DIRECTORY(pipe_is_written_to_as_it_is),
        IN_DIRECTORY(a_fifo_that_nobody_reads_is_refused),
        IN_DIRECTORY(a_full_pipe_is_told),
        IN_DIRECTORY(full_disk_is_told_once),
        IN_DIRECTORY(log_resumes_and_says_what_is_missing),
        IN_DIRECTORY(removed_log_is_made_anew),
        IN_DIRECTORY(text_is_saved_for_the_owner),
        IN_DIRECTORY(nothing_is_overwritten),
        IN_DIRECTORY(home_is_expanded),
        IN_DIRECTORY(half_a_text_is_not_left),
        IN_DIRECTORY(default_name_says_what_and_when),
    };
#undef IN_DIRECTORY
    return cmocka_run_group_tests_name("logfile", tests, NULL, NULL);
}
