/* SPDX-License-Identifier: MIT */
#include "cli/json.h"

#include <stdio.h>

#include "core/text.h"

bool json_print(cJSON *object)
{
    char *text = cJSON_PrintUnformatted(object);
    bool ok = text && puts(text) >= 0 && fflush(stdout) == 0;
    cJSON_free(text);
    cJSON_Delete(object);
    return ok;
}

/* Valid UTF-8 that does nothing to a terminal. */
static bool is_text(const uint8_t *bytes, size_t len)
{
    uint32_t code;
    for (size_t at = 0; at < len;) {
        at += text_next((const char *)bytes + at, len - at, &code);
        if (code < 0x20 || (code >= 0x7f && code < 0xa0) || code == 0xfffd)
            return false;
    }
    return true;
}

void json_add_payload(cJSON *object, const struct qr_reading *reading)
{
    char hex[2 * QR_PAYLOAD_MAX + 1];
    if (is_text(reading->payload, reading->payload_len)) {
        cJSON_AddStringToObject(object, "payload", (const char *)reading->payload);
        return;
    }
    for (size_t i = 0; i < reading->payload_len; i++)
        snprintf(hex + 2 * i, 3, "%02x", reading->payload[i]);
    cJSON_AddStringToObject(object, "payload_hex", hex);
}
