/* SPDX-License-Identifier: MIT
 * The ways to look for symbols in a view, from the cheapest to the one that sees most.
 */
#ifndef SCANDECK_QR_LOOK_H
#define SCANDECK_QR_LOOK_H

#include "qr/attempt.h"

typedef bool look(struct attempt *attempt, const struct view *view);

/* The picture's rows run along the symbol's. */
look look_straight;

/* Turned by a few degrees, or so coarse or so smooth that the pixels' edges do not tell where the modules are. */
look look_leaning;

/* In any turn, in perspective, with finders of any shape. */
look look_turned;

#endif
