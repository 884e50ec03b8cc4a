/* SPDX-License-Identifier: MIT
 * Everything the operator can do in the console: the one table that dispatch, hint bar, help overlay, man page,
 * and the [keys] section of the configuration are made from.
 */
#ifndef SCANDECK_CORE_ACTION_H
#define SCANDECK_CORE_ACTION_H

/* id, name in [keys], default keys, word for the hint bar ("" = not in it), help line */
#define ACTION_TABLE(X)                                                                                            \
    X(ACTION_LINK, "link", "Enter", "link", "link the selected instance: show its code, renew it")                 \
    X(ACTION_STOP, "stop", "s", "stop", "stop linking the selected instance and close its socket")                 \
    X(ACTION_REFRESH, "refresh", "r", "refresh", "ask the service for the selected instance's state")              \
    X(ACTION_LOGOUT, "logout", "L", "logout", "log the phone out of the selected instance (asks first)")           \
    X(ACTION_REBOOT, "reboot", "R", "reboot", "restart the selected instance (asks first)")                        \
    X(ACTION_MODE, "mode", "m", "mode", "draw the code in the next mode that fits")                                \
    X(ACTION_GLYPHS, "glyphs", "B", "", "boxes or blanks in the code: be asked again how glyphs look")          \
    X(ACTION_INVERT, "invert", "i", "", "invert the code's colours (most phones cannot read it then)"    ) \
    X(ACTION_ZOOM, "zoom", "z", "zoom", "show only the code, or all panels again")                                 \
    X(ACTION_PANEL, "panel", "Tab", "panel", "go to the next panel: list, log")                                    \
    X(ACTION_UP, "up", "Up k", "", "up one line")                                                                  \
    X(ACTION_DOWN, "down", "Down j", "", "down one line")                                                          \
    X(ACTION_PAGE_UP, "page-up", "PgUp", "", "up one page")                                                        \
    X(ACTION_PAGE_DOWN, "page-down", "PgDn", "", "down one page")                                                  \
    X(ACTION_FIRST, "first", "Home g", "", "to the first line")                                                    \
    X(ACTION_LAST, "last", "End G", "", "to the last line")                                                        \
    X(ACTION_SCAN, "scan", "x", "scan", "demo only: a phone scans the code on show")                               \
    X(ACTION_REDRAW, "redraw", "C-l", "", "draw the whole screen again")                                           \
    X(ACTION_HELP, "help", "?", "help", "show or hide this help")                                                  \
    X(ACTION_QUIT, "quit", "q", "quit", "leave (asks while a code is on show)")

enum action {
#define ACTION_ENUM(id, name, keys, hint, help) id,
    ACTION_TABLE(ACTION_ENUM)
#undef ACTION_ENUM
        ACTION_COUNT,
    ACTION_NONE = ACTION_COUNT
};

struct action_info {
    const char *name;
    const char *keys; /* default key names, separated by blanks */
    const char *hint;
    const char *help;
};

const struct action_info *action_info(enum action action);
/* The action of this name, or ACTION_NONE. */
enum action action_find(const char *name);

#endif
