/* SPDX-License-Identifier: MIT
 * The options: their table, their values read and written.
 */
#include "config/setting.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "config/file.h"
#include "config/suggest.h"
#include "config/token.h"
#include "core/text.h"
#include "qr/mode.h"

#define SHOWN_MAX 80 /* of a wrong value, in a complaint */

static const struct setting_info settings[SETTING_COUNT] = {
#define SETTING_ROW(id, name, scope, kind, fallback, least, most, words) \
    [id] = {name, SETTING_SCOPE_##scope, SETTING_KIND_##kind, fallback, least, most, words},
    SETTING_TABLE(SETTING_ROW)
#undef SETTING_ROW
};

static const char *const qr_modes[] = {
    "auto",
#define QR_MODE_NAME(id, name, words, across, down, cells, ability, use) name,
    QR_MODE_TABLE(QR_MODE_NAME)
#undef QR_MODE_NAME
};
#define QR_MODES (sizeof qr_modes / sizeof *qr_modes)

static const char *const sextants[] = {
    [CONFIG_SEXTANTS_AUTO] = "auto", [CONFIG_SEXTANTS_YES] = "yes", [CONFIG_SEXTANTS_NO] = "no"};
#define SEXTANTS (sizeof sextants / sizeof *sextants)

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
    if (endpoint_parse(out, value, reason, sizeof reason))
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

static bool is_readable_file(const char *path)
{
    struct stat status;
    if (stat(path, &status) != 0 || access(path, R_OK) != 0)
        return false;
    errno = EISDIR;
    return !S_ISDIR(status.st_mode);
}

static bool apply_readable(char **field, enum setting setting, const char *value, char *why, size_t why_size)
{
    char *path = file_expand_home(value), shown[SHOWN_MAX];
    if (!path) {
        snprintf(why, why_size, "memory is out");
        return false;
    }
    if (is_readable_file(path)) {
        free(*field);
        *field = path;
        return true;
    }
    text_clean(shown, sizeof shown, value, strlen(value), NULL);
    snprintf(why, why_size, "%s '%s' cannot be read: %s", settings[setting].name, shown, strerror(errno));
    free(path);
    return false;
}

static bool find_word(const char *const *words, size_t count, const char *value, size_t *at)
{
    for (*at = 0; *at < count; ++*at)
        if (strcmp(words[*at], value) == 0)
            return true;
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

static bool apply_kind(struct config *config, enum setting setting, const char *value, char *why, size_t why_size)
{
    size_t at;
    switch (settings[setting].kind) {
    case SETTING_KIND_URL:
        return apply_url(config, value, why, why_size);
    case SETTING_KIND_READABLE:
        return apply_readable(&config->ca_file, setting, value, why, why_size);
    case SETTING_KIND_QR_MODE:
        return find_word(qr_modes, QR_MODES, value, &at) ? keep(&config->qr_mode, value, why, why_size)
                                                         : refuse_choice(setting, value, why, why_size);
    case SETTING_KIND_SEXTANTS:
        if (!find_word(sextants, SEXTANTS, value, &at))
            return refuse_choice(setting, value, why, why_size);
        config->sextants = (enum config_sextants)at;
        return true;
    case SETTING_KIND_NUMBER:
        return apply_number(setting == SETTING_POLL ? &config->poll : &config->renewals, setting, value, why,
                            why_size);
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

bool setting_apply(struct config *config, enum setting setting, const char *value, char *why, size_t why_size)
{
    if (settings[setting].scope == SETTING_SCOPE_INSTANCE) {
        snprintf(why, why_size, "'%s' is an option of one instance: it belongs below a line [instance NAME]",
                 settings[setting].name);
        return false;
    }
    return *value ? apply_kind(config, setting, value, why, why_size) : refuse_empty(setting, why, why_size);
}

/* The value is not shown: it may be the token, put on the wrong line. */
static bool apply_id(struct config_instance *instance, const char *value, char *why, size_t why_size)
{
    size_t digits = strspn(value, "0123456789");
    if (digits < 1 || digits > ENDPOINT_ID_MAX || value[digits])
        return snprintf(why, why_size, "id must be 1 to %d digits (idInstance)", ENDPOINT_ID_MAX), false;
    return keep(&instance->id, value, why, why_size);
}

static bool is_variable_name(const char *text)
{
    size_t len = strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_0123456789");
    return len > 0 && text[len] == '\0' && !isdigit((unsigned char)text[0]);
}

/* Says nothing of the value: whoever mixes the options up may have written a token. */
static bool apply_secret(struct config_instance *instance, enum setting setting, const char *value, char *why,
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
    if (!keep(&instance->secret, value, why, why_size))
        return false;
    instance->secret_kind = secrets[i].kind;
    return true;
}

bool setting_apply_to(struct config_instance *instance, enum setting setting, const char *value, char *why,
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
    return apply_secret(instance, setting, value, why, why_size);
}

void setting_value(char *dst, size_t size, const struct config *config, enum setting setting)
{
    const char *text = "";
    char number[16];
    switch (settings[setting].kind) {
    case SETTING_KIND_URL:
        text = config->api_url;
        break;
    case SETTING_KIND_READABLE:
        text = config->ca_file ? config->ca_file : "";
        break;
    case SETTING_KIND_QR_MODE:
        text = config->qr_mode;
        break;
    case SETTING_KIND_SEXTANTS:
        text = sextants[config->sextants];
        break;
    case SETTING_KIND_NUMBER:
        snprintf(number, sizeof number, "%u", setting == SETTING_POLL ? config->poll : config->renewals);
        text = number;
        break;
    case SETTING_KIND_ID:
    case SETTING_KIND_SECRET:
        break;
    }
    text_clean(dst, size, text, strlen(text), NULL);
}

static void join(char *dst, size_t size, const char *const *words, size_t count)
{
    size_t used = 0;
    dst[0] = '\0';
    for (size_t i = 0; i < count && used < size; i++)
        used += (size_t)snprintf(dst + used, size - used, "%s%s",
                                 i == 0 ? "" : i + 1 == count ? " or " : ", ", words[i]);
}

void setting_choices(char *dst, size_t size, enum setting setting)
{
    const struct setting_info *it = &settings[setting];
    dst[0] = '\0';
    if (it->kind == SETTING_KIND_QR_MODE)
        join(dst, size, qr_modes, QR_MODES);
    else if (it->kind == SETTING_KIND_SEXTANTS)
        join(dst, size, sextants, SEXTANTS);
    else if (it->kind == SETTING_KIND_NUMBER)
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
