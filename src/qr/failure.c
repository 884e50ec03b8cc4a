/* SPDX-License-Identifier: MIT */
#include "qr/failure.h"

#include <stdarg.h>
#include <stdio.h>

bool failure_set(struct qr_failure *failure, enum qr_step step, const char *format, ...)
{
    va_list arguments;
    failure->step = step;
    va_start(arguments, format);
    vsnprintf(failure->text, sizeof failure->text, format, arguments);
    va_end(arguments);
    return false;
}

void failure_keep_furthest(struct qr_failure *kept, const struct qr_failure *candidate)
{
    if (candidate->step > kept->step)
        *kept = *candidate;
}

const char *qr_step_name(enum qr_step step)
{
    static const char *const names[] = {
        [QR_STEP_NONE] = "none",       [QR_STEP_BASE64] = "base64", [QR_STEP_PNG] = "png",
        [QR_STEP_FINDER] = "finder",   [QR_STEP_TIMING] = "timing", [QR_STEP_FORMAT] = "format",
        [QR_STEP_VERSION] = "version", [QR_STEP_ERRORS] = "errors", [QR_STEP_SEGMENTS] = "segments",
        [QR_STEP_ENCODE] = "encode",   [QR_STEP_PROOF] = "proof",   [QR_STEP_MEMORY] = "memory",
    };
    if ((unsigned)step >= sizeof names / sizeof names[0])
        return "unknown";
    return names[step];
}
