/* SPDX-License-Identifier: MIT
 * The log as a file: one line per message, appended, for the owner's eyes only; put aside when it is large.
 */
#ifndef SCANDECK_LOGFILE_H
#define SCANDECK_LOGFILE_H

#include <stdbool.h>
#include <stddef.h>

#include "core/log.h"

/* Files that were put aside: FILE.1, the newest, to FILE.3. */
#define LOGFILE_KEPT 3
#define LOGFILE_LINE_MAX (LOG_LABEL_MAX + LOG_TEXT_MAX + 64)

struct logfile;

struct logfile_options {
    const char *path;
    bool json;        /* one object a line: time, level, instance, text */
    size_t bytes_max; /* it is put aside before it would be larger; 0 = never */
};

/* Opens or creates (mode 0600) the file; one that others can read is made the owner's alone, and refused where that cannot be:
 * phone numbers stand in it. Behind a symbolic link the file itself is put aside. A terminal, pipe or device never is. NULL on
 * failure, with a sentence in `why`. */
struct logfile *logfile_open(const struct logfile_options *options, char *why, size_t why_size);
/* Spells "2026-11-23T07:04:03.120Z info sales-eu text"; LOGFILE_LINE_MAX bytes are enough. Returns its length. */
size_t logfile_spell(char *dst, size_t size, const struct log_line *line);
/* Writes the line, or the object; nothing when logfile is NULL. After a failure (a full
 * disk) no more is tried: false then, this once. */
bool logfile_write(struct logfile *logfile, const struct log_line *line);
void logfile_close(struct logfile **logfile);

#endif
