/* SPDX-License-Identifier: MIT
 * The configuration file and `-o KEY=VALUE`: one table of options, errors by file:line.
 */
#ifndef SCANDECK_CONFIG_CONFIG_H
#define SCANDECK_CONFIG_CONFIG_H

#include <stdbool.h>
#include <stddef.h>

#include "config/child_hidden.h"
#include "core/endpoint.h"
#include "core/order.h"
#include "core/style.h"

enum config_sextants { CONFIG_SEXTANTS_AUTO, CONFIG_SEXTANTS_YES, CONFIG_SEXTANTS_NO };

enum config_yes { CONFIG_NO, CONFIG_YES };
enum config_notify_how { CONFIG_NOTIFY_AUTO, CONFIG_NOTIFY_OSC9, CONFIG_NOTIFY_OSC777 };
enum config_log_format { CONFIG_LOG_LINES, CONFIG_LOG_JSON };

/* What is told by bell, notification and hook: id, word. */
#define OCCASION_TABLE(X)          \
    X(OCCASION_LINKED, "linked")   \
    X(OCCASION_DROPPED, "dropped") \
    X(OCCASION_CODE, "code")

enum occasion {
#define OCCASION_ENUM(id, word) id,
    OCCASION_TABLE(OCCASION_ENUM)
#undef OCCASION_ENUM
        OCCASION_COUNT
};

enum secret_kind { SECRET_NONE, SECRET_VALUE, SECRET_COMMAND, SECRET_FILE, SECRET_ENV };

struct config_instance {
    char *label; /* cleaned */
    char *id;
    enum secret_kind secret_kind;
    char *secret;  /* the token itself, the command, the file or the variable's name; wiped when freed */
    unsigned line; /* where the section begins */
    bool has_api_url;         /* its own */
    struct endpoint endpoint; /* of its own api_url or the global one */
};

struct config_key {
    char *action; /* name in the action table, checked */
    char *keys;   /* key names, separated by blanks, checked */
    unsigned line;
};

struct config {
    char *file; /* cleaned name, "" when none was read */
    char *api_url;
    char *ca_file;  /* or NULL */
    char *qr_mode;  /* "auto" or a name of the QR mode table, checked */
    unsigned sextants; /* enum config_sextants */
    unsigned renewals;
    unsigned poll; /* seconds */
    unsigned sort; /* enum order */
    unsigned theme; /* enum style_theme */
    unsigned mouse; /* enum config_yes */
    unsigned bell, notify; /* a bit for each enum occasion */
    unsigned notify_how; /* enum config_notify_how */
    char *hook;     /* or NULL; with a / in it */
    char *log_file; /* or NULL */
    unsigned log_format; /* enum config_log_format */
    unsigned log_size;   /* MB, 0 = no end */
    unsigned styled[THEME_ROLE_COUNT]; /* the line of [theme] that says how; 0 = none */
    struct style styles[THEME_ROLE_COUNT];
    struct config_instance *instances;
    size_t instance_count;
    struct config_key *keys; /* in an order in which keymap_bind takes each of them */
    size_t key_count;
    struct child_hidden hidden; /* every variable that a token_env names, now or before a change */
};

/* Collects complaints, one to a line, as "file:line: what is wrong (value): what helps". */
struct config_errors {
    char *text; /* all lines, each with its line break, or NULL when there is none; owned */
    size_t count;
};

/* Fills *config with the defaults, no instance. False when memory is out; *config is then for config_free alone. */
bool config_init(struct config *config);
void config_free(struct config *config);
/* What was to be hidden from children stays hidden. */
void config_keep_hidden(struct config *config, const struct config *before);

/* "$XDG_CONFIG_HOME/scandeck/scandeck.conf" or "$HOME/.config/…"; false when neither variable is set. */
bool config_default_path(char *dst, size_t size);

/* Reads `path`, a file or a stream ("-" is standard input), into *config. False when anything is wrong; every complaint is then in *errors. No secret is ever
 * part of a complaint. */
bool config_read(struct config *config, const char *path, struct config_errors *errors);

/* Applies one `-o KEY=VALUE`: any global option but a secret. */
bool config_override(struct config *config, const char *assignment, struct config_errors *errors);

/* How a meaning looks: what [theme] says, else the theme. */
struct style config_style(const struct config *config, enum theme_role role);

void config_errors_free(struct config_errors *errors);

#endif
