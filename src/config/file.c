/* SPDX-License-Identifier: MIT
 * Whole files, bounded; nothing here waits for a writer.
 */
#include "config/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool refuse(char *why, size_t why_size, const char *reason)
{
    snprintf(why, why_size, "%s", reason);
    return false;
}

static bool check_kind(const struct stat *status, size_t most, char *why, size_t why_size)
{
    if (!S_ISREG(status->st_mode))
        return refuse(why, why_size, "is not a regular file");
    if (status->st_size < 0 || (size_t)status->st_size > most) {
        char reason[48];
        snprintf(reason, sizeof reason, "is larger than %zu bytes", most);
        return refuse(why, why_size, reason);
    }
    return true;
}

/* One byte more than allowed is asked for: the file may grow while it is read. */
static bool read_all(struct file_content *out, int fd, size_t most, char *why, size_t why_size)
{
    out->text = malloc(most + 2);
    if (!out->text)
        return refuse(why, why_size, "does not fit into memory");
    while (out->len <= most) {
        ssize_t n = read(fd, out->text + out->len, most + 1 - out->len);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return refuse(why, why_size, "cannot be read");
        if (n == 0)
            break;
        out->len += (size_t)n;
    }
    out->text[out->len] = '\0';
    return out->len <= most || refuse(why, why_size, "grew while it was read");
}

bool file_read(struct file_content *out, const char *path, size_t most, char *why, size_t why_size)
{
    struct stat status;
    *out = (struct file_content){0};
    int fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY); /* a FIFO must not hang */
    if (fd < 0) {
        out->missing = errno == ENOENT;
        snprintf(why, why_size, "cannot be opened: %s", strerror(errno));
        return false;
    }
    bool ok = fstat(fd, &status) == 0 ? check_kind(&status, most, why, why_size)
                                      : refuse(why, why_size, "cannot be examined");
    if (ok)
        ok = read_all(out, fd, most, why, why_size);
    out->others_may_read = ok && (status.st_mode & (S_IRGRP | S_IROTH)) != 0;
    close(fd);
    if (!ok)
        file_content_free(out);
    return ok;
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
    const char *home = getenv("HOME");
    char *expanded;
    if (strncmp(path, "~/", 2) != 0 || !home || !*home)
        return strdup(path);
    return asprintf(&expanded, "%s%s", home, path + 1) < 0 ? NULL : expanded;
}
