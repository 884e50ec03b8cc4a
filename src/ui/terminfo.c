/* SPDX-License-Identifier: MIT */
#include "ui/terminfo.h"

#include <curses.h>
#include <string.h>
#include <term.h>

/* What stands in for names that this machine has no entry for, by how they begin. Nearly all terminals of today obey what
 * xterm does; who has none in the table may be anything. */
static const struct {
    const char *begin;
    const char *instead[2];
} families[] = {
    {"dumb", {NULL}},
    {"unknown", {NULL}},
    {"network", {NULL}},
    {"dialup", {NULL}},
    {"emacs", {NULL}},
    {"tmux", {"screen-256color", "screen"}},
    {"screen", {"screen-256color", "screen"}},
    {"linux", {"linux"}},
    {"vte", {"xterm-256color", "xterm"}},
    {"vt", {"vt220", "vt100"}},
    {"", {"xterm-256color", "xterm"}},
};

static bool has_entry(int fd, const char *name)
{
    int status;
    if (setupterm(name, fd, &status) != OK)
        return false;
    del_curterm(cur_term);
    return true;
}

const char *terminfo_entry(int fd, const char *term)
{
    size_t family = 0;
    if (has_entry(fd, term))
        return term;
    while (strncmp(term, families[family].begin, strlen(families[family].begin)) != 0)
        family++;
    for (int i = 0; i < 2; i++)
        if (families[family].instead[i] && has_entry(fd, families[family].instead[i]))
            return families[family].instead[i];
    return NULL;
}

int terminfo_colors(int fd, const char *entry)
{
    int status;
    if (!entry || setupterm(entry, fd, &status) != OK)
        return -1;
    int number = tigetnum((char[]){"colors"});
    del_curterm(cur_term);
    return number > 0 ? number : 0;
}
