/* SPDX-License-Identifier: MIT
 * Fields of a JSON object. Where memory is out the object becomes one that cJSON does not print: nobody may read an object that
 * lacks fields.
 */
#ifndef SCANDECK_CORE_JSON_ADD_H
#define SCANDECK_CORE_JSON_ADD_H

#include <cjson/cJSON.h>

/* `object` may be NULL: for want of memory as well. A NULL text is null. */
void json_add_text(cJSON *object, const char *name, const char *text);
void json_add_number(cJSON *object, const char *name, double number);
void json_add_bool(cJSON *object, const char *name, cJSON_bool value);
/* An empty object or list inside, to be filled; NULL when there is none. */
cJSON *json_add_object(cJSON *object, const char *name);
cJSON *json_add_list(cJSON *object, const char *name);
/* Takes the item over, into a field or at the end of a list. */
void json_add_item(cJSON *object, const char *name, cJSON *item);
void json_append(cJSON *list, cJSON *item);

#endif
