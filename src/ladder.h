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
/* Whether the mode came into question before the chosen one, or for want of any; then `why` becomes a clause that says
 * why not. */
bool ladder_passed_over(char *why, size_t size, const struct advise_request *request, enum qr_mode mode);

#endif
