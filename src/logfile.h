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
/* What became of a line. */
enum logfile_news {
    LOGFILE_AS_BEFORE, /* written, or still not */
    LOGFILE_LOST,      /* it could not be written, the one before could */
    LOGFILE_RESUMED,   /* written, and before it a line that says how many are missing */
    LOGFILE_REOPENED   /* written to a new file: the old one was removed or renamed */
};

/* Writes the line, or the object; nothing when logfile is NULL. After a failure (a full disk) each further line is tried anew.
 * All but LOGFILE_AS_BEFORE puts a sentence into `why`. */
enum logfile_news logfile_write(struct logfile *logfile, const struct log_line *line, char *why, size_t why_size);
/* Lines that are not in the file; 0 when logfile is NULL. */
unsigned long logfile_missing(const struct logfile *logfile);
void logfile_close(struct logfile **logfile);

#endif
