/* SPDX-License-Identifier: MIT
 * Help texts.
 */
#include "cli/help.h"

#include "cli/option.h"

#define LEFT_COLUMNS 26
#define SPELLED_MAX 48

static void print_options(FILE *out, unsigned wanted)
{
    char spelled[SPELLED_MAX], modes[128];
    for (enum option_id i = 0; i < OPTION_COUNT; i++) {
        if (!(option_info(i)->commands & wanted))
            continue;
        option_spell(spelled, sizeof spelled, i);
        fprintf(out, "  %-*s %s\n", LEFT_COLUMNS, spelled, option_info(i)->words);
    }
    if (!(wanted & OPTION_ON(RENDER)))
        return;
    option_modes(modes, sizeof modes);
    fprintf(out, "\nModes: %s\n", modes);
}

static void print_commands(FILE *out)
{
    char left[SPELLED_MAX];
    for (enum command i = 0; i < COMMAND_COUNT; i++) {
        const struct command_info *it = command_info(i);
        snprintf(left, sizeof left, "%s %s", it->name ? it->name : "(none)", it->arguments);
        fprintf(out, "  %-*s %s\n", LEFT_COLUMNS, left, it->words);
    }
}

static void print_exit_codes(FILE *out)
{
#define PRINT_CODE(id, code, words) fprintf(out, "  %-*d %s\n", LEFT_COLUMNS, code, words);
    EXIT_TABLE(PRINT_CODE)
#undef PRINT_CODE
}

static void print_all(FILE *out)
{
    fprintf(out, "Usage: scandeck [OPTION...] [COMMAND [ARGUMENT...]]\n\n"
                 "Links many WhatsApp instances of the GREEN-API service from a terminal.\n\nCommands:\n");
    print_commands(out);
    fprintf(out, "\nOptions, before or after the command:\n");
    print_options(out, OPTION_EVERYWHERE);
    fprintf(out, "\nExit codes:\n");
    print_exit_codes(out);
    fprintf(out, "\nThe manual: man scandeck, man scandeck.conf. A first look: scandeck --demo\n");
}

void help_print(FILE *out, enum command command)
{
    const struct command_info *it = command_info(command);
    if (command == COMMAND_CONSOLE) {
        print_all(out);
        return;
    }
    fprintf(out, "Usage: scandeck %s%s%s [OPTION...]\n\n%s\n\nOptions:\n", it->name, *it->arguments ? " " : "",
            it->arguments, it->words);
    print_options(out, 1u << command);
    fprintf(out, "\nExit codes: scandeck --help, or man scandeck\n");
}
