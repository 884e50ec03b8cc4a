/* SPDX-License-Identifier: MIT
 * The linking queue: one instance after the other is shown until a phone has linked it. Pure: what happens comes in as
 * reports, what must be done goes out as orders.
 */
#ifndef SCANDECK_CORE_QUEUE_H
#define SCANDECK_CORE_QUEUE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/fleet.h"

/* The state of who comes next is asked for at most this often, and trusted a little longer. */
#define QUEUE_CHECK_MS 30000
#define QUEUE_TRUST_MS 45000
#define QUEUE_WHY_MAX 160

/* id, word in the summary */
#define QUEUE_FATE_TABLE(X)                                  \
    X(QUEUE_WAITING, "not reached")                          \
    X(QUEUE_SHOWN, "not finished")                           \
    X(QUEUE_STUCK, "not linked")      /* needs the operator: nobody scanned, or a passkey is wanted */ \
    X(QUEUE_LEFT, "still linking")    /* scanned, and left to itself */ \
    X(QUEUE_LINKED, "linked")                                \
    X(QUEUE_WAS_LINKED, "linked before")                     \
    X(QUEUE_SKIPPED, "skipped")                              \
    X(QUEUE_FAILED, "failed")                                \
    X(QUEUE_GONE, "no longer in the configuration")

enum queue_fate {
#define QUEUE_FATE_ENUM(id, word) id,
    QUEUE_FATE_TABLE(QUEUE_FATE_ENUM)
#undef QUEUE_FATE_ENUM
        QUEUE_FATE_COUNT
};

struct queue_item {
    unsigned tag;
    char label[LOG_LABEL_MAX];
    char id[24];
    char phone[32];           /* of whoever linked it */
    enum queue_fate fate;
    bool scanned;             /* a phone is at work: its socket needs no code any more */
    int64_t shown_at, ended_at; /* ms of the app's clock; 0 = not yet */
    int64_t checked_at;       /* its state was last asked for */
    unsigned turn;            /* counts the turns: who was shown when */
    char why[QUEUE_WHY_MAX];  /* it failed, or is stuck */
};

enum queue_order_kind {
    QUEUE_ORDER_CHECK, /* ask for the state */
    QUEUE_ORDER_LINK,  /* show its code; a state that was told within QUEUE_TRUST_MS counts */
    QUEUE_ORDER_STOP,
    QUEUE_ORDER_END    /* the queue is through; no tag */
};

struct queue_order {
    enum queue_order_kind kind;
    unsigned tag;
};

struct queue {
    struct queue_item *items;
    size_t count;
    bool running, paused;
    size_t slots; /* so many are shown at a time */
    unsigned turns;
    int64_t began_at, ended_at;
    struct queue_order *orders; /* not taken yet */
    size_t order_count, order_room;
};

/* Begins with these instances, in this order; a queue that ran before is forgotten. False when memory is out, or there is
 * none. */
bool queue_begin(struct queue *queue, const struct instance *const *instances, size_t count, size_t slots, int64_t now);
void queue_free(struct queue *queue);
/* How many are shown at a time from now on. */
void queue_set_slots(struct queue *queue, size_t slots, int64_t now);

/* What an instance's machine reported, after its step. */
void queue_report(struct queue *queue, const struct instance *instance, const struct link_effect *report, int64_t now);
/* The order to link it could not be given. */
void queue_fail(struct queue *queue, unsigned tag, const char *why, int64_t now);
/* The instance is about to be removed. */
void queue_forget(struct queue *queue, unsigned tag, int64_t now);
/* Time goes by: who comes next may have to be asked again. */
void queue_tick(struct queue *queue, int64_t now);

/* The operator. `tag` is the one that is meant; where it is not on show, the oldest that is. False when there is nothing to do. */
bool queue_skip(struct queue *queue, unsigned tag, int64_t now);
bool queue_retry(struct queue *queue, unsigned tag, int64_t now);
/* Back to the one that was skipped, or failed, last; the one on show waits again. */
bool queue_back(struct queue *queue, unsigned tag, int64_t now);
/* Closes the sockets of those on show, or opens them again. */
void queue_pause(struct queue *queue, bool pause, int64_t now);
void queue_stop(struct queue *queue, int64_t now);

/* Takes the next order; false when there is none. */
bool queue_take_order(struct queue *queue, struct queue_order *out);

/* The items on show, oldest turn first; returns how many. */
size_t queue_shown(const struct queue *queue, const struct queue_item **out, size_t most);
const struct queue_item *queue_find(const struct queue *queue, unsigned tag);
size_t queue_count(const struct queue *queue, enum queue_fate fate);
/* "7 of 20 · 2 skipped · next: sales-eu"; `dot` separates. */
void queue_progress(const struct queue *queue, char *dst, size_t size, const char *dot);
const char *queue_fate_word(enum queue_fate fate);
/* The whole story: counts, then a line for each instance. "# " begins a heading. */
void queue_summary(const struct queue *queue, char *dst, size_t size, int64_t now);

#endif
