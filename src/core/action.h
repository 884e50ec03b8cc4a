/* SPDX-License-Identifier: MIT
 * Everything the operator can do in the console: the one table that dispatch, hint bar, help overlay, man page,
 * and the [keys] section of the configuration are made from.
 */
#ifndef SCANDECK_CORE_ACTION_H
#define SCANDECK_CORE_ACTION_H

#include <stdbool.h>

/* Where an action can be had: id, name, words for the help. The list and the log never have the focus together, so that
 * these two may share keys; all others are told apart by their keys. */
#define CONTEXT_TABLE(X)                                                \
    X(CONTEXT_EVERYWHERE, "everywhere", "Everywhere")                   \
    X(CONTEXT_LIST, "list", "While the list has the focus")             \
    X(CONTEXT_LOG, "log", "While the log has the focus")                \
    X(CONTEXT_QUEUE, "queue", "While the linking queue runs")

enum context {
#define CONTEXT_ENUM(id, name, words) id,
    CONTEXT_TABLE(CONTEXT_ENUM)
#undef CONTEXT_ENUM
        CONTEXT_COUNT
};

/* Contexts, a bit each. */
typedef unsigned context_set;
#define CONTEXT_BIT(context) (1u << (context))

/* id, name in [keys], default keys, context, word for the hint bar ("" = not in it), help line. In the order of the hint
 * bar: what does not fit there gives way from the end. */
#define ACTION_TABLE(X) \
    X(ACTION_QUEUE_SKIP, "queue-skip", "S", CONTEXT_QUEUE, "skip", "skip the instance on show, go on with the next") \
    X(ACTION_QUEUE_RETRY, "queue-retry", "t", CONTEXT_QUEUE, "retry", "try the instance on show again, with new codes") \
    X(ACTION_QUEUE_PAUSE, "queue-pause", "P", CONTEXT_QUEUE, "pause", "pause the queue and close its sockets, or go on") \
    X(ACTION_QUEUE_BACK, "queue-back", "b", CONTEXT_QUEUE, "back", "back to the one that was skipped or failed last") \
    X(ACTION_QUEUE_STOP, "queue-stop", "E", CONTEXT_QUEUE, "end", "end the queue, show what came of it") \
    X(ACTION_FIND_NEXT, "find-next", "n", CONTEXT_LOG, "next", "to the next line that has what was searched for") \
    X(ACTION_FOLLOW, "follow", "f", CONTEXT_LOG, "follow", "follow the newest line, or freeze the log") \
    X(ACTION_LEVEL, "level", "l", CONTEXT_LOG, "level", "least level shown: info, warn, error") \
    X(ACTION_LOG_INSTANCE, "log-instance", "I", CONTEXT_LOG, "instance", "only lines of the selected instance, or all") \
    X(ACTION_LINK, "link", "Enter", CONTEXT_EVERYWHERE, "link", "link the selected instance: show its code, renew it") \
    X(ACTION_STOP, "stop", "s", CONTEXT_EVERYWHERE, "stop", "stop linking the selected instance and close its socket") \
    X(ACTION_MARK, "mark", "Space", CONTEXT_LIST, "mark", "mark the selected instance or unmark it, go to the next") \
    X(ACTION_MARK_ALL, "mark-all", "*", CONTEXT_LIST, "", "mark all instances on the list") \
    X(ACTION_MARK_NONE, "mark-none", "u", CONTEXT_LIST, "", "unmark all instances") \
    X(ACTION_QUEUE, "queue", "a", CONTEXT_LIST, "queue", "link one after the other: those marked, or all not linked") \
    X(ACTION_REFRESH, "refresh", "r", CONTEXT_EVERYWHERE, "refresh", "ask the service for the selected instance's state") \
    X(ACTION_LOGOUT, "logout", "L", CONTEXT_EVERYWHERE, "logout", "log the phone out of the selected instance (asks first)") \
    X(ACTION_REBOOT, "reboot", "R", CONTEXT_EVERYWHERE, "reboot", "restart the selected instance (asks first)") \
    X(ACTION_MODE, "mode", "m", CONTEXT_EVERYWHERE, "mode", "draw the code in the next mode that fits") \
    X(ACTION_GLYPHS, "glyphs", "B", CONTEXT_EVERYWHERE, "", "boxes or blanks in the code: be asked again how glyphs look") \
    X(ACTION_INVERT, "invert", "i", CONTEXT_EVERYWHERE, "", "invert the code's colours (most phones cannot read it then)") \
    X(ACTION_ZOOM, "zoom", "z", CONTEXT_EVERYWHERE, "zoom", "show only the code, or all panels again") \
    X(ACTION_SCAN, "scan", "x", CONTEXT_EVERYWHERE, "scan", "demo only: a phone scans the code on show") \
    X(ACTION_VENDOR_PAGE, "vendor-page", "v", CONTEXT_EVERYWHERE, "page", "passkey: copy the address of the vendor's page (asks first)") \
    X(ACTION_FILTER, "filter", "/", CONTEXT_EVERYWHERE, "filter", "filter the list as you type; search the log") \
    X(ACTION_PAIR, "pair", "p", CONTEXT_EVERYWHERE, "pair", "link by a pairing code: asks for the phone number") \
    X(ACTION_DETAILS, "details", "d", CONTEXT_EVERYWHERE, "details", "all that is known of the selected instance") \
    X(ACTION_PANEL, "panel", "Tab", CONTEXT_EVERYWHERE, "panel", "go to the next panel: list, log") \
    X(ACTION_SORT, "sort", "o", CONTEXT_LIST, "sort", "sort the list by the next column") \
    X(ACTION_NARROWER, "narrower", "<", CONTEXT_EVERYWHERE, "", "make the panel with the focus smaller") \
    X(ACTION_WIDER, "wider", ">", CONTEXT_EVERYWHERE, "", "make the panel with the focus larger") \
    X(ACTION_MORE_CODES, "more-codes", "+", CONTEXT_EVERYWHERE, "", "one more code side by side, up to 4") \
    X(ACTION_FEWER_CODES, "fewer-codes", "-", CONTEXT_EVERYWHERE, "", "one code less side by side") \
    X(ACTION_UP, "up", "Up k", CONTEXT_EVERYWHERE, "", "up one line") \
    X(ACTION_DOWN, "down", "Down j", CONTEXT_EVERYWHERE, "", "down one line") \
    X(ACTION_PAGE_UP, "page-up", "PgUp", CONTEXT_EVERYWHERE, "", "up one page") \
    X(ACTION_PAGE_DOWN, "page-down", "PgDn", CONTEXT_EVERYWHERE, "", "down one page") \
    X(ACTION_FIRST, "first", "Home g", CONTEXT_EVERYWHERE, "", "to the first line") \
    X(ACTION_LAST, "last", "End G", CONTEXT_EVERYWHERE, "", "to the last line") \
    X(ACTION_COPY, "copy", "y", CONTEXT_EVERYWHERE, "", "copy the selected line to the clipboard") \
    X(ACTION_SAVE, "save", "w", CONTEXT_EVERYWHERE, "", "write the log, or the page on show, to a new file") \
    X(ACTION_EDIT, "edit", "e", CONTEXT_EVERYWHERE, "", "edit the configuration in $EDITOR") \
    X(ACTION_MOUSE, "mouse", "M", CONTEXT_EVERYWHERE, "", "mouse on or off") \
    X(ACTION_REDRAW, "redraw", "C-l", CONTEXT_EVERYWHERE, "", "draw the whole screen again") \
    X(ACTION_HELP, "help", "?", CONTEXT_EVERYWHERE, "help", "show or hide this help") \
    X(ACTION_QUIT, "quit", "q", CONTEXT_EVERYWHERE, "quit", "leave (asks while a code is on show)")

enum action {
#define ACTION_ENUM(id, name, keys, context, hint, help) id,
    ACTION_TABLE(ACTION_ENUM)
#undef ACTION_ENUM
        ACTION_COUNT,
    ACTION_NONE = ACTION_COUNT
};

struct action_info {
    const char *name;
    const char *keys; /* default key names, separated by blanks */
    enum context context;
    const char *hint;
    const char *help;
};

const struct action_info *action_info(enum action action);
/* The action of this name, or ACTION_NONE. */
enum action action_find(const char *name);

/* Whether it moves what is shown, and does nothing else. */
bool action_moves(enum action action);

const char *context_name(enum context context);
const char *context_words(enum context context);
/* Whether actions of these two can be had at the same time. */
bool contexts_meet(enum context a, enum context b);

#endif
