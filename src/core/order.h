/* SPDX-License-Identifier: MIT
 * The orders in which the list can stand.
 */
#ifndef SCANDECK_CORE_ORDER_H
#define SCANDECK_CORE_ORDER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/fleet.h"

/* id, name in the configuration, words */
#define ORDER_TABLE(X)                                                  \
    X(ORDER_PROBLEMS, "problems", "problems first")                     \
    X(ORDER_CONFIG, "config", "as in the configuration")                \
    X(ORDER_LABEL, "label", "by label")                                 \
    X(ORDER_ID, "id", "by id")                                          \
    X(ORDER_PHASE, "phase", "by phase")                                 \
    X(ORDER_CODE, "code", "by the seconds that the code lives")         \
    X(ORDER_SESSION, "session", "by the seconds that the session lives") \
    X(ORDER_PHONE, "phone", "by phone")                                 \
    X(ORDER_NAME, "name", "by the name in WhatsApp")                    \
    X(ORDER_SINCE, "since", "what changed last first")                  \
    X(ORDER_ERROR, "error", "by the last error")

enum order {
#define ORDER_ENUM(id, name, words) id,
    ORDER_TABLE(ORDER_ENUM)
#undef ORDER_ENUM
        ORDER_COUNT
};

const char *order_name(enum order order);
const char *order_words(enum order order);
/* Sorts; those that are equal keep the order they come in. `now` in ms of the linking machines. False, and nothing
 * changed, when memory is out. */
bool order_sort(const struct instance **rows, size_t count, enum order order, int64_t now);
/* What the column of the code shows, in ms: of a pairing code too; -1 when there is none. */
int64_t order_code_left(const struct link *link, int64_t now);
/* What the column of the last error shows: "" when there is nothing to tell. */
const char *order_error_of(const struct instance *instance);

#endif
