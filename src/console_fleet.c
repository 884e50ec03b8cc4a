/* SPDX-License-Identifier: MIT
 * The list: which instances are its rows, and which one the keys act on.
 */
#include <stdio.h>
#include <stdlib.h>

#include "console.h"

static bool make_room(struct console_rows *rows, size_t count)
{
    if (count <= rows->room)
        return true;
    const struct instance **more = reallocarray(rows->items, count, sizeof *more);
    if (!more)
        return false;
    rows->items = more;
    rows->room = count;
    return true;
}

size_t console_row_of(const struct console *con, const struct instance *instance)
{
    size_t row = 0;
    while (row < con->rows.count && con->rows.items[row] != instance)
        row++;
    return row;
}

void console_update_rows(struct console *con)
{
    const struct fleet *fleet = app_fleet(con->app);
    con->rows.count = 0;
    if (!make_room(&con->rows, fleet->count))
        return;
    for (size_t i = 0; i < fleet->count; i++)
        con->rows.items[con->rows.count++] = fleet->items[i];
    if (!con->selected && fleet->count)
        con->selected = fleet->items[0];
}

static struct instance *instance_of_row(const struct console *con, size_t row)
{
    return fleet_by_tag(app_fleet(con->app), con->rows.items[row]->tag);
}

void console_move_selection(struct console *con, long by)
{
    const struct console_rows *rows = &con->rows;
    size_t row = console_row_of(con, con->selected);
    if (rows->count == 0)
        return;
    if (by < 0)
        row = row > (size_t)-by ? row - (size_t)-by : 0;
    else
        row = row + (size_t)by < rows->count ? row + (size_t)by : rows->count - 1;
    con->selected = instance_of_row(con, row);
}

void console_mark(struct console *con)
{
    if (!con->selected)
        return;
    con->selected->marked = !con->selected->marked;
    console_move_selection(con, 1);
}

static void tell_marks(struct console *con)
{
    char text[64];
    const struct fleet *fleet = app_fleet(con->app);
    size_t count = 0;
    for (size_t i = 0; i < fleet->count; i++)
        count += fleet->items[i]->marked;
    snprintf(text, sizeof text, "%zu marked", count);
    console_notice(con, text);
}

void console_mark_all(struct console *con)
{
    for (size_t row = 0; row < con->rows.count; row++)
        instance_of_row(con, row)->marked = true;
    tell_marks(con);
}

void console_mark_none(struct console *con)
{
    const struct fleet *fleet = app_fleet(con->app);
    for (size_t i = 0; i < fleet->count; i++)
        fleet->items[i]->marked = false;
    tell_marks(con);
}
