/* SPDX-License-Identifier: MIT */
#include "qr/mode.h"

#include <stddef.h>
#include <string.h>

#include "qr/raster.h"

static const struct qr_ability_info abilities[QR_ABILITY_COUNT] = {
#define ABILITY_ROW(id, ability_name, ability_words) [id] = {.name = ability_name, .words = ability_words},
    QR_ABILITY_TABLE(ABILITY_ROW)
#undef ABILITY_ROW
};

static const struct qr_mode_info modes[QR_MODE_COUNT] = {
#define MODE_ROW(id, mode_name, mode_words, modules_across, modules_down, cells_across, mode_ability, mode_use) \
    [id] = {.name = mode_name,                                                                                \
            .words = mode_words,                                                                              \
            .across = modules_across,                                                                         \
            .down = modules_down,                                                                             \
            .cells = cells_across,                                                                            \
            .ability = mode_ability,                                                                          \
            .use = mode_use},
    QR_MODE_TABLE(MODE_ROW)
#undef MODE_ROW
};

const struct qr_ability_info *qr_ability_info(enum qr_ability ability)
{
    return (unsigned)ability < QR_ABILITY_COUNT ? &abilities[ability] : NULL;
}

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

static void picture_size(int modules, const struct qr_terminal *terminal, int *columns, int *rows)
{
    struct raster_plan plan = {0};
    if (terminal && qr_mode_possible(QR_MODE_PICTURE, terminal))
        raster_plan(&plan, modules, QR_QUIET_SIDE, QR_QUIET_TOP, terminal);
    *columns = plan.columns;
    *rows = plan.rows;
}

void qr_mode_size(enum qr_mode mode, int modules, const struct qr_terminal *terminal, int *columns, int *rows)
{
    const struct qr_mode_info *info = &modes[mode];
    if (mode == QR_MODE_PICTURE) {
        picture_size(modules, terminal, columns, rows);
        return;
    }
    *columns = (modules + 2 * QR_QUIET_SIDE + info->across - 1) / info->across * info->cells;
    *rows = (modules + 2 * QR_QUIET_TOP + info->down - 1) / info->down;
}

bool qr_mode_possible(enum qr_mode mode, const struct qr_terminal *terminal)
{
    return terminal->can[modes[mode].ability] && (mode != QR_MODE_PICTURE || raster_cells_known(terminal));
}

static bool fits(enum qr_mode mode, int modules, int columns, int rows, const struct qr_terminal *terminal)
{
    int wanted_columns, wanted_rows;
    if (!qr_mode_possible(mode, terminal))
        return false;
    qr_mode_size(mode, modules, terminal, &wanted_columns, &wanted_rows);
    return wanted_columns <= columns && wanted_rows <= rows;
}

/* Where the terminal can do nothing better, what is else drawn by key alone is chosen by itself. */
static bool ladder_is_empty(const struct qr_terminal *terminal, qr_mode_set barred)
{
    for (int mode = 0; mode < QR_MODE_COUNT; mode++) {
        bool open = modes[mode].use != QR_USE_KEY && !(barred & QR_MODE_BIT(mode));
        if (open && qr_mode_possible((enum qr_mode)mode, terminal))
            return false;
    }
    return true;
}

int qr_mode_pick(enum qr_mode wish, int modules, int columns, int rows, const struct qr_terminal *terminal,
                 qr_mode_set barred)
{
    if (wish != QR_MODE_AUTO && !(barred & QR_MODE_BIT(wish)))
        return fits(wish, modules, columns, rows, terminal) ? (int)wish : -1;
    bool any_use = ladder_is_empty(terminal, barred);
    for (int mode = 0; mode < QR_MODE_COUNT; mode++) {
        bool chosen = (any_use || modes[mode].use != QR_USE_KEY) && !(barred & QR_MODE_BIT(mode));
        if (chosen && fits((enum qr_mode)mode, modules, columns, rows, terminal))
            return mode;
    }
    return -1;
}
