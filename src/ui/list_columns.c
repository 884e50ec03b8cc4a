/* SPDX-License-Identifier: MIT */
#include "ui/list_columns.h"

/* From these widths on a row has: the phase in words; id, code, session. */
#define PHASE_FROM 28
#define DETAILS_FROM 48
#define HEADING_ROWS_FROM 4
/* Cursor, sign, mark. */
#define LABEL_X 3
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
static void take(struct list_columns *out, enum list_column column, int width, int gap, int *room)
{
    if (*room < width + gap)
        return;
    out->at[column].width = width;
    *room -= width + gap;
}

/* By what is missed most. */
static void share_out(struct list_columns *out, int columns, const struct list_needs *needs)
{
    int label = between(needs->label, LABEL_MIN, LABEL_MAX), room = columns - LABEL_X - label;
    take(out, LIST_PHASE, PHASE_WIDTH, GAP, &room);
    if (columns < DETAILS_FROM) {
        out->at[LIST_LABEL].width = label + room;
        return;
    }
    int id = between(needs->id, ID_MIN, ID_MAX), fixed = id + GAP + CODE_WIDTH + SESSION_WIDTH;
    /* Where labels are long, they give way. */
    if (room < fixed) {
        label += room - fixed;
        room = fixed;
    }
    out->at[LIST_LABEL].width = label;
    take(out, LIST_ID, id, GAP, &room);
    take(out, LIST_CODE, CODE_WIDTH, 0, &room);
    take(out, LIST_SESSION, SESSION_WIDTH, 0, &room);
    take(out, LIST_PHONE, PHONE_WIDTH, GAP, &room);
    take(out, LIST_SINCE, SINCE_WIDTH, GAP, &room);
    if (needs->names)
        take(out, LIST_NAME, NAME_WIDTH, GAP, &room);
    if (room >= ERROR_MIN + GAP)
        out->at[LIST_ERROR].width = room - GAP, room = 0;
    out->at[LIST_LABEL].width += between(room, 0, LABEL_MAX - label);
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
