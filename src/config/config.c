/* SPDX-License-Identifier: MIT
 * The configuration as a whole: its file, its defaults, its end.
 */
#include "config/config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "config/complaints.h"
#include "config/file.h"
#include "config/misread.h"
#include "config/parse.h"
#include "config/setting.h"
#include "core/text.h"

#define CONFIG_BYTES_MAX ((size_t)1 << 20)
#define CONFIG_PATH_MAX 4096

#define CONFIG_EXAMPLE                                  \
    "    renewals   = 2\n"                              \
    "    [instance sales-eu]\n"                         \
    "    id         = 7103000001\n"                     \
    "    api_url    = https://7103.api.greenapi.com\n"  \
    "    token_file = ~/.sales-eu.token\n"

bool config_init(struct config *config)
{
    char why[SETTING_WHY_MAX];
    *config = (struct config){.file = strdup("")};
    bool ok = config->file != NULL;
    for (size_t i = 0; i < SETTING_COUNT; i++) {
        const struct setting_info *info = setting_info((enum setting)i);
        if (*info->fallback)
            ok = setting_apply(config, (enum setting)i, info->fallback, NULL, why, sizeof why) && ok;
    }
    return ok;
}

void config_free(struct config *config)
{
    for (size_t i = 0; i < config->instance_count; i++) {
        free(config->instances[i].label);
        free(config->instances[i].id);
        text_wipe(config->instances[i].secret);
    }
    for (size_t i = 0; i < config->key_count; i++) {
        free(config->keys[i].action);
        free(config->keys[i].keys);
    }
    child_hidden_free(&config->hidden);
    free(config->instances);
    free(config->keys);
    free(config->file);
    free(config->api_url);
    free(config->ca_file);
    free(config->qr_mode);
    free(config->hook);
    free(config->log_file);
    *config = (struct config){0};
}

void config_keep_hidden(struct config *config, const struct config *before)
{
    for (size_t i = 0; i < before->hidden.count; i++)
        child_hide(&config->hidden, before->hidden.names[i]);
}

static void hide_tokens(struct config *config)
{
    for (size_t i = 0; i < config->instance_count; i++)
        if (config->instances[i].secret_kind == SECRET_ENV)
            child_hide(&config->hidden, config->instances[i].secret);
}

struct style config_style(const struct config *config, enum theme_role role)
{
    return config->styled[role] ? config->styles[role] : style_of_theme((enum style_theme)config->theme, role);
}

bool config_default_path(char *dst, size_t size)
{
    const char *base = getenv("XDG_CONFIG_HOME"), *home = getenv("HOME");
    int n;
    if (base && *base == '/') /* the XDG rules: a relative one is to be ignored */
        n = snprintf(dst, size, "%s/scandeck/scandeck.conf", base);
    else if (home && *home)
        n = snprintf(dst, size, "%s/.config/scandeck/scandeck.conf", home);
    else
        return false;
    return n > 0 && (size_t)n < size;
}

static bool is_default_path(const char *path)
{
    char usual[CONFIG_PATH_MAX];
    return config_default_path(usual, sizeof usual) && strcmp(path, usual) == 0;
}

static void say_how_to_begin(const char *place, struct config_errors *errors)
{
    config_errors_add(errors,
                      "%s: there is no configuration yet. Write one that looks like this:\n\n%s\n"
                      "or try it without an account: scandeck --demo (scandeck.conf(5) has all options)",
                      place, CONFIG_EXAMPLE);
}

static void check_secrecy(const struct config *config, const char *place, struct complaints *complaints)
{
    bool holds_token = false;
    for (size_t i = 0; i < config->instance_count; i++)
        holds_token = holds_token || config->instances[i].secret_kind == SECRET_VALUE;
    if (holds_token)
        complain(complaints, 0, "it holds a token and others can read it: chmod 600 '%s'", place);
}

/* A stream has no folder. */
static void parse_in_folder(struct config *config, const struct file_content *content, const char *path, struct complaints *complaints)
{
    const char *slash = file_is_stream(path) ? NULL : strrchr(path, '/');
    size_t len = slash == path ? 1 : slash ? (size_t)(slash - path) : 0;
    char *folder = strndup(path, len);
    if (folder)
        parse_text(config, content->text, content->len, folder, complaints);
    else
        complain(complaints, 0, "memory is out");
    free(folder);
}

bool config_read(struct config *config, const char *path, struct config_errors *errors)
{
    char place[2 * SETTING_VALUE_MAX], why[SETTING_WHY_MAX];
    struct file_content content;
    struct complaints complaints = {.count = 0};
    size_t before = errors->count;
    const char *name = file_is_standard_input(path) ? "standard input" : path;
    text_clean(place, sizeof place, name, strlen(name), NULL);
    if (!file_read(&content, path, FILE_OR_STREAM, CONFIG_BYTES_MAX, why, sizeof why)) {
        if (content.missing && is_default_path(path))
            say_how_to_begin(place, errors);
        else
            config_errors_add(errors, "%s: the configuration %s", place, why);
        return false;
    }
    free(config->file);
    config->file = strdup(place);
    if (!config->file)
        complain(&complaints, 0, "memory is out");
    else
        parse_in_folder(config, &content, path, &complaints);
    hide_tokens(config);
    if (content.others_may_read)
        check_secrecy(config, place, &complaints);
    file_content_free(&content);
    complaints_hand_over(&complaints, place, errors);
    return errors->count == before;
}

bool config_override(struct config *config, const char *assignment, struct config_errors *errors)
{
    char name[64], why[SETTING_WHY_MAX], shown[64];
    size_t len = strcspn(assignment, "=");
    text_clean(shown, sizeof shown, assignment, len, NULL);
    if (assignment[len] != '=' || len >= sizeof name)
        return config_errors_add(errors, "-o: write it as KEY=VALUE, for example -o renewals=3"), false;
    memcpy(name, assignment, len);
    name[len] = '\0';
    enum setting setting = setting_find(name);
    if (setting == SETTING_NONE) {
        misread_name(why, sizeof why, name);
        config_errors_add(errors, "-o: unknown option '%s'%s", shown, why);
        return false;
    }
    if (setting_info(setting)->kind == SETTING_KIND_SECRET)
        return config_errors_add(errors, "-o: %s never goes on the command line: it belongs into the file", name),
               false;
    if (setting_apply(config, setting, assignment + len + 1, NULL, why, sizeof why))
        return true;
    config_errors_add(errors, "-o: %s", why);
    return false;
}
