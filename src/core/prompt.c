/* SPDX-License-Identifier: MIT */
#include "core/prompt.h"

#include <string.h>

#include "core/keymap.h"
#include "core/text.h"

void prompt_begin(struct prompt *prompt, const char *text)
{
    text_copy(prompt->text, sizeof prompt->text, text);
    prompt->len = prompt->at = strlen(prompt->text);
}

enum prompt_result prompt_key(struct prompt *prompt, int key)
{
    if (key == KEYNAME_ENTER)
        return PROMPT_DONE;
    if (key == KEYNAME_ESC)
        return PROMPT_CANCELLED;
    if (key == KEYNAME_BACKSPACE && prompt->len > 0)
        prompt->text[prompt->at = --prompt->len] = '\0';
    else if (key >= 0x20 && key < 0x7f && prompt->len + 1 < PROMPT_MAX) {
        prompt->text[prompt->len++] = (char)key;
        prompt->text[prompt->at = prompt->len] = '\0';
    } else
        return PROMPT_IGNORED;
    return PROMPT_EDITED;
}

int prompt_visible(const struct prompt *prompt, int columns, char *dst, size_t size)
{
    return text_fit(dst, size, prompt->text, columns, 1);
}
