/* SPDX-License-Identifier: MIT
 * The ways to draw a QR symbol in terminal cells, and what a terminal must be able to show for each: two tables.
 */
#ifndef SCANDECK_QR_MODE_H
#define SCANDECK_QR_MODE_H

#include <stdbool.h>

/* id, name in files, words for people. What is asked about: paint (background colours) is what every terminal has. */
#define QR_ABILITY_TABLE(X)                                  \
    X(QR_ABILITY_PAINT, "paint", "coloured blanks")          \
    X(QR_ABILITY_HALF_BLOCKS, "half-blocks", "half blocks")  \
    X(QR_ABILITY_SEXTANTS, "sextants", "sextants")           \
    X(QR_ABILITY_OCTANTS, "octants", "octants")              \
    X(QR_ABILITY_PICTURES, "pictures", "pictures")

enum qr_ability {
#define QR_ABILITY_ENUM(id, name, words) id,
    QR_ABILITY_TABLE(QR_ABILITY_ENUM)
#undef QR_ABILITY_ENUM
        QR_ABILITY_COUNT
};

struct qr_ability_info {
    const char *name;
    const char *words;
};

/* When a mode is chosen. */
enum qr_use {
    QR_USE_LADDER, /* by itself */
    QR_USE_RISKY,  /* by itself, but it is said that some phones do not read it */
    QR_USE_KEY     /* when asked for, and where the terminal can do nothing else */
};

/* id, name in config and --mode, words for people, modules a cell shows across and down, cells a module takes across,
 * what the terminal must be able to do, use. In the order in which they are tried. A picture's cells show nothing: it
 * stands before them in pixels, and its size goes by those (qr_mode_size). */
#define QR_MODE_TABLE(X)                                                                                        \
    X(QR_MODE_HALF, "half", "half blocks", 1, 2, 1, QR_ABILITY_HALF_BLOCKS, QR_USE_LADDER)                      \
    X(QR_MODE_WIDE_SEXTANT, "wide-sextant", "wide sextants", 1, 3, 1, QR_ABILITY_SEXTANTS, QR_USE_LADDER)       \
    X(QR_MODE_PICTURE, "picture", "pictures", 1, 1, 1, QR_ABILITY_PICTURES, QR_USE_LADDER)                     \
    X(QR_MODE_OCTANT, "octant", "octants", 2, 4, 1, QR_ABILITY_OCTANTS, QR_USE_LADDER)                          \
    X(QR_MODE_SEXTANT, "sextant", "sextants", 2, 3, 1, QR_ABILITY_SEXTANTS, QR_USE_RISKY)                       \
    X(QR_MODE_FULL, "full", "full blocks", 1, 1, 2, QR_ABILITY_PAINT, QR_USE_KEY)

enum qr_mode {
#define QR_MODE_ENUM(id, name, words, across, down, cells, ability, use) id,
    QR_MODE_TABLE(QR_MODE_ENUM)
#undef QR_MODE_ENUM
        QR_MODE_COUNT,
    QR_MODE_AUTO = QR_MODE_COUNT /* the ladder decides */
};

struct qr_mode_info {
    const char *name;
    const char *words;
    int across, down, cells;
    enum qr_ability ability;
    enum qr_use use;
};

/* What the terminal can show. */
struct qr_terminal {
    bool can[QR_ABILITY_COUNT];
    int cell_width, cell_height; /* pixels; 0 = not known. Outside QR_CELL_MIN to QR_CELL_MAX there are no pictures */
};

/* A cell of fewer or more pixels a side than these is no cell but a mistake. */
#define QR_CELL_MIN 2
#define QR_CELL_MAX 100

/* Modes that are not to be picked, a bit each: their proof failed for the symbol at hand. */
typedef unsigned qr_mode_set;
#define QR_MODE_BIT(mode) (1u << (mode))

/* Quiet zone in modules. Never under 1 row and 2 columns: a smaller one does not scan (measured). */
#define QR_QUIET_SIDE 2
#define QR_QUIET_TOP 1
#define QR_QUIET_MAX 64

const struct qr_ability_info *qr_ability_info(enum qr_ability ability);
const struct qr_mode_info *qr_mode_info(enum qr_mode mode);
/* The mode of this name; QR_MODE_AUTO for "auto"; -1 when there is none. */
int qr_mode_find(const char *name);
/* Whether the terminal can show this mode at all. */
bool qr_mode_possible(enum qr_mode mode, const struct qr_terminal *terminal);
/* Cells that a symbol of `modules` takes with the standard quiet zone (half, V11: 65x32; wide sextant: 65x21). A picture's
 * go by the terminal, which may be NULL for the other modes, and are 0x0 where it cannot show one. */
void qr_mode_size(enum qr_mode mode, int modules, const struct qr_terminal *terminal, int *columns, int *rows);
/* The best mode that fits columns x rows and is not barred, or -1. With a wish other than QR_MODE_AUTO: that mode or -1. */
int qr_mode_pick(enum qr_mode wish, int modules, int columns, int rows, const struct qr_terminal *terminal,
                 qr_mode_set barred);

#endif
