/* SPDX-License-Identifier: MIT
 * `scandeck check`: what the configuration says, as a page or as JSON. It asks for no token and prints none.
 */
#include <cjson/cJSON.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"
#include "cli/json.h"
#include "cli/settings.h"
#include "config/setting.h"
#include "core/json_add.h"
#include "core/text.h"

#define CELL_MAX (SETTING_VALUE_MAX + 64)

enum column { COLUMN_LABEL, COLUMN_ID, COLUMN_HOST, COLUMN_TOKEN, COLUMN_COUNT };

/* "7103.api.greenapi.com:8443/v3", the port only where it is not the usual one. */
static void spell_host(char *dst, size_t size, const struct endpoint *endpoint)
{
    char port[8] = "";
    bool is_v6 = strchr(endpoint->host, ':') != NULL;
    if (endpoint->port != (endpoint->tls ? 443u : 80u))
        snprintf(port, sizeof port, ":%u", endpoint->port);
    snprintf(dst, size, "%s%s%s%s%s%s", endpoint->tls ? "" : "http://", is_v6 ? "[" : "", endpoint->host,
             is_v6 ? "]" : "", port, endpoint->prefix);
}

/* The name of the file or variable, "" for a token or a command: those are not for the screen. */
static void spell_origin(char *dst, size_t size, const struct config_instance *instance)
{
    dst[0] = '\0';
    if (instance->secret_kind == SECRET_FILE || instance->secret_kind == SECRET_ENV)
        text_clean(dst, size, instance->secret, strlen(instance->secret), NULL);
}

static void spell_cell(char *dst, size_t size, const struct config_instance *instance, enum column column)
{
    char origin[SETTING_VALUE_MAX];
    switch (column) {
    case COLUMN_LABEL:
        text_copy(dst, size, instance->label);
        break;
    case COLUMN_ID:
        text_copy(dst, size, instance->id);
        break;
    case COLUMN_HOST:
        spell_host(dst, size, &instance->endpoint);
        break;
    case COLUMN_TOKEN:
    case COLUMN_COUNT:
        spell_origin(origin, sizeof origin, instance);
        snprintf(dst, size, "%s%s%s", setting_secret_name(instance->secret_kind), *origin ? " " : "", origin);
        break;
    }
}

static const char *const headings[COLUMN_COUNT] = {"LABEL", "ID", "HOST", "TOKEN FROM"};

static void print_cell(const char *text, int width, enum column column)
{
    bool is_last = column + 1 == COLUMN_COUNT;
    char shown[CELL_MAX];
    int columns = text_show(shown, sizeof shown, text);
    printf("%s%*s", shown, is_last ? 0 : width - columns + 2, "");
    if (is_last)
        putchar('\n');
}

static void print_instances(const struct config *config)
{
    char cell[CELL_MAX];
    int widths[COLUMN_COUNT];
    for (enum column c = 0; c < COLUMN_COUNT; c++) {
        widths[c] = text_columns(headings[c]);
        for (size_t i = 0; i < config->instance_count; i++) {
            spell_cell(cell, sizeof cell, &config->instances[i], c);
            widths[c] = text_columns(cell) > widths[c] ? text_columns(cell) : widths[c];
        }
    }
    putchar('\n');
    for (enum column c = 0; c < COLUMN_COUNT; c++)
        print_cell(headings[c], widths[c], c);
    for (size_t i = 0; i < config->instance_count; i++)
        for (enum column c = 0; c < COLUMN_COUNT; c++) {
            spell_cell(cell, sizeof cell, &config->instances[i], c);
            print_cell(cell, widths[c], c);
        }
}

static bool is_global(enum setting setting)
{
    return setting_info(setting)->scope != SETTING_SCOPE_INSTANCE;
}

static void print_page(const struct config *config)
{
    char value[SETTING_VALUE_MAX];
    printf("%-10s %s\n", "file", *config->file ? config->file : "-");
    for (enum setting i = 0; i < SETTING_COUNT; i++) {
        if (!is_global(i))
            continue;
        setting_value(value, sizeof value, config, i);
        printf("%-10s %s\n", setting_info(i)->name, *value ? value : "-");
    }
    for (size_t i = 0; i < config->key_count; i++) {
        char keys[CELL_MAX];
        text_clean(keys, sizeof keys, config->keys[i].keys, strlen(config->keys[i].keys), NULL);
        printf("%-10s %s = %s\n", "key", config->keys[i].action, keys);
    }
    printf("%-10s %zu\n", "instances", config->instance_count);
    if (config->instance_count > 0)
        print_instances(config);
}

static cJSON *options_json(const struct config *config)
{
    char value[SETTING_VALUE_MAX];
    cJSON *options = cJSON_CreateObject();
    for (enum setting i = 0; i < SETTING_COUNT; i++) {
        if (!is_global(i))
            continue;
        setting_value(value, sizeof value, config, i);
        if (setting_info(i)->kind == SETTING_KIND_NUMBER)
            json_add_number(options, setting_info(i)->name, (double)strtoul(value, NULL, 10));
        else if (*value)
            json_add_text(options, setting_info(i)->name, value);
        else
            json_add_text(options, setting_info(i)->name, NULL);
    }
    return options;
}

static cJSON *instance_json(const struct config_instance *instance)
{
    char text[CELL_MAX];
    cJSON *object = cJSON_CreateObject();
    json_add_text(object, "label", instance->label);
    json_add_text(object, "id", instance->id);
    spell_host(text, sizeof text, &instance->endpoint);
    json_add_text(object, "host", text);
    json_add_text(object, "token_from", setting_secret_name(instance->secret_kind));
    spell_origin(text, sizeof text, instance);
    if (*text)
        json_add_text(object, "token_name", text);
    json_add_number(object, "line", instance->line);
    return object;
}

static cJSON *keys_json(const struct config *config)
{
    cJSON *keys = cJSON_CreateObject();
    for (size_t i = 0; i < config->key_count; i++) {
        char text[CELL_MAX];
        text_clean(text, sizeof text, config->keys[i].keys, strlen(config->keys[i].keys), NULL);
        json_add_text(keys, config->keys[i].action, text);
    }
    return keys;
}

static bool print_json(const struct config *config)
{
    cJSON *root = cJSON_CreateObject();
    json_add_text(root, "file", config->file);
    json_add_item(root, "options", options_json(config));
    json_add_item(root, "keys", keys_json(config));
    cJSON *instances = json_add_list(root, "instances");
    for (size_t i = 0; i < config->instance_count; i++)
        json_append(instances, instance_json(&config->instances[i]));
    return json_print(root);
}

static int report(const struct config *config, bool json)
{
    if (json && !print_json(config))
        return EXIT_INTERNAL;
    if (!json)
        print_page(config);
    if (fflush(stdout) == 0)
        return EXIT_DONE;
    fputs("scandeck: what check has to say could not be written\n", stderr);
    return EXIT_INTERNAL;
}

int cli_check(const struct cli_request *request)
{
    struct config config;
    int code = settings_read(&config, request) ? report(&config, request->json) : EXIT_USAGE;
    config_free(&config);
    return code;
}
