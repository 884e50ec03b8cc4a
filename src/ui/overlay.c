/* SPDX-License-Identifier: MIT */
#include "ui/overlay.h"

#include <curses.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Around the picture: the cursor and its colours are kept, for ncurses believes they are where it left them. */
#define SAVE_CURSOR "\0337"
#define RESTORE_CURSOR "\0338"

/* Something may stand somewhere. */
#define UNKNOWN_ID (~0ul)

void overlay_begin(struct overlay *overlay)
{
    overlay->wanted = (struct overlay_place){0};
    overlay->drawing = NULL;
}

void overlay_place(struct overlay *overlay, int y, int x, const struct qr_drawing *drawing, unsigned long id)
{
    overlay->wanted = (struct overlay_place){y, x, drawing->rows, drawing->columns, id};
    overlay->drawing = drawing;
}

/* A picture on the same cells is simply written over. */
static bool goes_away(const struct overlay *overlay)
{
    const struct overlay_place *shown = &overlay->shown, *wanted = &overlay->wanted;
    return shown->id && (!wanted->id || shown->y != wanted->y || shown->x != wanted->x || shown->rows != wanted->rows ||
                         shown->columns != wanted->columns);
}

void overlay_prepare(const struct overlay *overlay)
{
    if (goes_away(overlay))
        wredrawln(stdscr, overlay->shown.y, overlay->shown.rows);
}

/* A write that hangs is ended by ui/stall.c, with its output thrown away; then the whole screen is painted anew. */
static void send(const char *bytes, size_t len)
{
    while (len > 0) {
        ssize_t wrote = write(STDOUT_FILENO, bytes, len);
        if (wrote < 0 && errno != EINTR)
            return;
        if (wrote > 0)
            bytes += wrote, len -= (size_t)wrote;
    }
}

static void take_away(const struct overlay *overlay)
{
    size_t len;
    const char *bytes = qr_graphics_erase(overlay->graphics, &len);
    send(bytes, len);
}

static void write_picture(const struct overlay *overlay)
{
    size_t len;
    char move[32];
    char *bytes = qr_graphics_show(overlay->drawing, overlay->graphics, &len);
    if (!bytes)
        return;
    snprintf(move, sizeof move, SAVE_CURSOR "\033[%d;%dH", overlay->wanted.y + 1, overlay->wanted.x + 1);
    send(move, strlen(move));
    send(bytes, len);
    send(RESTORE_CURSOR, strlen(RESTORE_CURSOR));
    free(bytes);
}

void overlay_show(struct overlay *overlay)
{
    if (goes_away(overlay))
        take_away(overlay);
    if (overlay->wanted.id && (goes_away(overlay) || overlay->shown.id != overlay->wanted.id))
        write_picture(overlay);
    overlay->shown = overlay->wanted;
    overlay->drawing = NULL;
}

void overlay_lost(struct overlay *overlay)
{
    if (overlay->shown.id)
        overlay->shown = (struct overlay_place){.id = UNKNOWN_ID};
}

void overlay_remove(struct overlay *overlay)
{
    if (overlay->shown.id)
        take_away(overlay);
    overlay->shown = (struct overlay_place){0};
}
