/* SPDX-License-Identifier: MIT */
#include "qr/graphics.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "qr/kitty.h"
#include "qr/sixel.h"

static bool write_picture(FILE *out, const struct qr_drawing *drawing, enum qr_graphics graphics)
{
    if (graphics == QR_GRAPHICS_KITTY)
        return kitty_write(out, drawing);
    sixel_write(out, &drawing->raster);
    return true;
}

char *qr_graphics_show(const struct qr_drawing *drawing, enum qr_graphics graphics, size_t *len)
{
    char *bytes = NULL;
    *len = 0;
    if (!drawing->raster.dark || graphics == QR_GRAPHICS_NONE)
        return NULL;
    FILE *out = open_memstream(&bytes, len);
    if (!out)
        return NULL;
    bool whole = write_picture(out, drawing, graphics) && !ferror(out);
    if (fclose(out) == 0 && whole)
        return bytes;
    free(bytes);
    *len = 0;
    return NULL;
}

const char *qr_graphics_erase(enum qr_graphics graphics, size_t *len)
{
    const char *bytes = graphics == QR_GRAPHICS_KITTY ? KITTY_ERASE : "";
    *len = strlen(bytes);
    return bytes;
}
