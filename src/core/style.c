/* SPDX-License-Identifier: MIT */
#include "core/style.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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

static const char *const attribute_names[STYLE_ATTRIBUTE_COUNT] = {
#define STYLE_ATTRIBUTE_NAME(id, name) [id] = name,
    STYLE_ATTRIBUTE_TABLE(STYLE_ATTRIBUTE_NAME)
#undef STYLE_ATTRIBUTE_NAME
};

static const char *const color_names[] = {"black", "red", "green", "yellow", "blue", "magenta", "cyan", "white"};
#define COLOR_NAMES (int)(sizeof color_names / sizeof *color_names)
#define BRIGHT "bright-"

enum { BLACK, RED, GREEN, YELLOW, BLUE, MAGENTA, CYAN, WHITE, NONE = STYLE_COLOR_DEFAULT };

/* Not yellow in auto: nobody can read that on a light background. The 256 colours in light and dark have a contrast of 5 to 1
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

/* The number of a colour's name or digits; -2 when it is none. */
static int color_of(const char *word)
{
    const char *name = strncmp(word, BRIGHT, strlen(BRIGHT)) == 0 ? word + strlen(BRIGHT) : word;
    size_t digits = strspn(word, "0123456789");
    if (strcmp(word, "default") == 0)
        return STYLE_COLOR_DEFAULT;
    if (digits > 0 && digits <= 3 && !word[digits])
        return atoi(word) < COLORS_MAX ? atoi(word) : -2;
    for (int i = 0; i < COLOR_NAMES; i++)
        if (strcmp(color_names[i], name) == 0)
            return name == word ? i : i + COLOR_NAMES;
    return -2;
}

static int attribute_of(const char *word)
{
    for (int i = 0; i < STYLE_ATTRIBUTE_COUNT; i++)
        if (strcmp(attribute_names[i], word) == 0)
            return i;
    return -1;
}

static bool take_word(struct style *out, const char *word, bool *colored, char *why, size_t why_size)
{
    char shown[WORD_MAX];
    int attribute = attribute_of(word), color = color_of(word);
    if (attribute >= 0)
        return out->attributes |= BIT((unsigned)attribute), true;
    text_clean(shown, sizeof shown, word, strlen(word), NULL);
    if (color == -2)
        return snprintf(why, why_size, "'%s' is no colour (default, red, bright-red, 0 to 255) and no attribute (bold, dim, "
                        "underline, reverse)", shown), false;
    if (*colored)
        return snprintf(why, why_size, "'%s' is a second colour: give one", shown), false;
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
        size_t len = strcspn(text, " \t"), taken = len < sizeof word ? len : sizeof word - 1;
        memcpy(word, text, taken);
        word[taken] = '\0';
        if (!take_word(out, word, &colored, why, why_size))
            return false;
        text += len;
    }
    return true;
}
