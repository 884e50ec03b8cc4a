/* SPDX-License-Identifier: MIT
 * The tables of options and commands.
 */
#include "cli/option.h"

#include <stdio.h>

#include "qr/mode.h"

static const struct option_info options[OPTION_COUNT] = {
#define OPTION_ROW(id, letter, name, argument, commands, words) [id] = {letter, name, argument, commands, words},
    OPTION_TABLE(OPTION_ROW)
#undef OPTION_ROW
};

static const struct command_info commands[COMMAND_COUNT] = {
#define COMMAND_ROW(id, name, arguments, words) [id] = {name, arguments, words},
    COMMAND_TABLE(COMMAND_ROW)
#undef COMMAND_ROW
};

const struct option_info *option_info(enum option_id option)
{
    return &options[option];
}

const struct command_info *command_info(enum command command)
{
    return &commands[command];
}

void option_spell(char *dst, size_t size, enum option_id option)
{
    const struct option_info *it = &options[option];
    char letter[] = {'-', it->letter, ',', ' ', '\0'};
    snprintf(dst, size, "%s--%s%s%s", it->letter ? letter : "    ", it->name, it->argument ? " " : "",
             it->argument ? it->argument : "");
}

void option_modes(char *dst, size_t size)
{
    static const struct {
        const char *name;
        enum qr_ability ability;
    } modes[] = {
#define MODE_ROW(id, name, words, across, down, cells, ability, use) {name, ability},
        QR_MODE_TABLE(MODE_ROW)
#undef MODE_ROW
    };
    size_t used = 0;
    dst[0] = '\0';
    for (size_t i = 0; i < sizeof modes / sizeof *modes && used < size; i++) {
        if (modes[i].ability != QR_ABILITY_PICTURES) /* the console's alone */
            used += (size_t)snprintf(dst + used, size - used, "%s%s", i ? ", " : "", modes[i].name);
    }
}
