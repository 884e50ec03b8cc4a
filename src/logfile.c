/* SPDX-License-Identifier: MIT */
#include "logfile.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/text.h"
#include "timestamp.h"

struct logfile {
    int fd;
    bool broken;
};

struct logfile *logfile_open(const char *path, char *why, size_t why_size)
{
    struct logfile *logfile = malloc(sizeof *logfile);
    int fd = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOCTTY, 0600);
    if (!logfile || fd < 0) {
        char name[256];
        text_clean(name, sizeof name, path, strlen(path), NULL);
        snprintf(why, why_size, "cannot open the log file '%s': %s", name, strerror(errno));
        free(logfile);
        return NULL;
    }
    logfile->fd = fd;
    logfile->broken = false;
    return logfile;
}

bool logfile_write(struct logfile *logfile, const struct log_line *line)
{
    char when[32], text[sizeof line->label + sizeof line->text + 64];
    if (!logfile || logfile->broken)
        return true;
    timestamp_format(when, sizeof when, line->time_ms);
    int n = snprintf(text, sizeof text, "%s %s %s %s\n", when, log_level_name(line->level),
                     line->label[0] ? line->label : "-", line->text);
    logfile->broken = n > 0 && write(logfile->fd, text, (size_t)n) != n;
    return !logfile->broken;
}

void logfile_close(struct logfile **logfile)
{
    if (*logfile)
        close((*logfile)->fd);
    free(*logfile);
    *logfile = NULL;
}
