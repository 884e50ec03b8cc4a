/* SPDX-License-Identifier: MIT
 * The message log: a ring of the newest lines.
 */
#ifndef SCANDECK_CORE_LOG_H
#define SCANDECK_CORE_LOG_H

#include <stddef.h>
#include <stdint.h>

#define LOG_LINES 2000
#define LOG_LABEL_MAX 65 /* the longest label of a configuration and its NUL */
#define LOG_TEXT_MAX 512

enum log_level { LOG_INFO, LOG_WARN, LOG_ERROR, LOG_LEVEL_COUNT };

struct log_line {
    int64_t time_ms; /* wall clock, ms since 1970 */
    enum log_level level;
    char label[LOG_LABEL_MAX]; /* the instance, or "" */
    char text[LOG_TEXT_MAX];   /* cleaned */
};

struct log;

/* NULL when memory is out. */
struct log *log_new(void);
void log_free(struct log **log);

/* Adds a line; the oldest goes when LOG_LINES are held. `label` and `text` are cleaned already. */
void log_add(struct log *log, int64_t time_ms, enum log_level level, const char *label, const char *text);

/* Lines held, and the line `back` steps before the newest (0 = newest); NULL past the oldest. */
size_t log_count(const struct log *log);
const struct log_line *log_line(const struct log *log, size_t back);
/* Lines ever added: so a line keeps its number while older ones go. */
uint64_t log_total(const struct log *log);

const char *log_level_name(enum log_level level);

#endif
