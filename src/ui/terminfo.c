/* SPDX-License-Identifier: MIT */
#include "ui/terminfo.h"

#include <curses.h>
#include <term.h>

int terminfo_colors(int fd)
{
    int status;
    if (setupterm(NULL, fd, &status) != OK)
        return -1;
    int number = tigetnum((char[]){"colors"});
    del_curterm(cur_term);
    return number > 0 ? number : 0;
}
