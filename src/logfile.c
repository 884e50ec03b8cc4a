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

#include "core/json_add.h"
#include "core/text.h"
#include "timestamp.h"

#define PATH_BYTES_MAX 4096

struct logfile {
    int fd;
    char *path;
    bool json, regular, torn; /* torn: half a line stands at the end */
    dev_t device;
    ino_t inode;
    unsigned long missed, missing; /* since the last line that was written; in all */
    size_t bytes, bytes_max;
};

/* Nothing waits for the log: not its opening for the reader of a FIFO, nor a line for room in a pipe.
 * A file of an earlier day may be open to others: what comes now is for the owner alone. */
static int open_file(const char *path, struct stat *status)
{
    int fd = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOCTTY | O_NONBLOCK, 0600);
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
                 errno == EPERM ? " for its owner alone" : "", errno == ENXIO ? "nobody reads this FIFO" : strerror(errno));
        if (fd >= 0)
            close(fd);
        free(logfile);
        return NULL;
    }
    *logfile = (struct logfile){.fd = fd,
                                .path = path,
                                .json = options->json,
                                .regular = S_ISREG(status.st_mode),
                                .device = status.st_dev,
                                .inode = status.st_ino,
                                .bytes = (size_t)status.st_size,
                                .bytes_max = S_ISREG(status.st_mode) ? options->bytes_max : 0};
    return logfile;
}

/* A new file in the place of the one that is open; that stays when there is none to be had. */
static bool begin_file(struct logfile *logfile)
{
    struct stat status;
    int fd = open_file(logfile->path, &status);
    if (fd < 0)
        return false;
    close(logfile->fd);
    logfile->fd = fd;
    logfile->device = status.st_dev;
    logfile->inode = status.st_ino;
    logfile->bytes = (size_t)status.st_size;
    logfile->torn = false;
    return true;
}

/* Whether another program removed or renamed it: what is written then, nobody finds. */
static bool is_elsewhere(const struct logfile *logfile)
{
    struct stat status;
    if (!logfile->regular)
        return false;
    return stat(logfile->path, &status) != 0 || status.st_dev != logfile->device || status.st_ino != logfile->inode;
}

/* FILE.2 becomes FILE.3, FILE.1 FILE.2, FILE FILE.1. What cannot be renamed stays, and is appended to until it has grown as
 * much again. */
static void put_aside(struct logfile *logfile)
{
    char from[PATH_BYTES_MAX], to[PATH_BYTES_MAX];
    bool renamed = false;
    for (int i = LOGFILE_KEPT; i > 0; i--) {
        snprintf(to, sizeof to, "%s.%d", logfile->path, i);
        if (i > 1)
            snprintf(from, sizeof from, "%s.%d", logfile->path, i - 1);
        else
            snprintf(from, sizeof from, "%s", logfile->path);
        renamed = rename(from, to) == 0;
    }
    logfile->bytes = 0;
    if (renamed)
        (void)begin_file(logfile);
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
    json_add_text(object, "time", when);
    json_add_text(object, "level", log_level_name(line->level));
    json_add_text(object, "instance", line->label[0] ? line->label : NULL);
    json_add_text(object, "text", line->text);
    char *text = cJSON_PrintUnformatted(object);
    cJSON_Delete(object);
    return text;
}

/* Of a line that found no room, so many bytes were written: in a file they are cut off again, unless others write there too. */
static void take_back(struct logfile *logfile, ssize_t wrote)
{
    struct stat status;
    off_t whole = fstat(logfile->fd, &status) == 0 ? status.st_size - wrote : -1;
    bool is_last = logfile->regular && whole >= 0 && lseek(logfile->fd, 0, SEEK_CUR) == status.st_size;
    if (is_last && ftruncate(logfile->fd, whole) == 0)
        logfile->bytes -= (size_t)wrote;
    else
        logfile->torn = true;
}

static bool append(struct logfile *logfile, const char *text, size_t len)
{
    if (logfile->bytes_max && logfile->bytes && logfile->bytes + len > logfile->bytes_max)
        put_aside(logfile);
    ssize_t wrote = write(logfile->fd, text, len);
    if (wrote > 0)
        logfile->bytes += (size_t)wrote;
    if (wrote == (ssize_t)len)
        return true;
    if (wrote > 0)
        take_back(logfile, wrote);
    if (wrote >= 0)
        errno = ENOSPC;
    return false;
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
    errno = ENOMEM;
    bool ok = text && append_line(logfile, text, strlen(text));
    int error = errno;
    cJSON_free(text);
    errno = error;
    return ok;
}

static bool write_line(struct logfile *logfile, const struct log_line *line)
{
    char text[LOGFILE_LINE_MAX];
    if (logfile->torn && !append(logfile, "\n", 1))
        return false;
    logfile->torn = false;
    return logfile->json ? append_json(logfile, line) : append_line(logfile, text, logfile_spell(text, sizeof text, line));
}

/* The gap is in the file itself, where it is. */
static bool write_gap(struct logfile *logfile, const struct log_line *line)
{
    struct log_line gap = {.time_ms = line->time_ms, .level = LOG_WARN};
    snprintf(gap.text, sizeof gap.text, "%lu line%s missing here: the file could not be written", logfile->missed,
             logfile->missed == 1 ? " is" : "s are");
    return write_line(logfile, &gap);
}

enum logfile_news logfile_write(struct logfile *logfile, const struct log_line *line, char *why, size_t why_size)
{
    if (!logfile)
        return LOGFILE_AS_BEFORE;
    bool moved = is_elsewhere(logfile), was_lost = logfile->missed > 0;
    bool ok = (!moved || begin_file(logfile)) && (!was_lost || write_gap(logfile, line)) && write_line(logfile, line);
    if (!ok) {
        logfile->missing++;
        if (logfile->missed++ > 0)
            return LOGFILE_AS_BEFORE;
        snprintf(why, why_size, "the log file cannot be written: %s; lines are missing until it can", strerror(errno));
        return LOGFILE_LOST;
    }
    snprintf(why, why_size, "the log file is written again: %lu line%s missing in it", logfile->missed,
             logfile->missed == 1 ? " is" : "s are");
    logfile->missed = 0;
    if (was_lost)
        return LOGFILE_RESUMED;
    if (!moved)
        return LOGFILE_AS_BEFORE;
    snprintf(why, why_size, "the log file was removed or renamed: a new one is written");
    return LOGFILE_REOPENED;
}

unsigned long logfile_missing(const struct logfile *logfile)
{
    return logfile ? logfile->missing : 0;
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
