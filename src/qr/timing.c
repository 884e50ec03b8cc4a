/* SPDX-License-Identifier: MIT */
#include "qr/timing.h"

#include "qr/failure.h"

#define WRONG_SHARE_MAX 0.25f

static int length_of(const struct timing *timing)
{
    return timing->size - 2 * TIMING_FIRST;
}

void timing_check(struct timing *out, const struct qr_matrix *symbol)
{
    int size = symbol->size;
    *out = (struct timing){.size = size};
    for (int i = TIMING_FIRST; i < size - TIMING_FIRST; i++) {
        out->row_wrong += symbol->dark[6 * size + i] != (i % 2 == 0);
        out->column_wrong += symbol->dark[i * size + 6] != (i % 2 == 0);
    }
}

float timing_share_wrong(const struct timing *timing)
{
    return (float)(timing->row_wrong + timing->column_wrong) / (float)(2 * length_of(timing));
}

bool timing_holds(const struct timing *timing, struct qr_failure *failure)
{
    if (timing_share_wrong(timing) <= WRONG_SHARE_MAX)
        return true;
    return failure_set(
        failure, QR_STEP_TIMING,
        "timing broken: of %d modules a line, %d are wrong in row 7 and %d in column 7 of a symbol with %d "
        "a side",
        length_of(timing), timing->row_wrong, timing->column_wrong, timing->size);
}
