/* SPDX-License-Identifier: MIT
 * The log as a file: one line per message, appended, for the owner's eyes only.
 */
#ifndef SCANDECK_LOGFILE_H
#define SCANDECK_LOGFILE_H

#include <stdbool.h>
#include <stddef.h>

#include "core/log.h"

struct logfile;

/* Opens or creates (mode 0600) the file. NULL on failure, with a sentence in `why`. */
struct logfile *logfile_open(const char *path, char *why, size_t why_size);
/* Writes "2026-11-23T07:04:03.120Z info sales-eu text"; nothing when logfile is NULL. After a failure (a full disk) no more
 * is tried: false then, this once. */
bool logfile_write(struct logfile *logfile, const struct log_line *line);
void logfile_close(struct logfile **logfile);

#endif
