/* SPDX-License-Identifier: MIT
 * A view of the log: which lines it takes, which one is selected, and the search in them.
 */
#ifndef SCANDECK_CORE_LOGVIEW_H
#define SCANDECK_CORE_LOGVIEW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/log.h"

#define LOGVIEW_SEARCH_MAX 128
#define LOGVIEW_ROWS_MAX 1000

struct logview {
    enum log_level least;
    char label[LOG_LABEL_MAX]; /* lines of this instance alone; "" = all */
    char search[LOGVIEW_SEARCH_MAX]; /* marked, not filtered; "" = nothing */
    bool frozen;  /* false: the newest line is the selected one */
    uint64_t at;  /* number of the selected line, counted from the first ever; while frozen */
};

/* What of it is on the screen. */
struct logview_page {
    const struct log_line *lines[LOGVIEW_ROWS_MAX]; /* oldest first */
    size_t count;
    size_t selected;    /* of .lines; count when there is none */
    size_t newer;       /* lines below the page */
    size_t match, matches; /* the selected line is the how-manieth match, newest first; 0 = it is none */
};

void logview_page(const struct logview *view, const struct log *log, size_t rows, struct logview_page *out);
/* Selects the line so many lines newer (or older, below 0); reaching the newest one the view follows it again. Several lines at
 * once do not go further up than the bottom of the oldest page of `rows`; single ones do. */
void logview_move(struct logview *view, const struct log *log, long by, size_t rows);
/* Freezes the view where it is, or has it follow. */
void logview_freeze(struct logview *view, const struct log *log, bool freeze);
/* Selects the next older line with the search's text, from the newest one on after the oldest (*wrapped then). With `here` the
 * selected line counts. False when none has it. */
bool logview_find(struct logview *view, const struct log *log, bool here, bool *wrapped);
/* Whether the line has the search's text, in its own or its label. */
bool logview_matches(const struct logview *view, const struct log_line *line);
/* The selected line; NULL when the view is empty. */
const struct log_line *logview_selected(const struct logview *view, const struct log *log);
/* The lines of the view, oldest first, one a call: *number begins at 0. NULL after the newest. */
const struct log_line *logview_next(const struct logview *view, const struct log *log, uint64_t *number);

#endif
