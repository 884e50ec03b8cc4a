/* SPDX-License-Identifier: MIT
 * The queue in words: how far it is, and what came of it.
 */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "core/queue.h"
#include "core/text.h"

#define LABEL_COLUMNS_MAX 32

const char *queue_fate_word(enum queue_fate fate)
{
    static const char *const words[QUEUE_FATE_COUNT] = {
#define QUEUE_FATE_WORD(id, word) [id] = word,
        QUEUE_FATE_TABLE(QUEUE_FATE_WORD)
#undef QUEUE_FATE_WORD
    };
    return words[fate];
}

__attribute__((format(printf, 3, 4))) static void say(char *dst, size_t size, const char *format, ...)
{
    size_t used = strlen(dst);
    va_list args;
    va_start(args, format);
    vsnprintf(dst + used, size - used, format, args);
    va_end(args);
}

static const struct queue_item *next_of(const struct queue *queue)
{
    for (size_t i = 0; i < queue->count; i++)
        if (queue->items[i].fate == QUEUE_WAITING)
            return &queue->items[i];
    return NULL;
}

/* Those that had their turn. */
static size_t reached(const struct queue *queue)
{
    return queue->count - queue_count(queue, QUEUE_WAITING);
}

static void say_count(const struct queue *queue, char *dst, size_t size, const char *dot, enum queue_fate fate)
{
    size_t count = queue_count(queue, fate);
    if (count)
        say(dst, size, " %s %zu %s", dot, count, queue_fate_word(fate));
}

void queue_progress(const struct queue *queue, char *dst, size_t size, const char *dot)
{
    const struct queue_item *next = next_of(queue);
    dst[0] = '\0';
    say(dst, size, "%zu of %zu", reached(queue), queue->count);
    if (queue->paused)
        say(dst, size, " %s paused", dot);
    say_count(queue, dst, size, dot, QUEUE_SKIPPED);
    say_count(queue, dst, size, dot, QUEUE_FAILED);
    say_count(queue, dst, size, dot, QUEUE_LEFT);
    say(dst, size, " %s %s%s", dot, next ? "next: " : "the last", next ? next->label : "");
}

static void say_span(char *dst, size_t size, int64_t ms)
{
    long long s = ms > 0 ? ms / 1000 : 0;
    if (s < 60)
        say(dst, size, "%lld s", s);
    else
        say(dst, size, "%lld min %02lld s", s / 60, s % 60);
}

static int label_columns(const struct queue *queue)
{
    int widest = 0;
    for (size_t i = 0; i < queue->count; i++) {
        int columns = text_columns(queue->items[i].label);
        widest = columns > widest ? columns : widest;
    }
    return widest < LABEL_COLUMNS_MAX ? widest : LABEL_COLUMNS_MAX;
}

static void say_item(const struct queue_item *item, char *dst, size_t size, int width)
{
    char label[LOG_LABEL_MAX];
    int columns = text_fit(label, sizeof label, item->label, width, true);
    say(dst, size, "%s%*s  %-12s  %s", label, width - columns, "", item->id, queue_fate_word(item->fate));
    if (item->phone[0])
        say(dst, size, "  +%s", item->phone);
    if (item->fate == QUEUE_LINKED && item->shown_at) {
        say(dst, size, "  after ");
        say_span(dst, size, item->ended_at - item->shown_at);
    }
    if (item->why[0] && item->fate != QUEUE_LINKED)
        say(dst, size, ": %s", item->why);
    say(dst, size, "\n");
}

/* What needs a further look comes first. */
static const enum queue_fate by_weight[] = {QUEUE_FAILED, QUEUE_STUCK,  QUEUE_SKIPPED, QUEUE_GONE,      QUEUE_SHOWN,
                                            QUEUE_LEFT,   QUEUE_WAITING, QUEUE_LINKED,  QUEUE_WAS_LINKED};

void queue_summary(const struct queue *queue, char *dst, size_t size, int64_t now)
{
    size_t linked = queue_count(queue, QUEUE_LINKED);
    int width = label_columns(queue);
    dst[0] = '\0';
    say(dst, size, "%zu of %zu linked in ", linked, queue->count);
    say_span(dst, size, (queue->running ? now : queue->ended_at) - queue->began_at);
    say(dst, size, "\n\n");
    for (size_t i = 0; i < sizeof by_weight / sizeof *by_weight; i++) {
        size_t count = queue_count(queue, by_weight[i]);
        if (count == 0)
            continue;
        say(dst, size, "# %s: %zu\n", queue_fate_word(by_weight[i]), count);
        for (size_t k = 0; k < queue->count; k++)
            if (queue->items[k].fate == by_weight[i])
                say_item(&queue->items[k], dst, size, width);
        say(dst, size, "\n");
    }
}
