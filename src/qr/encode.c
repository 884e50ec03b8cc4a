/* SPDX-License-Identifier: MIT
 * A payload to a symbol, by libqrencode.
 */
#include <errno.h>
#include <qrencode.h>
#include <string.h>

#include "qr/code.h"
#include "qr/failure.h"

/* Byte mode of version 40-L. */
#define ENCODED_BYTES_MAX 2953

static void take_modules(struct qr_matrix *out, const QRcode *code)
{
    out->size = code->width;
    for (int i = 0; i < code->width * code->width; i++)
        out->dark[i] = code->data[i] & 1;
}

bool qr_encode(struct qr_matrix *out, const uint8_t *payload, size_t len, struct qr_failure *failure)
{
    out->size = 0;
    if (len == 0)
        return failure_set(failure, QR_STEP_ENCODE, "there is no payload to encode");
    if (len > ENCODED_BYTES_MAX)
        return failure_set(failure, QR_STEP_ENCODE, "a payload of %zu bytes is more than the %d of the largest symbol",
                           len, ENCODED_BYTES_MAX);
    QRcode *code = QRcode_encodeData((int)len, payload, 0, QR_ECLEVEL_L);
    if (!code)
        return failure_set(failure, errno == ENOMEM ? QR_STEP_MEMORY : QR_STEP_ENCODE,
                           "libqrencode cannot encode %zu bytes: %s", len, strerror(errno));
    take_modules(out, code);
    QRcode_free(code);
    return true;
}
