/* SPDX-License-Identifier: MIT */
#include "core/logview.h"

#include <string.h>

/* The lines that a view takes: steps back from the newest, newest first. */
struct taken {
    unsigned short back[LOG_LINES];
    size_t count;
};

static bool takes(const struct logview *view, const struct log_line *line)
{
    return line->level >= view->least && (!view->label[0] || strcmp(view->label, line->label) == 0);
}

static void collect(const struct logview *view, const struct log *log, struct taken *out)
{
    const struct log_line *line;
    out->count = 0;
    for (size_t back = 0; (line = log_line(log, back)); back++)
        if (takes(view, line))
            out->back[out->count++] = (unsigned short)back;
}

static uint64_t number_of(const struct log *log, size_t back)
{
    return log_total(log) - 1 - back;
}

/* Which of the taken lines is the selected one; a line that has left the log, or the view, gives way to the next older one,
 * or the oldest there is. */
static size_t selected_index(const struct logview *view, const struct log *log, const struct taken *taken)
{
    size_t i = 0;
    if (!view->frozen || taken->count == 0)
        return 0;
    while (i + 1 < taken->count && number_of(log, taken->back[i]) > view->at)
        i++;
    return i;
}

bool logview_matches(const struct logview *view, const struct log_line *line)
{
    return view->search[0] && (strcasestr(line->text, view->search) || strcasestr(line->label, view->search));
}

static void count_matches(const struct logview *view, const struct log *log, const struct taken *taken, size_t selected,
                          struct logview_page *out)
{
    for (size_t i = 0; view->search[0] && i < taken->count; i++) {
        if (!logview_matches(view, log_line(log, taken->back[i])))
            continue;
        out->matches++;
        if (i == selected)
            out->match = out->matches;
    }
}

void logview_page(const struct logview *view, const struct log *log, size_t rows, struct logview_page *out)
{
    struct taken taken;
    collect(view, log, &taken);
    size_t selected = selected_index(view, log, &taken), bottom = selected;
    rows = rows < LOGVIEW_ROWS_MAX ? rows : LOGVIEW_ROWS_MAX;
    /* The page stays full: near the oldest line the selection walks on it. */
    if (taken.count <= rows)
        bottom = 0;
    else if (bottom > taken.count - rows)
        bottom = taken.count - rows;
    out->count = taken.count - bottom < rows ? taken.count - bottom : rows;
    out->newer = bottom;
    out->match = out->matches = 0;
    for (size_t i = 0; i < out->count; i++)
        out->lines[i] = log_line(log, taken.back[bottom + out->count - 1 - i]);
    out->selected = out->count ? out->count - 1 - (selected - bottom) : 0;
    count_matches(view, log, &taken, selected, out);
}

static void select_index(struct logview *view, const struct log *log, const struct taken *taken, size_t index)
{
    view->frozen = true;
    view->at = number_of(log, taken->back[index]);
}

static size_t older(size_t i, size_t by, const struct taken *taken, size_t rows)
{
    size_t last = taken->count - 1, page = rows > 0 ? rows : 1, bottom = taken->count > page ? taken->count - page : 0;
    if (by > 1)
        last = bottom > i ? bottom : i;
    return by < last - i ? i + by : last;
}

void logview_move(struct logview *view, const struct log *log, long by, size_t rows)
{
    struct taken taken;
    collect(view, log, &taken);
    if (taken.count == 0)
        return;
    size_t i = selected_index(view, log, &taken);
    if (by < 0)
        i = older(i, (size_t)-by, &taken, rows);
    else
        i = i > (size_t)by ? i - (size_t)by : 0;
    select_index(view, log, &taken, i);
    view->frozen = i > 0;
}

void logview_freeze(struct logview *view, const struct log *log, bool freeze)
{
    struct taken taken;
    collect(view, log, &taken);
    if (freeze && taken.count > 0)
        select_index(view, log, &taken, selected_index(view, log, &taken));
    view->frozen = freeze && taken.count > 0;
}

bool logview_find(struct logview *view, const struct log *log, bool here, bool *wrapped)
{
    struct taken taken;
    collect(view, log, &taken);
    size_t start = selected_index(view, log, &taken) + !here;
    for (size_t step = 0; step < taken.count; step++) {
        size_t i = (start + step) % taken.count;
        if (!logview_matches(view, log_line(log, taken.back[i])))
            continue;
        *wrapped = start + step >= taken.count;
        select_index(view, log, &taken, i);
        return true;
    }
    return false;
}

const struct log_line *logview_selected(const struct logview *view, const struct log *log)
{
    struct taken taken;
    collect(view, log, &taken);
    return taken.count ? log_line(log, taken.back[selected_index(view, log, &taken)]) : NULL;
}

const struct log_line *logview_next(const struct logview *view, const struct log *log, uint64_t *number)
{
    uint64_t total = log_total(log), oldest = total - log_count(log);
    for (*number = *number > oldest ? *number : oldest; *number < total;) {
        const struct log_line *line = log_line(log, (size_t)(total - 1 - (*number)++));
        if (takes(view, line))
            return line;
    }
    return NULL;
}
