/* SPDX-License-Identifier: MIT
 * The list: which instances are its rows, and which one the keys act on.
 */
#include <stdio.h>
#include <stdlib.h>

#include "console.h"
#include "core/text.h"

/* Columns that a press of < or > moves. */
#define LIST_STEP 4

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

/* The selected instance stays in sight while it is being linked: its phase may be what the filter no longer takes. */
static bool belongs_on_list(const struct console *con, const struct instance *it)
{
    if (it->leaving)
        return false;
    return filter_takes(&con->filter, it) || (it == con->selected && link_is_busy(&it->link));
}

static struct instance *instance_of_row(const struct console *con, size_t row)
{
    return fleet_by_tag(app_fleet(con->app), con->rows.items[row]->tag);
}

/* Without a row nothing is selected: keys act on what the operator sees. */
static void hide_selection(struct console *con)
{
    if (con->selected)
        con->hidden = con->selected;
    con->selected = NULL;
}

/* One that the filter no longer takes leaves the cursor where it was, on whatever stands there now. Until one was chosen
 * the cursor stays on the first row, whatever the first answers make of the order. */
static void keep_selection(struct console *con, size_t row)
{
    if (con->rows.count == 0) {
        hide_selection(con);
        return;
    }
    if (!con->selected)
        con->selected = con->hidden;
    con->hidden = NULL;
    if (!con->chosen)
        con->selected = instance_of_row(con, 0);
    else if (!con->selected || console_row_of(con, con->selected) == con->rows.count)
        con->selected = instance_of_row(con, row < con->rows.count ? row : con->rows.count - 1);
}

void console_choose(struct console *con)
{
    con->chosen = true;
}

void console_update_rows(struct console *con)
{
    const struct fleet *fleet = app_fleet(con->app);
    size_t row = console_row_of(con, con->selected);
    if (!make_room(&con->rows, fleet->count))
        return;
    con->rows.count = 0;
    for (size_t i = 0; i < fleet->count; i++)
        if (belongs_on_list(con, fleet->items[i]))
            con->rows.items[con->rows.count++] = fleet->items[i];
    order_sort(con->rows.items, con->rows.count, con->order, app_now(con->app));
    keep_selection(con, row);
}

void console_move_selection(struct console *con, long by)
{
    const struct console_rows *rows = &con->rows;
    size_t row = console_row_of(con, con->selected);
    if (rows->count == 0)
        return;
    console_choose(con);
    if (by < 0)
        row = row > (size_t)-by ? row - (size_t)-by : 0;
    else
        row = row + (size_t)by < rows->count ? row + (size_t)by : rows->count - 1;
    con->selected = instance_of_row(con, row);
}

/* Nobody marks what the filter hides. */
void console_mark(struct console *con)
{
    if (!con->selected || console_row_of(con, con->selected) == con->rows.count)
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

static void set_filter(struct console *con, const char *text)
{
    text_copy(con->filter_text, sizeof con->filter_text, text);
    filter_parse(&con->filter, text);
    con->list_top = 0;
    console_update_rows(con);
}

/* Filters while it is typed; Esc takes the filter away. A half-typed word may hide the instance that was selected when it
 * began: it is selected again as soon as it can be. The queue selects by itself. */
static bool typed_filter(struct console *con, const char *text, bool done)
{
    struct instance *about = con->prompt.about;
    (void)done;
    set_filter(con, text ? text : "");
    if (about && !con->queue.running && console_row_of(con, about) < con->rows.count)
        con->selected = about;
    return true;
}

void console_drop_filter(struct console *con)
{
    if (con->filter_text[0])
        set_filter(con, "");
}

void console_filter(struct console *con)
{
    console_prompt(con, typed_filter, "filter:", con->filter_text);
}

void console_sort(struct console *con)
{
    char text[96];
    con->order = (enum order)((con->order + 1) % ORDER_COUNT);
    con->list_top = 0;
    snprintf(text, sizeof text, "sorted: %s", order_words(con->order));
    console_notice(con, text);
    /* Further keys may come before the next frame. */
    console_update_rows(con);
}

static bool is_same(const struct rect *a, const struct rect *b)
{
    return a->rows == b->rows && a->columns == b->columns;
}

/* A wish that moves nothing, because the code or the screen leaves no room, is not kept: it would have to be taken back as
 * often as it was made. */
static void wish_size(struct console *con, int *wish, int by)
{
    struct ui_model model;
    struct layout before, after;
    console_make_model(con, &model);
    console_show_codes(con, &model);
    ui_plan(con->ui, &model, &before);
    model.list_wish += wish == &con->list_wish ? by : 0;
    model.log_wish += wish == &con->log_wish ? by : 0;
    ui_plan(con->ui, &model, &after);
    if (is_same(&before.list, &after.list) && is_same(&before.log, &after.log))
        console_notice(con, "no room for that");
    else
        *wish += by;
}

static void change_size(struct console *con, int sign)
{
    if (con->focus == UI_PANEL_LOG)
        wish_size(con, &con->log_wish, sign);
    else
        wish_size(con, &con->list_wish, sign * LIST_STEP);
}

void console_narrower(struct console *con)
{
    change_size(con, -1);
}

void console_wider(struct console *con)
{
    change_size(con, 1);
}
