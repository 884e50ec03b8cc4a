/* SPDX-License-Identifier: MIT */
#include "cli/link_keys.h"

#include <string.h>

#define ESC LINK_KEY_ESC
#define BEL 007
/* A sequence or a paste whose rest did not come for so long has none. */
#define REST_MS 500
/* The longest answer a terminal may give. */
#define SEQUENCE_MAX 128
#define PASTE_END "\033[201~"

void link_keys_init(struct link_keys *keys, struct answer *answer)
{
    *keys = (struct link_keys){.answer = answer};
}

static void enter(struct link_keys *keys, enum link_keys_place place)
{
    keys->place = place;
    keys->length = 0;
    memset(keys->text, 0, sizeof keys->text);
}

static void hear(struct link_keys *keys, unsigned char byte)
{
    answer_feed(keys->answer, &byte, 1);
    keys->answer->typed_len = 0;
}

static void in_escape(struct link_keys *keys, unsigned char byte)
{
    if (byte == ESC)
        return;
    enter(keys, byte == '['                                 ? LINK_KEYS_CSI
                : byte == 'O'                               ? LINK_KEYS_SS3
                : byte == 'P' || byte == '_' || byte == ']' ? LINK_KEYS_STRING
                                                            : LINK_KEYS_GROUND);
    if (keys->place == LINK_KEYS_CSI || keys->place == LINK_KEYS_STRING) {
        hear(keys, ESC);
        hear(keys, byte);
    }
}

static void in_csi(struct link_keys *keys, unsigned char byte)
{
    hear(keys, byte);
    if (byte >= 0x20 && byte <= 0x3f && keys->length < SEQUENCE_MAX) {
        if (keys->length < sizeof keys->text - 1)
            keys->text[keys->length] = (char)byte;
        keys->length++;
    } else
        enter(keys, byte == '~' && strcmp(keys->text, "200") == 0 ? LINK_KEYS_PASTE : LINK_KEYS_GROUND);
}

/* Answers go on with these; Alt-P, Alt-_ and Alt-] begin like them. */
static void in_string(struct link_keys *keys, unsigned char byte)
{
    bool begins = keys->length > 0 || memchr(">!G1", byte, 4);
    hear(keys, byte);
    keys->length++;
    if (byte == ESC)
        enter(keys, LINK_KEYS_ESCAPE); /* the backslash behind it is heard as one that ends a string */
    else if (byte == BEL || !begins || keys->length > SEQUENCE_MAX)
        enter(keys, LINK_KEYS_GROUND);
}

static void in_paste(struct link_keys *keys, unsigned char byte)
{
    if (byte == (unsigned char)PASTE_END[keys->length])
        keys->length++;
    else
        keys->length = byte == ESC;
    if (keys->length == strlen(PASTE_END))
        enter(keys, LINK_KEYS_GROUND);
}

static void feed_byte(struct link_keys *keys, unsigned char byte)
{
    switch (keys->place) {
    case LINK_KEYS_GROUND:
        if (byte == ESC)
            enter(keys, LINK_KEYS_ESCAPE);
        break;
    case LINK_KEYS_ESCAPE:
        in_escape(keys, byte);
        break;
    case LINK_KEYS_CSI:
        in_csi(keys, byte);
        break;
    case LINK_KEYS_SS3:
        enter(keys, LINK_KEYS_GROUND);
        break;
    case LINK_KEYS_STRING:
        in_string(keys, byte);
        break;
    case LINK_KEYS_PASTE:
        in_paste(keys, byte);
        break;
    }
}

void link_keys_feed(struct link_keys *keys, const unsigned char *bytes, size_t len, int64_t now)
{
    int64_t silence = now - keys->heard_at;
    if (silence >= REST_MS)
        enter(keys, LINK_KEYS_GROUND);
    bool alone = len == 1 && keys->place == LINK_KEYS_GROUND && silence >= LINK_KEYS_PAUSE_MS;
    for (size_t i = 0; i < len; i++)
        feed_byte(keys, bytes[i]);
    keys->held = alone ? bytes[0] : LINK_KEY_NONE;
    keys->heard_at = now;
}

int link_keys_take(struct link_keys *keys, int64_t now)
{
    int key = keys->held;
    if (key == LINK_KEY_NONE || now - keys->heard_at < LINK_KEYS_PAUSE_MS)
        return LINK_KEY_NONE;
    enter(keys, LINK_KEYS_GROUND);
    link_keys_forget(keys);
    return key;
}

void link_keys_forget(struct link_keys *keys)
{
    keys->held = LINK_KEY_NONE;
}
