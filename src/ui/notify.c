/* SPDX-License-Identifier: MIT */
#include "ui/notify.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ui/send.h"
#include "ui/wrap.h"

char *notify_sequence(const char *text, bool osc777, bool tmux, bool screen)
{
    char *plain = NULL;
    int len = osc777 ? asprintf(&plain, "\033]777;notify;scandeck;%s\a", text) : asprintf(&plain, "\033]9;scandeck: %s\a", text);
    char *sequence = len < 0 ? NULL : wrap_for_multiplexer(plain, tmux, screen);
    if (len >= 0)
        free(plain);
    return sequence;
}

void notify_send(const char *text, bool osc777)
{
    char *sequence = notify_sequence(text, osc777, wrap_is_tmux(), wrap_is_screen());
    if (sequence)
        send_bytes(sequence, strlen(sequence));
    free(sequence);
}
