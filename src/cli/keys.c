/* SPDX-License-Identifier: MIT
 * `scandeck keys`: the keys in force, by context.
 */
#include <cjson/cJSON.h>
#include <stdio.h>

#include "cli/cli.h"
#include "cli/json.h"
#include "cli/settings.h"
#include "config/bindings.h"
#include "core/json_add.h"
#include "core/text.h"

#define KEYS_TEXT_MAX 128
#define KEYS_COLUMNS 12
#define NAME_COLUMNS 13

static void print_page(const struct keymap *map)
{
    char keys[KEYS_TEXT_MAX];
    for (enum context context = 0; context < CONTEXT_COUNT; context++) {
        printf("%s%s\n", context ? "\n" : "", context_words(context));
        for (enum action i = 0; i < ACTION_COUNT; i++) {
            const struct action_info *it = action_info(i);
            if (it->context != context)
                continue;
            keymap_names(map, i, keys, sizeof keys);
            int gap = KEYS_COLUMNS - text_columns(keys);
            printf("  %s%*s %-*s %s\n", keys, gap > 0 ? gap : 0, "", NAME_COLUMNS, it->name, it->help);
        }
    }
}

static cJSON *action_json(const struct keymap *map, enum action action)
{
    char name[KEYS_TEXT_MAX];
    const struct action_info *it = action_info(action);
    cJSON *object = cJSON_CreateObject();
    json_add_text(object, "action", it->name);
    json_add_text(object, "context", context_name(it->context));
    cJSON *keys = json_add_list(object, "keys");
    for (int i = 0; i < KEYMAP_KEYS_MAX && map->keys[action][i] != KEYNAME_NONE; i++) {
        keymap_key_name(name, sizeof name, map->keys[action][i]);
        json_append(keys, cJSON_CreateString(name));
    }
    json_add_text(object, "help", it->help);
    return object;
}

static bool print_json(const struct keymap *map)
{
    cJSON *root = cJSON_CreateObject();
    cJSON *actions = json_add_list(root, "actions");
    for (enum action i = 0; i < ACTION_COUNT; i++)
        json_append(actions, action_json(map, i));
    return json_print(root);
}

int cli_keys(const struct cli_request *request)
{
    struct config config;
    struct keymap map;
    bool read = settings_read_if_any(&config, request), printed = true;
    if (read) {
        bindings_make_keymap(&map, &config);
        if (request->json)
            printed = print_json(&map);
        else
            print_page(&map);
    }
    config_free(&config);
    if (read && (!printed || fflush(stdout) != 0))
        fputs("scandeck: the keys could not be written\n", stderr), printed = false;
    return !read ? EXIT_USAGE : printed ? EXIT_DONE : EXIT_INTERNAL;
}
