/* SPDX-License-Identifier: MIT */
#include "ui/charset.h"

#include <langinfo.h>
#include <locale.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static const char *chosen_locale(void)
{
    static const char *const variables[] = {"LC_ALL", "LC_CTYPE", "LANG"};
    for (size_t i = 0; i < sizeof variables / sizeof variables[0]; i++) {
        const char *value = getenv(variables[i]);
        if (value && value[0])
            return value;
    }
    return "";
}

static bool names_utf8(const char *locale)
{
    const char *dot = strchr(locale, '.');
    return dot && (strncasecmp(dot, ".utf-8", 6) == 0 || strncasecmp(dot, ".utf8", 5) == 0);
}

static bool is_utf8(void)
{
    return strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
}

static bool take_utf8(void)
{
    static const char *const names[] = {"C.UTF-8", "C.utf8", "en_US.UTF-8"};
    for (size_t i = 0; i < sizeof names / sizeof names[0] && !is_utf8(); i++)
        (void)setlocale(LC_CTYPE, names[i]);
    return is_utf8();
}

enum charset_claim charset_claim(void)
{
    const char *chosen = chosen_locale();
    (void)setlocale(LC_ALL, "");
    if (is_utf8() || names_utf8(chosen))
        return CHARSET_CLAIMS_UTF8;
    if (!chosen[0] || strcmp(chosen, "C") == 0 || strcmp(chosen, "POSIX") == 0)
        return CHARSET_CLAIMS_NOTHING;
    return CHARSET_CLAIMS_OTHER;
}

void charset_choose(void)
{
    if (charset_claim() != CHARSET_CLAIMS_OTHER)
        (void)take_utf8();
}

const char charset_why_bytes[] = "the terminal shows UTF-8 as single bytes";

bool charset_settle(enum charset_claim claim, enum charset_shown shown, const char **why)
{
    if (shown == CHARSET_SHOWN_AS_BYTES) {
        *why = charset_why_bytes;
        if (is_utf8())
            (void)setlocale(LC_CTYPE, "C");
    } else if (claim == CHARSET_CLAIMS_OTHER && shown == CHARSET_NOT_SHOWN)
        *why = "the locale names other characters";
    else if (!take_utf8())
        *why = "this machine has no UTF-8 locale";
    else {
        *why = claim == CHARSET_CLAIMS_UTF8      ? "the locale says so"
               : shown == CHARSET_SHOWN_AS_ONE ? "the terminal shows UTF-8, whatever the locale"
                                                 : "no locale names other characters";
        return true;
    }
    return false;
}
