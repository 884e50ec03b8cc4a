/* SPDX-License-Identifier: MIT
 * Which characters the terminal gets: what the locale claims, against what the terminal shows.
 */
#ifndef SCANDECK_UI_CHARSET_H
#define SCANDECK_UI_CHARSET_H

#include <stdbool.h>

/* What the environment says. */
enum charset_claim {
    CHARSET_CLAIMS_UTF8,
    CHARSET_CLAIMS_NOTHING, /* no locale, or C or POSIX: that is how ssh, cron and containers leave it */
    CHARSET_CLAIMS_OTHER
};

/* How the terminal showed a character of UTF-8. */
enum charset_shown { CHARSET_NOT_SHOWN, CHARSET_SHOWN_AS_ONE, CHARSET_SHOWN_AS_BYTES };

/* Sets the process' locale from the environment, for text that goes anywhere. A UTF-8 locale that this machine lacks
 * (SSH brings LANG along), or one that claims nothing, becomes C.UTF-8 for LC_CTYPE. */
void charset_choose(void);

/* Sets the locale from the environment. */
enum charset_claim charset_claim(void);
/* The clause for a terminal that shows more columns than characters. */
extern const char charset_why_bytes[];
/* Sets LC_CTYPE for a terminal; true when text goes out as UTF-8. `why` becomes a clause that says so or why not. */
bool charset_settle(enum charset_claim claim, enum charset_shown shown, const char **why);

#endif
