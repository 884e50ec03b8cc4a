/* SPDX-License-Identifier: MIT
 * The options of the command line: the one table that the parser, `--help`, and the man page are made from.
 */
#ifndef SCANDECK_CLI_OPTION_H
#define SCANDECK_CLI_OPTION_H

#include <stddef.h>

#include "cli/cli.h"

#define OPTION_ON(command) (1u << COMMAND_##command)
#define OPTION_EVERYWHERE ((1u << COMMAND_COUNT) - 1)
#define OPTION_CALLS (OPTION_ON(LOGOUT) | OPTION_ON(REBOOT))
#define OPTION_NETWORK (OPTION_ON(CONSOLE) | OPTION_ON(LINK) | OPTION_ON(STATUS) | OPTION_CALLS)

/* id, letter (0 = none), long name, argument (NULL = none), commands that take it, one sentence */
#define OPTION_TABLE(X)                                                                                             \
    X(OPTION_CONFIG, 'c', "config", "FILE", OPTION_EVERYWHERE, "read this configuration; - is standard input")          \
    X(OPTION_OPTION, 'o', "option", "KEY=VALUE", OPTION_EVERYWHERE, "set a global option; wins over the file")       \
    X(OPTION_LOG, 0, "log", "FILE", OPTION_NETWORK, "write the log to FILE as well")                                \
    X(OPTION_NO_COLOR, 0, "no-color", NULL, OPTION_EVERYWHERE, "no colours but the code's own black and white")     \
    X(OPTION_READONLY, 0, "readonly", NULL, OPTION_EVERYWHERE, "never log out or reboot an instance")               \
    X(OPTION_DEMO, 0, "demo", NULL, OPTION_EVERYWHERE, "use the simulator inside: no account, no network")          \
    X(OPTION_DEMO_SPEED, 0, "demo-speed", "N", OPTION_EVERYWHERE,                                               \
      "the time of the simulator or of a replay runs N times faster, 1 to 1000")                                    \
    X(OPTION_DEMO_INSTANCES, 0, "demo-instances", "N", OPTION_EVERYWHERE, "simulate N instances, 1 to 1000")        \
    X(OPTION_RECORD, 0, "record", "FILE", OPTION_ON(CONSOLE) | OPTION_ON(LINK),                                     \
      "write what happens to FILE, without secrets, for --replay")                                                  \
    X(OPTION_REPLAY, 0, "replay", "FILE", OPTION_ON(CONSOLE), "show what was recorded: no account, no network")     \
    X(OPTION_JSON, 0, "json", NULL, OPTION_EVERYWHERE & ~OPTION_ON(CONSOLE), "print JSON for scripts")              \
    X(OPTION_YES, 0, "yes", NULL, OPTION_CALLS, "do not ask first")                                                 \
    X(OPTION_WITH_PAYLOAD, 0, "with-payload", NULL, OPTION_ON(LINK) | OPTION_ON(RENDER),                            \
      "with --json: print what the code says, too")                                                                 \
    X(OPTION_PAYLOAD, 0, "payload", NULL, OPTION_ON(RENDER), "print only the bytes the code holds")                 \
    X(OPTION_ASCII, 0, "ascii", NULL, OPTION_ON(RENDER), "draw with '#' and blanks, no escape sequences")           \
    X(OPTION_MODE, 0, "mode", "MODE", OPTION_ON(RENDER), "draw in this mode instead of half")                       \
    X(OPTION_QUIET_ZONE, 0, "quiet-zone", "N", OPTION_ON(RENDER), "light modules around the code, 0 to 40")         \
    X(OPTION_HELP, 'h', "help", NULL, OPTION_EVERYWHERE, "print this help, or that of a command, and end")          \
    X(OPTION_VERSION, 'V', "version", NULL, OPTION_EVERYWHERE, "print the version, and end")

enum option_id {
#define OPTION_ENUM(id, letter, name, argument, commands, words) id,
    OPTION_TABLE(OPTION_ENUM)
#undef OPTION_ENUM
        OPTION_COUNT
};

struct option_info {
    char letter;
    const char *name;
    const char *argument;
    unsigned commands; /* a bit for each */
    const char *words;
};

struct command_info {
    const char *name; /* NULL = the console */
    const char *arguments;
    const char *words;
};

const struct option_info *option_info(enum option_id option);
const struct command_info *command_info(enum command command);

/* "-c, --config FILE"; 48 bytes are enough. */
void option_spell(char *dst, size_t size, enum option_id option);
/* The names of all modes that `--mode` draws: "half, wide-sextant, …". */
void option_modes(char *dst, size_t size);

#endif
