/* SPDX-License-Identifier: MIT */
#include "core/queue.h"

#include <stdlib.h>
#include <string.h>

#include "core/text.h"

static bool is_on_show(const struct queue_item *item)
{
    return item->fate == QUEUE_SHOWN || item->fate == QUEUE_STUCK;
}

static struct queue_item *item_of(const struct queue *queue, unsigned tag)
{
    for (size_t i = 0; i < queue->count; i++)
        if (queue->items[i].tag == tag)
            return &queue->items[i];
    return NULL;
}

const struct queue_item *queue_find(const struct queue *queue, unsigned tag)
{
    return item_of(queue, tag);
}

/* An order that memory is out for is lost: the operator's keys give it again. */
static void give(struct queue *queue, enum queue_order_kind kind, unsigned tag)
{
    if (queue->order_count == queue->order_room) {
        size_t room = queue->order_room ? 2 * queue->order_room : 16;
        struct queue_order *more = reallocarray(queue->orders, room, sizeof *more);
        if (!more)
            return;
        queue->orders = more;
        queue->order_room = room;
    }
    queue->orders[queue->order_count++] = (struct queue_order){kind, tag};
}

bool queue_take_order(struct queue *queue, struct queue_order *out)
{
    if (queue->order_count == 0)
        return false;
    *out = queue->orders[0];
    queue->order_count--;
    memmove(queue->orders, queue->orders + 1, queue->order_count * sizeof *queue->orders);
    return true;
}

static struct queue_item *next_waiting(const struct queue *queue)
{
    for (size_t i = 0; i < queue->count; i++)
        if (queue->items[i].fate == QUEUE_WAITING)
            return &queue->items[i];
    return NULL;
}

size_t queue_count(const struct queue *queue, enum queue_fate fate)
{
    size_t count = 0;
    for (size_t i = 0; i < queue->count; i++)
        count += queue->items[i].fate == fate;
    return count;
}

static size_t on_show(const struct queue *queue)
{
    return queue_count(queue, QUEUE_SHOWN) + queue_count(queue, QUEUE_STUCK);
}

static void show(struct queue *queue, struct queue_item *item, int64_t now)
{
    item->fate = QUEUE_SHOWN;
    item->scanned = false;
    item->turn = ++queue->turns;
    item->shown_at = now;
    item->ended_at = 0;
    item->why[0] = '\0';
    if (!queue->paused)
        give(queue, QUEUE_ORDER_LINK, item->tag);
}

static void end(struct queue *queue, int64_t now)
{
    queue->running = queue->paused = false;
    queue->ended_at = now;
    give(queue, QUEUE_ORDER_END, 0);
}

static void check(struct queue *queue, struct queue_item *item, int64_t now)
{
    if (item->checked_at && now - item->checked_at < QUEUE_CHECK_MS)
        return;
    item->checked_at = now;
    give(queue, QUEUE_ORDER_CHECK, item->tag);
}

/* Who comes next is asked for its state before it is shown, so that its code comes at once then; who is stuck, because it may
 * be linked in a browser meanwhile. */
static void prefetch(struct queue *queue, int64_t now)
{
    struct queue_item *next = next_waiting(queue);
    if (next && !queue->paused)
        check(queue, next, now);
    for (size_t i = 0; i < queue->count; i++)
        if (queue->items[i].fate == QUEUE_STUCK)
            check(queue, &queue->items[i], now);
}

/* Fills the free slots; with nobody on show and nobody waiting, the queue is through. */
static void go_on(struct queue *queue, int64_t now)
{
    struct queue_item *next;
    if (!queue->running)
        return;
    while (!queue->paused && on_show(queue) < queue->slots && (next = next_waiting(queue)))
        show(queue, next, now);
    if (on_show(queue) == 0 && !next_waiting(queue))
        end(queue, now);
    else
        prefetch(queue, now);
}

bool queue_begin(struct queue *queue, const struct instance *const *instances, size_t count, size_t slots, int64_t now)
{
    queue_free(queue);
    queue->items = count ? calloc(count, sizeof *queue->items) : NULL;
    if (!queue->items)
        return false;
    for (size_t i = 0; i < count; i++) {
        struct queue_item *item = &queue->items[i];
        item->tag = instances[i]->tag;
        text_copy(item->label, sizeof item->label, instances[i]->label);
        text_copy(item->id, sizeof item->id, instances[i]->id);
    }
    queue->count = count;
    queue->slots = slots ? slots : 1;
    queue->running = true;
    queue->began_at = now;
    go_on(queue, now);
    return true;
}

void queue_free(struct queue *queue)
{
    free(queue->items);
    free(queue->orders);
    *queue = (struct queue){0};
}

void queue_set_slots(struct queue *queue, size_t slots, int64_t now)
{
    queue->slots = slots ? slots : 1;
    go_on(queue, now);
}

static void finish(struct queue_item *item, enum queue_fate fate, const char *why, int64_t now)
{
    item->fate = fate;
    item->ended_at = now;
    text_copy(item->why, sizeof item->why, why);
}

static void take_linked(struct queue_item *item, const struct instance *it, bool now_linked, int64_t now)
{
    if (item->fate == QUEUE_LINKED || item->fate == QUEUE_WAS_LINKED)
        return;
    finish(item, now_linked ? QUEUE_LINKED : QUEUE_WAS_LINKED, "", now);
    text_copy(item->phone, sizeof item->phone, it->link.account.phone);
}

static bool is_linked(const struct link *link)
{
    return link->state == WIRE_STATE_AUTHORIZED || link->state == WIRE_STATE_SUSPENDED ||
           link->state == WIRE_STATE_YELLOW_CARD;
}

/* What a poll brings: somebody was linked without our code. One that is stuck on a passkey is linked in a browser. */
static void take_state(struct queue_item *item, const struct instance *it, int64_t now)
{
    if (!is_linked(&it->link))
        return;
    if (item->fate == QUEUE_STUCK || item->fate == QUEUE_LEFT)
        take_linked(item, it, true, now);
    else if (item->fate == QUEUE_WAITING)
        take_linked(item, it, false, now);
}

static void take_failure(struct queue_item *item, const struct link_effect *report, int64_t now)
{
    if (item->fate == QUEUE_SHOWN || item->fate == QUEUE_LEFT)
        finish(item, QUEUE_FAILED, report->text, now);
}

static void take_stuck(struct queue_item *item, const struct link_effect *report, int64_t now)
{
    if (item->fate != QUEUE_SHOWN)
        return;
    item->fate = QUEUE_STUCK;
    item->checked_at = now;
    text_copy(item->why, sizeof item->why, report->text);
}

void queue_report(struct queue *queue, const struct instance *instance, const struct link_effect *report, int64_t now)
{
    struct queue_item *item = item_of(queue, instance->tag);
    if (!item || !queue->running)
        return;
    switch (report->report) {
    case REPORT_LINKING:
        item->scanned = true;
        break;
    case REPORT_LINKED:
    case REPORT_ALREADY_LINKED:
        take_linked(item, instance, report->report == REPORT_LINKED, now);
        break;
    case REPORT_STATE:
        take_state(item, instance, now);
        break;
    case REPORT_TIMEOUT:
    case REPORT_PASSKEY:
        take_stuck(item, report, now);
        break;
    case REPORT_NO_CODE:
    case REPORT_ERROR:
    case REPORT_REFUSED:
    case REPORT_NETWORK:
        if (report->final)
            take_failure(item, report, now);
        break;
    default:
        break;
    }
    go_on(queue, now);
}

void queue_fail(struct queue *queue, unsigned tag, const char *why, int64_t now)
{
    struct queue_item *item = item_of(queue, tag);
    if (!item || !queue->running)
        return;
    finish(item, QUEUE_FAILED, why, now);
    go_on(queue, now);
}

void queue_forget(struct queue *queue, unsigned tag, int64_t now)
{
    struct queue_item *item = item_of(queue, tag);
    if (!item || !queue->running)
        return;
    if (item->fate != QUEUE_LINKED && item->fate != QUEUE_WAS_LINKED)
        finish(item, QUEUE_GONE, "", now);
    go_on(queue, now);
}

void queue_tick(struct queue *queue, int64_t now)
{
    if (queue->running)
        prefetch(queue, now);
}

size_t queue_shown(const struct queue *queue, const struct queue_item **out, size_t most)
{
    size_t count = 0;
    unsigned last = 0;
    for (bool found = queue->running; found && count < most;) {
        found = false;
        const struct queue_item *next = NULL;
        for (size_t i = 0; i < queue->count; i++)
            if (is_on_show(&queue->items[i]) && queue->items[i].turn > last && (!next || queue->items[i].turn < next->turn))
                next = &queue->items[i];
        if (!next)
            break;
        last = next->turn;
        out[count++] = next;
        found = true;
    }
    return count;
}

/* The item that a key means. */
static struct queue_item *meant(const struct queue *queue, unsigned tag)
{
    struct queue_item *item = item_of(queue, tag);
    const struct queue_item *first;
    if (!queue->running)
        return NULL;
    if (item && is_on_show(item))
        return item;
    return queue_shown(queue, &first, 1) ? item_of(queue, first->tag) : NULL;
}

static void stop_codes(struct queue *queue, const struct queue_item *item)
{
    if (item->fate == QUEUE_SHOWN && !item->scanned && !queue->paused)
        give(queue, QUEUE_ORDER_STOP, item->tag);
}

/* One that was scanned needs no place on the screen any more, and must not be stopped. */
static bool leave(struct queue_item *item)
{
    if (item->fate != QUEUE_SHOWN || !item->scanned)
        return false;
    item->fate = QUEUE_LEFT;
    return true;
}

bool queue_skip(struct queue *queue, unsigned tag, int64_t now)
{
    struct queue_item *item = meant(queue, tag);
    if (!item)
        return false;
    if (!leave(item)) {
        stop_codes(queue, item);
        finish(item, QUEUE_SKIPPED, item->why, now);
    }
    go_on(queue, now);
    return true;
}

bool queue_retry(struct queue *queue, unsigned tag, int64_t now)
{
    struct queue_item *item = meant(queue, tag);
    if (!item || item->scanned)
        return false;
    stop_codes(queue, item);
    queue->paused = false;
    show(queue, item, now);
    go_on(queue, now);
    return true;
}

static struct queue_item *last_given_up(const struct queue *queue)
{
    struct queue_item *last = NULL;
    for (size_t i = 0; i < queue->count; i++) {
        struct queue_item *item = &queue->items[i];
        bool given_up = item->fate == QUEUE_SKIPPED || item->fate == QUEUE_FAILED;
        if (given_up && (!last || item->turn > last->turn))
            last = item;
    }
    return last;
}

bool queue_back(struct queue *queue, unsigned tag, int64_t now)
{
    struct queue_item *previous = queue->running ? last_given_up(queue) : NULL, *item = meant(queue, tag);
    if (!previous)
        return false;
    if (item && on_show(queue) >= queue->slots && !leave(item)) {
        stop_codes(queue, item);
        item->fate = QUEUE_WAITING;
        item->why[0] = '\0';
    }
    queue->paused = false;
    show(queue, previous, now);
    go_on(queue, now);
    return true;
}

void queue_pause(struct queue *queue, bool pause, int64_t now)
{
    if (!queue->running || queue->paused == pause)
        return;
    for (size_t i = 0; i < queue->count; i++) {
        const struct queue_item *item = &queue->items[i];
        if (item->fate != QUEUE_SHOWN || item->scanned)
            continue;
        give(queue, pause ? QUEUE_ORDER_STOP : QUEUE_ORDER_LINK, item->tag);
    }
    queue->paused = pause;
    go_on(queue, now);
}

void queue_stop(struct queue *queue, int64_t now)
{
    if (!queue->running)
        return;
    for (size_t i = 0; i < queue->count; i++)
        stop_codes(queue, &queue->items[i]);
    end(queue, now);
}
