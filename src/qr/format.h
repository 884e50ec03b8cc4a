/* SPDX-License-Identifier: MIT
 * The format information (level and mask) and the version information that a symbol carries twice each.
 */
#ifndef SCANDECK_QR_FORMAT_H
#define SCANDECK_QR_FORMAT_H

#include "qr/code.h"

/* Wrong bits that either kind of information survives. */
#define FORMAT_MENDABLE 3

struct format {
    char level;
    int mask;
    int wrong_bits; /* in the better copy; more than FORMAT_MENDABLE = level and mask are a guess */
    int other_wrong_bits; /* in the other one, from the same level and mask */
};

void format_read(struct format *out, const struct qr_matrix *symbol);

/* Version 7..40 that the better copy tells of, with its wrong bits; more than FORMAT_MENDABLE = a guess.
 * The symbol must have at least spec_size(7) modules a side. */
int format_read_version(const struct qr_matrix *symbol, int *wrong_bits);

#endif
