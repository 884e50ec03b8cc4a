/* SPDX-License-Identifier: MIT
 * The linking queue on the screen: who is in it, its keys, its orders carried out, its summary.
 */
#include <stdio.h>
#include <stdlib.h>

#include "console.h"

static bool needs_phone(const struct instance *it)
{
    return it->link.phase != PHASE_LINKED && it->link.phase != PHASE_SUSPENDED;
}

/* The marked instances, those that the filter hides last; without any mark all on the list that are not linked. */
static size_t collect(const struct console *con, const struct instance **out, bool marked)
{
    const struct fleet *fleet = app_fleet(con->app);
    size_t count = 0;
    for (size_t i = 0; i < con->rows.count; i++)
        if (marked ? con->rows.items[i]->marked : needs_phone(con->rows.items[i]))
            out[count++] = con->rows.items[i];
    for (size_t i = 0; marked && i < fleet->count; i++)
        if (fleet->items[i]->marked && console_row_of(con, fleet->items[i]) == con->rows.count)
            out[count++] = fleet->items[i];
    return count;
}

static void begin(struct console *con, const struct instance *const *chosen, size_t count, bool marked)
{
    char text[128];
    if (count == 0) {
        console_notice(con, "every instance on the list is linked");
        return;
    }
    if (!queue_begin(&con->queue, chosen, count, 1, app_now(con->app))) {
        console_notice(con, "memory is out");
        return;
    }
    snprintf(text, sizeof text, "the linking queue begins: %zu instance%s, %s", count, count == 1 ? "" : "s",
             marked ? "those marked" : "all on the list that are not linked");
    app_note(con->app, LOG_INFO, "", text);
}

void console_queue_start(struct console *con)
{
    if (!console_takes_orders(con))
        return;
    if (con->queue.running) {
        console_notice(con, "the queue runs already");
        return;
    }
    const struct instance **chosen = calloc(app_fleet(con->app)->count + 1, sizeof *chosen);
    if (!chosen)
        return;
    size_t count = collect(con, chosen, true);
    bool marked = count > 0;
    if (!marked)
        count = collect(con, chosen, false);
    begin(con, chosen, count, marked);
    free(chosen);
}

static unsigned meant_tag(const struct console *con)
{
    return con->selected ? con->selected->tag : 0;
}

void console_queue_skip(struct console *con)
{
    queue_skip(&con->queue, meant_tag(con), app_now(con->app));
}

void console_queue_retry(struct console *con)
{
    if (!queue_retry(&con->queue, meant_tag(con), app_now(con->app)))
        console_notice(con, "scanned already: WhatsApp is linking it");
}

void console_queue_pause(struct console *con)
{
    queue_pause(&con->queue, !con->queue.paused, app_now(con->app));
}

void console_queue_back(struct console *con)
{
    if (!queue_back(&con->queue, meant_tag(con), app_now(con->app)))
        console_notice(con, "none was skipped or failed before this one");
}

void console_queue_stop(struct console *con)
{
    queue_stop(&con->queue, app_now(con->app));
}

/* A linked instance needs its mark no more. */
void console_queue_report(struct console *con, struct instance *instance, const struct link_effect *report)
{
    if (!con->queue.running)
        return;
    queue_report(&con->queue, instance, report, app_now(con->app));
    const struct queue_item *item = queue_find(&con->queue, instance->tag);
    if (!item || (item->fate != QUEUE_LINKED && item->fate != QUEUE_WAS_LINKED))
        return;
    instance->marked = false;
    con->queue_moved = con->queue_moved || instance == con->selected;
}

int console_queue_shown(const struct console *con, const struct instance *shown[UI_CODES_MAX])
{
    const struct queue_item *items[UI_CODES_MAX];
    size_t count = queue_shown(&con->queue, items, UI_CODES_MAX);
    int found = 0;
    for (size_t i = 0; i < count; i++) {
        const struct instance *it = fleet_by_tag(app_fleet(con->app), items[i]->tag);
        if (it)
            shown[found++] = it;
    }
    return found;
}

static void write_summary(struct console *con, char *dst, size_t size)
{
    queue_summary(&con->queue, dst, size, app_now(con->app));
}

static void show_end(struct console *con)
{
    char text[160];
    const struct queue *queue = &con->queue;
    snprintf(text, sizeof text, "the linking queue is through: %zu of %zu linked, %zu linked before, %zu skipped, %zu failed",
             queue_count(queue, QUEUE_LINKED), queue->count, queue_count(queue, QUEUE_WAS_LINKED),
             queue_count(queue, QUEUE_SKIPPED), queue_count(queue, QUEUE_FAILED));
    app_note(con->app, LOG_INFO, "", text);
    console_open_page(con, "Linking queue", "queue", write_summary);
}

/* The cursor goes along with the queue, unless it stands on another one that is on show. */
static void follow(struct console *con, struct instance *it)
{
    const struct instance *shown[UI_CODES_MAX];
    int count = console_queue_shown(con, shown);
    for (int i = 0; i < count; i++)
        if (shown[i] == con->selected && shown[i] != it)
            return;
    con->selected = it;
    console_choose(con);
}

static void link_next(struct console *con, struct instance *it)
{
    const struct link_event order = {.kind = LINK_EV_LINK, .trust_ms = QUEUE_TRUST_MS};
    follow(con, it);
    it->requested = true;
    if (!app_order(con->app, it, &order))
        queue_fail(&con->queue, it->tag, console_refusal(it), app_now(con->app));
}

static void carry_out(struct console *con, const struct queue_order *order)
{
    struct instance *it = fleet_by_tag(app_fleet(con->app), order->tag);
    if (order->kind == QUEUE_ORDER_END)
        show_end(con);
    else if (!it)
        return;
    else if (order->kind == QUEUE_ORDER_LINK)
        link_next(con, it);
    else
        app_command(con->app, it, order->kind == QUEUE_ORDER_STOP ? LINK_EV_STOP : LINK_EV_REFRESH);
}

/* One that was linked leaves the cursor to another that is on show. */
static void select_shown(struct console *con)
{
    const struct instance *shown[UI_CODES_MAX];
    con->queue_moved = false;
    if (console_queue_shown(con, shown) > 0)
        con->selected = fleet_by_tag(app_fleet(con->app), shown[0]->tag);
    con->dirty = true;
}

void console_queue_turn(struct console *con)
{
    struct queue_order order;
    if (con->queue.running)
        queue_tick(&con->queue, app_now(con->app));
    if (con->queue_moved)
        select_shown(con);
    while (queue_take_order(&con->queue, &order)) {
        carry_out(con, &order);
        con->dirty = true;
    }
}

static void wish_for_codes(struct console *con, int wish)
{
    char text[64];
    con->code_wish = wish;
    snprintf(text, sizeof text, "%d code%s side by side, as far as they fit", wish, wish == 1 ? "" : "s");
    console_notice(con, text);
}

void console_more_codes(struct console *con)
{
    if (con->code_wish < UI_CODES_MAX)
        wish_for_codes(con, con->code_wish + 1);
}

void console_fewer_codes(struct console *con)
{
    if (con->code_wish > 1)
        wish_for_codes(con, con->code_wish - 1);
}
