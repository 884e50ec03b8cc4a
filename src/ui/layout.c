/* SPDX-License-Identifier: MIT
 * The arithmetic of the screen. The code's room is fixed first, list and log share what is left.
 */
#include "ui/layout.h"

/* The list beside a version-12 code at 80 columns; beside the usual code it has 14. */
#define STRIP_COLUMNS 10
#define BORDER_COLUMNS 1
/* Wider rows are harder to read, not richer. */
#define LIST_COLUMNS_MAX 110
/* Text in the code's place wants this much. */
#define ROOM_COLUMNS 65
#define ROOM_ROWS 21
/* A log of so many lines shares further rows with the list, and needs no screen of its own. */
#define LOG_ROWS_ENOUGH 8
/* Beside a zoomed code that leaves no row: "100 s", and below the clocks the label. */
#define MARGIN_COLUMNS 6
#define MARGIN_ROWS 12
/* A frame on each side of a code in a pane. */
#define FRAME 1
#define HEADER_ROWS 1
#define PANE_GAP (LAYOUT_CODE_GAP - 2 * FRAME)

static int smaller(int a, int b)
{
    return a < b ? a : b;
}

static int larger(int a, int b)
{
    return a > b ? a : b;
}

static int pick(const struct layout_request *rq, int columns, int rows)
{
    int modules = rq->modules > 0 ? rq->modules : LAYOUT_USUAL_MODULES;
    return columns > 0 && rows > 0 ? qr_mode_pick(rq->wish, modules, columns, rows, &rq->terminal, rq->barred) : -1;
}

static int zoom_mode_with_line(const struct layout_request *rq)
{
    return pick(rq, rq->columns, rq->rows - 1);
}

/* Not for pictures: one that ends in the last row makes some terminals scroll. */
static int zoom_mode_with_margin(const struct layout_request *rq)
{
    struct layout_request others = *rq;
    others.barred |= QR_MODE_BIT(QR_MODE_PICTURE);
    return rq->wish == QR_MODE_PICTURE ? -1 : pick(&others, rq->columns - MARGIN_COLUMNS, rq->rows);
}

static bool zoom_fits(const struct layout_request *rq)
{
    return zoom_mode_with_line(rq) >= 0 || zoom_mode_with_margin(rq) >= 0;
}

static void zoom_beside_margin(struct layout *out, const struct layout_request *rq, int columns, int rows)
{
    int x = smaller((rq->columns - columns) / 2, rq->columns - columns - MARGIN_COLUMNS);
    out->code = (struct rect){(rq->rows - rows) / 2, x, rows, columns};
    out->clocks = (struct rect){0, x + columns, smaller(MARGIN_ROWS, rq->rows), MARGIN_COLUMNS};
}

static void zoom_above_line(struct layout *out, const struct layout_request *rq, int columns, int rows)
{
    out->code = (struct rect){(rq->rows - 1 - rows) / 2, (rq->columns - columns) / 2, rows, columns};
    bool wide_code = columns >= ROOM_COLUMNS;
    out->clocks = (struct rect){out->code.y + rows, wide_code ? out->code.x : 0, 1, wide_code ? columns : rq->columns};
}

static void plan_zoom(struct layout *out, const struct layout_request *rq)
{
    int columns = rq->columns, rows = rq->rows - 1;
    int modules = rq->modules > 0 ? rq->modules : LAYOUT_USUAL_MODULES;
    int above = zoom_mode_with_line(rq), beside = zoom_mode_with_margin(rq);
    bool margin = beside >= 0 && (above < 0 || beside < above);
    out->mode = margin ? beside : above;
    if (out->mode >= 0)
        qr_mode_size((enum qr_mode)out->mode, modules, &rq->terminal, &columns, &rows);
    if (margin)
        zoom_beside_margin(out, rq, columns, rows);
    else
        zoom_above_line(out, rq, columns, rows);
}

/* The code's room: as large as the usual code where that fits, so that a smaller one moves nothing. A picture of fewer
 * modules may be the larger one. */
static void room_size(const struct layout_request *rq, int mode, int most_rows, int *columns, int *rows)
{
    int most_columns = rq->columns - STRIP_COLUMNS - BORDER_COLUMNS, usual_columns, usual_rows;
    *columns = ROOM_COLUMNS;
    *rows = ROOM_ROWS;
    if (mode >= 0) {
        int modules = rq->modules > 0 ? rq->modules : LAYOUT_USUAL_MODULES;
        qr_mode_size((enum qr_mode)mode, LAYOUT_USUAL_MODULES, &rq->terminal, &usual_columns, &usual_rows);
        qr_mode_size((enum qr_mode)mode, modules, &rq->terminal, columns, rows);
        if (usual_columns <= most_columns && usual_rows <= most_rows) {
            *columns = larger(*columns, usual_columns);
            *rows = larger(*rows, usual_rows);
        }
        *columns = larger(*columns, ROOM_COLUMNS);
    }
    *columns = smaller(*columns, most_columns);
    *rows = smaller(*rows, most_rows);
}

/* List left, code right, clocks under the code, log across the screen; `top` is the row under a header as wide as the
 * screen, or 0: then the header is above the list alone. */
static void place_wide(struct layout *out, const struct layout_request *rq, int top, int room_rows, int hint_rows)
{
    int list_columns = out->list.columns, spare = rq->rows - hint_rows - top - (room_rows + 1);
    int usual = spare > LOG_ROWS_ENOUGH ? (spare - LOG_ROWS_ENOUGH) / 2 : 0;
    int upper = top + room_rows + 1 + larger(0, smaller(usual - rq->log_wish, spare - 1));
    int code_x = list_columns + BORDER_COLUMNS;
    if (top == 0)
        out->header = (struct rect){0, 0, 1, list_columns};
    out->list = (struct rect){1, 0, upper - 1, list_columns};
    out->code = (struct rect){top, code_x, room_rows, rq->columns - code_x};
    out->clocks = (struct rect){top + room_rows, code_x, 1, rq->columns - code_x};
    out->log = (struct rect){upper, 0, rq->rows - hint_rows - upper, rq->columns};
}

/* A strip of a list beside the code, everything else in lines below. */
static void place_strip(struct layout *out, const struct layout_request *rq, int top, int room_rows, int hint_rows)
{
    int code_x = out->list.columns + BORDER_COLUMNS, lower = top + room_rows;
    out->list = (struct rect){top, 0, room_rows, out->list.columns};
    out->code = (struct rect){top, code_x, room_rows, rq->columns - code_x};
    out->clocks = (struct rect){lower, 0, 1, rq->columns};
    out->log = (struct rect){lower + 1, 0, rq->rows - hint_rows - lower - 1, rq->columns};
}

static struct rect header_across(const struct layout_request *rq)
{
    return (struct rect){0, 0, HEADER_ROWS, rq->columns};
}

static void plan_log_large(struct layout *out, const struct layout_request *rq)
{
    *out = (struct layout){.mode = -1};
    out->header = header_across(rq);
    out->log = (struct rect){HEADER_ROWS, 0, rq->rows - HEADER_ROWS - 2, rq->columns};
    out->clocks = (struct rect){rq->rows - 2, 0, 1, rq->columns};
    out->hints = (struct rect){rq->rows - 1, 0, 1, rq->columns};
}

/* The rows above list and code. The header gives way to a code, but not to a text in its place, which then has a row
 * less. */
static int plan_header(struct layout *out, const struct layout_request *rq, int hint_rows, int *room_rows)
{
    int spare = rq->rows - hint_rows - 2 - *room_rows;
    bool code = out->mode >= 0 && rq->modules > 0;
    if (spare < HEADER_ROWS && code)
        return 0;
    if (spare < HEADER_ROWS)
        *room_rows -= HEADER_ROWS;
    out->header = header_across(rq);
    return HEADER_ROWS;
}

static void plan_panels(struct layout *out, const struct layout_request *rq)
{
    int most_columns = rq->columns - STRIP_COLUMNS - BORDER_COLUMNS, hint_rows = 1;
    out->mode = pick(rq, most_columns, rq->rows - 3);
    if (out->mode < 0) {
        out->mode = pick(rq, most_columns, rq->rows - 2);
        hint_rows = out->mode >= 0 && rq->modules > 0 ? 0 : 1;
    }
    int columns, rows;
    room_size(rq, out->mode, rq->rows - 2 - hint_rows, &columns, &rows);
    int top = plan_header(out, rq, hint_rows, &rows);
    int usual = smaller(rq->columns - BORDER_COLUMNS - columns, LIST_COLUMNS_MAX);
    out->list.columns = larger(smaller(usual + rq->list_wish, rq->columns - BORDER_COLUMNS - columns), STRIP_COLUMNS);
    if (out->list.columns >= LAYOUT_WIDE_LIST_COLUMNS)
        place_wide(out, rq, top, rows, hint_rows);
    else
        place_strip(out, rq, top, rows, hint_rows);
    out->hints = (struct rect){rq->rows - hint_rows, 0, hint_rows, rq->columns};
    out->zoom_would_fit = out->mode < 0 && rq->modules > 0 && zoom_fits(rq);
    if (rq->log_large && out->log.rows < LOG_ROWS_ENOUGH)
        plan_log_large(out, rq);
}

static int panes_columns(int panes, int columns)
{
    return panes * (columns + 2 * FRAME) + (panes - 1) * PANE_GAP;
}

/* Codes do not move when one of them is smaller. */
static void pane_size(const struct layout_request *rq, int mode, int *columns, int *rows)
{
    int modules = larger(rq->modules, LAYOUT_USUAL_MODULES);
    qr_mode_size((enum qr_mode)mode, modules, &rq->terminal, columns, rows);
}

static int panes_mode(const struct layout_request *rq, int panes, int columns, int rows)
{
    struct layout_request each = *rq;
    /* There is one picture on a screen. */
    each.barred |= QR_MODE_BIT(QR_MODE_PICTURE);
    each.modules = larger(rq->modules, LAYOUT_USUAL_MODULES);
    return pick(&each, (columns - (panes - 1) * PANE_GAP) / panes - 2 * FRAME, rows - 2 * FRAME);
}

static void place_panes(struct layout *out, const struct layout_request *rq, int y, int x)
{
    int columns, rows;
    pane_size(rq, out->mode, &columns, &rows);
    for (int i = 0; i < out->panes; i++)
        out->pane[i] = (struct rect){y, x + i * (columns + 2 * FRAME + PANE_GAP), rows + 2 * FRAME, columns + 2 * FRAME};
    out->code = (struct rect){y, x, rows + 2 * FRAME, panes_columns(out->panes, columns)};
}

/* The panels around the panes: list left, log and hints below; the clocks are in the frames. */
static void place_around_panes(struct layout *out, const struct layout_request *rq)
{
    int columns, rows;
    pane_size(rq, out->mode, &columns, &rows);
    int list = smaller(rq->columns - BORDER_COLUMNS - panes_columns(out->panes, columns), LIST_COLUMNS_MAX);
    bool wide = list >= LAYOUT_WIDE_LIST_COLUMNS, across = rq->rows - 2 - (rows + 2 * FRAME) >= HEADER_ROWS;
    int top = across ? HEADER_ROWS : 0, upper = top + rows + 2 * FRAME, list_y = across || wide ? HEADER_ROWS : 0;
    out->header = across ? header_across(rq) : (struct rect){0, 0, list_y, list};
    out->list = (struct rect){list_y, 0, upper - list_y, list};
    place_panes(out, rq, top, list + BORDER_COLUMNS);
    out->log = (struct rect){upper, 0, rq->rows - 1 - upper, rq->columns};
    out->hints = (struct rect){rq->rows - 1, 0, 1, rq->columns};
}

static void place_zoomed_panes(struct layout *out, const struct layout_request *rq)
{
    int columns, rows;
    pane_size(rq, out->mode, &columns, &rows);
    place_panes(out, rq, 0, (rq->columns - panes_columns(out->panes, columns)) / 2);
}

/* As many of the wished codes as fit beside each other; false when that is not more than one. */
static bool plan_panes(struct layout *out, const struct layout_request *rq)
{
    int beside = rq->zoom ? 0 : STRIP_COLUMNS + BORDER_COLUMNS, below = rq->zoom ? 1 : 2;
    for (int panes = smaller(rq->codes, LAYOUT_PANES_MAX); panes > 1; panes--) {
        out->mode = panes_mode(rq, panes, rq->columns - beside, rq->rows - below);
        if (out->mode < 0)
            continue;
        out->panes = panes;
        if (rq->zoom)
            place_zoomed_panes(out, rq);
        else
            place_around_panes(out, rq);
        return true;
    }
    out->mode = -1;
    return false;
}

/* Above the log where that has lines to spare, else before its one line. */
static void place_status(struct layout *out, const struct layout_request *rq)
{
    struct rect *log = &out->log;
    if (rq->status_columns <= 0 || log->rows <= 0)
        return;
    if (log->rows > 1) {
        out->status = (struct rect){log->y, log->x, 1, log->columns};
        log->y++;
        log->rows--;
        return;
    }
    int columns = smaller(rq->status_columns, log->columns);
    out->status = (struct rect){log->y, log->x, 1, columns};
    log->x += columns;
    log->columns -= columns;
}

static void plan_one(struct layout *out, const struct layout_request *request, bool small)
{
    if (request->zoom && (!small || zoom_fits(request)))
        plan_zoom(out, request);
    else if (small) {
        out->too_small = true;
        out->zoom_would_fit = request->modules > 0 && zoom_fits(request);
    } else
        plan_panels(out, request);
}

void layout_plan(struct layout *out, const struct layout_request *request)
{
    *out = (struct layout){.mode = -1};
    bool small = request->columns < LAYOUT_MIN_COLUMNS || request->rows < LAYOUT_MIN_ROWS;
    if (small || request->log_large || !plan_panes(out, request))
        plan_one(out, request, small);
    place_status(out, request);
}
