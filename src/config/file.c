/* SPDX-License-Identifier: MIT */
#include "config/file.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define BYTE_ORDER_MARK "\xEF\xBB\xBF"
/* A named pipe whose writer has not come yet looks as one whose writer has gone. */
#define WRITER_COMES_MS 1000

struct source {
    int fd;
    bool stream;
    bool may_block; /* the descriptor is shared with others: it cannot be told not to */
};

static bool refuse(char *why, size_t why_size, const char *reason)
{
    snprintf(why, why_size, "%s", reason);
    return false;
}

static bool check_kind(struct source *source, const struct stat *status, enum file_kind kind, size_t most, char *why, size_t why_size)
{
    char reason[96];
    if (S_ISDIR(status->st_mode))
        return refuse(why, why_size, "is a directory, not a file");
    source->stream = !S_ISREG(status->st_mode);
    if (source->stream && isatty(source->fd))
        return refuse(why, why_size, "is a terminal: give a file, or a pipe");
    if (source->stream && kind == FILE_REGULAR)
        return refuse(why, why_size, "is not a regular file");
    if (source->stream || (status->st_size >= 0 && (size_t)status->st_size <= most))
        return true;
    snprintf(reason, sizeof reason, "is larger than %zu bytes", most);
    return refuse(why, why_size, reason);
}

static bool wait_for_bytes(const struct source *source, int ms)
{
    struct pollfd wanted = {.fd = source->fd, .events = POLLIN};
    int ready;
    do
        ready = poll(&wanted, 1, ms);
    while (ready < 0 && errno == EINTR);
    return ready > 0;
}

/* As read(), and ETIMEDOUT where nothing comes. */
static ssize_t read_some(const struct source *source, char *dst, size_t size)
{
    for (;;) {
        if (source->may_block && !wait_for_bytes(source, FILE_PATIENCE_MS))
            return errno = ETIMEDOUT, -1;
        ssize_t n = read(source->fd, dst, size);
        if (n >= 0 || (errno != EINTR && errno != EAGAIN))
            return n;
        if (errno == EAGAIN && !wait_for_bytes(source, FILE_PATIENCE_MS))
            return errno = ETIMEDOUT, -1;
    }
}

/* One byte more than allowed is asked for: the file may grow while it is read. */
static bool read_all(struct file_content *out, const struct source *source, size_t most, char *why, size_t why_size)
{
    char reason[96];
    ssize_t n = 1;
    out->text = malloc(most + 2);
    if (!out->text)
        return refuse(why, why_size, "does not fit into memory");
    while (out->len <= most && n > 0) {
        n = read_some(source, out->text + out->len, most + 1 - out->len);
        if (n == 0 && out->len == 0 && source->stream && wait_for_bytes(source, WRITER_COMES_MS))
            n = read_some(source, out->text, most + 1);
        out->len += n > 0 ? (size_t)n : 0;
    }
    out->text[out->len] = '\0';
    if (n < 0) {
        snprintf(reason, sizeof reason, "cannot be read: %s", errno == ETIMEDOUT ? "nothing came for 30 s" : strerror(errno));
        return refuse(why, why_size, reason);
    }
    snprintf(reason, sizeof reason, "gave more than %zu bytes", most);
    return out->len <= most || refuse(why, why_size, source->stream ? reason : "grew while it was read");
}

static bool is_utf32(const char *text, size_t len)
{
    if (len >= 4 && (memcmp(text, "\xFF\xFE\0\0", 4) == 0 || memcmp(text, "\0\0\xFE\xFF", 4) == 0))
        return true;
    return len >= 4 && ((text[0] && !text[1] && !text[2] && !text[3]) || (!text[0] && !text[1] && !text[2] && text[3]));
}

/* With its mark, or told by the NUL in each of the first two characters. */
static bool is_utf16(const char *text, size_t len)
{
    if (len >= 2 && (memcmp(text, "\xFF\xFE", 2) == 0 || memcmp(text, "\xFE\xFF", 2) == 0))
        return true;
    return len >= 4 && !text[0] != !text[1] && !text[2] != !text[3] && !text[0] == !text[2];
}

static bool check_text(struct file_content *out, const struct source *source, char *why, size_t why_size)
{
    if (source->stream && out->len == 0)
        return refuse(why, why_size, "gave nothing");
    if (is_utf32(out->text, out->len))
        return refuse(why, why_size, "is UTF-32: save it as UTF-8");
    if (is_utf16(out->text, out->len))
        return refuse(why, why_size, "is UTF-16: save it as UTF-8");
    size_t mark = file_mark(out->text, out->len);
    out->len -= mark;
    memmove(out->text, out->text + mark, out->len + 1);
    explicit_bzero(out->text + out->len, mark); /* it may have held the end of a secret */
    return true;
}

static struct source open_source(const char *path, enum file_kind kind)
{
    if (kind == FILE_OR_STREAM && file_is_standard_input(path))
        return (struct source){.fd = fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 0), .may_block = true};
    return (struct source){.fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY)}; /* a FIFO must not hang */
}

bool file_read(struct file_content *out, const char *path, enum file_kind kind, size_t most, char *why, size_t why_size)
{
    struct stat status;
    *out = (struct file_content){0};
    struct source source = open_source(path, kind);
    if (source.fd < 0) {
        out->missing = errno == ENOENT;
        snprintf(why, why_size, "cannot be opened: %s", strerror(errno));
        return false;
    }
    bool ok = fstat(source.fd, &status) == 0 ? check_kind(&source, &status, kind, most, why, why_size)
                                             : refuse(why, why_size, "cannot be examined");
    source.may_block = source.may_block && source.stream;
    ok = ok && read_all(out, &source, most, why, why_size) && check_text(out, &source, why, why_size);
    out->others_may_read = ok && !source.stream && (status.st_mode & (S_IRGRP | S_IROTH)) != 0;
    close(source.fd);
    if (!ok)
        file_content_free(out);
    return ok;
}

bool file_is_standard_input(const char *path)
{
    static const char *const names[] = {"-", "/dev/stdin", "/dev/fd/0", "/proc/self/fd/0"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(path, names[i]) == 0)
            return true;
    return false;
}

bool file_is_stream(const char *path)
{
    struct stat status;
    return file_is_standard_input(path) || (stat(path, &status) == 0 && !S_ISREG(status.st_mode) && !S_ISDIR(status.st_mode));
}

size_t file_mark(const char *text, size_t len)
{
    size_t mark = strlen(BYTE_ORDER_MARK);
    return len >= mark && memcmp(text, BYTE_ORDER_MARK, mark) == 0 ? mark : 0;
}

void file_content_free(struct file_content *content)
{
    if (content->text)
        explicit_bzero(content->text, content->len);
    free(content->text);
    *content = (struct file_content){0};
}

char *file_expand_home(const char *path)
{
    return file_resolve(path, NULL);
}

char *file_resolve(const char *path, const char *folder)
{
    const char *home = getenv("HOME");
    char *resolved;
    int written;
    if (strncmp(path, "~/", 2) == 0 && home && *home)
        written = asprintf(&resolved, "%s%s", home, path + 1);
    else if (folder && *folder && *path != '/' && *path != '~')
        written = asprintf(&resolved, "%s/%s", folder, path);
    else
        return strdup(path);
    return written < 0 ? NULL : resolved;
}
