/* SPDX-License-Identifier: MIT */
#include "ui/list_columns.h"

/* From these widths on a row has: the phase in words; id, code, session. */
#define PHASE_FROM 28
#define DETAILS_FROM 48
#define HEADING_ROWS_FROM 4
/* Cursor, sign, mark. */
#define LABEL_X 3
/* Of a long one; all labels have LABEL_MIN where nothing wants their room. */
#define LABEL_LEAST 6
#define LABEL_MIN 10
#define LABEL_MAX 32
#define ID_MIN 10
#define ID_MAX 20
#define PHASE_WIDTH 14
#define CODE_WIDTH 5
#define SESSION_WIDTH 8
#define PHONE_WIDTH 14
#define NAME_WIDTH 18
#define SINCE_WIDTH 7
#define ERROR_MIN 16
#define GAP 1

static const struct {
    const char *heading;
    enum order order;
} columns_told[LIST_COLUMN_COUNT] = {
#define LIST_COLUMN_ROW(id, heading, order) [id] = {heading, order},
    LIST_COLUMN_TABLE(LIST_COLUMN_ROW)
#undef LIST_COLUMN_ROW
};

const char *list_column_heading(enum list_column column)
{
    return columns_told[column].heading;
}

enum order list_column_order(enum list_column column)
{
    return columns_told[column].order;
}

static int between(int value, int least, int most)
{
    return value < least ? least : value > most ? most : value;
}

/* Gives the column its width if there is room for it; *room shrinks by that and a gap. */
static bool take(struct list_columns *out, enum list_column column, int width, int gap, int *room)
{
    if (*room < width + gap)
        return false;
    out->at[column].width = width;
    *room -= width + gap;
    return true;
}

/* The seconds stand in the phase's column where these two have no room. */
static bool take_clocks(struct list_columns *out, int *room)
{
    return *room >= CODE_WIDTH + SESSION_WIDTH && take(out, LIST_CODE, CODE_WIDTH, 0, room) &&
           take(out, LIST_SESSION, SESSION_WIDTH, 0, room);
}

/* What long labels give way to. */
static void share_with_labels(struct list_columns *out, int columns, const struct list_needs *needs, int *room)
{
    take(out, LIST_PHASE, PHASE_WIDTH, GAP, room);
    if (columns >= DETAILS_FROM && take(out, LIST_ID, between(needs->id, ID_MIN, ID_MAX), GAP, room))
        take_clocks(out, room);
}

/* What the labels leave, by what is missed most: a column waits for those before it, so that none goes again as the list
 * grows. */
static void share_rest(struct list_columns *out, const struct list_needs *needs, int *room)
{
    if (out->at[LIST_SESSION].width && take(out, LIST_PHONE, PHONE_WIDTH, GAP, room) &&
        take(out, LIST_SINCE, SINCE_WIDTH, GAP, room) &&
        (!needs->names || take(out, LIST_NAME, NAME_WIDTH, GAP, room)) && *room >= ERROR_MIN + GAP)
        take(out, LIST_ERROR, *room - GAP, GAP, room);
}

static void share_out(struct list_columns *out, int columns, const struct list_needs *needs)
{
    int room = columns - LABEL_X - LABEL_LEAST, label = LABEL_LEAST;
    share_with_labels(out, columns, needs, &room);
    int more = between(between(needs->label, LABEL_MIN, LABEL_MAX) - label, 0, room);
    room -= more;
    label += more;
    share_rest(out, needs, &room);
    /* Nothing else could use it. */
    out->at[LIST_LABEL].width = columns < DETAILS_FROM ? label + room : label + between(LABEL_MAX - label, 0, room);
}

void list_columns_plan(struct list_columns *out, int columns, int rows, const struct list_needs *needs)
{
    *out = (struct list_columns){.strip = columns < PHASE_FROM};
    if (out->strip)
        return;
    share_out(out, columns, needs);
    out->heading = columns >= DETAILS_FROM && rows >= HEADING_ROWS_FROM;
    int x = LABEL_X;
    for (int i = 0; i < LIST_COLUMN_COUNT; i++) {
        if (out->at[i].width == 0)
            continue;
        bool joined = i == LIST_CODE || i == LIST_SESSION;
        out->at[i].x = x + (i != LIST_LABEL && !joined ? GAP : 0);
        x = out->at[i].x + out->at[i].width;
    }
}
