/* SPDX-License-Identifier: MIT */
#include "ladder.h"

#include <stdio.h>

int ladder_mode(const struct advise_request *request)
{
    struct layout layout;
    layout_plan(&layout, &request->layout);
    return layout.mode;
}

static bool came_into_question(const struct advise_request *rq, enum qr_mode mode)
{
    int chosen = ladder_mode(rq);
    if (rq->layout.wish != QR_MODE_AUTO)
        return mode == rq->layout.wish && chosen != (int)mode;
    return chosen < 0 || (int)mode < chosen;
}

static void say_size(char *why, size_t size, const struct advise_request *wished, enum qr_mode mode)
{
    const struct layout_request *l = &wished->layout;
    int columns, rows, window_columns, window_rows;
    qr_mode_size(mode, l->modules, &l->terminal, &columns, &rows);
    if (l->zoom)
        snprintf(why, size, "%dx%d cells and a line of clocks do not fit %dx%d", columns, rows, l->columns, l->rows);
    else if (advise_window(wished, &window_columns, &window_rows))
        snprintf(why, size, "%dx%d cells and the panels take a window of %dx%d, this one has %dx%d", columns, rows,
                 window_columns, window_rows, l->columns, l->rows);
    else
        snprintf(why, size, "no window is large enough");
}

/* The request for this mode and no other, on a terminal that draws what it may draw. */
static struct advise_request wishing(const struct advise_request *request, enum qr_mode mode)
{
    struct advise_request wished = *request;
    enum qr_ability ability = qr_mode_info(mode)->ability;
    wished.layout.wish = mode;
    wished.layout.terminal.can[ability] |= !request->abilities[ability].sure;
    return wished;
}

enum ladder_fit ladder_fit(const struct advise_request *request, enum qr_mode mode)
{
    const struct ui_ability *ability = &request->abilities[qr_mode_info(mode)->ability];
    const struct advise_request wished = wishing(request, mode);
    if (ladder_mode(request) == (int)mode)
        return LADDER_CHOSEN;
    if (!ability->can && ability->sure)
        return LADDER_CANNOT;
    if (ladder_mode(&wished) < 0)
        return LADDER_TOO_LARGE;
    return ability->can ? LADDER_FITS : LADDER_IF_DRAWN;
}

bool ladder_window(const struct advise_request *request, enum qr_mode mode, int *columns, int *rows)
{
    const struct advise_request wished = wishing(request, mode);
    if (!wished.layout.zoom)
        return advise_window(&wished, columns, rows);
    qr_mode_size(mode, wished.layout.modules, &wished.layout.terminal, columns, rows);
    (*rows)++; /* the clocks */
    return qr_mode_possible(mode, &wished.layout.terminal);
}

bool ladder_passed_over(char *why, size_t size, const struct advise_request *request, enum qr_mode mode)
{
    const struct ui_ability *ability = &request->abilities[qr_mode_info(mode)->ability];
    struct advise_request wished = *request;
    wished.layout.wish = mode;
    if (!came_into_question(request, mode))
        return false;
    if (!ability->can)
        snprintf(why, size, "%s", ability->why);
    else if (ladder_mode(&wished) >= 0)
        snprintf(why, size, "by key alone");
    else
        say_size(why, size, &wished, mode);
    return true;
}
