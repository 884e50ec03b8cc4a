/* SPDX-License-Identifier: MIT */
#include "config/misread.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "core/suggest.h"
#include "core/text.h"

#define WORD_MAX 64
#define COMMENT "a comment after a value begins with a blank and a semicolon"

static const struct {
    const char *begin, *end;
} quotes[] = {{"\"", "\""},
              {"'", "'"},
              {"`", "`"},
              {"\xE2\x80\x9C", "\xE2\x80\x9D"},  /* “ ” */
              {"\xE2\x80\x9E", "\xE2\x80\x9C"},  /* „ “ */
              {"\xE2\x80\x98", "\xE2\x80\x99"},  /* ‘ ’ */
              {"\xC2\xAB", "\xC2\xBB"}};         /* « » */
#define QUOTES (sizeof quotes / sizeof *quotes)

/* The vendor's names, and those of other programs' files, as squeeze() leaves them: word, what it is here. */
static const char *const other_names[][2] = {
    {"idinstance", "id"},           {"instanceid", "id"},        {"instance", "id"},
    {"wainstance", "id"},           {"number", "id"},            {"apitokeninstance", "token"},
    {"tokeninstance", "token"},     {"instancetoken", "token"},  {"apitoken", "token"},
    {"apikey", "token"},            {"key", "token"},            {"secret", "token"},
    {"password", "token"},          {"accesstoken", "token"},    {"greenapitoken", "token"},
    {"url", "api_url"},             {"host", "api_url"},         {"hostname", "api_url"},
    {"server", "api_url"},          {"endpoint", "api_url"},     {"baseurl", "api_url"},
    {"apihost", "api_url"},         {"hosturl", "api_url"},      {"apiurlinstance", "api_url"},
    {"tokencmd", "token_command"},  {"command", "token_command"}, {"tokenpath", "token_file"},
    {"tokenvar", "token_env"},      {"tokenenvironment", "token_env"}, {"ca", "ca_file"},
    {"cacert", "ca_file"},          {"cabundle", "ca_file"},     {"cert", "ca_file"},
    {"mode", "qr_mode"},            {"interval", "poll"},        {"pollinterval", "poll"},
    {"retries", "renewals"},        {"colors", "theme"},         {"colours", "theme"},
    {"color", "theme"},             {"notifications", "notify"}, {"script", "hook"},
    {"instances", "[instance NAME]"}, {"accounts", "[instance NAME]"},
    {"name", "[instance NAME]"},    {"label", "[instance NAME]"}, {"title", "[instance NAME]"},
};

static bool begins(const char *text, size_t len, const char *with)
{
    return len >= strlen(with) && strncasecmp(text, with, strlen(with)) == 0;
}

const char *misread_text(const char *text, size_t len)
{
    struct line all = line_strip(text, len);
    while (all.len > 0 && (*all.text == '\n' || *all.text == '\r'))
        all = line_strip(all.text + 1, all.len - 1);
    struct line behind = line_strip(all.text + (all.len > 0), all.len - (all.len > 0));
    bool list = all.len > 0 && *all.text == '[' && (behind.len == 0 || strchr("\r\n{[", *behind.text)) && !begins(all.text, all.len, "[[");
    if (list || (all.len > 0 && *all.text == '{'))
        return "this is JSON: a configuration has lines 'name = value' and sections [instance NAME] (man scandeck.conf)";
    if (all.len > 0 && *all.text == '<')
        return "this is XML or HTML: a configuration has lines 'name = value' and sections [instance NAME] (man scandeck.conf)";
    if (begins(all.text, all.len, "-----BEGIN"))
        return "this is a key or a certificate, no configuration";
    return NULL;
}

/* Letters and digits alone, small: "apiTokenInstance", "api-token-instance" and "export API_TOKEN_INSTANCE" are one. */
static void squeeze(char dst[WORD_MAX], const char *text, size_t len)
{
    static const char *const shells[] = {"export ", "set ", "let "};
    size_t used = 0;
    for (size_t i = 0; i < sizeof shells / sizeof *shells; i++)
        if (begins(text, len, shells[i]))
            text += strlen(shells[i]), len -= strlen(shells[i]);
    for (size_t i = 0; i < len && used + 1 < WORD_MAX; i++)
        if (isalnum((unsigned char)text[i]))
            dst[used++] = (char)tolower((unsigned char)text[i]);
    dst[used] = '\0';
}

/* The name that is meant for certain; NULL where it can only be guessed. */
static const char *known_name(const char *text, size_t len)
{
    char word[WORD_MAX], own[WORD_MAX];
    squeeze(word, text, len);
    for (enum setting i = 0; i < SETTING_COUNT; i++) {
        const char *name = setting_info(i)->name;
        squeeze(own, name, strlen(name));
        if (strcmp(own, word) == 0)
            return name;
    }
    for (size_t i = 0; i < sizeof other_names / sizeof *other_names; i++)
        if (strcmp(other_names[i][0], word) == 0)
            return other_names[i][1];
    return NULL;
}

void misread_name(char *dst, size_t size, const char *name)
{
    const char *known = known_name(name, strlen(name));
    if (known)
        snprintf(dst, size, " (did you mean '%s'?)", known);
    else
        setting_suggest(dst, size, name);
}

void misread_line(char *dst, size_t size, const struct line *line)
{
    size_t word = 0;
    while (word < line->len && !isspace((unsigned char)line->text[word]))
        word++;
    const char *known = word < line->len ? known_name(line->text, word) : NULL;
    dst[0] = '\0';
    if (known)
        snprintf(dst, size, *known == '[' ? " (did you mean '%s'?)" : " (did you mean '%s = ...'?)", known);
}

static bool is_one_of(const char *word, const char *const *words)
{
    for (; *words; words++)
        if (strcmp(word, *words) == 0)
            return true;
    return false;
}

/* Where the word that begins a section's name ends: "instance" of "instance:shop". */
static size_t word_length(const struct line *name)
{
    size_t len = 0;
    while (len < name->len && !strchr(" \t.:=/\"'`[", name->text[len]) && (unsigned char)name->text[len] < 0x80)
        len++;
    return len;
}

static struct line behind_word(const struct line *name, size_t word)
{
    while (word < name->len && strchr(" \t.:=/[", name->text[word]))
        word++;
    return misread_unquoted(line_strip(name->text + word, name->len - word));
}

void misread_section(char *dst, size_t size, const struct line *name)
{
    static const char *const sections[] = {"instance", "keys", "theme"};
    static const char *const instances[] = {"instances", "instance", "wainstance", "account", "idinstance", NULL};
    static const char *const keys[] = {"keybindings", "bindings", "keymap", "shortcuts", NULL};
    static const char *const themes[] = {"colors", "colours", "styles", "style", NULL};
    static const char *const globals[] = {"global", "globals", "default", "defaults", "general", "main", "options", "settings", "scandeck",
                                          "common", "config", NULL};
    char word[WORD_MAX], near[WORD_MAX], label[WORD_MAX];
    struct line it = *name;
    while (it.len > 0 && *it.text == '[')
        it = line_strip(it.text + 1, it.len - 1);
    size_t len = word_length(&it);
    squeeze(word, it.text, len);
    suggest_words(near, sizeof near, word, sections, sizeof sections / sizeof *sections);
    bool instance = is_one_of(word, instances) || strstr(near, "'instance'");
    struct line rest = instance ? behind_word(&it, len) : misread_unquoted(it);
    text_clean(label, sizeof label, rest.text, rest.len, NULL);
    if (strstr(near, "'keys'") || is_one_of(word, keys))
        snprintf(dst, size, " (did you mean [keys]?)");
    else if (strstr(near, "'theme'") || is_one_of(word, themes))
        snprintf(dst, size, " (did you mean [theme]?)");
    else if (!instance && is_one_of(word, globals))
        snprintf(dst, size, ": options for all instances stand above the first section");
    else
        snprintf(dst, size, " (did you mean [instance %s]?)", *label ? label : "NAME");
}

struct line misread_unquoted(struct line text)
{
    for (size_t i = 0; i < QUOTES; i++) {
        size_t begin = strlen(quotes[i].begin), end = strlen(quotes[i].end);
        if (text.len >= begin + end && memcmp(text.text, quotes[i].begin, begin) == 0 &&
            memcmp(text.text + text.len - end, quotes[i].end, end) == 0)
            return line_strip(text.text + begin, text.len - begin - end);
    }
    return text;
}

/* Its partner may stand behind a comment, or be forgotten. */
static bool begins_quoted(struct line text)
{
    for (size_t i = 0; i < QUOTES; i++)
        if (begins(text.text, text.len, quotes[i].begin))
            return true;
    return false;
}

bool misread_is_half_quoted(struct line text)
{
    return begins_quoted(text) && misread_unquoted(text).text == text.text;
}

static bool has_comment(const char *value)
{
    for (const char *at = strchr(value, '#'); at; at = strchr(at + 1, '#'))
        if (at > value && (at[-1] == ' ' || at[-1] == '\t'))
            return true;
    return strstr(value, " //") != NULL;
}

const char *misread_value(enum setting setting, const char *value)
{
    size_t len = strlen(value);
    if (setting == SETTING_TOKEN_COMMAND) /* the shell's matter */
        return NULL;
    if (begins_quoted((struct line){value, len}))
        return "write it without quotes";
    if (has_comment(value))
        return COMMENT;
    if (len > 0 && (value[len - 1] == ',' || value[len - 1] == ';'))
        return "write nothing behind it";
    if (strchr(value, '$'))
        return setting == SETTING_TOKEN_ENV ? "write the variable's name alone, without $"
                                            : "variables are not replaced here: token_env takes the name of one";
    return NULL;
}

const char *misread_refused(enum setting setting, const char *value)
{
    const char *misread = misread_value(setting, value);
    return misread || setting == SETTING_TOKEN_COMMAND || !strchr(value, ';') ? misread : COMMENT;
}

void misread_complain(struct complaints *complaints, unsigned line, const char *name, const char *why, const char *value)
{
    const char *misread = misread_refused(SETTING_NONE, value);
    complain(complaints, line, "%s: %s%s%s", name, why, misread ? ": " : "", misread ? misread : "");
}
