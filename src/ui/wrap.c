/* SPDX-License-Identifier: MIT */
#include "ui/wrap.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#define TMUX_BEGIN "\033Ptmux;"
#define SCREEN_BEGIN "\033P"
#define STRING_END "\033\\"
#define SCREEN_PIECE 760
#define ESC '\033'

static bool is_set(const char *variable)
{
    const char *value = getenv(variable);
    return value && *value;
}

bool wrap_is_tmux(void)
{
    return is_set("TMUX");
}

bool wrap_is_screen(void)
{
    return is_set("STY") && !wrap_is_tmux();
}

static char *put(char *at, const char *text)
{
    size_t len = strlen(text);
    memcpy(at, text, len + 1);
    return at + len;
}

/* Each ESC inside is doubled. */
static void pack_for_tmux(char *at, const char *sequence)
{
    at = put(at, sequence);
    at = put(at, TMUX_BEGIN);
    for (const char *from = sequence; *from; from++) {
        if (*from == ESC)
            *at++ = ESC;
        *at++ = *from;
    }
    put(at, STRING_END);
}

static void pack_for_screen(char *at, const char *sequence)
{
    for (size_t left = strlen(sequence); left > 0;) {
        size_t piece = left < SCREEN_PIECE ? left : SCREEN_PIECE;
        at = put(at, SCREEN_BEGIN);
        memcpy(at, sequence, piece);
        at = put(at + piece, STRING_END);
        sequence += piece;
        left -= piece;
    }
}

char *wrap_for_multiplexer(const char *sequence, bool tmux, bool screen)
{
    size_t len = strlen(sequence), pieces = len / SCREEN_PIECE + 1;
    char *packed = calloc(1, 3 * len + pieces * (sizeof SCREEN_BEGIN + sizeof STRING_END) + sizeof TMUX_BEGIN + 1);
    if (!packed)
        return NULL;
    if (tmux)
        pack_for_tmux(packed, sequence);
    else if (screen)
        pack_for_screen(packed, sequence);
    else
        put(packed, sequence);
    return packed;
}
