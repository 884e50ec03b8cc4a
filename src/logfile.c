/* SPDX-License-Identifier: MIT */
#include "logfile.h"

#include <cjson/cJSON.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/text.h"
#include "timestamp.h"

#define PATH_BYTES_MAX 4096

struct logfile {
    int fd;
    char *path;
    bool json, broken;
    size_t bytes, bytes_max;
};

/* A file of an earlier day may be open to others: what comes now is for the owner alone. */
static int open_file(const char *path, struct stat *status)
{
    int fd = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOCTTY, 0600);
    if (fd < 0)
        return fd;
    bool ok = fstat(fd, status) == 0;
    if (ok && S_ISREG(status->st_mode) && (status->st_mode & (S_IRWXG | S_IRWXO)))
        ok = fchmod(fd, 0600) == 0;
    if (ok)
        return fd;
    int error = errno;
    close(fd);
    errno = error;
    return -1;
}

struct logfile *logfile_open(const struct logfile_options *options, char *why, size_t why_size)
{
    struct logfile *logfile = calloc(1, sizeof *logfile);
    struct stat status = {0};
    int fd = logfile ? open_file(options->path, &status) : -1;
    char *path = fd < 0 ? NULL : S_ISREG(status.st_mode) ? realpath(options->path, NULL) : strdup(options->path);
    if (!path) {
        char name[256];
        text_clean(name, sizeof name, options->path, strlen(options->path), NULL);
        snprintf(why, why_size, "cannot open the log file '%s'%s: %s", name,
                 errno == EPERM ? " for its owner alone" : "", strerror(errno));
        if (fd >= 0)
            close(fd);
        free(logfile);
        return NULL;
    }
    *logfile = (struct logfile){.fd = fd,
                                .path = path,
                                .json = options->json,
                                .bytes = (size_t)status.st_size,
                                .bytes_max = S_ISREG(status.st_mode) ? options->bytes_max : 0};
    return logfile;
}

/* FILE.2 becomes FILE.3, FILE.1 FILE.2, FILE FILE.1. What cannot be renamed stays, and is appended to until it has grown as
 * much again. */
static void put_aside(struct logfile *logfile)
{
    char from[PATH_BYTES_MAX], to[PATH_BYTES_MAX];
    struct stat status;
    bool renamed = false;
    for (int i = LOGFILE_KEPT; i > 0; i--) {
        snprintf(to, sizeof to, "%s.%d", logfile->path, i);
        if (i > 1)
            snprintf(from, sizeof from, "%s.%d", logfile->path, i - 1);
        else
            snprintf(from, sizeof from, "%s", logfile->path);
        renamed = rename(from, to) == 0;
    }
    int fd = renamed ? open_file(logfile->path, &status) : -1;
    logfile->bytes = 0;
    if (fd < 0)
        return;
    close(logfile->fd);
    logfile->fd = fd;
}

size_t logfile_spell(char *dst, size_t size, const struct log_line *line)
{
    char when[32];
    timestamp_format(when, sizeof when, line->time_ms);
    return text_format(dst, size, "%s %s %s %s", when, log_level_name(line->level), line->label[0] ? line->label : "-",
                       line->text);
}

/* NULL when memory is out. */
static char *spell_json(const struct log_line *line)
{
    char when[32];
    timestamp_format(when, sizeof when, line->time_ms);
    cJSON *object = cJSON_CreateObject();
    cJSON_AddStringToObject(object, "time", when);
    cJSON_AddStringToObject(object, "level", log_level_name(line->level));
    if (line->label[0])
        cJSON_AddStringToObject(object, "instance", line->label);
    else
        cJSON_AddNullToObject(object, "instance");
    cJSON_AddStringToObject(object, "text", line->text);
    char *text = cJSON_PrintUnformatted(object);
    cJSON_Delete(object);
    return text;
}

static bool append(struct logfile *logfile, const char *text, size_t len)
{
    if (logfile->bytes_max && logfile->bytes && logfile->bytes + len > logfile->bytes_max)
        put_aside(logfile);
    logfile->bytes += len;
    return write(logfile->fd, text, len) == (ssize_t)len;
}

/* Ends the text, of so many bytes, with a line break in place of its NUL. */
static bool append_line(struct logfile *logfile, char *text, size_t len)
{
    text[len] = '\n';
    return append(logfile, text, len + 1);
}

static bool append_json(struct logfile *logfile, const struct log_line *line)
{
    char *text = spell_json(line);
    bool ok = text && append_line(logfile, text, strlen(text));
    cJSON_free(text);
    return ok;
}

bool logfile_write(struct logfile *logfile, const struct log_line *line)
{
    char text[LOGFILE_LINE_MAX];
    if (!logfile || logfile->broken)
        return true;
    bool ok = logfile->json ? append_json(logfile, line) : append_line(logfile, text, logfile_spell(text, sizeof text, line));
    logfile->broken = !ok;
    return ok;
}

void logfile_close(struct logfile **logfile)
{
    if (*logfile) {
        close((*logfile)->fd);
        free((*logfile)->path);
    }
    free(*logfile);
    *logfile = NULL;
}
