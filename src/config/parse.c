/* SPDX-License-Identifier: MIT
 * libinih takes lines apart; which line and which section it is about is known here, because inih tells its
 * handler no line number and cuts section names at 49 bytes.
 */
#include "config/parse.h"

#include <ini.h>
#include <stdlib.h>
#include <string.h>

#include "config/bindings.h"
#include "config/exposed.h"
#include "config/lines.h"
#include "config/misread.h"
#include "config/setting.h"
#include "config/styles.h"
#include "config/unique.h"
#include "core/blank.h"
#include "core/redact.h"
#include "core/text.h"

#define NAME_SHOWN_MAX 64 /* of a wrong name, in a complaint */
#define HINT_MAX 128
#define INVALID 0xFFFDu

enum section { SECTION_GLOBAL, SECTION_INSTANCE, SECTION_KEYS, SECTION_THEME, SECTION_UNKNOWN };

struct parser {
    struct config *config;
    struct complaints *complaints;
    struct lines lines;
    size_t capacity; /* of config->instances */
    enum section section;
    unsigned section_line;
    unsigned section_keys;        /* lines "name = value" in it so far */
    unsigned seen[SETTING_COUNT]; /* line of each option in this section, 0 = none */
    struct line line;             /* the one inih has now; */
    bool expects_key;             /* it must lead to a call of the handler */
    const char *folder;           /* where relative file names count from; NULL = the working directory */
};

static void oom(struct parser *parser)
{
    complain(parser->complaints, parser->lines.number, "memory is out");
}

static struct config_instance *current_instance(struct parser *parser)
{
    return &parser->config->instances[parser->config->instance_count - 1];
}

static void check_instance(struct parser *parser)
{
    const struct config_instance *instance = current_instance(parser);
    if (!parser->seen[SETTING_ID])
        complain(parser->complaints, parser->section_line, "instance '%s' has no id", instance->label);
    if (!parser->seen[SETTING_TOKEN] && !parser->seen[SETTING_TOKEN_COMMAND] && !parser->seen[SETTING_TOKEN_FILE] &&
        !parser->seen[SETTING_TOKEN_ENV])
        complain(parser->complaints, parser->section_line,
                 "instance '%s' has no token: give token_command, token_file, token_env, or token", instance->label);
}

static void end_section(struct parser *parser)
{
    bool is_known = parser->section != SECTION_GLOBAL && parser->section != SECTION_UNKNOWN;
    if (is_known && parser->section_keys == 0)
        complain(parser->complaints, parser->section_line, "this section is empty");
    else if (parser->section == SECTION_INSTANCE)
        check_instance(parser);
}

static void begin_section(struct parser *parser, enum section section)
{
    parser->section = section;
    parser->section_line = parser->lines.number;
    parser->section_keys = 0;
    memset(parser->seen, 0, sizeof parser->seen);
}

static bool is_utf8(const struct line *line)
{
    uint32_t code = 0;
    for (size_t at = 0; at < line->len && code != INVALID;)
        at += text_next(line->text + at, line->len - at, &code);
    return code != INVALID;
}

/* The new instance's label, cleaned; "" stands when it is no good, so that its options can be checked all the same. */
static void begin_instance(struct parser *parser, const struct line *written)
{
    char cleaned[4 * PARSE_LABEL_MAX];
    struct line unquoted = misread_unquoted(*written), *label = &unquoted;
    struct config *config = parser->config;
    size_t bytes = text_clean(cleaned, sizeof cleaned, label->text, label->len, NULL);
    begin_section(parser, SECTION_UNKNOWN);
    if (!is_utf8(label)) {
        complain(parser->complaints, parser->section_line, "the label is not UTF-8: save the file as UTF-8");
        cleaned[0] = '\0';
    } else if (bytes < 1 || bytes > PARSE_LABEL_MAX) {
        complain(parser->complaints, parser->section_line,
                 "an instance needs a label of 1 to %d bytes: [instance NAME]", PARSE_LABEL_MAX);
        cleaned[0] = '\0';
    } else if (misread_is_half_quoted(*written)) {
        complain(parser->complaints, parser->section_line, "the label lacks its closing quote; one that begins with a quote stands between two of another kind");
    } else if (redact_is_likely(label->text, label->len)) {
        complain(parser->complaints, parser->section_line, "the label '%s' looks like a token: give the instance a name",
                 cleaned);
    }
    if (config->instance_count == parser->capacity) {
        size_t capacity = parser->capacity ? 2 * parser->capacity : 16;
        struct config_instance *more = reallocarray(config->instances, capacity, sizeof *more);
        if (!more)
            return oom(parser);
        config->instances = more;
        parser->capacity = capacity;
    }
    struct config_instance instance = {.label = strdup(cleaned), .line = parser->section_line};
    if (!instance.label)
        return oom(parser);
    config->instances[config->instance_count++] = instance;
    parser->section = SECTION_INSTANCE;
}

static void refuse_section(struct parser *parser, const struct line *name)
{
    char shown[NAME_SHOWN_MAX], hint[HINT_MAX];
    begin_section(parser, SECTION_UNKNOWN);
    text_clean(shown, sizeof shown, name->text, name->len, NULL);
    misread_section(hint, sizeof hint, name);
    complain(parser->complaints, parser->section_line, "unknown section [%s]%s", shown, hint);
}

static bool is_word(const char *text, size_t len, const char *word)
{
    return len == strlen(word) && memcmp(text, word, len) == 0;
}

static void begin_named(struct parser *parser, const struct line *name)
{
    size_t word = 0;
    while (word < name->len && blank_at(name->text + word, name->len - word) == 0)
        word++;
    struct line label = line_strip(name->text + word, name->len - word);
    if (is_word(name->text, name->len, "keys"))
        begin_section(parser, SECTION_KEYS);
    else if (is_word(name->text, name->len, "theme"))
        begin_section(parser, SECTION_THEME);
    else if (is_word(name->text, word, "instance"))
        begin_instance(parser, &label);
    else
        refuse_section(parser, name);
}

static void take_heading(struct parser *parser, const struct line *line)
{
    const char *end = memchr(line->text, ']', line->len);
    end_section(parser);
    if (!end) {
        begin_section(parser, SECTION_UNKNOWN);
        complain(parser->complaints, parser->section_line, "the section's name lacks its ]");
        return;
    }
    struct line name = line_strip(line->text + 1, (size_t)(end - line->text) - 1);
    struct line rest = line_strip(end + 1, (size_t)(line->text + line->len - end) - 1);
    begin_named(parser, &name);
    if (rest.len > 0 && *rest.text != ';' && *rest.text != '#')
        complain(parser->complaints, parser->section_line, "nothing but a comment may follow the ]");
}

static void settle_last_line(struct parser *parser)
{
    char hint[HINT_MAX];
    if (!parser->expects_key)
        return;
    misread_line(hint, sizeof hint, &parser->line);
    complain(parser->complaints, parser->lines.number, "this line is no 'name = value', no [section], and no comment%s", hint);
    parser->expects_key = false;
}

/* Whether inih is to see the line at all: headings are taken here, blanks spare it the comments. */
static bool is_for_inih(struct parser *parser, const struct line *line, size_t room)
{
    if (line->len == 0 || *line->text == ';' || *line->text == '#')
        return false;
    if (memchr(line->text, '\0', line->len))
        return complain(parser->complaints, parser->lines.number, "this line holds a NUL byte"), false;
    if (line->len > room)
        return complain(parser->complaints, parser->lines.number, "this line is longer than %zu bytes", room), false;
    if (*line->text == '[')
        return take_heading(parser, line), false;
    return true;
}

/* inih knows the blanks of ASCII alone. */
static void soften_blanks(char *buffer)
{
    size_t at = strcspn(buffer, "=:"), len = strlen(buffer);
    for (size_t blank, end = at; (blank = blank_before(buffer, end)) > 0; end -= blank)
        memset(buffer + end - blank, ' ', blank);
    for (size_t blank, from = at + (at < len); (blank = blank_at(buffer + from, len - from)) > 0; from += blank)
        memset(buffer + from, ' ', blank);
}

/* Feeds inih like fgets. A line stands without leading blanks, or inih would take it for a continuation. */
static char *feed(char *buffer, int size, void *stream)
{
    struct parser *parser = stream;
    size_t room = (size_t)size - 1;
    settle_last_line(parser);
    explicit_bzero(buffer, (size_t)size); /* the last line may have held a token */
    if (!lines_next(&parser->lines, &parser->line))
        return NULL;
    parser->expects_key = is_for_inih(parser, &parser->line, room);
    if (parser->expects_key) {
        memcpy(buffer, parser->line.text, parser->line.len);
        soften_blanks(buffer);
    }
    return buffer;
}

static bool is_repeated(struct parser *parser, enum setting setting)
{
    unsigned *first = &parser->seen[setting];
    if (*first)
        complain(parser->complaints, parser->lines.number, "%s stands here a second time; first in line %u",
                 setting_info(setting)->name, *first);
    else
        *first = parser->lines.number;
    return *first != parser->lines.number;
}

static void take_option(struct parser *parser, const char *name, const char *value)
{
    char why[SETTING_WHY_MAX], shown[NAME_SHOWN_MAX], hint[HINT_MAX];
    enum setting setting = setting_find(name);
    if (setting == SETTING_NONE) {
        text_clean(shown, sizeof shown, name, strlen(name), NULL);
        misread_name(hint, sizeof hint, name);
        complain(parser->complaints, parser->lines.number, "unknown option '%s'%s", shown, hint);
        return;
    }
    if (is_repeated(parser, setting))
        return;
    bool taken = parser->section == SECTION_INSTANCE
                     ? setting_apply_to(current_instance(parser), setting, value, parser->folder, why, sizeof why)
                     : setting_apply(parser->config, setting, value, parser->folder, why, sizeof why);
    const char *misread = taken ? misread_value(setting, value) : misread_refused(setting, value);
    if (!taken)
        complain(parser->complaints, parser->lines.number, "%s%s%s", why, misread ? ": " : "", misread ? misread : "");
    else if (misread)
        complain(parser->complaints, parser->lines.number, "%s: %s", name, misread);
}

static int handle(void *user, const char *section, const char *name, const char *value)
{
    struct parser *parser = user;
    (void)section;
    parser->expects_key = false;
    parser->section_keys++;
    if (parser->section == SECTION_KEYS)
        bindings_take(parser->config, name, value, parser->lines.number, parser->complaints);
    else if (parser->section == SECTION_THEME)
        styles_take(parser->config, name, value, parser->lines.number, parser->complaints);
    else if (parser->section != SECTION_UNKNOWN)
        take_option(parser, name, value);
    return 1;
}

void parse_text(struct config *config, const char *text, size_t len, const char *folder, struct complaints *complaints)
{
    struct parser parser = {.config = config, .complaints = complaints, .folder = folder};
    const char *misread = misread_text(text, len);
    if (misread) {
        complain(complaints, 0, "%s", misread);
        return;
    }
    lines_init(&parser.lines, text, len);
    int first_error = ini_parse_stream(feed, &parser, handle, &parser);
    if (first_error != 0 && complaints->count == 0)
        complain(complaints, first_error > 0 ? (unsigned)first_error : 0, "this cannot be understood");
    end_section(&parser);
    setting_spread_api_url(config);
    unique_check(config, complaints);
    bindings_check(config, complaints);
    exposed_check(text, len, complaints);
}
