/* SPDX-License-Identifier: MIT
 * Reads the text a second time: which words are tokens is known only at its end.
 */
#include "config/exposed.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "config/lines.h"
#include "config/setting.h"
#include "config/token.h"
#include "core/redact.h"
#include "core/text.h"

#define NAME_MAX_BYTES 64
/* A shorter one, of some test service, may stand in ordinary words and does not make a line wrong. */
#define TOKEN_LEAST 16

struct token {
    char *text; /* owned */
    unsigned line;
};

struct tokens {
    struct token *items; /* sorted, in whatever case */
    size_t count;
};

static bool is_comment(const struct line *line)
{
    return line->len == 0 || *line->text == '#' || *line->text == ';';
}

/* Where the value of "token = value" begins; 0 = the line is another. */
static size_t token_value(const struct line *line)
{
    size_t sign = 0;
    char name[NAME_MAX_BYTES];
    while (sign < line->len && line->text[sign] != '=' && line->text[sign] != ':')
        sign++;
    struct line word = line_strip(line->text, sign);
    if (sign == line->len || word.len >= sizeof name)
        return 0;
    memcpy(name, word.text, word.len);
    name[word.len] = '\0';
    return setting_find(name) == SETTING_TOKEN ? sign + 1 : 0;
}

static bool add_token(struct tokens *tokens, const struct line *line, unsigned number)
{
    struct line value = line_strip(line->text + token_value(line), line->len - token_value(line));
    while (value.len > 0 && token_length(value.text, value.len) == 0) /* quotes, if they close or not */
        value = (struct line){value.text + 1, value.len - 1};
    size_t len = token_length(value.text, value.len);
    if (len < REDACT_LEAST)
        return true;
    struct token *more = reallocarray(tokens->items, tokens->count + 1, sizeof *more);
    if (!more)
        return false;
    tokens->items = more;
    more[tokens->count] = (struct token){strndup(value.text, len), number};
    return more[tokens->count].text && ++tokens->count;
}

static int by_text(const void *a, const void *b)
{
    const struct token *x = a, *y = b;
    return strcasecmp(x->text, y->text);
}

static bool gather(struct tokens *tokens, const char *text, size_t len)
{
    struct lines lines;
    struct line line;
    bool ok = true;
    lines_init(&lines, text, len);
    while (ok && lines_next(&lines, &line))
        ok = is_comment(&line) || token_value(&line) == 0 || add_token(tokens, &line, lines.number);
    if (tokens->count > 0)
        qsort(tokens->items, tokens->count, sizeof *tokens->items, by_text);
    return ok;
}

static int compare_start(const void *key, const void *item)
{
    const struct line *rest = key;
    const struct token *token = item;
    size_t len = strlen(token->text);
    int order = strncasecmp(rest->text, token->text, rest->len < len ? rest->len : len);
    return order == 0 && rest->len < len ? -1 : order;
}

static const struct token *find(const struct tokens *tokens, const struct line *line)
{
    const struct token *found = NULL;
    for (size_t at = 0; at + TOKEN_LEAST <= line->len && !found; at++) {
        const struct line rest = {line->text + at, line->len - at};
        found = bsearch(&rest, tokens->items, tokens->count, sizeof *tokens->items, compare_start);
        if (found && strlen(found->text) < TOKEN_LEAST)
            found = NULL;
    }
    return found;
}

/* A comment behind a value is shown to nobody. */
static struct line without_comment(struct line line)
{
    for (size_t at = 1; at < line.len; at++)
        if (line.text[at] == ';' && (line.text[at - 1] == ' ' || line.text[at - 1] == '\t'))
            line.len = at;
    return line;
}

static void complain_of_lines(const struct tokens *tokens, const char *text, size_t len, struct complaints *complaints)
{
    struct lines lines;
    struct line line;
    lines_init(&lines, text, len);
    while (lines_next(&lines, &line)) {
        struct line shown = without_comment(line);
        const struct token *token = is_comment(&line) || token_value(&line) ? NULL : find(tokens, &shown);
        if (token)
            complain(complaints, lines.number, "this line holds the token of line %u: it may stand behind 'token =' alone", token->line);
    }
}

static void blank(const struct tokens *tokens, struct complaints *complaints)
{
    for (size_t i = 0; i < complaints->count && i < COMPLAINTS_KEPT_MAX; i++)
        for (size_t j = 0; j < tokens->count && complaints->kept[i].text; j++)
            redact_known(complaints->kept[i].text, tokens->items[j].text);
}

void exposed_check(const char *text, size_t len, struct complaints *complaints)
{
    struct tokens tokens = {NULL, 0};
    if (!gather(&tokens, text, len))
        complain(complaints, 0, "memory is out");
    if (tokens.count > 0)
        complain_of_lines(&tokens, text, len, complaints);
    blank(&tokens, complaints);
    for (size_t i = 0; i < tokens.count; i++)
        text_wipe(tokens.items[i].text);
    free(tokens.items);
}
