/* SPDX-License-Identifier: MIT
 * The words of the header: how many instances are in each group of phases. No ncurses here.
 */
#ifndef SCANDECK_UI_HEADER_H
#define SCANDECK_UI_HEADER_H

#include <stdbool.h>

#include "core/fleet.h"

struct header_facts {
    struct fleet_tally fleet, shown; /* all instances; those on the list */
    bool filtered;                   /* the list holds what a filter takes: "2 of 4" */
    bool demo;
    bool ascii;
    const char *dot; /* separates */
};

/* From left to right; "" = no room. The groups are there together or not at all, and no number is ever cut. */
struct header {
    char name[16];
    char group[PHASE_GROUP_COUNT][64];
    char fleet[64]; /* at the right edge: "200 instances · demo" */
};

/* Between two parts. */
#define HEADER_GAP 2

/* The longest form that fits into so many columns. */
void header_fit(struct header *out, const struct header_facts *facts, int columns);

#endif
