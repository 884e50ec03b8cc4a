/* SPDX-License-Identifier: MIT */
#include "ui/overlay.h"

#include <curses.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ui/send.h"
#include "ui/stall.h"

/* Around the picture: the cursor and its colours are kept, for ncurses believes they are where it left them. */
#define SAVE_CURSOR "\0337"
#define RESTORE_CURSOR "\0338"
#define STRING_END "\033\\"

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

/* If the last picture was cut off, the terminal still waits for its end. */
static void end_picture(const struct overlay *overlay)
{
    if (overlay->shown.id == UNKNOWN_ID)
        send_bytes(STRING_END, strlen(STRING_END));
}

void overlay_prepare(const struct overlay *overlay)
{
    end_picture(overlay);
    if (overlay->shown.id == UNKNOWN_ID)
        redrawwin(stdscr);
    else if (goes_away(overlay))
        wredrawln(stdscr, overlay->shown.y, overlay->shown.rows);
}

static void take_away(const struct overlay *overlay)
{
    size_t len;
    const char *bytes = qr_graphics_erase(overlay->graphics, &len);
    send_bytes(bytes, len);
}

static void write_picture(const struct overlay *overlay)
{
    size_t len;
    char move[32];
    char *bytes = qr_graphics_show(overlay->drawing, overlay->graphics, &len);
    if (!bytes)
        return;
    snprintf(move, sizeof move, SAVE_CURSOR "\033[%d;%dH", overlay->wanted.y + 1, overlay->wanted.x + 1);
    send_bytes(move, strlen(move));
    send_bytes(bytes, len);
    send_bytes(RESTORE_CURSOR, strlen(RESTORE_CURSOR));
    free(bytes);
}

void overlay_show(struct overlay *overlay)
{
    if (goes_away(overlay))
        take_away(overlay);
    if (overlay->wanted.id && (goes_away(overlay) || overlay->shown.id != overlay->wanted.id))
        write_picture(overlay);
    bool concerned = overlay->shown.id || overlay->wanted.id;
    overlay->shown = overlay->wanted;
    overlay->drawing = NULL;
    /* What was to show it or take it away may have been thrown away. */
    if (concerned && stall_happened())
        overlay->shown = (struct overlay_place){.id = UNKNOWN_ID};
}

void overlay_lost(struct overlay *overlay)
{
    if (overlay->shown.id)
        overlay->shown = (struct overlay_place){.id = UNKNOWN_ID};
}

void overlay_remove(struct overlay *overlay)
{
    end_picture(overlay);
    if (overlay->shown.id)
        take_away(overlay);
    overlay->shown = (struct overlay_place){0};
}
