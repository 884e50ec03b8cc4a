/* SPDX-License-Identifier: MIT
 * The command line: the tables of commands, options, and exit codes, and what was asked for.
 */
#ifndef SCANDECK_CLI_CLI_H
#define SCANDECK_CLI_CLI_H

#include <stdbool.h>
#include <stddef.h>

/* design, section 5: scripts rely on these. */
#define EXIT_TABLE(X)                                                     \
    X(EXIT_DONE, 0, "linked, or done")                                    \
    X(EXIT_INTERNAL, 1, "internal error")                                 \
    X(EXIT_USAGE, 2, "wrong usage or configuration")                      \
    X(EXIT_UNSCANNED, 3, "the codes ran out and nobody scanned one")      \
    X(EXIT_WAS_LINKED, 4, "the instance was linked already")              \
    X(EXIT_SERVICE_ERROR, 5, "the service sent an error")                 \
    X(EXIT_REFUSED, 6, "the service refused: 401, 403, 404, or a redirect")           \
    X(EXIT_NETWORK, 7, "the service could not be reached, or sent no code")         \
    X(EXIT_PASSKEY, 8, "WhatsApp wants a passkey")                        \
    X(EXIT_INTERRUPTED, 130, "interrupted, or a question answered with no")

enum exit_code {
#define EXIT_ENUM(id, code, words) id = code,
    EXIT_TABLE(EXIT_ENUM)
#undef EXIT_ENUM
};

/* id, name (NULL = the console), its arguments, one sentence */
#define COMMAND_TABLE(X)                                                                                     \
    X(COMMAND_CONSOLE, NULL, "", "the console")                                                              \
    X(COMMAND_LINK, "link", "NAME", "link one instance without the console; ends when it is linked")         \
    X(COMMAND_STATUS, "status", "[NAME...]", "print the state of each instance")                             \
    X(COMMAND_LOGOUT, "logout", "NAME", "log the phone out of an instance")                                  \
    X(COMMAND_REBOOT, "reboot", "NAME", "restart an instance")                                               \
    X(COMMAND_RENDER, "render", "FILE|-", "print a QR picture as terminal text")                             \
    X(COMMAND_CHECK, "check", "", "read the configuration and print what it says, without secrets")   \
    X(COMMAND_KEYS, "keys", "", "print the keys in force and what they do")                                  \
    X(COMMAND_TERMINAL, "terminal", "", "print what is known of this terminal and how codes will be drawn on it")

enum command {
#define COMMAND_ENUM(id, name, arguments, sentence) id,
    COMMAND_TABLE(COMMAND_ENUM)
#undef COMMAND_ENUM
        COMMAND_COUNT
};

#define CLI_OVERRIDES_MAX 64

/* What argv asked for; strings point into argv. */
struct cli_request {
    enum command command;
    const char *config_file; /* -c; NULL = the default path */
    const char *overrides[CLI_OVERRIDES_MAX];
    size_t override_count;
    const char *log_file; /* --log */
    const char *record_file; /* --record; NULL = none */
    const char *replay_file; /* --replay; NULL = none */
    bool no_color;        /* --no-color, or NO_COLOR set and not empty */
    bool readonly;
    bool json;
    bool yes;
    bool with_payload; /* link: the payload goes into code events */
    bool payload;      /* render: only the payload bytes */
    bool ascii;        /* render: characters '#' and ' ', no escapes */
    const char *mode;  /* render: name of a QR mode, checked; NULL = half */
    int quiet_zone;    /* render: modules, -1 = standard */
    bool demo;
    double demo_speed;    /* 1 or more */
    size_t demo_instances; /* 12 unless told */
    char *const *arguments; /* NAME… or FILE */
    size_t argument_count;
};

/* Reads argv. False when the program is to end now with *exit_code: -h and -V have printed (EXIT_DONE), or a mistake
 * was named on stderr (EXIT_USAGE). */
bool cli_parse(struct cli_request *out, int argc, char *const argv[], int *exit_code);

/* One function per command; each prints and returns an exit code. */
int cli_console(const struct cli_request *request);
int cli_link(const struct cli_request *request);
int cli_status(const struct cli_request *request);
int cli_logout(const struct cli_request *request);
int cli_reboot(const struct cli_request *request);
int cli_render(const struct cli_request *request);
int cli_check(const struct cli_request *request);
int cli_terminal(const struct cli_request *request);
int cli_keys(const struct cli_request *request);

#endif
