/* SPDX-License-Identifier: MIT */
#include "core/json_add.h"

#include <stddef.h>

/* Printing fails on an item without a type, and with it all that holds it. */
static void spoil(cJSON *object)
{
    if (object)
        object->type = cJSON_Invalid;
}

void json_add_item(cJSON *object, const char *name, cJSON *item)
{
    if (item && object && cJSON_AddItemToObject(object, name, item))
        return;
    cJSON_Delete(item);
    spoil(object);
}

void json_append(cJSON *list, cJSON *item)
{
    if (item && list && cJSON_AddItemToArray(list, item))
        return;
    cJSON_Delete(item);
    spoil(list);
}

void json_add_text(cJSON *object, const char *name, const char *text)
{
    json_add_item(object, name, text ? cJSON_CreateString(text) : cJSON_CreateNull());
}

void json_add_number(cJSON *object, const char *name, double number)
{
    json_add_item(object, name, cJSON_CreateNumber(number));
}

void json_add_bool(cJSON *object, const char *name, cJSON_bool value)
{
    json_add_item(object, name, cJSON_CreateBool(value));
}

static cJSON *add_empty(cJSON *object, const char *name, cJSON *item)
{
    json_add_item(object, name, item);
    return object && object->type != cJSON_Invalid ? item : NULL;
}

cJSON *json_add_object(cJSON *object, const char *name)
{
    return add_empty(object, name, cJSON_CreateObject());
}

cJSON *json_add_list(cJSON *object, const char *name)
{
    return add_empty(object, name, cJSON_CreateArray());
}
