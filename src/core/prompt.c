/* SPDX-License-Identifier: MIT */
#include "core/prompt.h"

#include <stdbool.h>
#include <string.h>

#include "core/keymap.h"
#include "core/text.h"

#define CTRL(letter) ((letter) - 'a' + 1)

void prompt_begin(struct prompt *prompt, const char *text)
{
    text_copy(prompt->text, sizeof prompt->text, text);
    prompt->len = prompt->at = strlen(prompt->text);
}

/* Where the character before `at` begins. */
static size_t before(const struct prompt *prompt, size_t at)
{
    while (at > 0 && ((unsigned char)prompt->text[--at] & 0xC0) == 0x80)
        continue;
    return at;
}

static size_t behind(const struct prompt *prompt, size_t at)
{
    uint32_t code;
    return at < prompt->len ? at + text_next(prompt->text + at, prompt->len - at, &code) : at;
}

static enum prompt_result erase(struct prompt *prompt, size_t from, size_t to)
{
    if (from == to)
        return PROMPT_IGNORED;
    memmove(prompt->text + from, prompt->text + to, prompt->len - to + 1);
    prompt->len -= to - from;
    prompt->at = from;
    return PROMPT_EDITED;
}

static size_t word_before(const struct prompt *prompt)
{
    size_t at = prompt->at;
    while (at > 0 && prompt->text[at - 1] == ' ')
        at--;
    while (at > 0 && prompt->text[at - 1] != ' ')
        at--;
    return at;
}

static enum prompt_result insert(struct prompt *prompt, int key)
{
    char name[KEYMAP_CHARACTER_SIZE], clean[16];
    size_t len = keymap_character(name, key);
    /* What cleaning would change can't be shown, or would deceive. */
    if (len == 0 || text_clean(clean, sizeof clean, name, len, NULL) != len || strcmp(name, clean) != 0 ||
        prompt->len + len >= sizeof prompt->text)
        return PROMPT_IGNORED;
    memmove(prompt->text + prompt->at + len, prompt->text + prompt->at, prompt->len - prompt->at + 1);
    memcpy(prompt->text + prompt->at, name, len);
    prompt->len += len;
    prompt->at += len;
    return PROMPT_EDITED;
}

static bool is_break(uint32_t code)
{
    return code == '\r' || code == '\n' || code == '\t';
}

enum prompt_result prompt_paste(struct prompt *prompt, const char *text)
{
    enum prompt_result result = PROMPT_IGNORED;
    size_t len = strlen(text);
    uint32_t code, before = 0;
    for (size_t i = 0; i < len; before = code) {
        i += text_next(text + i, len - i, &code);
        bool pair = code == '\n' && before == '\r';
        if (!pair && insert(prompt, is_break(code) ? ' ' : (int)code) == PROMPT_EDITED)
            result = PROMPT_EDITED;
    }
    return result;
}

static enum prompt_result move_to(struct prompt *prompt, size_t at)
{
    prompt->at = at;
    return PROMPT_IGNORED;
}

enum prompt_result prompt_key(struct prompt *prompt, int key)
{
    switch (key) {
    case KEYNAME_ENTER:
        return PROMPT_DONE;
    case KEYNAME_ESC:
        return PROMPT_CANCELLED;
    case KEYNAME_LEFT:
        return move_to(prompt, before(prompt, prompt->at));
    case KEYNAME_RIGHT:
        return move_to(prompt, behind(prompt, prompt->at));
    case KEYNAME_HOME:
    case CTRL('a'):
        return move_to(prompt, 0);
    case KEYNAME_END:
    case CTRL('e'):
        return move_to(prompt, prompt->len);
    case KEYNAME_BACKSPACE:
        return erase(prompt, before(prompt, prompt->at), prompt->at);
    case KEYNAME_DELETE:
        return erase(prompt, prompt->at, behind(prompt, prompt->at));
    case CTRL('u'):
        return erase(prompt, 0, prompt->at);
    case CTRL('k'):
        return erase(prompt, prompt->at, prompt->len);
    case CTRL('w'):
        return erase(prompt, word_before(prompt), prompt->at);
    default:
        return insert(prompt, key);
    }
}

static int columns_to(const struct prompt *prompt, size_t from, size_t to)
{
    char part[PROMPT_MAX];
    memcpy(part, prompt->text + from, to - from);
    part[to - from] = '\0';
    return text_columns(part);
}

/* The line's beginning goes out of sight when the cursor would not be in it. */
int prompt_visible(const struct prompt *prompt, int columns, char *dst, size_t size)
{
    size_t from = 0;
    while (from < prompt->at && columns_to(prompt, from, prompt->at) >= columns)
        from = behind(prompt, from);
    text_fit(dst, size, prompt->text + from, columns, 1);
    return columns_to(prompt, from, prompt->at);
}
