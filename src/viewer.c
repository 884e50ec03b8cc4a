/* SPDX-License-Identifier: MIT */
#include "viewer.h"

#include <stdio.h>
#include <string.h>

static void drop_drawing(struct viewer *viewer)
{
    if (viewer->drawn)
        qr_drawing_free(&viewer->drawing);
    viewer->drawn = viewer->verified = false;
}

void viewer_clear(struct viewer *viewer)
{
    unsigned long drawings = viewer->drawings;
    drop_drawing(viewer);
    explicit_bzero(viewer, sizeof *viewer);
    viewer->drawings = drawings;
}

bool viewer_load(struct viewer *viewer, const struct instance *instance)
{
    if (!instance->code) {
        if (viewer->instance)
            viewer_clear(viewer);
        return false;
    }
    if (viewer->instance == instance && viewer->serial == instance->code_serial)
        return true;
    drop_drawing(viewer);
    viewer->instance = instance;
    viewer->serial = instance->code_serial;
    viewer->symbol.size = 0;
    viewer->barred = 0;
    viewer->readable = qr_read_base64(&viewer->reading, &viewer->symbol, instance->code, instance->code_len,
                                      &viewer->failure);
    /* Encoded anew the symbol is smaller. When it can't be, the picture's own modules are drawn as they are. */
    struct qr_failure ignored;
    if (viewer->readable)
        qr_encode(&viewer->symbol, viewer->reading.payload, viewer->reading.payload_len, &ignored);
    return true;
}

static bool is_drawn_so(const struct viewer *viewer, enum qr_mode mode, bool inverted,
                        const struct qr_terminal *terminal)
{
    const struct qr_drawing *drawing = &viewer->drawing;
    if (!viewer->drawn || drawing->mode != mode || drawing->inverted != inverted)
        return false;
    return mode != QR_MODE_PICTURE || (drawing->raster.width == drawing->columns * terminal->cell_width &&
                                       drawing->raster.height == drawing->rows * terminal->cell_height);
}

enum viewer_drawn viewer_draw(struct viewer *viewer, enum qr_mode mode, bool inverted,
                              const struct qr_terminal *terminal)
{
    const struct qr_draw_request request = {
        .mode = mode, .side = QR_QUIET_SIDE, .top = QR_QUIET_TOP, .inverted = inverted, .terminal = terminal};
    if (is_drawn_so(viewer, mode, inverted, terminal))
        return VIEWER_DRAWN;
    drop_drawing(viewer);
    if (viewer->symbol.size == 0 || !qr_draw(&viewer->drawing, &viewer->symbol, &request))
        return VIEWER_NOTHING;
    viewer->drawn = true;
    viewer->drawings++;
    if (!viewer->readable)
        return VIEWER_DRAWN;
    viewer->verified = qr_drawing_proves(&viewer->drawing, viewer->reading.payload, viewer->reading.payload_len,
                                         &viewer->unproven);
    if (viewer->verified)
        return VIEWER_DRAWN;
    viewer->barred |= QR_MODE_BIT(mode);
    drop_drawing(viewer);
    return VIEWER_UNPROVEN;
}

void viewer_describe(const struct viewer *viewer, char *dst, size_t size)
{
    const struct link *link = &viewer->instance->link;
    int n = snprintf(dst, size, "code %u, valid %d s", link->code_index, LINK_CODE_MS / 1000);
    if (n < 0 || (size_t)n >= size)
        return;
    dst += n, size -= (size_t)n;
    if (!viewer->readable)
        snprintf(dst, size, ", its picture cannot be read at step '%s': %s", qr_step_name(viewer->failure.step),
                 viewer->failure.text);
    else
        snprintf(dst, size, ", %zu bytes, %d modules%s%s", viewer->reading.payload_len, viewer->symbol.size,
                 viewer->verified ? ", verified" : viewer->barred && !viewer->drawn ? ", NOT shown: " : "",
                 viewer->barred && !viewer->drawn ? viewer->unproven.text : "");
}
