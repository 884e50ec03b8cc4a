/* SPDX-License-Identifier: MIT
 * The words of the simulated service: websocket messages. Pure.
 */
#ifndef SCANDECK_SIM_SPEECH_H
#define SCANDECK_SIM_SPEECH_H

#include <stdbool.h>
#include <stddef.h>

#include "sim/actor.h"

#define SPEECH_LARGE ((size_t)512 << 10)
#define SPEECH_TOO_LARGE ((size_t)2 << 20)

struct speech {
    char *text; /* NULL when memory was out; else the holder frees it with speech_free */
    size_t len;
    bool binary;
};

/* The message for `say`; a code is a new one each time. Not for SAY_NO_MORE, SAY_CLOSE and SAY_CUT. */
struct speech speech_say(struct actor *actor, enum fate_say say);
/* The newest code once more. */
struct speech speech_repeat(const struct actor *actor);
/* Any text as a speech. */
struct speech speech_print(const char *format, ...) __attribute__((format(printf, 1, 2)));
void speech_free(struct speech *speech);

#endif
