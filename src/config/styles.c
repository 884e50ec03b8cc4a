/* SPDX-License-Identifier: MIT */
#include "config/styles.h"

#include <string.h>

#include "config/misread.h"
#include "core/suggest.h"
#include "core/text.h"

#define SHOWN_MAX 64
#define WHY_MAX 200

static void refuse_meaning(const char *meaning, unsigned line, struct complaints *complaints)
{
    char shown[SHOWN_MAX], hint[SHOWN_MAX];
    const char *names[THEME_ROLE_COUNT];
    for (int i = 0; i < THEME_ROLE_COUNT; i++)
        names[i] = style_meaning_name((enum theme_role)i);
    text_clean(shown, sizeof shown, meaning, strlen(meaning), NULL);
    suggest_words(hint, sizeof hint, meaning, names, THEME_ROLE_COUNT);
    complain(complaints, line, "unknown meaning '%s'%s", shown, hint);
}

void styles_take(struct config *config, const char *meaning, const char *value, unsigned line, struct complaints *complaints)
{
    char why[WHY_MAX];
    enum theme_role role = style_meaning_find(meaning);
    if (role == THEME_ROLE_COUNT)
        refuse_meaning(meaning, line, complaints);
    else if (config->styled[role])
        complain(complaints, line, "%s stands here a second time; first in line %u", meaning, config->styled[role]);
    else if (!*value)
        complain(complaints, line, "%s has no value", meaning);
    else if (!style_parse(&config->styles[role], value, why, sizeof why))
        misread_complain(complaints, line, meaning, why, value);
    if (role != THEME_ROLE_COUNT && !config->styled[role])
        config->styled[role] = line;
}
