/* SPDX-License-Identifier: MIT */
#include "core/style.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/suggest.h"
#include "core/text.h"

#define WORD_MAX 24
#define COLORS_MAX 256
#define BIT(attribute) (1u << (attribute))

static const struct {
    const char *name, *words;
} meanings[THEME_ROLE_COUNT] = {
#define MEANING_ROW(id, name, words) [id] = {name, words},
    MEANING_TABLE(MEANING_ROW)
#undef MEANING_ROW
};

/* The attributes, then the colours by number, then the terminal's own. */
static const char *const words[] = {
#define STYLE_ATTRIBUTE_NAME(id, name) [id] = name,
    STYLE_ATTRIBUTE_TABLE(STYLE_ATTRIBUTE_NAME)
#undef STYLE_ATTRIBUTE_NAME
    "black", "red", "green", "yellow", "blue", "magenta", "cyan", "white",
    "bright-black", "bright-red", "bright-green", "bright-yellow", "bright-blue", "bright-magenta", "bright-cyan",
    "bright-white", "default"};
#define WORD_COUNT (int)(sizeof words / sizeof *words)
#define NO_COLOR_WORD (-2)

enum { BLACK, RED, GREEN, YELLOW, BLUE, MAGENTA, CYAN, WHITE, NONE = STYLE_COLOR_DEFAULT };

/* Not yellow in auto: nobody can read that on a light background. The 256 colours in light and dark have a contrast of 4.5 to 1
 * and more on white and on black; where a terminal has fewer colours, the first eight stand for them. */
static const struct style themes[STYLE_THEME_COUNT][THEME_ROLE_COUNT] = {
    [STYLE_THEME_AUTO] = {
        [THEME_PLAIN] = {NONE, 0}, [THEME_TITLE] = {NONE, BIT(STYLE_BOLD)}, [THEME_FAINT] = {NONE, BIT(STYLE_DIM)},
        [THEME_SELECTED] = {NONE, BIT(STYLE_BOLD)}, [THEME_GOOD] = {GREEN, 0}, [THEME_BUSY] = {CYAN, 0},
        [THEME_WARN] = {MAGENTA, BIT(STYLE_BOLD)}, [THEME_BAD] = {RED, BIT(STYLE_BOLD)},
        [THEME_KEY] = {NONE, BIT(STYLE_BOLD)}, [THEME_QUESTION] = {NONE, BIT(STYLE_REVERSE)},
        [THEME_MATCH] = {NONE, BIT(STYLE_UNDERLINE) | BIT(STYLE_BOLD)}},
    [STYLE_THEME_LIGHT] = {
        [THEME_PLAIN] = {NONE, 0}, [THEME_TITLE] = {NONE, BIT(STYLE_BOLD)}, [THEME_FAINT] = {240, 0},
        [THEME_SELECTED] = {NONE, BIT(STYLE_BOLD)}, [THEME_GOOD] = {22, 0}, [THEME_BUSY] = {25, 0},
        [THEME_WARN] = {130, BIT(STYLE_BOLD)}, [THEME_BAD] = {124, BIT(STYLE_BOLD)}, [THEME_KEY] = {25, BIT(STYLE_BOLD)},
        [THEME_QUESTION] = {NONE, BIT(STYLE_REVERSE)}, [THEME_MATCH] = {90, BIT(STYLE_UNDERLINE)}},
    [STYLE_THEME_DARK] = {
        [THEME_PLAIN] = {NONE, 0}, [THEME_TITLE] = {NONE, BIT(STYLE_BOLD)}, [THEME_FAINT] = {246, 0},
        [THEME_SELECTED] = {NONE, BIT(STYLE_BOLD)}, [THEME_GOOD] = {114, 0}, [THEME_BUSY] = {117, 0},
        [THEME_WARN] = {221, BIT(STYLE_BOLD)}, [THEME_BAD] = {210, BIT(STYLE_BOLD)}, [THEME_KEY] = {117, BIT(STYLE_BOLD)},
        [THEME_QUESTION] = {NONE, BIT(STYLE_REVERSE)}, [THEME_MATCH] = {221, BIT(STYLE_UNDERLINE)}},
    [STYLE_THEME_MONO] = {
        [THEME_PLAIN] = {NONE, 0}, [THEME_TITLE] = {NONE, BIT(STYLE_BOLD)}, [THEME_FAINT] = {NONE, BIT(STYLE_DIM)},
        [THEME_SELECTED] = {NONE, BIT(STYLE_BOLD)}, [THEME_GOOD] = {NONE, 0}, [THEME_BUSY] = {NONE, 0},
        [THEME_WARN] = {NONE, BIT(STYLE_BOLD)}, [THEME_BAD] = {NONE, BIT(STYLE_BOLD)}, [THEME_KEY] = {NONE, BIT(STYLE_BOLD)},
        [THEME_QUESTION] = {NONE, BIT(STYLE_REVERSE)}, [THEME_MATCH] = {NONE, BIT(STYLE_UNDERLINE)}},
};

struct style style_of_theme(enum style_theme theme, enum theme_role role)
{
    return themes[theme][role];
}

const char *style_meaning_name(enum theme_role role)
{
    return meanings[role].name;
}

const char *style_meaning_words(enum theme_role role)
{
    return meanings[role].words;
}

enum theme_role style_meaning_find(const char *name)
{
    int i = 0;
    while (i < THEME_ROLE_COUNT && strcmp(meanings[i].name, name) != 0)
        i++;
    return (enum theme_role)i;
}

/* The number of a word's colour; NO_COLOR_WORD when it has none. */
static int color_of(const char *word)
{
    size_t digits = strspn(word, "0123456789");
    if (digits > 0 && digits <= 3 && !word[digits])
        return atoi(word) < COLORS_MAX ? atoi(word) : NO_COLOR_WORD;
    for (int i = STYLE_ATTRIBUTE_COUNT; i < WORD_COUNT - 1; i++)
        if (strcmp(words[i], word) == 0)
            return i - STYLE_ATTRIBUTE_COUNT;
    return strcmp(words[WORD_COUNT - 1], word) == 0 ? STYLE_COLOR_DEFAULT : NO_COLOR_WORD;
}

/* STYLE_ATTRIBUTE_COUNT when it is none. */
static unsigned attribute_of(const char *word)
{
    unsigned i = 0;
    while (i < STYLE_ATTRIBUTE_COUNT && strcmp(words[i], word) != 0)
        i++;
    return i;
}

static bool refuse_word(const char *word, char *why, size_t why_size)
{
    char hint[2 * WORD_MAX];
    suggest_words(hint, sizeof hint, word, words, (size_t)WORD_COUNT);
    snprintf(why, why_size, "'%s' is no colour (default, red, bright-red, 0 to 255) and no attribute (bold, dim, underline, reverse)%s",
             word, hint);
    return false;
}

static bool take_word(struct style *out, const char *word, bool *colored, char *why, size_t why_size)
{
    unsigned attribute = attribute_of(word);
    int color = color_of(word);
    if (attribute < STYLE_ATTRIBUTE_COUNT)
        return out->attributes |= BIT(attribute), true;
    if (color == NO_COLOR_WORD)
        return refuse_word(word, why, why_size);
    if (*colored)
        return snprintf(why, why_size, "%s is a second colour: give one", word), false;
    *colored = true;
    out->color = color;
    return true;
}

bool style_parse(struct style *out, const char *text, char *why, size_t why_size)
{
    bool colored = false;
    *out = (struct style){.color = STYLE_COLOR_DEFAULT};
    if (strcmp(text, "plain") == 0)
        return true;
    for (text += strspn(text, " \t"); *text; text += strspn(text, " \t")) {
        char word[WORD_MAX];
        size_t len = strcspn(text, " \t");
        text_clean(word, sizeof word, text, len, NULL); /* before it is cut, or half a token would be shown */
        if (!take_word(out, word, &colored, why, why_size))
            return false;
        text += len;
    }
    return true;
}
