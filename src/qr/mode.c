/* SPDX-License-Identifier: MIT */
#include "qr/mode.h"

#include <stddef.h>
#include <string.h>

static const struct qr_mode_info modes[QR_MODE_COUNT] = {
#define MODE_ROW(id, mode_name, mode_words, modules_across, modules_down, cells_across, utf8, sextants, ladder) \
    [id] = {.name = mode_name,                                                                                \
            .words = mode_words,                                                                              \
            .across = modules_across,                                                                         \
            .down = modules_down,                                                                             \
            .cells = cells_across,                                                                            \
            .needs_utf8 = utf8,                                                                               \
            .needs_sextants = sextants,                                                                       \
            .in_ladder = ladder},
    QR_MODE_TABLE(MODE_ROW)
#undef MODE_ROW
};

const struct qr_mode_info *qr_mode_info(enum qr_mode mode)
{
    return (unsigned)mode < QR_MODE_COUNT ? &modes[mode] : NULL;
}

int qr_mode_find(const char *name)
{
    if (strcmp(name, "auto") == 0)
        return QR_MODE_AUTO;
    for (int mode = 0; mode < QR_MODE_COUNT; mode++) {
        if (strcmp(name, modes[mode].name) == 0)
            return mode;
    }
    return -1;
}

void qr_mode_size(enum qr_mode mode, int modules, int *columns, int *rows)
{
    const struct qr_mode_info *info = &modes[mode];
    *columns = (modules + 2 * QR_QUIET_SIDE + info->across - 1) / info->across * info->cells;
    *rows = (modules + 2 * QR_QUIET_TOP + info->down - 1) / info->down;
}

static bool qr_mode_possible(enum qr_mode mode, const struct qr_terminal *terminal)
{
    const struct qr_mode_info *info = &modes[mode];
    return (terminal->utf8 || !info->needs_utf8) && (terminal->sextants || !info->needs_sextants);
}

static bool fits(enum qr_mode mode, int modules, int columns, int rows, const struct qr_terminal *terminal)
{
    int wanted_columns, wanted_rows;
    qr_mode_size(mode, modules, &wanted_columns, &wanted_rows);
    return wanted_columns <= columns && wanted_rows <= rows && qr_mode_possible(mode, terminal);
}

int qr_mode_pick(enum qr_mode wish, int modules, int columns, int rows, const struct qr_terminal *terminal)
{
    if (wish != QR_MODE_AUTO)
        return fits(wish, modules, columns, rows, terminal) ? (int)wish : -1;
    for (int mode = 0; mode < QR_MODE_COUNT; mode++) {
        /* Without UTF-8 full blocks are all there is. */
        bool chosen = modes[mode].in_ladder || !terminal->utf8;
        if (chosen && fits((enum qr_mode)mode, modules, columns, rows, terminal))
            return mode;
    }
    return -1;
}
