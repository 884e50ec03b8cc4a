/* SPDX-License-Identifier: MIT
 * What is known of the terminal, as `scandeck terminal` shows it: a page, or JSON.
 */
#ifndef SCANDECK_TERMINAL_REPORT_H
#define SCANDECK_TERMINAL_REPORT_H

#include <stdbool.h>

#include "core/keymap.h"
#include "memory.h"
#include "ui/advise.h"
#include "ui/survey.h"

/* What is taken for a window that does not tell its size, as ncurses does. */
#define TERMINAL_USUAL_COLUMNS 80
#define TERMINAL_USUAL_ROWS 24
#define TERMINAL_PATH_MAX 512

/* A side of the codes of the older form, version 10 at level L. The usual ones have LAYOUT_USUAL_MODULES. */
#define TERMINAL_FEWER_MODULES 57

struct terminal_report {
    struct survey survey;
    struct ui_ability abilities[QR_ABILITY_COUNT];
    struct memory memory;
    char memory_why[MEMORY_WHY_MAX];
    bool remembered[QR_ABILITY_COUNT];
    enum qr_mode wish;
    struct keymap keymap;
};

/* "tmux 3.3a", or NULL. */
const char *terminal_report_inside(const struct terminal_report *report);
/* "none", "sixel", "kitty". */
const char *terminal_report_graphics(const struct terminal_report *report);
/* The configuration's qr_mode. */
const char *terminal_report_wish(const struct terminal_report *report);
/* "dark", "light"; NULL: it was not told. */
const char *terminal_report_background(const struct survey *survey);
/* The path of the file with the answers, cleaned; "" where nothing can be remembered. */
void terminal_report_memory(char dst[TERMINAL_PATH_MAX], const struct terminal_report *report);
/* A code of so many modules, beside the panels or zoomed, in this window. Points into *report. */
struct advise_request terminal_report_request(const struct terminal_report *report, int modules, bool zoom);

/* Prints the page to standard output; in the usual cases it fits 80x24. */
void terminal_page_print(const struct terminal_report *report);

#endif
