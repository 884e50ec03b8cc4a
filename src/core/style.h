/* SPDX-License-Identifier: MIT
 * How things that mean something look: what the section [theme] says, and the themes that are built in.
 */
#ifndef SCANDECK_CORE_STYLE_H
#define SCANDECK_CORE_STYLE_H

#include <stdbool.h>
#include <stddef.h>

/* id, name in [theme], what has it. Meanings, not places on the screen. */
#define MEANING_TABLE(X)                                                             \
    X(THEME_PLAIN, "plain", "ordinary text")                                         \
    X(THEME_TITLE, "title", "headings, the status line, notices")                    \
    X(THEME_FAINT, "faint", "what can be left unread: borders, ids, times")          \
    X(THEME_SELECTED, "selected", "the row under the cursor, the panel with the focus, marks") \
    X(THEME_GOOD, "good", "linked, verified")                                        \
    X(THEME_BUSY, "busy", "something is under way")                                  \
    X(THEME_WARN, "warn", "look at it: offline, expired, suspended")                 \
    X(THEME_BAD, "bad", "it failed: refused, blocked, errors")                       \
    X(THEME_KEY, "key", "keys in the hint bar and the help")                         \
    X(THEME_QUESTION, "question", "what waits for an answer")                        \
    X(THEME_MATCH, "match", "what was searched for")

enum theme_role {
#define MEANING_ENUM(id, name, words) id,
    MEANING_TABLE(MEANING_ENUM)
#undef MEANING_ENUM
        THEME_ROLE_COUNT
};

#define STYLE_COLOR_DEFAULT (-1) /* the terminal's own */

/* id, name */
#define STYLE_ATTRIBUTE_TABLE(X)       \
    X(STYLE_BOLD, "bold")              \
    X(STYLE_DIM, "dim")                \
    X(STYLE_UNDERLINE, "underline")    \
    X(STYLE_REVERSE, "reverse")

enum style_attribute {
#define STYLE_ATTRIBUTE_ENUM(id, name) id,
    STYLE_ATTRIBUTE_TABLE(STYLE_ATTRIBUTE_ENUM)
#undef STYLE_ATTRIBUTE_ENUM
        STYLE_ATTRIBUTE_COUNT
};

struct style {
    int color;           /* of the text: STYLE_COLOR_DEFAULT, or a number as xterm counts them */
    unsigned attributes; /* a bit for each enum style_attribute */
};

/* The themes that are built in; auto takes the terminal's own colours as they are. */
#define STYLE_THEME_TABLE(X) \
    X(STYLE_THEME_AUTO, "auto")   \
    X(STYLE_THEME_LIGHT, "light") \
    X(STYLE_THEME_DARK, "dark")   \
    X(STYLE_THEME_MONO, "mono")

enum style_theme {
#define STYLE_THEME_ENUM(id, name) id,
    STYLE_THEME_TABLE(STYLE_THEME_ENUM)
#undef STYLE_THEME_ENUM
        STYLE_THEME_COUNT
};

/* Reads "magenta bold": at most one colour (default, black to white, bright-black to bright-white, 0 to 255) and attributes,
 * or "plain" alone. False with a sentence in `why`. */
bool style_parse(struct style *out, const char *text, char *why, size_t why_size);
/* The meaning of this name; THEME_ROLE_COUNT when there is none. */
enum theme_role style_meaning_find(const char *name);
const char *style_meaning_name(enum theme_role role);
const char *style_meaning_words(enum theme_role role);
struct style style_of_theme(enum style_theme theme, enum theme_role role);

#endif
