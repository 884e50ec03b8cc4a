/* SPDX-License-Identifier: MIT */
#include "save.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "config/file.h"

static bool write_all(int fd, const char *text)
{
    size_t len = strlen(text);
    while (len > 0) {
        ssize_t wrote = write(fd, text, len);
        if (wrote < 0 && errno != EINTR)
            return false;
        if (wrote > 0)
            text += wrote, len -= (size_t)wrote;
    }
    return true;
}

bool save_text(const char *path, const char *text, char *why, size_t why_size)
{
    char *expanded = file_expand_home(path);
    int fd = expanded ? open(expanded, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOCTTY, 0600) : -1;
    bool ok = fd >= 0 && write_all(fd, text);
    int error = errno;
    if (fd >= 0 && close(fd) != 0 && ok)
        ok = false, error = errno;
    if (!ok && fd >= 0)
        unlink(expanded);
    if (!ok)
        snprintf(why, why_size, "Not written: %s", error == EEXIST ? "it exists already, and nothing is overwritten" : strerror(error));
    free(expanded);
    return ok;
}

void save_default_name(char *dst, size_t size, const char *what)
{
    char when[32];
    time_t now = time(NULL);
    struct tm parts;
    localtime_r(&now, &parts);
    strftime(when, sizeof when, "%Y%m%d-%H%M%S", &parts);
    snprintf(dst, size, "%sscandeck-%s-%s.txt", access(".", W_OK) == 0 ? "" : "~/", what, when);
}
