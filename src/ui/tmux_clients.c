/* SPDX-License-Identifier: MIT */
#include "ui/tmux_clients.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "config/child_output.h"
#include "ui/wrap.h"

#define PATIENCE_MS 500
#define CLIENTS_BYTES 512 /* two for each, three for a program that drives tmux */

/* What tmux needs to find its server. The strings are the caller's to free. */
static void make_environment(char *out[])
{
    static const char *const names[] = {"PATH", "TMUX", "TMUX_PANE"};
    size_t count = 0;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (getenv(names[i]) && asprintf(&out[count], "%s=%s", names[i], getenv(names[i])) >= 0)
            count++;
    out[count] = NULL;
}

/* One in control mode (iTerm2) draws by itself, and gets all as UTF-8. */
static enum tmux_clients judge(const char *lines)
{
    enum tmux_clients found = TMUX_CLIENTS_UNTOLD;
    for (const char *line = lines; line; line = strchr(line, '\n') ? strchr(line, '\n') + 1 : NULL) {
        if (strncmp(line, "0\n", 2) == 0)
            return TMUX_CLIENTS_WITHOUT;
        if (strncmp(line, "1\n", 2) == 0)
            found = TMUX_CLIENTS_UTF8;
    }
    return found;
}

enum tmux_clients tmux_clients(void)
{
    char *environment[4], clients[CLIENTS_BYTES], *pane = getenv("TMUX_PANE");
    char format[] = "#{client_utf8}#{?client_control_mode,c,}";
    char *argv[] = {"tmux", "list-clients", "-F", format, pane && *pane ? "-t" : NULL, pane, NULL};
    if (!wrap_is_tmux())
        return TMUX_CLIENTS_UNTOLD;
    make_environment(environment);
    bool answered = child_output(argv, environment, PATIENCE_MS, clients, sizeof clients);
    for (size_t i = 0; environment[i]; i++)
        free(environment[i]);
    return answered ? judge(clients) : TMUX_CLIENTS_UNTOLD;
}
