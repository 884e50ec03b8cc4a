/* SPDX-License-Identifier: MIT */
#include "ui/charset.h"

#include <langinfo.h>
#include <locale.h>
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

bool charset_choose(void)
{
    (void)setlocale(LC_ALL, "");
    if (is_utf8())
        return true;
    const char *chosen = chosen_locale();
    if (chosen[0] && !names_utf8(chosen))
        return false;
    return setlocale(LC_CTYPE, "C.UTF-8") && is_utf8();
}
