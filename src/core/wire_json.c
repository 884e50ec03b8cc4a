/* SPDX-License-Identifier: MIT */
#include "core/wire_json.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/surrogate.h"
#include "core/text.h"

/* Longer than what is kept of a URL: a token in it is blanked before it is cut. */
#define URL_MAX 2048

cJSON *wire_parse(const char *text, size_t len)
{
    cJSON *root = cJSON_ParseWithLength(text, len);
    char *mended = root ? NULL : surrogate_mend(text, len);
    if (mended)
        root = cJSON_ParseWithLength(mended, len);
    free(mended);
    return root;
}

void wire_clean(char *dst, size_t size, const char *src, const char *secret)
{
    text_clean(dst, size, src, strlen(src), secret);
}

const char *wire_field_text(const cJSON *object, const char *name, char number[WIRE_NUMBER_MAX])
{
    const cJSON *field = cJSON_GetObjectItemCaseSensitive(object, name);
    if (cJSON_IsString(field))
        return field->valuestring;
    if (!cJSON_IsNumber(field))
        return NULL;
    snprintf(number, WIRE_NUMBER_MAX, "%.0f", field->valuedouble);
    return number;
}

bool wire_copy_field(char *dst, size_t size, const cJSON *object, const char *name, const char *secret)
{
    char number[WIRE_NUMBER_MAX];
    const char *text = wire_field_text(object, name, number);
    if (text)
        wire_clean(dst, size, text, secret);
    return text != NULL;
}

void wire_copy_url(char *dst, size_t size, const cJSON *object, const char *name, const char *secret)
{
    char masked[URL_MAX];
    const cJSON *field = cJSON_GetObjectItemCaseSensitive(object, name);
    if (!cJSON_IsString(field))
        return;
    text_mask_url(masked, sizeof masked, field->valuestring);
    wire_clean(dst, size, masked, secret);
}

void wire_phone_from(char *dst, size_t size, const char *text)
{
    size_t n = 0;
    text += text[0] == '+';
    while (text[n] && isdigit((unsigned char)text[n]) && n + 1 < size)
        dst[n] = text[n], n++;
    dst[n] = '\0';
}
