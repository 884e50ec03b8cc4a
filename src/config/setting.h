/* SPDX-License-Identifier: MIT
 * The options of the configuration file: the one table that the parser, `-o`, `scandeck check`, and the man page
 * are made from.
 */
#ifndef SCANDECK_CONFIG_SETTING_H
#define SCANDECK_CONFIG_SETTING_H

#include <stdbool.h>
#include <stddef.h>

#include "config/config.h"

/* id, name, where it may stand, kind of value, default, least, most, one sentence */
#define SETTING_TABLE(X)                                                                                              \
    X(SETTING_API_URL, "api_url", ANYWHERE, URL, "https://api.green-api.com", 0, 0,                                   \
      "where the service is; an instance may have its own (apiUrl in your account)")                                  \
    X(SETTING_CA_FILE, "ca_file", GLOBAL, READABLE, "", 0, 0,                                                         \
      "a file of more certificate authorities (PEM) to trust; ~/ is your home")                                       \
    X(SETTING_QR_MODE, "qr_mode", GLOBAL, QR_MODE, "auto", 0, 0, "how codes are drawn; auto takes the best that fits") \
    X(SETTING_SEXTANTS, "sextants", GLOBAL, SEXTANTS, "auto", 0, 0,                                                   \
      "whether the terminal draws sextants; yes helps where it hides its name (tmux)")                                \
    X(SETTING_RENEWALS, "renewals", GLOBAL, NUMBER, "2", 0, 20,                                                       \
      "sessions opened again by itself when nobody scanned")                                                          \
    X(SETTING_POLL, "poll", GLOBAL, NUMBER, "60", 5, 3600,                                                       \
      "seconds between two questions for an idle instance's state")                                                   \
    X(SETTING_ID, "id", INSTANCE, ID, "", 0, 0, "the number of the instance (idInstance)")                            \
    X(SETTING_TOKEN, "token", INSTANCE, SECRET, "", 0, 0,                                                             \
      "the token itself (apiTokenInstance); the file must then be yours alone: chmod 600")                            \
    X(SETTING_TOKEN_COMMAND, "token_command", INSTANCE, SECRET, "", 0, 0,                                             \
      "a shell command; the first line it prints is the token")                                                       \
    X(SETTING_TOKEN_FILE, "token_file", INSTANCE, SECRET, "", 0, 0,                                                   \
      "a file that nobody else can read; its first line is the token; ~/ is your home")                               \
    X(SETTING_TOKEN_ENV, "token_env", INSTANCE, SECRET, "", 0, 0, "the environment variable that holds the token")

enum setting {
#define SETTING_ENUM(id, name, scope, kind, fallback, least, most, words) id,
    SETTING_TABLE(SETTING_ENUM)
#undef SETTING_ENUM
        SETTING_COUNT,
    SETTING_NONE = SETTING_COUNT
};

enum setting_scope { SETTING_SCOPE_GLOBAL, SETTING_SCOPE_INSTANCE, SETTING_SCOPE_ANYWHERE };

enum setting_kind {
    SETTING_KIND_URL,
    SETTING_KIND_READABLE, /* a file that can be read now */
    SETTING_KIND_QR_MODE,
    SETTING_KIND_SEXTANTS,
    SETTING_KIND_NUMBER,
    SETTING_KIND_ID,
    SETTING_KIND_SECRET
};

struct setting_info {
    const char *name;
    enum setting_scope scope;
    enum setting_kind kind;
    const char *fallback; /* "" = none */
    unsigned least, most;
    const char *words;
};

#define SETTING_WHY_MAX 256
#define SETTING_VALUE_MAX 512

const struct setting_info *setting_info(enum setting setting);
enum setting setting_find(const char *name);
/* Writes " (did you mean 'NAME'?)" or "". */
void setting_suggest(char *dst, size_t size, const char *name);

/* Gives the global option the value. False, with a sentence in `why` that names the option and holds no secret. */
bool setting_apply(struct config *config, enum setting setting, const char *value, char *why, size_t why_size);
/* The same for an option of one instance. */
bool setting_apply_to(struct config_instance *instance, enum setting setting, const char *value, char *why,
                      size_t why_size);
/* Gives every instance without an api_url of its own the global one, which is known to be good. */
void setting_spread_api_url(struct config *config);

/* The value a global option has, cleaned; "" = none. */
void setting_value(char *dst, size_t size, const struct config *config, enum setting setting);
/* What may stand as value: "0 to 20", "auto, half, …"; for the man page. */
void setting_choices(char *dst, size_t size, enum setting setting);

/* "token", "token_command", …: the option a secret came by; "none". */
const char *setting_secret_name(enum secret_kind kind);

#endif
