/* SPDX-License-Identifier: MIT
 * The mouse, where the operator wants it: a click selects, the wheel scrolls.
 */
#include "console.h"

#define WHEEL_LINES 3

void console_set_mouse(struct console *con, bool on)
{
    con->mouse = on;
    ui_set_mouse(con->ui, on);
}

void console_mouse(struct console *con)
{
    console_set_mouse(con, !con->mouse);
    console_notice(con, con->mouse ? "mouse on: the terminal's own selecting needs Shift now" : "mouse off");
}

static void click(struct console *con, const struct ui_hit *hit)
{
    if (hit->panel == UI_PANEL_COUNT)
        return;
    con->focus = hit->panel;
    if (hit->panel == UI_PANEL_LIST && hit->row < con->rows.count)
        console_move_selection(con, (long)hit->row - (long)console_row_of(con, con->selected));
    else if (hit->panel == UI_PANEL_LOG && hit->line)
        logview_move(&con->logview, app_log(con->app), hit->line, 0);
}

static void turn_wheel(struct console *con, const struct ui_hit *hit, long by)
{
    if (con->page.kind != UI_PAGE_NONE || hit->panel == con->focus)
        console_scroll(con, by);
    else if (hit->panel == UI_PANEL_LIST)
        console_move_selection(con, by);
    else if (hit->panel == UI_PANEL_LOG)
        logview_move(&con->logview, app_log(con->app), by, 1);
}

bool console_take_mouse(struct console *con, int key)
{
    struct ui_model model;
    struct ui_hit hit;
    if (key < KEYNAME_CLICK)
        return false;
    console_make_model(con, &model);
    ui_hit(con->ui, &model, &hit);
    if (con->question.answer || con->prompt.typed)
        return true;
    if (key != KEYNAME_CLICK)
        turn_wheel(con, &hit, key == KEYNAME_WHEEL_UP ? -WHEEL_LINES : WHEEL_LINES);
    else if (con->page.kind == UI_PAGE_NONE)
        click(con, &hit);
    return true;
}
