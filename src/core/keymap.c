/* SPDX-License-Identifier: MIT
 * Key names in both directions, and the map from keys to actions.
 */
#include "core/keymap.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "core/text.h"

#define KEY_WORD_MAX 16
#define KEYS_TEXT_MAX 128

static const struct {
    int key;
    const char *name;
} named[] = {
    {KEYNAME_TAB, "Tab"},     {KEYNAME_ENTER, "Enter"}, {KEYNAME_ESC, "Esc"}, {KEYNAME_SPACE, "Space"},
#define KEY_ROW(id, name) {id, name},
    KEY_TABLE(KEY_ROW)
#undef KEY_ROW
};

#define NAMED_COUNT (sizeof named / sizeof named[0])

/* The code point when the word is exactly one UTF-8 character that can be seen, else KEYNAME_NONE. */
static int single_character(const char *word)
{
    const unsigned char *s = (const unsigned char *)word;
    size_t len = strlen(word);
    if (len == 1)
        return s[0] > 0x20 && s[0] < 0x7f ? s[0] : KEYNAME_NONE;
    static const struct {
        unsigned mask, lead;
        int least;
    } forms[] = {{0xe0, 0xc0, 0x80}, {0xf0, 0xe0, 0x800}, {0xf8, 0xf0, 0x10000}};
    if (len < 2 || len > 4 || (s[0] & forms[len - 2].mask) != forms[len - 2].lead)
        return KEYNAME_NONE;
    int code = (int)(s[0] & ~forms[len - 2].mask);
    for (size_t i = 1; i < len; i++) {
        if ((s[i] & 0xc0) != 0x80)
            return KEYNAME_NONE;
        code = code << 6 | (s[i] & 0x3f);
    }
    bool surrogate = code >= 0xd800 && code <= 0xdfff;
    return code < forms[len - 2].least || code < 0xa0 || code > 0x10ffff || surrogate ? KEYNAME_NONE : code;
}

static int control_key(const char *word)
{
    int letter = strlen(word) == 3 && strncasecmp(word, "C-", 2) == 0 ? word[2] | 0x20 : 0;
    return letter >= 'a' && letter <= 'z' ? letter - 'a' + 1 : KEYNAME_NONE;
}

static int key_find(const char *word)
{
    for (size_t i = 0; i < NAMED_COUNT; i++)
        if (strcasecmp(named[i].name, word) == 0)
            return named[i].key;
    int key = control_key(word);
    return key != KEYNAME_NONE ? key : single_character(word);
}

/* Why this key can never reach the program, or NULL: the terminal driver keeps these for itself. */
static const char *key_taken(int key)
{
    switch (key) {
    case 3: case 26:
        return "the terminal makes a signal of it";
    case 17: case 19:
        return "the terminal may stop its output with it";
    case 10:
        return "it arrives as Enter";
    default:
        return NULL;
    }
}

/* Takes the next blank-separated word off *text. 0: none left, -1: longer than any key's name. */
static int next_word(const char **text, char *word, size_t size)
{
    *text += strspn(*text, " \t");
    size_t len = strcspn(*text, " \t");
    if (len >= size)
        return -1;
    memcpy(word, *text, len);
    word[len] = '\0';
    *text += len;
    return len > 0;
}

static bool row_has(const int *row, int key)
{
    for (int i = 0; i < KEYMAP_KEYS_MAX && row[i] != KEYNAME_NONE; i++)
        if (row[i] == key)
            return true;
    return false;
}

static bool parse_word(int *key, const char *word, char *why, size_t why_size)
{
    *key = key_find(word);
    if (*key == KEYNAME_NONE) {
        char shown[KEY_WORD_MAX];
        text_clean(shown, sizeof shown, word, strlen(word), NULL);
        snprintf(why, why_size, "\"%s\" is no key: write one character, C-a to C-z, or a name such as Enter, PgUp, F1",
                 shown);
        return false;
    }
    const char *taken = key_taken(*key);
    if (taken)
        snprintf(why, why_size, "%s cannot be bound: %s", word, taken);
    return !taken;
}

static bool parse_keys(int row[KEYMAP_KEYS_MAX], const char *keys, char *why, size_t why_size)
{
    char word[KEY_WORD_MAX];
    int count = 0, key, more;
    memset(row, 0, sizeof(int) * KEYMAP_KEYS_MAX);
    while ((more = next_word(&keys, word, sizeof word)) > 0) {
        if (!parse_word(&key, word, why, why_size))
            return false;
        if (row_has(row, key))
            continue;
        if (count == KEYMAP_KEYS_MAX) {
            snprintf(why, why_size, "more than %d keys for one action", KEYMAP_KEYS_MAX);
            return false;
        }
        row[count++] = key;
    }
    if (more < 0)
        snprintf(why, why_size, "a key's name has fewer than %d bytes", KEY_WORD_MAX);
    else if (count == 0)
        snprintf(why, why_size, "no key is given");
    return more == 0 && count > 0;
}

void keymap_init(struct keymap *map)
{
    char why[KEYS_TEXT_MAX];
    for (int i = 0; i < ACTION_COUNT; i++)
        (void)parse_keys(map->keys[i], action_info((enum action)i)->keys, why, sizeof why);
}

/* Whose key it is already, where both actions can be had. */
static enum action other_owner(const struct keymap *map, enum action wanted, int key)
{
    for (int i = 0; i < ACTION_COUNT; i++)
        if (i != (int)wanted && row_has(map->keys[i], key) &&
            contexts_meet(action_info((enum action)i)->context, action_info(wanted)->context))
            return (enum action)i;
    return ACTION_NONE;
}

bool keymap_bind(struct keymap *map, const char *action, const char *keys, char *why, size_t why_size)
{
    enum action wanted = action_find(action);
    if (wanted == ACTION_NONE) {
        snprintf(why, why_size, "\"%s\" is no action", action);
        return false;
    }
    int row[KEYMAP_KEYS_MAX];
    if (!parse_keys(row, keys, why, why_size))
        return false;
    for (int i = 0; i < KEYMAP_KEYS_MAX && row[i] != KEYNAME_NONE; i++) {
        enum action owner = other_owner(map, wanted, row[i]);
        if (owner == ACTION_NONE)
            continue;
        char name[KEY_WORD_MAX];
        keymap_key_name(name, sizeof name, row[i]);
        snprintf(why, why_size, "%s is the key of \"%s\" already", name, action_info(owner)->name);
        return false;
    }
    memcpy(map->keys[wanted], row, sizeof row);
    return true;
}

enum action keymap_action(const struct keymap *map, context_set contexts, int key)
{
    contexts |= CONTEXT_BIT(CONTEXT_EVERYWHERE);
    if (key == KEYNAME_NONE)
        return ACTION_NONE;
    for (int i = 0; i < ACTION_COUNT; i++)
        if (contexts & CONTEXT_BIT(action_info((enum action)i)->context) && row_has(map->keys[i], key))
            return (enum action)i;
    return ACTION_NONE;
}

static size_t utf8_write(char dst[KEYMAP_CHARACTER_SIZE], uint32_t code)
{
    size_t len = code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    static const unsigned lead[] = {0, 0x00, 0xc0, 0xe0, 0xf0};
    for (size_t i = len - 1; i > 0; i--, code >>= 6)
        dst[i] = (char)(0x80 | (code & 0x3f));
    dst[0] = (char)(lead[len] | code);
    dst[len] = '\0';
    return len;
}

size_t keymap_character(char dst[KEYMAP_CHARACTER_SIZE], int key)
{
    dst[0] = '\0';
    return key > 0 && key <= 0x10ffff && (key < 0xd800 || key > 0xdfff) ? utf8_write(dst, (uint32_t)key) : 0;
}

void keymap_key_name(char *dst, size_t size, int key)
{
    for (size_t i = 0; i < NAMED_COUNT; i++)
        if (named[i].key == key) {
            snprintf(dst, size, "%s", named[i].name);
            return;
        }
    char character[KEYMAP_CHARACTER_SIZE] = "";
    if (key >= 1 && key <= 26)
        snprintf(dst, size, "C-%c", 'a' + key - 1);
    else if (key > 0x20 && key <= 0x10ffff) {
        utf8_write(character, (uint32_t)key);
        snprintf(dst, size, "%s", character);
    } else
        snprintf(dst, size, "?");
}

void keymap_names(const struct keymap *map, enum action action, char *dst, size_t size)
{
    char name[KEY_WORD_MAX];
    size_t used = 0;
    dst[0] = '\0';
    for (int i = 0; i < KEYMAP_KEYS_MAX && map->keys[action][i] != KEYNAME_NONE; i++) {
        keymap_key_name(name, sizeof name, map->keys[action][i]);
        size_t need = strlen(name) + (used > 0);
        if (used + need >= size)
            return;
        snprintf(dst + used, size - used, "%s%s", used ? " " : "", name);
        used += need;
    }
}
