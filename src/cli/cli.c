/* SPDX-License-Identifier: MIT
 * argv, turned into a request, or into one sentence about what is wrong with it.
 */
#include "cli/cli.h"

#include <getopt.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "cli/help.h"
#include "cli/option.h"
#include "config.h"
#include "core/redact.h"
#include "core/suggest.h"
#include "core/text.h"
#include "qr/mode.h"

#define OPTION_NAME_MAX 32
#define SHOWN_MAX 80
#define COMPLAINT_MAX 1024
#define LONG_OPTION_BASE 256 /* getopt_long returns this plus an enum option_id */
#define DEMO_MOST 1000
#define DEMO_INSTANCES 12
#define QUIET_ZONE_MOST 40

struct parse {
    struct cli_request *out;
    unsigned given; /* options, a bit for each */
};

__attribute__((format(printf, 1, 2))) static bool complain(const char *format, ...)
{
    char text[COMPLAINT_MAX];
    va_list arguments;
    va_start(arguments, format);
    text_vformat(text, sizeof text, format, arguments);
    va_end(arguments);
    redact(text, NULL);
    fprintf(stderr, "scandeck: %s; try scandeck --help\n", text);
    return false;
}

static bool refuse_token(void)
{
    fputs("scandeck: a token never goes on the command line, where every user of this machine can read it: "
          "name its source in the configuration (token_command, token_file, token_env; man scandeck.conf)\n",
          stderr);
    return false;
}

static bool speaks_of_secret(const char *name, size_t len)
{
    static const char *const words[] = {"token", "secret", "password"};
    char copy[SHOWN_MAX];
    text_copy_part(copy, sizeof copy, name, len);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcasestr(copy, words[i]))
            return true;
    return false;
}

/* Comes first: what is in argv is no secret any more, and whoever wrote it there must hear of that. */
static bool holds_token(int argc, char *const argv[])
{
    for (int i = 1; i < argc; i++) {
        size_t name = strcspn(argv[i], "=");
        if (redact_is_secret(argv[i]) || (strncmp(argv[i], "--", 2) == 0 && speaks_of_secret(argv[i], name)))
            return true;
    }
    return false;
}

static bool take_number(const char *name, const char *text, unsigned least, unsigned most, unsigned *out)
{
    char shown[SHOWN_MAX];
    size_t digits = strspn(text, "0123456789");
    bool is_number = digits > 0 && digits <= 9 && !text[digits];
    unsigned long number = is_number ? strtoul(text, NULL, 10) : 0;
    if (!is_number || number < least || number > most) {
        text_clean(shown, sizeof shown, text, strlen(text), NULL);
        return complain("--%s must be a number from %u to %u, not '%s'", name, least, most, shown);
    }
    *out = (unsigned)number;
    return true;
}

static bool take_override(struct cli_request *out, const char *text)
{
    if (speaks_of_secret(text, strcspn(text, "=")))
        return refuse_token();
    if (!strchr(text, '='))
        return complain("-o needs KEY=VALUE, for example -o renewals=3");
    if (out->override_count == CLI_OVERRIDES_MAX)
        return complain("-o can be given %d times at most", CLI_OVERRIDES_MAX);
    out->overrides[out->override_count++] = text;
    return true;
}

static bool take_mode(struct cli_request *out, const char *text)
{
    static const char *const names[] = {
#define MODE_NAME(id, name, words, across, down, cells, ability, use) name,
        QR_MODE_TABLE(MODE_NAME)
#undef MODE_NAME
    };
    size_t count = sizeof names / sizeof *names;
    char shown[SHOWN_MAX], modes[128], hint[SHOWN_MAX];
    for (size_t i = 0; i < count; i++)
        if (strcmp(names[i], text) == 0)
            return out->mode = text, true;
    text_clean(shown, sizeof shown, text, strlen(text), NULL);
    option_modes(modes, sizeof modes);
    suggest_words(hint, sizeof hint, text, names, count);
    return complain("unknown mode '%s'%s: there are %s", shown, hint, modes);
}

static bool take_option(struct parse *parse, enum option_id option, const char *value)
{
    struct cli_request *out = parse->out;
    const char *name = option_info(option)->name;
    unsigned number = 0;
    bool ok = true;
    parse->given |= 1u << option;
    if (value && !*value)
        return complain("--%s needs a value, and it is empty: --%s %s", name, name, option_info(option)->argument);
    switch (option) {
    case OPTION_CONFIG:
        out->config_file = value;
        break;
    case OPTION_OPTION:
        return take_override(out, value);
    case OPTION_LOG:
        out->log_file = value;
        break;
    case OPTION_NO_COLOR:
        out->no_color = true;
        break;
    case OPTION_READONLY:
        out->readonly = true;
        break;
    case OPTION_DEMO:
        out->demo = true;
        break;
    case OPTION_DEMO_SPEED:
        ok = take_number(name, value, 1, DEMO_MOST, &number);
        out->demo_speed = number;
        break;
    case OPTION_DEMO_INSTANCES:
        ok = take_number(name, value, 1, DEMO_MOST, &number);
        out->demo_instances = number;
        break;
    case OPTION_RECORD:
        out->record_file = value;
        break;
    case OPTION_REPLAY:
        out->replay_file = value;
        break;
    case OPTION_JSON:
        out->json = true;
        break;
    case OPTION_YES:
        out->yes = true;
        break;
    case OPTION_WITH_PAYLOAD:
        out->with_payload = true;
        break;
    case OPTION_PAYLOAD:
        out->payload = true;
        break;
    case OPTION_ASCII:
        out->ascii = true;
        break;
    case OPTION_MODE:
        return take_mode(out, value);
    case OPTION_QUIET_ZONE:
        ok = take_number(name, value, 0, QUIET_ZONE_MOST, &number);
        out->quiet_zone = (int)number;
        break;
    case OPTION_HELP:
    case OPTION_VERSION:
    case OPTION_COUNT:
        break;
    }
    return ok;
}

static void fill_getopt(struct option *longs, char *shorts)
{
    *shorts++ = ':';
    for (enum option_id i = 0; i < OPTION_COUNT; i++) {
        const struct option_info *it = option_info(i);
        longs[i] = (struct option){it->name, it->argument ? required_argument : no_argument, NULL,
                                   LONG_OPTION_BASE + (int)i};
        if (it->letter)
            *shorts++ = it->letter;
        if (it->letter && it->argument)
            *shorts++ = ':';
    }
    longs[OPTION_COUNT] = (struct option){0};
    *shorts = '\0';
}

static enum option_id find_letter(int letter)
{
    enum option_id i = 0;
    while (i < OPTION_COUNT && option_info(i)->letter != letter)
        i++;
    return i;
}

/* `code` is getopt's optopt: 0 for a long option it does not know. */
static bool refuse_option(const char *text, int code)
{
    const char *names[OPTION_COUNT];
    char shown[SHOWN_MAX], hint[SHOWN_MAX], dashed[OPTION_COUNT][OPTION_NAME_MAX];
    if (code >= LONG_OPTION_BASE)
        return complain("--%s takes no value", option_info((enum option_id)(code - LONG_OPTION_BASE))->name);
    if (code != 0) {
        char letter = (char)code;
        text_clean(shown, sizeof shown, &letter, 1, NULL);
        return complain("unknown option -%s", shown);
    }
    for (enum option_id i = 0; i < OPTION_COUNT; i++) {
        snprintf(dashed[i], sizeof dashed[i], "--%s", option_info(i)->name);
        names[i] = dashed[i];
    }
    text_clean(shown, sizeof shown, text, strcspn(text, "="), NULL);
    suggest_words(hint, sizeof hint, shown, names, OPTION_COUNT);
    return complain("unknown option %s%s", shown, hint);
}

static enum option_id find_code(int code)
{
    return code >= LONG_OPTION_BASE ? (enum option_id)(code - LONG_OPTION_BASE) : find_letter(code);
}

static bool refuse_lone(int code)
{
    enum option_id option = find_code(code);
    return complain("--%s needs a value: --%s %s", option_info(option)->name, option_info(option)->name,
                    option_info(option)->argument);
}

static bool read_options(struct parse *parse, int argc, char *const argv[])
{
    struct option longs[OPTION_COUNT + 1];
    char shorts[2 * OPTION_COUNT + 2];
    int code;
    fill_getopt(longs, shorts);
    opterr = 0;
    optind = 0; /* getopt keeps state; this resets it */
    while ((code = getopt_long(argc, argv, shorts, longs, NULL)) != -1) {
        if (code == '?')
            return refuse_option(argv[optind - 1], optopt);
        if (code == ':')
            return refuse_lone(optopt);
        if (!take_option(parse, find_code(code), optarg))
            return false;
    }
    return true;
}

/* What other programs call it: word, what it is here. */
static const char *const other_names[][2] = {
    {"list", "status"},     {"ls", "status"},         {"show", "status"},       {"instances", "status"}, {"state", "status"},
    {"info", "status"},     {"login", "link"},        {"signin", "link"},       {"qr", "link"},          {"scan", "link"},
    {"pair", "link"},       {"connect", "link"},      {"auth", "link"},         {"authorize", "link"},   {"unlink", "logout"},
    {"signout", "logout"},  {"disconnect", "logout"}, {"restart", "reboot"},    {"config", "check"},     {"validate", "check"},
    {"verify", "check"},    {"lint", "check"},        {"test", "check"},        {"draw", "render"},      {"print", "render"},
    {"decode", "render"},   {"show-qr", "render"},    {"bindings", "keys"},     {"shortcuts", "keys"},   {"keymap", "keys"},
    {"tty", "terminal"},    {"term", "terminal"},     {"help", "--help"},       {"version", "--version"}, {"demo", "--demo"},
    {"replay", "--replay"},
};

/* What other programs call the console, which has no command here. */
static bool is_console(const char *text)
{
    static const char *const names[] = {"start", "run", "console", "ui", "tui", "open", "scandeck"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcasecmp(text, names[i]) == 0)
            return true;
    return false;
}

static void suggest_command(char *dst, size_t size, const char *text)
{
    const char *names[COMMAND_COUNT];
    for (enum command i = 0; i < COMMAND_COUNT; i++)
        names[i] = command_info(i)->name;
    for (size_t i = 0; i < sizeof other_names / sizeof *other_names; i++)
        if (strcasecmp(text, other_names[i][0]) == 0) {
            snprintf(dst, size, " (did you mean '%s'?)", other_names[i][1]);
            return;
        }
    if (is_console(text))
        snprintf(dst, size, " (the console starts without a command: scandeck)");
    else
        suggest_words(dst, size, text, names, COMMAND_COUNT);
}

static bool find_command(struct cli_request *out, const char *text)
{
    char shown[SHOWN_MAX], hint[SHOWN_MAX];
    for (enum command i = 0; i < COMMAND_COUNT; i++) {
        const char *name = command_info(i)->name;
        if (name && strcmp(name, text) == 0)
            return out->command = i, true;
    }
    text_clean(shown, sizeof shown, text, strlen(text), NULL);
    suggest_command(hint, sizeof hint, shown);
    return complain("unknown command '%s'%s", shown, hint);
}

/* COMMAND_TABLE says it: "" takes none, "[NAME...]" any number, all else exactly one. */
static bool check_arguments(const struct cli_request *request)
{
    const struct command_info *it = command_info(request->command);
    if (!*it->arguments && request->argument_count > 0)
        return complain("%s takes no argument", it->name);
    if (*it->arguments && *it->arguments != '[' && request->argument_count != 1)
        return complain("%s needs exactly one argument: scandeck %s %s", it->name, it->name, it->arguments);
    return true;
}

static bool check_demo(const struct parse *parse)
{
    const struct cli_request *out = parse->out;
    if (out->replay_file && out->demo)
        return complain("--replay goes without --demo");
    if (out->replay_file && out->record_file)
        return complain("--replay and --record do not go together");
    if (!out->demo && (parse->given & 1u << OPTION_DEMO_INSTANCES))
        return complain("--demo-instances goes with --demo only");
    if (!out->demo && !out->replay_file && (parse->given & 1u << OPTION_DEMO_SPEED))
        return complain("--demo-speed goes with --demo or --replay only");
    return true;
}

static bool check_readonly(const struct cli_request *out, const char *name)
{
    if (out->readonly && (OPTION_CALLS & 1u << out->command))
        return complain("--readonly forbids %s", name);
    return true;
}

static bool check_options(const struct parse *parse)
{
    const struct cli_request *out = parse->out;
    const char *name = command_info(out->command)->name;
    for (enum option_id i = 0; i < OPTION_COUNT; i++)
        if ((parse->given & 1u << i) && !(option_info(i)->commands & 1u << out->command))
            return complain("--%s does not go with %s", option_info(i)->name, name ? name : "the console");
    return check_demo(parse) && check_readonly(out, name);
}

static bool check_request(const struct parse *parse)
{
    return check_options(parse) && check_arguments(parse->out);
}

static void print_version(void)
{
    printf("scandeck %s\nbuilt with %s\n", PACKAGE_VERSION, SCANDECK_LIBRARIES);
}

static void set_defaults(struct cli_request *out)
{
    const char *no_color = getenv("NO_COLOR");
    *out = (struct cli_request){.command = COMMAND_CONSOLE,
                                .no_color = no_color && *no_color,
                                .quiet_zone = -1,
                                .demo_speed = 1,
                                .demo_instances = DEMO_INSTANCES};
}

bool cli_parse(struct cli_request *out, int argc, char *const argv[], int *exit_code)
{
    struct parse parse = {.out = out};
    set_defaults(out);
    *exit_code = EXIT_USAGE;
    if (holds_token(argc, argv))
        return refuse_token();
    if (!read_options(&parse, argc, argv))
        return false;
    if (optind < argc && !find_command(out, argv[optind]))
        return false;
    out->arguments = argv + optind + (optind < argc);
    out->argument_count = (size_t)(argc - optind - (optind < argc));
    bool wants_help = parse.given & 1u << OPTION_HELP, wants_version = parse.given & 1u << OPTION_VERSION;
    if (wants_help)
        help_print(stdout, out->command);
    else if (wants_version)
        print_version();
    if (!wants_help && !wants_version)
        return check_request(&parse);
    *exit_code = fflush(stdout) == 0 ? EXIT_DONE : EXIT_INTERNAL;
    return false;
}
