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
#define LINE_BYTES_MAX (LOG_LABEL_MAX + LOG_TEXT_MAX + 64)

struct logfile {
    int fd;
    char *path;
    bool json, broken;
    size_t bytes, bytes_max;
};

/* A file of an earlier day may be open to others: what comes now is for the owner alone. */
static int open_file(const char *path, size_t *bytes)
{
    struct stat status;
    int fd = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOCTTY, 0600);
    *bytes = 0;
    if (fd < 0 || fstat(fd, &status) != 0 || !S_ISREG(status.st_mode))
        return fd;
    *bytes = (size_t)status.st_size;
    if (status.st_mode & (S_IRWXG | S_IRWXO))
        (void)fchmod(fd, 0600);
    return fd;
}

struct logfile *logfile_open(const struct logfile_options *options, char *why, size_t why_size)
{
    struct logfile *logfile = calloc(1, sizeof *logfile);
    char *path = strdup(options->path);
    size_t bytes = 0;
    int fd = logfile && path ? open_file(path, &bytes) : -1;
    if (fd < 0) {
        char name[256];
        text_clean(name, sizeof name, options->path, strlen(options->path), NULL);
        snprintf(why, why_size, "cannot open the log file '%s': %s", name, strerror(errno));
        free(logfile);
        free(path);
        return NULL;
    }
    *logfile = (struct logfile){
        .fd = fd, .path = path, .json = options->json, .bytes = bytes, .bytes_max = options->bytes_max};
    return logfile;
}

/* FILE.2 becomes FILE.3, FILE.1 FILE.2, FILE FILE.1. What cannot be renamed stays, and is appended to. */
static void put_aside(struct logfile *logfile)
{
    char from[PATH_BYTES_MAX], to[PATH_BYTES_MAX];
    for (int i = LOGFILE_KEPT; i > 0; i--) {
        snprintf(to, sizeof to, "%s.%d", logfile->path, i);
        if (i > 1)
            snprintf(from, sizeof from, "%s.%d", logfile->path, i - 1);
        else
            snprintf(from, sizeof from, "%s", logfile->path);
        (void)rename(from, to);
    }
    size_t bytes;
    int fd = open_file(logfile->path, &bytes);
    if (fd < 0)
        return;
    close(logfile->fd);
    logfile->fd = fd;
    logfile->bytes = bytes;
}

static size_t spell_plain(char *dst, size_t size, const struct log_line *line)
{
    char when[32];
    timestamp_format(when, sizeof when, line->time_ms);
    int n = snprintf(dst, size, "%s %s %s %s\n", when, log_level_name(line->level), line->label[0] ? line->label : "-",
                     line->text);
    return n > 0 ? (size_t)n : 0;
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

static bool append_json(struct logfile *logfile, const struct log_line *line)
{
    char *text = spell_json(line);
    size_t len = text ? strlen(text) : 0;
    bool ok = len > 0;
    if (ok) {
        text[len] = '\n'; /* in place of the NUL: the length says where it ends */
        ok = append(logfile, text, len + 1);
    }
    cJSON_free(text);
    return ok;
}

bool logfile_write(struct logfile *logfile, const struct log_line *line)
{
    char text[LINE_BYTES_MAX];
    if (!logfile || logfile->broken)
        return true;
    bool ok = logfile->json ? append_json(logfile, line) : append(logfile, text, spell_plain(text, sizeof text, line));
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
