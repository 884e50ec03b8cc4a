/* SPDX-License-Identifier: MIT */
#include "config/setting_words.h"

#include <stdio.h>
#include <string.h>

#include "qr/mode.h"

static const char *const qr_modes[] = {
    "auto",
#define QR_MODE_NAME(id, name, words, across, down, cells, ability, use) name,
    QR_MODE_TABLE(QR_MODE_NAME)
#undef QR_MODE_NAME
};

static const char *const sextants[] = {
    [CONFIG_SEXTANTS_AUTO] = "auto", [CONFIG_SEXTANTS_YES] = "yes", [CONFIG_SEXTANTS_NO] = "no"};

static const char *const no_yes[] = {[CONFIG_NO] = "no", [CONFIG_YES] = "yes"};

static const char *const notify_hows[] = {
    [CONFIG_NOTIFY_AUTO] = "auto", [CONFIG_NOTIFY_OSC9] = "osc9", [CONFIG_NOTIFY_OSC777] = "osc777"};

static const char *const log_formats[] = {[CONFIG_LOG_LINES] = "lines", [CONFIG_LOG_JSON] = "json"};

#define NAME_ONLY(id, name, ...) [id] = name,
static const char *const sorts[] = {ORDER_TABLE(NAME_ONLY)};
static const char *const themes[] = {STYLE_THEME_TABLE(NAME_ONLY)};
static const char *const occasions[] = {OCCASION_TABLE(NAME_ONLY)};
#undef NAME_ONLY

static const struct {
    enum setting setting;
    struct words list;
} word_lists[] = {
#define WORDS(setting, list) {setting, {list, sizeof list / sizeof *list}}
    WORDS(SETTING_QR_MODE, qr_modes),  WORDS(SETTING_SEXTANTS, sextants),      WORDS(SETTING_SORT, sorts),
    WORDS(SETTING_THEME, themes),      WORDS(SETTING_MOUSE, no_yes),           WORDS(SETTING_BELL, occasions),
    WORDS(SETTING_NOTIFY, occasions),  WORDS(SETTING_NOTIFY_HOW, notify_hows), WORDS(SETTING_LOG_FORMAT, log_formats),
#undef WORDS
};

const struct words *setting_words(enum setting setting)
{
    size_t i = 0;
    while (word_lists[i].setting != setting)
        i++;
    return &word_lists[i].list;
}

bool words_find(const struct words *list, const char *value, size_t len, size_t *at)
{
    for (*at = 0; *at < list->count; ++*at)
        if (strlen(list->words[*at]) == len && strncmp(list->words[*at], value, len) == 0)
            return true;
    return false;
}

void words_spell(char *dst, size_t size, const struct words *list, unsigned set)
{
    size_t used = 0;
    snprintf(dst, size, "%s", set ? "" : NO_WORDS);
    for (size_t i = 0; i < list->count && used < size; i++)
        if (set & 1u << i)
            used += (size_t)snprintf(dst + used, size - used, "%s%s", used ? " " : "", list->words[i]);
}

size_t words_join(char *dst, size_t size, const struct words *list, const char *last)
{
    size_t used = 0;
    dst[0] = '\0';
    for (size_t i = 0; i < list->count && used < size; i++)
        used += (size_t)snprintf(dst + used, size - used, "%s%s",
                                 i == 0 ? "" : i + 1 == list->count ? last : ", ", list->words[i]);
    return used;
}
