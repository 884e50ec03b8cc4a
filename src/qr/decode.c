/* SPDX-License-Identifier: MIT */
#include "qr/decode.h"

#include <string.h>

#include "qr/codewords.h"
#include "qr/failure.h"
#include "qr/format.h"
#include "qr/segments.h"
#include "qr/spec.h"

/* Version information too damaged to read is no harm: the size is known from the timing patterns. One that can be read
 * and says otherwise means that the grid is wrong. */
static bool version_agrees(const struct qr_matrix *symbol, int version, struct qr_failure *failure)
{
    int wrong_bits;
    if (version < SPEC_FIRST_WITH_VERSION_INFORMATION)
        return true;
    int told = format_read_version(symbol, &wrong_bits);
    if (told == version || wrong_bits > FORMAT_MENDABLE)
        return true;
    return failure_set(failure, QR_STEP_VERSION,
                       "the version information says %d with %d of 18 bits wrong, but %d modules a side are version %d",
                       told, wrong_bits, symbol->size, version);
}

bool decode_symbol(struct qr_reading *out, const struct qr_matrix *symbol, struct qr_failure *failure)
{
    uint8_t data[SPEC_CODEWORDS_MAX + SEGMENTS_SLACK];
    size_t len;
    struct format format;
    int version = spec_version(symbol->size);
    if (version == 0)
        return failure_set(failure, QR_STEP_VERSION, "no version has %d modules a side", symbol->size);
    format_read(&format, symbol);
    if (format.wrong_bits > FORMAT_MENDABLE)
        return failure_set(
            failure, QR_STEP_FORMAT,
            "the format information cannot be read: %d of 15 bits are wrong in one copy, %d in the other",
            format.wrong_bits, format.other_wrong_bits);
    if (!version_agrees(symbol, version, failure))
        return false;
    if (!codewords_read(data, &len, &out->corrected, symbol, version, format.level, format.mask, failure))
        return false;
    memset(data + len, 0, SEGMENTS_SLACK);
    out->version = version;
    out->level = format.level;
    out->mask = format.mask;
    return segments_read(out, data, len, version, failure);
}
