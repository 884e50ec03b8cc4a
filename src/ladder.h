/* SPDX-License-Identifier: MIT
 * Why a code is drawn in one mode and not in another: the layout's own decision, put into words. No ncurses here.
 */
#ifndef SCANDECK_LADDER_H
#define SCANDECK_LADDER_H

#include <stddef.h>

#include "ui/advise.h"

#define LADDER_WHY_MAX 256

/* The mode that a code gets here, as enum qr_mode, or -1. */
int ladder_mode(const struct advise_request *request);
/* How the ladder stands to a mode. */
enum ladder_fit {
    LADDER_CHOSEN,
    LADDER_FITS,     /* but another is chosen; by key */
    LADDER_IF_DRAWN, /* fits, and nobody knows whether the terminal draws its glyphs */
    LADDER_TOO_LARGE,
    LADDER_CANNOT
};
enum ladder_fit ladder_fit(const struct advise_request *request, enum qr_mode mode);
/* The smallest window for the mode, in the view of the request, if the terminal draws its glyphs; alone, with the clocks
 * below the code: beside it they save a line where there are columns to spare. False when there is none. */
bool ladder_window(const struct advise_request *request, enum qr_mode mode, int *columns, int *rows);
/* Whether the mode came into question before the chosen one, or for want of any; then `why` becomes a clause that says
 * why not. */
bool ladder_passed_over(char *why, size_t size, const struct advise_request *request, enum qr_mode mode);

#endif
