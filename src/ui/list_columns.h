/* SPDX-License-Identifier: MIT
 * Which columns a list of some width shows, and where: arithmetic alone.
 */
#ifndef SCANDECK_UI_LIST_COLUMNS_H
#define SCANDECK_UI_LIST_COLUMNS_H

#include <stdbool.h>

#include "core/order.h"

/* id, heading, the order that sorts by it. From left to right. */
#define LIST_COLUMN_TABLE(X)                                 \
    X(LIST_LABEL, "label", ORDER_LABEL)                      \
    X(LIST_ID, "id", ORDER_ID)                               \
    X(LIST_PHASE, "phase", ORDER_PHASE)                      \
    X(LIST_CODE, " code", ORDER_CODE)                        \
    X(LIST_SESSION, " session", ORDER_SESSION)               \
    X(LIST_PHONE, "phone", ORDER_PHONE)                      \
    X(LIST_NAME, "name", ORDER_NAME)                         \
    X(LIST_SINCE, "since", ORDER_SINCE)                      \
    X(LIST_ERROR, "last error", ORDER_ERROR)

enum list_column {
#define LIST_COLUMN_ENUM(id, heading, order) id,
    LIST_COLUMN_TABLE(LIST_COLUMN_ENUM)
#undef LIST_COLUMN_ENUM
        LIST_COLUMN_COUNT
};

/* What the rows have to show. */
struct list_needs {
    int label, id; /* columns of the widest */
    bool names;    /* anybody has one */
};

struct list_columns {
    bool strip; /* too narrow for columns: label and sign alone */
    bool heading;
    struct {
        int x, width; /* 0 = not there */
    } at[LIST_COLUMN_COUNT];
};

void list_columns_plan(struct list_columns *out, int columns, int rows, const struct list_needs *needs);
const char *list_column_heading(enum list_column column);
enum order list_column_order(enum list_column column);

#endif
