/* SPDX-License-Identifier: MIT */
#include "ui/advise.h"

#include <stdio.h>

/* Room for any symbol in any mode, and for the panels. */
#define SIDE_MAX 1000

static int modules_of(const struct advise_request *rq)
{
    return rq->layout.modules > 0 ? rq->layout.modules : LAYOUT_USUAL_MODULES;
}

static int mode_in(const struct layout_request *request)
{
    struct layout layout;
    layout_plan(&layout, request);
    return layout.mode;
}

static bool is_barred(const struct advise_request *rq, enum qr_mode mode)
{
    return rq->layout.barred & QR_MODE_BIT(mode);
}

/* The mode that was wished for; without a wish the one that the ladder begins with here. */
static enum qr_mode wished_mode(const struct advise_request *rq)
{
    if (rq->layout.wish != QR_MODE_AUTO && !is_barred(rq, rq->layout.wish))
        return rq->layout.wish;
    int mode = qr_mode_pick(QR_MODE_AUTO, modules_of(rq), SIDE_MAX, SIDE_MAX, &rq->layout.terminal, rq->layout.barred);
    return mode < 0 ? QR_MODE_FULL : (enum qr_mode)mode;
}

static bool would_fit(const struct advise_request *rq, enum qr_mode mode)
{
    struct layout_request request = rq->layout;
    request.wish = mode;
    request.log_large = false;
    request.terminal.can[qr_mode_info(mode)->ability] = true;
    return !is_barred(rq, mode) && mode_in(&request) == (int)mode;
}

/* The first other mode that fits this window: of those the terminal shows, or of those it may show. -1 = none. */
static int other_mode(const struct advise_request *rq, enum qr_mode wished, bool sure)
{
    for (int mode = 0; mode < QR_MODE_COUNT; mode++) {
        const struct ui_ability *ability = &rq->abilities[qr_mode_info((enum qr_mode)mode)->ability];
        bool candidate = sure ? ability->can : !ability->can && !ability->sure;
        if (mode != (int)wished && candidate && would_fit(rq, (enum qr_mode)mode))
            return mode;
    }
    return -1;
}

static bool zoom_would_fit(const struct advise_request *rq, enum qr_mode wished)
{
    struct layout_request request = rq->layout;
    request.wish = wished;
    request.zoom = true;
    return !rq->layout.zoom && mode_in(&request) >= 0;
}

bool advise_window(const struct advise_request *rq, int *columns, int *rows)
{
    struct layout_request request = rq->layout;
    request.wish = wished_mode(rq);
    request.zoom = request.log_large = false;
    request.columns = request.rows = SIDE_MAX;
    if (mode_in(&request) < 0)
        return false;
    for (request.rows = LAYOUT_MIN_ROWS; mode_in(&request) < 0;)
        request.rows++;
    for (request.columns = LAYOUT_MIN_COLUMNS; mode_in(&request) < 0;)
        request.columns++;
    *columns = request.columns;
    *rows = request.rows;
    return true;
}

/* "half blocks need 65x32, this window has 80x24", or why they cannot be shown whatever the window. */
static size_t say_need(char *dst, size_t size, const struct advise_request *rq, enum qr_mode wished)
{
    const struct qr_mode_info *info = qr_mode_info(wished);
    const struct layout_request *l = &rq->layout;
    int columns, rows, window_columns, window_rows, used;
    if (!advise_window(rq, &window_columns, &window_rows))
        used = snprintf(dst, size, "%s cannot be drawn here (%s)", info->words, rq->abilities[info->ability].why);
    else {
        qr_mode_size(wished, modules_of(rq), &l->terminal, &columns, &rows);
        if (l->zoom)
            used = snprintf(dst, size, "%s and a line of clocks need %dx%d, this window has %dx%d", info->words, columns,
                            rows + 1, l->columns, l->rows);
        else if (columns <= l->columns && rows <= l->rows)
            used = snprintf(dst, size, "%s need %dx%d and with the panels a window of %dx%d, this one has %dx%d",
                            info->words, columns, rows, window_columns, window_rows, l->columns, l->rows);
        else
            used = snprintf(dst, size, "%s need %dx%d, this window has %dx%d", info->words, columns, rows, l->columns,
                            l->rows);
    }
    return used < 0 ? 0 : (size_t)used < size ? (size_t)used : size - 1;
}

/* What goes before the name of a key, if it has one. */
static const char *press_of(const char *key)
{
    return key[0] ? ", press " : "";
}

static void say_help(char *dst, size_t size, const struct advise_request *rq, enum qr_mode wished)
{
    int shown = other_mode(rq, wished, true), possible = other_mode(rq, wished, false), columns, rows;
    int other = shown >= 0 ? shown : possible;
    if (other >= 0)
        qr_mode_size((enum qr_mode)other, modules_of(rq), &rq->layout.terminal, &columns, &rows);
    if (shown >= 0)
        snprintf(dst, size, ": %s fit (%dx%d)%s%s", qr_mode_info((enum qr_mode)shown)->words, columns, rows,
                 press_of(rq->mode_key), rq->mode_key);
    else if (zoom_would_fit(rq, wished))
        snprintf(dst, size, ": alone on the screen they fit%s%s", press_of(rq->zoom_key), rq->zoom_key);
    else if (possible >= 0)
        snprintf(dst, size, ": %s would fit (%dx%d) if this terminal draws them%s%s%s",
                 qr_mode_info((enum qr_mode)possible)->words, columns, rows, press_of(rq->mode_key), rq->mode_key,
                 rq->mode_key[0] ? " to see" : "");
    else if (advise_window(rq, &columns, &rows))
        snprintf(dst, size, ": enlarge it to %dx%d, or make its font smaller", columns, rows);
}

void advise_fit(char *dst, size_t size, const struct advise_request *request)
{
    enum qr_mode wished = wished_mode(request);
    size_t used = say_need(dst, size, request, wished);
    say_help(dst + used, size - used, request, wished);
}
