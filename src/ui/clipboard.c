/* SPDX-License-Identifier: MIT */
#include "ui/clipboard.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "qr/base64.h"
#include "ui/send.h"
#include "ui/wrap.h"

char *clipboard_sequence(const char *text, bool tmux, bool screen)
{
    char *plain = NULL, *sequence = NULL;
    size_t len = strlen(text);
    char *base64 = len <= CLIPBOARD_BYTES_MAX ? base64_encode((const uint8_t *)text, len) : NULL;
    if (base64 && asprintf(&plain, "\033]52;c;%s\a", base64) < 0)
        plain = NULL;
    if (plain)
        sequence = wrap_for_multiplexer(plain, tmux, screen);
    if (base64)
        explicit_bzero(base64, strlen(base64));
    if (plain)
        explicit_bzero(plain, strlen(plain));
    free(base64);
    free(plain);
    return sequence;
}

bool clipboard_copy(const char *text)
{
    char *sequence = clipboard_sequence(text, wrap_is_tmux(), wrap_is_screen());
    if (!sequence)
        return false;
    send_bytes(sequence, strlen(sequence));
    explicit_bzero(sequence, strlen(sequence));
    free(sequence);
    return true;
}
