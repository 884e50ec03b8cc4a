/* SPDX-License-Identifier: MIT
 * The ways to draw a QR symbol in terminal cells: one table.
 */
#ifndef SCANDECK_QR_MODE_H
#define SCANDECK_QR_MODE_H

#include <stdbool.h>

/* id, name in config and --mode, words for people, modules a cell shows across and down, cells a module takes across,
 * needs UTF-8, needs a terminal that draws sextants, chosen by itself (full is not, except where there is no UTF-8) */
#define QR_MODE_TABLE(X)                                                              \
    X(QR_MODE_HALF, "half", "half blocks", 1, 2, 1, true, false, true)                \
    X(QR_MODE_WIDE_SEXTANT, "wide-sextant", "wide sextants", 1, 3, 1, true, true, true) \
    X(QR_MODE_SEXTANT, "sextant", "sextants (some phones refuse them)", 2, 3, 1, true, true, true) \
    X(QR_MODE_FULL, "full", "full blocks", 1, 1, 2, false, false, false)

enum qr_mode {
#define QR_MODE_ENUM(id, name, words, across, down, cells, utf8, sextants, ladder) id,
    QR_MODE_TABLE(QR_MODE_ENUM)
#undef QR_MODE_ENUM
        QR_MODE_COUNT,
    QR_MODE_AUTO = QR_MODE_COUNT /* the ladder decides */
};

struct qr_mode_info {
    const char *name;
    const char *words;
    int across, down, cells;
    bool needs_utf8, needs_sextants, in_ladder;
};

/* What the terminal can show. */
struct qr_terminal {
    bool utf8;
    bool sextants;
};

/* Quiet zone in modules. Never under 1 row and 2 columns: a smaller one does not scan (measured). */
#define QR_QUIET_SIDE 2
#define QR_QUIET_TOP 1
#define QR_QUIET_MAX 64

const struct qr_mode_info *qr_mode_info(enum qr_mode mode);
/* The mode of this name; QR_MODE_AUTO for "auto"; -1 when there is none. */
int qr_mode_find(const char *name);
/* Cells that a symbol of `modules` takes with the standard quiet zone (half, V11: 65x32; wide sextant: 65x21). */
void qr_mode_size(enum qr_mode mode, int modules, int *columns, int *rows);
/* The best mode that fits columns x rows, or -1. With a wish other than QR_MODE_AUTO: that mode or -1. */
int qr_mode_pick(enum qr_mode wish, int modules, int columns, int rows, const struct qr_terminal *terminal);

#endif
