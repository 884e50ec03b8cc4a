/* SPDX-License-Identifier: MIT
 * What the standard says of each version: blocks per level, and which modules are not data.
 */
#ifndef SCANDECK_QR_SPEC_H
#define SCANDECK_QR_SPEC_H

#include <stdbool.h>
#include <stdint.h>

#include "qr/code.h"

#define SPEC_VERSION_MAX 40
#define SPEC_CODEWORDS_MAX 3706
#define SPEC_FIRST_WITH_VERSION_INFORMATION 7

/* The order of the columns of the block table. */
#define SPEC_LEVELS "LMQH"

struct spec_blocks {
    int checks;    /* check codewords in each block */
    int count;     /* blocks */
    int short_len; /* codewords in a block, check codewords included */
    int longer;    /* blocks, the last ones, that have one data codeword more */
    int mendable;  /* wrong codewords that a block may have */
};

static inline int spec_size(int version)
{
    return 17 + 4 * version;
}

/* The version with this many modules a side; 0 = there is none. */
int spec_version(int size);

/* The level is a letter of SPEC_LEVELS, the version 1..40. */
void spec_blocks(struct spec_blocks *out, int version, char level);

/* Sets taken[row * size + column] to 1 where a module belongs to a pattern or to format or version information. */
void spec_taken(uint8_t *taken, int version);

/* Sets marks[row * size + column] to SPEC_DARK or SPEC_LIGHT where a finder pattern, with the light around it, a timing
 * pattern, or an alignment pattern is, and to SPEC_OPEN elsewhere. */
enum spec_mark { SPEC_OPEN, SPEC_LIGHT, SPEC_DARK };
void spec_patterns(uint8_t *marks, int version);

#endif
