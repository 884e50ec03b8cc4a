/* SPDX-License-Identifier: MIT
 * The options of the configuration file: the one table that the parser, `-o`, `scandeck check`, and the man page
 * are made from.
 */
#ifndef SCANDECK_CONFIG_SETTING_H
#define SCANDECK_CONFIG_SETTING_H

#include <stdbool.h>
#include <stddef.h>

#include "config/config.h"

/* id, name, where it may stand, from when on a changed value counts, kind of value, default, least, most, one sentence */
#define SETTING_TABLE(X)                                                                                              \
    X(SETTING_API_URL, "api_url", ANYWHERE, AT_ONCE, URL, "https://api.green-api.com", 0, 0,                          \
      "where the service is; an instance may have its own (apiUrl in your account)")                                  \
    X(SETTING_CA_FILE, "ca_file", GLOBAL, AT_START, READABLE, "", 0, 0,                                               \
      "a file of more certificate authorities (PEM) to trust; ~/ is your home")                                       \
    X(SETTING_QR_MODE, "qr_mode", GLOBAL, AT_START, QR_MODE, "auto", 0, 0,                                            \
      "how codes are drawn; auto takes the best that fits")                                                           \
    X(SETTING_SEXTANTS, "sextants", GLOBAL, AT_START, CHOICE, "auto", 0, 0,                                           \
      "whether the terminal draws sextants; yes helps where it hides its name (tmux)")                                \
    X(SETTING_RENEWALS, "renewals", GLOBAL, AT_ONCE, NUMBER, "2", 0, 20,                                              \
      "sessions opened again by itself when nobody scanned")                                                          \
    X(SETTING_POLL, "poll", GLOBAL, AT_ONCE, NUMBER, "60", 5, 3600,                                                   \
      "seconds between two questions for an idle instance's state")                                                   \
    X(SETTING_SORT, "sort", GLOBAL, AT_ONCE, CHOICE, "problems", 0, 0, "how the list is sorted at the start")         \
    X(SETTING_THEME, "theme", GLOBAL, AT_ONCE, CHOICE, "auto", 0, 0,                                                  \
      "the colours; auto takes the terminal's own; the section [theme] changes single ones")                          \
    X(SETTING_MOUSE, "mouse", GLOBAL, AT_ONCE, CHOICE, "no", 0, 0,                                                    \
      "whether the mouse acts at the start; while it does, the terminal's own selecting needs Shift")                 \
    X(SETTING_BELL, "bell", GLOBAL, AT_ONCE, WORDS, "linked", 0, 0, "what rings the terminal's bell")                 \
    X(SETTING_NOTIFY, "notify", GLOBAL, AT_ONCE, WORDS, "none", 0, 0,                                                 \
      "what makes a desktop notification through the terminal")                                                       \
    X(SETTING_NOTIFY_HOW, "notify_how", GLOBAL, AT_ONCE, CHOICE, "auto", 0, 0,                                        \
      "the sequence for it; auto goes by what is known of the terminal")                                              \
    X(SETTING_HOOK, "hook", GLOBAL, AT_ONCE, PROGRAM, "", 0, 0,                                                       \
      "a program that is run without a shell when something happens; ~/ is your home")                                \
    X(SETTING_LOG_FILE, "log_file", GLOBAL, AT_START, PATH, "", 0, 0,                                                 \
      "a file that the log is written to as well; ~/ is your home")                                                   \
    X(SETTING_LOG_FORMAT, "log_format", GLOBAL, AT_START, CHOICE, "lines", 0, 0, "how it is written there")           \
    X(SETTING_LOG_SIZE, "log_size", GLOBAL, AT_START, NUMBER, "10", 0, 1000,                                          \
      "megabytes at which that file is put aside, three old ones are kept; 0 = never")                                \
    X(SETTING_ID, "id", INSTANCE, AT_ONCE, ID, "", 0, 0, "the number of the instance (idInstance)")                   \
    X(SETTING_TOKEN, "token", INSTANCE, AT_ONCE, SECRET, "", 0, 0,                                                    \
      "the token itself (apiTokenInstance); the file must then be yours alone: chmod 600")                            \
    X(SETTING_TOKEN_COMMAND, "token_command", INSTANCE, AT_ONCE, SECRET, "", 0, 0,                                    \
      "a shell command; the first line it prints is the token")                                                       \
    X(SETTING_TOKEN_FILE, "token_file", INSTANCE, AT_ONCE, SECRET, "", 0, 0,                                          \
      "a file that nobody else can read; its first line is the token; ~/ is your home")                               \
    X(SETTING_TOKEN_ENV, "token_env", INSTANCE, AT_ONCE, SECRET, "", 0, 0,                                            \
      "the environment variable that holds the token")

enum setting {
#define SETTING_ENUM(id, name, scope, when, kind, fallback, least, most, words) id,
    SETTING_TABLE(SETTING_ENUM)
#undef SETTING_ENUM
        SETTING_COUNT,
    SETTING_NONE = SETTING_COUNT
};

enum setting_scope { SETTING_SCOPE_GLOBAL, SETTING_SCOPE_INSTANCE, SETTING_SCOPE_ANYWHERE };

enum setting_when { SETTING_AT_ONCE, SETTING_AT_START };

enum setting_kind {
    SETTING_KIND_URL,
    SETTING_KIND_READABLE, /* a file that can be read now */
    SETTING_KIND_QR_MODE,
    SETTING_KIND_CHOICE, /* one of some words */
    SETTING_KIND_WORDS,  /* any of some words, or none */
    SETTING_KIND_PATH,   /* of a file that need not be there yet */
    SETTING_KIND_PROGRAM,
    SETTING_KIND_NUMBER,
    SETTING_KIND_ID,
    SETTING_KIND_SECRET
};

struct setting_info {
    const char *name;
    enum setting_scope scope;
    enum setting_when when;
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

/* Gives the global option the value; a relative file name counts from `folder` (NULL = from the working directory). False, with a
 * sentence in `why` that names the option and holds no secret. */
bool setting_apply(struct config *config, enum setting setting, const char *value, const char *folder, char *why, size_t why_size);
/* The same for an option of one instance. */
bool setting_apply_to(struct config_instance *instance, enum setting setting, const char *value, const char *folder, char *why,
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
