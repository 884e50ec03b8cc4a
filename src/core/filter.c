/* SPDX-License-Identifier: MIT */
#include "core/filter.h"

#include <string.h>
#include <strings.h>

#include "core/text.h"

/* More than '!' and the longest field's name: what is cut off within a character here is cut again, between two, in the
 * filter's own word. */
#define PREFIX_ROOM 16

static const char *const field_names[FILTER_FIELD_COUNT] = {
#define FILTER_FIELD_NAME(id, name) [id] = name,
    FILTER_FIELD_TABLE(FILTER_FIELD_NAME)
#undef FILTER_FIELD_NAME
};

static enum filter_field field_of(const char **text)
{
    const char *colon = strchr(*text, ':');
    size_t len = colon ? (size_t)(colon - *text) : 0;
    for (int i = FILTER_ANY + 1; len > 0 && i < FILTER_FIELD_COUNT; i++)
        if (strlen(field_names[i]) == len && strncasecmp(field_names[i], *text, len) == 0) {
            *text = colon + 1;
            return (enum filter_field)i;
        }
    return FILTER_ANY;
}

/* Takes the next word off *text, its quotes removed; false when none is left. What is too long is cut. */
static bool next_word(const char **text, char *word, size_t size)
{
    size_t used = 0;
    bool quoted = false;
    *text += strspn(*text, " ");
    if (!**text)
        return false;
    for (; **text && (quoted || **text != ' '); (*text)++) {
        if (**text == '"')
            quoted = !quoted;
        else if (used + 1 < size)
            word[used++] = **text;
    }
    word[used] = '\0';
    return true;
}

/* Nothing yet, or the plus of a number that is still to come. */
static bool is_unfinished(const char *text)
{
    return !text[0] || strcmp(text, "+") == 0;
}

void filter_parse(struct filter *filter, const char *text)
{
    char word[FILTER_WORD_MAX + PREFIX_ROOM];
    filter->count = 0;
    while (filter->count < FILTER_WORDS_MAX && next_word(&text, word, sizeof word)) {
        struct filter_word *out = &filter->words[filter->count];
        const char *rest = word + (word[0] == '!');
        out->negated = word[0] == '!';
        out->field = field_of(&rest);
        text_copy(out->text, sizeof out->text, rest);
        filter->count += !is_unfinished(out->text);
    }
}

/* Whether one of the words of `text` begins so, and goes on so. */
static bool has_beginning(const char *text, const char *word)
{
    size_t len = strlen(word);
    for (const char *at = text; at; at = strchr(at, ' ')) {
        at += *at == ' ';
        if (strncasecmp(at, word, len) == 0)
            return true;
    }
    return false;
}

static bool has(const char *text, const char *word)
{
    return strcasestr(text, word) != NULL;
}

/* Numbers are kept without the plus that the list shows; it means that this is how they begin. */
static bool has_phone(const struct instance *it, const char *word)
{
    const char *phone = it->link.account.phone;
    return word[0] == '+' ? strncmp(phone, word + 1, strlen(word + 1)) == 0 : has(phone, word);
}

static bool holds_anywhere(const struct instance *it, const char *word)
{
    return has(it->label, word) || has(it->id, word) || has_phone(it, word) || has(it->link.account.pushname, word) ||
           has_beginning(phase_words(it->link.phase), word);
}

static bool holds(const struct instance *it, const struct filter_word *word)
{
    switch (word->field) {
    case FILTER_LABEL:
        return has(it->label, word->text);
    case FILTER_ID:
        return has(it->id, word->text);
    case FILTER_PHONE:
        return has_phone(it, word->text);
    case FILTER_PHASE:
        return has_beginning(phase_words(it->link.phase), word->text);
    case FILTER_NAME:
        return has(it->link.account.pushname, word->text);
    case FILTER_IS:
        return it->marked && strncasecmp("marked", word->text, strlen(word->text)) == 0;
    default:
        return holds_anywhere(it, word->text);
    }
}

bool filter_takes(const struct filter *filter, const struct instance *instance)
{
    for (size_t i = 0; i < filter->count; i++)
        if (holds(instance, &filter->words[i]) == filter->words[i].negated)
            return false;
    return true;
}
