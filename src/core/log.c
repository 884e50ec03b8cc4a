/* SPDX-License-Identifier: MIT */
#include "core/log.h"

#include <stdlib.h>

#include "core/text.h"

struct log {
    uint64_t total;
    struct log_line lines[LOG_LINES];
};

struct log *log_new(void)
{
    return calloc(1, sizeof(struct log));
}

void log_free(struct log **log)
{
    free(*log);
    *log = NULL;
}

void log_add(struct log *log, int64_t time_ms, enum log_level level, const char *label, const char *text)
{
    struct log_line *line = &log->lines[log->total % LOG_LINES];
    line->time_ms = time_ms;
    line->level = level;
    text_copy(line->label, sizeof line->label, label);
    text_copy(line->text, sizeof line->text, text);
    log->total++;
}

size_t log_count(const struct log *log)
{
    return log->total < LOG_LINES ? (size_t)log->total : LOG_LINES;
}

const struct log_line *log_line(const struct log *log, size_t back)
{
    if (back >= log_count(log))
        return NULL;
    return &log->lines[(log->total - 1 - back) % LOG_LINES];
}

uint64_t log_total(const struct log *log)
{
    return log->total;
}

const char *log_level_name(enum log_level level)
{
    static const char *const names[LOG_LEVEL_COUNT] = {[LOG_INFO] = "info", [LOG_WARN] = "warn", [LOG_ERROR] = "error"};
    return names[level];
}
