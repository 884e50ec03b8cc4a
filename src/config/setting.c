/* SPDX-License-Identifier: MIT
 * The options: their table, their values read and written.
 */
#include "config/setting.h"

#include <ctype.h>
#include <errno.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "config/file.h"
#include "config/setting_words.h"
#include "config/token.h"
#include "core/suggest.h"
#include "core/redact.h"
#include "core/text.h"

#define SHOWN_MAX 80 /* of a wrong value, in a complaint */
#define BLANKS " \t"

static const struct setting_info settings[SETTING_COUNT] = {
#define SETTING_ROW(id, name, scope, when, kind, fallback, least, most, words) \
    [id] = {name, SETTING_SCOPE_##scope, SETTING_##when, SETTING_KIND_##kind, fallback, least, most, words},
    SETTING_TABLE(SETTING_ROW)
#undef SETTING_ROW
};

/* Where the value of a number, choice, set of words, or path is kept. */
static const size_t places[SETTING_COUNT] = {
    [SETTING_CA_FILE] = offsetof(struct config, ca_file),       [SETTING_SEXTANTS] = offsetof(struct config, sextants),
    [SETTING_RENEWALS] = offsetof(struct config, renewals),     [SETTING_POLL] = offsetof(struct config, poll),
    [SETTING_SORT] = offsetof(struct config, sort),             [SETTING_THEME] = offsetof(struct config, theme),
    [SETTING_MOUSE] = offsetof(struct config, mouse),           [SETTING_BELL] = offsetof(struct config, bell),
    [SETTING_NOTIFY] = offsetof(struct config, notify),         [SETTING_NOTIFY_HOW] = offsetof(struct config, notify_how),
    [SETTING_HOOK] = offsetof(struct config, hook),             [SETTING_LOG_FILE] = offsetof(struct config, log_file),
    [SETTING_LOG_FORMAT] = offsetof(struct config, log_format), [SETTING_LOG_SIZE] = offsetof(struct config, log_size),
};

static unsigned *number_at(struct config *config, enum setting setting)
{
    return (unsigned *)(void *)((char *)config + places[setting]);
}

static char **text_at(struct config *config, enum setting setting)
{
    return (char **)(void *)((char *)config + places[setting]);
}

static const struct {
    enum setting setting;
    enum secret_kind kind;
} secrets[] = {{SETTING_TOKEN, SECRET_VALUE},
               {SETTING_TOKEN_COMMAND, SECRET_COMMAND},
               {SETTING_TOKEN_FILE, SECRET_FILE},
               {SETTING_TOKEN_ENV, SECRET_ENV}};
#define SECRETS (sizeof secrets / sizeof *secrets)

const struct setting_info *setting_info(enum setting setting)
{
    return &settings[setting];
}

enum setting setting_find(const char *name)
{
    for (size_t i = 0; i < SETTING_COUNT; i++)
        if (strcmp(settings[i].name, name) == 0)
            return (enum setting)i;
    return SETTING_NONE;
}

void setting_suggest(char *dst, size_t size, const char *name)
{
    const char *names[SETTING_COUNT];
    for (size_t i = 0; i < SETTING_COUNT; i++)
        names[i] = settings[i].name;
    suggest_words(dst, size, name, names, SETTING_COUNT);
}

static bool refuse_value(enum setting setting, const char *value, const char *wanted, char *why, size_t why_size)
{
    char shown[SHOWN_MAX];
    text_clean(shown, sizeof shown, value, strlen(value), NULL);
    snprintf(why, why_size, "%s must be %s, not '%s'", settings[setting].name, wanted, shown);
    return false;
}

static bool refuse_choice(enum setting setting, const char *value, char *why, size_t why_size)
{
    char choices[SETTING_VALUE_MAX];
    setting_choices(choices, sizeof choices, setting);
    return refuse_value(setting, value, choices, why, why_size);
}

static bool keep(char **field, const char *value, char *why, size_t why_size)
{
    char *copy = strdup(value);
    if (!copy) {
        snprintf(why, why_size, "memory is out");
        return false;
    }
    free(*field);
    *field = copy;
    return true;
}

/* A URL copied with the instance and the token behind the host would put a token on screen. */
static bool read_url(struct endpoint *out, const char *value, char *why, size_t why_size)
{
    char reason[SETTING_WHY_MAX], shown[SHOWN_MAX];
    if (strcasestr(value, "/waInstance")) {
        snprintf(why, why_size, "api_url ends before /waInstance: give only what stands in front of it");
        return false;
    }
    if (redact_is_likely(value, strlen(value)))
        snprintf(reason, sizeof reason, "it holds what looks like a token: give the address alone");
    else if (endpoint_parse(out, value, reason, sizeof reason))
        return true;
    char clean[SHOWN_MAX];
    text_clean(clean, sizeof clean, value, strlen(value), NULL);
    text_mask_url(shown, sizeof shown, clean);
    snprintf(why, why_size, "api_url '%s': %s", shown, reason);
    return false;
}

static bool apply_url(struct config *config, const char *value, char *why, size_t why_size)
{
    struct endpoint endpoint;
    if (!read_url(&endpoint, value, why, why_size) || !keep(&config->api_url, value, why, why_size))
        return false;
    setting_spread_api_url(config);
    return true;
}

void setting_spread_api_url(struct config *config)
{
    char why[SETTING_WHY_MAX];
    struct endpoint endpoint;
    if (!config->api_url || !endpoint_parse(&endpoint, config->api_url, why, sizeof why))
        return;
    for (size_t i = 0; i < config->instance_count; i++)
        if (!config->instances[i].has_api_url)
            config->instances[i].endpoint = endpoint;
}

static bool is_usable_file(const char *path, int mode)
{
    struct stat status;
    if (stat(path, &status) != 0 || access(path, mode) != 0)
        return false;
    errno = EISDIR;
    return !S_ISDIR(status.st_mode);
}

static bool apply_readable(char **field, enum setting setting, const char *value, const char *folder, char *why, size_t why_size)
{
    char *path = file_resolve(value, folder), shown[SHOWN_MAX];
    if (!path) {
        snprintf(why, why_size, "memory is out");
        return false;
    }
    if (is_usable_file(path, R_OK)) {
        free(*field);
        *field = path;
        return true;
    }
    int error = errno;
    text_clean(shown, sizeof shown, path, strlen(path), NULL);
    snprintf(why, why_size, "%s '%s' cannot be read: %s", settings[setting].name, shown, strerror(error));
    free(path);
    return false;
}

static bool apply_choice(unsigned *field, enum setting setting, const char *value, char *why, size_t why_size)
{
    size_t at;
    if (!words_find(setting_words(setting), value, strlen(value), &at))
        return refuse_choice(setting, value, why, why_size);
    *field = (unsigned)at;
    return true;
}

static bool apply_words(unsigned *field, enum setting setting, const char *value, char *why, size_t why_size)
{
    unsigned set = 0;
    if (strcmp(value, NO_WORDS) == 0)
        return *field = 0, true;
    for (const char *at = value + strspn(value, BLANKS); *at; at += strspn(at, BLANKS)) {
        size_t len = strcspn(at, BLANKS), word;
        if (!words_find(setting_words(setting), at, len, &word))
            return refuse_choice(setting, value, why, why_size);
        set |= 1u << word;
        at += len;
    }
    *field = set;
    return true;
}

/* A program without a slash in its name would be looked for in $PATH. */
static char *resolve_program(const char *value, const char *folder)
{
    return file_resolve(value, folder && *folder ? folder : ".");
}

static bool apply_path(char **field, enum setting setting, const char *value, const char *folder, char *why, size_t why_size)
{
    bool program = settings[setting].kind == SETTING_KIND_PROGRAM;
    char *path = program ? resolve_program(value, folder) : file_resolve(value, folder), shown[SHOWN_MAX];
    if (path && (!program || is_usable_file(path, X_OK))) {
        free(*field);
        *field = path;
        return true;
    }
    int error = errno;
    text_clean(shown, sizeof shown, path ? path : "", path ? strlen(path) : 0, NULL);
    if (!path)
        snprintf(why, why_size, "memory is out");
    else
        snprintf(why, why_size, "%s '%s' cannot be run: %s", settings[setting].name, shown, strerror(error));
    free(path);
    return false;
}

static bool apply_number(unsigned *field, enum setting setting, const char *value, char *why, size_t why_size)
{
    size_t digits = strspn(value, "0123456789");
    unsigned long number = digits > 0 && digits <= 9 ? strtoul(value, NULL, 10) : 0;
    if (digits == 0 || digits > 9 || value[digits] || number < settings[setting].least ||
        number > settings[setting].most)
        return refuse_choice(setting, value, why, why_size);
    *field = (unsigned)number;
    return true;
}

static bool apply_kind(struct config *config, enum setting setting, const char *value, const char *folder, char *why, size_t why_size)
{
    size_t at;
    switch (settings[setting].kind) {
    case SETTING_KIND_URL:
        return apply_url(config, value, why, why_size);
    case SETTING_KIND_READABLE:
        return apply_readable(text_at(config, setting), setting, value, folder, why, why_size);
    case SETTING_KIND_QR_MODE:
        return words_find(setting_words(setting), value, strlen(value), &at) ? keep(&config->qr_mode, value, why, why_size)
                                                                       : refuse_choice(setting, value, why, why_size);
    case SETTING_KIND_CHOICE:
        return apply_choice(number_at(config, setting), setting, value, why, why_size);
    case SETTING_KIND_WORDS:
        return apply_words(number_at(config, setting), setting, value, why, why_size);
    case SETTING_KIND_PATH:
    case SETTING_KIND_PROGRAM:
        return apply_path(text_at(config, setting), setting, value, folder, why, why_size);
    case SETTING_KIND_NUMBER:
        return apply_number(number_at(config, setting), setting, value, why, why_size);
    case SETTING_KIND_ID:
    case SETTING_KIND_SECRET:
        break;
    }
    return false;
}

static bool refuse_empty(enum setting setting, char *why, size_t why_size)
{
    snprintf(why, why_size, "%s has no value", settings[setting].name);
    return false;
}

bool setting_apply(struct config *config, enum setting setting, const char *value, const char *folder, char *why, size_t why_size)
{
    if (settings[setting].scope == SETTING_SCOPE_INSTANCE) {
        snprintf(why, why_size, "'%s' is an option of one instance: it belongs below a line [instance NAME]",
                 settings[setting].name);
        return false;
    }
    return *value ? apply_kind(config, setting, value, folder, why, why_size) : refuse_empty(setting, why, why_size);
}

static bool apply_id(struct config_instance *instance, const char *value, char *why, size_t why_size)
{
    char wanted[48];
    size_t digits = strspn(value, "0123456789");
    snprintf(wanted, sizeof wanted, "1 to %d digits (idInstance)", ENDPOINT_ID_MAX);
    if (digits < 1 || digits > ENDPOINT_ID_MAX || value[digits])
        return refuse_value(SETTING_ID, value, wanted, why, why_size);
    return keep(&instance->id, value, why, why_size);
}

static bool is_variable_name(const char *text)
{
    size_t len = strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_0123456789");
    return len > 0 && text[len] == '\0' && !isdigit((unsigned char)text[0]);
}

/* The shell would say that it did not find it, and ps would show it. */
static bool is_token_alone(const char *command)
{
    return !strpbrk(command, " \t") && redact_is_secret(command);
}

/* Says nothing of the value: whoever mixes the options up may have written a token. */
static bool apply_secret(struct config_instance *instance, enum setting setting, const char *value, const char *folder, char *why,
                         size_t why_size)
{
    size_t i = 0;
    while (secrets[i].setting != setting)
        i++;
    if (instance->secret_kind != SECRET_NONE)
        return snprintf(why, why_size, "%s besides %s: give exactly one of them", settings[setting].name,
                        setting_secret_name(instance->secret_kind)), false;
    if (secrets[i].kind == SECRET_VALUE && !token_is_sound(value))
        return snprintf(why, why_size, "the token is not " TOKEN_SHAPE), false;
    if (secrets[i].kind == SECRET_ENV && !is_variable_name(value))
        return snprintf(why, why_size, "token_env is not the name of an environment variable"), false;
    if (secrets[i].kind == SECRET_COMMAND && is_token_alone(value))
        return snprintf(why, why_size, "token_command '***' looks like a token: it takes the command that prints one"), false;
    char *text = secrets[i].kind == SECRET_FILE && *value != '~' ? file_resolve(value, folder) : strdup(value);
    if (!text)
        return snprintf(why, why_size, "memory is out"), false;
    instance->secret = text;
    instance->secret_kind = secrets[i].kind;
    return true;
}

bool setting_apply_to(struct config_instance *instance, enum setting setting, const char *value, const char *folder, char *why,
                      size_t why_size)
{
    if (settings[setting].scope == SETTING_SCOPE_GLOBAL) {
        snprintf(why, why_size, "'%s' is an option for all instances: it belongs above the first section",
                 settings[setting].name);
        return false;
    }
    if (!*value)
        return refuse_empty(setting, why, why_size);
    if (setting == SETTING_API_URL)
        return instance->has_api_url = read_url(&instance->endpoint, value, why, why_size);
    if (setting == SETTING_ID)
        return apply_id(instance, value, why, why_size);
    return apply_secret(instance, setting, value, folder, why, why_size);
}

void setting_value(char *dst, size_t size, const struct config *config, enum setting setting)
{
    const char *text = "";
    char spelled[SHOWN_MAX];
    const void *place = (const char *)config + places[setting];
    switch (settings[setting].kind) {
    case SETTING_KIND_URL:
        text = config->api_url;
        break;
    case SETTING_KIND_QR_MODE:
        text = config->qr_mode;
        break;
    case SETTING_KIND_READABLE:
    case SETTING_KIND_PATH:
    case SETTING_KIND_PROGRAM:
        text = *(char *const *)place ? *(char *const *)place : "";
        break;
    case SETTING_KIND_CHOICE:
        text = setting_words(setting)->words[*(const unsigned *)place];
        break;
    case SETTING_KIND_WORDS:
        words_spell(spelled, sizeof spelled, setting_words(setting), *(const unsigned *)place);
        text = spelled;
        break;
    case SETTING_KIND_NUMBER:
        snprintf(spelled, sizeof spelled, "%u", *(const unsigned *)place);
        text = spelled;
        break;
    case SETTING_KIND_ID:
    case SETTING_KIND_SECRET:
        break;
    }
    text_clean(dst, size, text, strlen(text), NULL);
}

void setting_choices(char *dst, size_t size, enum setting setting)
{
    const struct setting_info *it = &settings[setting];
    dst[0] = '\0';
    if (it->kind == SETTING_KIND_QR_MODE || it->kind == SETTING_KIND_CHOICE)
        words_join(dst, size, setting_words(setting), " or ");
    else if (it->kind == SETTING_KIND_WORDS) {
        size_t used = words_join(dst, size, setting_words(setting), ", ");
        snprintf(dst + used, size - used, ", several of these with blanks between, or " NO_WORDS);
    } else if (it->kind == SETTING_KIND_NUMBER)
        snprintf(dst, size, "%u to %u", it->least, it->most);
    else if (it->kind == SETTING_KIND_ID)
        snprintf(dst, size, "1 to %d digits", ENDPOINT_ID_MAX);
}

const char *setting_secret_name(enum secret_kind kind)
{
    for (size_t i = 0; i < SECRETS; i++)
        if (secrets[i].kind == kind)
            return settings[secrets[i].setting].name;
    return "none";
}
