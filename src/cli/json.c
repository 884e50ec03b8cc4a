/* SPDX-License-Identifier: MIT */
#include "cli/json.h"

#include <stdio.h>
#include <string.h>

#include "core/json_add.h"
#include "core/text.h"

bool json_print(cJSON *object)
{
    char *text = cJSON_PrintUnformatted(object);
    bool ok = text && puts(text) >= 0 && fflush(stdout) == 0;
    if (!ok)
        fprintf(stderr, "scandeck: %s\n", text ? "standard output takes no more" : "out of memory: JSON with fields missing is not printed");
    cJSON_free(text);
    cJSON_Delete(object);
    return ok;
}

void json_add_payload(cJSON *object, const struct qr_reading *reading)
{
    char hex[2 * QR_PAYLOAD_MAX + 1];
    if (text_is_clean((const char *)reading->payload, reading->payload_len)) {
        json_add_text(object, "payload", (const char *)reading->payload);
        return;
    }
    for (size_t i = 0; i < reading->payload_len; i++)
        snprintf(hex + 2 * i, 3, "%02x", reading->payload[i]);
    json_add_text(object, "payload_hex", hex);
}
