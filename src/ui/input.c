/* SPDX-License-Identifier: MIT */
#include "ui/input.h"

#include <stdio.h>
#include <string.h>

#include "core/keymap.h"
#include "core/text.h"

/* The longest answer a terminal may give; what goes on longer is somebody typing. */
#define STRING_MAX 128
/* What follows CSI M in the oldest mouse report: button, column, row. */
#define OLD_MOUSE_BYTES 3
/* So long after its newest byte a sequence is over: Alt with a key began what looked like one. Slow lines pause within. */
#define SEQUENCE_PAUSE_MS 1000
/* Of what is no key, so much is read in one call: the caller has more to do than to drop it. */
#define DROPPED_MAX 65536
/* What ends a paste, behind its ESC. */
#define PASTE_END "[201~"
/* A key, but none of ours. */
#define KEY_IGNORED (-1)

void input_init(struct input *input, struct answer *answer)
{
    memset(input, 0, sizeof *input);
    input->answer = answer;
    input->typed_len = answer->typed_len;
    memcpy(input->typed, answer->typed, input->typed_len);
    input->place = answer->place == ANSWER_CSI             ? INPUT_CSI
                   : answer->place == ANSWER_STRING        ? INPUT_STRING
                   : answer->place == ANSWER_STRING_ESCAPE ? INPUT_STRING_ESCAPE
                                                           : INPUT_GROUND;
}

static int named_key(wint_t code)
{
    static const struct {
        int curses, key;
    } keys[] = {
        {KEY_UP, KEYNAME_UP},       {KEY_DOWN, KEYNAME_DOWN},   {KEY_LEFT, KEYNAME_LEFT},
        {KEY_RIGHT, KEYNAME_RIGHT}, {KEY_PPAGE, KEYNAME_PAGE_UP}, {KEY_NPAGE, KEYNAME_PAGE_DOWN},
        {KEY_HOME, KEYNAME_HOME},   {KEY_END, KEYNAME_END},     {KEY_IC, KEYNAME_INSERT},
        {KEY_DC, KEYNAME_DELETE},   {KEY_ENTER, KEYNAME_ENTER}, {KEY_BACKSPACE, KEYNAME_BACKSPACE},
        {KEY_FIND, KEYNAME_HOME},   {KEY_SELECT, KEYNAME_END},  {KEY_A1, KEYNAME_HOME},
        {KEY_C1, KEYNAME_END},      {KEY_A3, KEYNAME_PAGE_UP},  {KEY_C3, KEYNAME_PAGE_DOWN},
    };
    if (code >= (wint_t)KEY_F(1) && code <= (wint_t)KEY_F(12))
        return KEYNAME_F1 + (int)code - KEY_F(1);
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++)
        if (code == (wint_t)keys[i].curses)
            return keys[i].key;
    return KEY_IGNORED;
}

static int character_key(uint32_t code)
{
    if (code == '\n' || code == '\r')
        return KEYNAME_ENTER;
    if (code == 0x7f || code == 0x08)
        return KEYNAME_BACKSPACE;
    return code == 0 || code > 0x10ffff ? KEY_IGNORED : (int)code;
}

static int next_typed(struct input *input)
{
    uint32_t code;
    const char *bytes = (const char *)input->typed + input->typed_at;
    input->typed_at += text_next(bytes, input->typed_len - input->typed_at, &code);
    return character_key(code);
}

static int next_key(struct input *input)
{
    if (input->typed_at < input->typed_len)
        return next_typed(input);
    wint_t code;
    int kind;
    /* ncurses' word of a resize is none from the terminal: it may stand in the middle of a sequence. */
    do
        kind = wget_wch(input->window, &code);
    while (kind == KEY_CODE_YES && code == KEY_RESIZE);
    if (kind == ERR)
        return KEYNAME_NONE;
    if (kind == KEY_CODE_YES)
        return named_key(code);
    /* In a paste nothing is a key, and CR LF are one line end. */
    return input->place == INPUT_PASTE && code > 0 && code <= 0x10ffff ? (int)code : character_key((uint32_t)code);
}

/* Hands a byte of a sequence on. What is no answer of a terminal is nothing at all. */
static void hear(struct input *input, int key)
{
    const unsigned char byte = (key >= 0x20 && key < 0x7f) || key == KEYNAME_ESC || key == 0x07 ? (unsigned char)key : '?';
    answer_feed(input->answer, &byte, 1);
    input->answer->typed_len = 0;
}

/* ESC alone is a key; with more behind it at once, it may begin a sequence that ncurses does not know, or be Alt with a key. */
static int after_escape(struct input *input)
{
    int next = next_key(input);
    while (next == KEYNAME_ESC)
        next = next_key(input);
    input->swallowed = 0;
    input->report[0] = '\0';
    if (next == '[')
        input->place = INPUT_CSI;
    else if (next == 'O')
        input->place = INPUT_SS3;
    else if (next == 'P')
        input->place = INPUT_DCS;
    else if (next == '_')
        input->place = INPUT_APC;
    else if (next == ']')
        input->place = INPUT_OSC;
    else
        return next == KEYNAME_NONE ? KEYNAME_ESC : KEY_IGNORED;
    if (input->place != INPUT_SS3) {
        hear(input, KEYNAME_ESC);
        hear(input, next);
    }
    return KEY_IGNORED;
}

void input_set_mouse(struct input *input, bool on)
{
    input->mouse = on;
}

/* An SGR report: "<button;column;row", then M where a button went down. Other buttons than the first and the wheel, and moves,
 * are none of ours. */
static int mouse_key(struct input *input)
{
    int button, column, row;
    char more;
    if (sscanf(input->report, "<%d;%d;%d%c", &button, &column, &row, &more) != 3 || column < 1 || row < 1)
        return KEY_IGNORED;
    input->mouse_x = column - 1;
    input->mouse_y = row - 1;
    return button == 0 ? KEYNAME_CLICK : button == 64 ? KEYNAME_WHEEL_UP : button == 65 ? KEYNAME_WHEEL_DOWN : KEY_IGNORED;
}

static void begin_paste(struct input *input)
{
    input->place = INPUT_PASTE;
    input->paste_len = input->paste_count = input->end_matched = 0;
    input->paste[0] = '\0';
}

static void keep_character(struct input *input, int key)
{
    char character[KEYMAP_CHARACTER_SIZE];
    size_t len = keymap_character(character, key);
    input->paste_count++;
    if (len == 0 || input->paste_len + len >= sizeof input->paste)
        return;
    memcpy(input->paste + input->paste_len, character, len + 1);
    input->paste_len += len;
}

/* One character further in a paste. */
static int in_paste(struct input *input, int key)
{
    size_t matched = input->end_matched;
    if (matched > 0 && key == PASTE_END[matched - 1]) {
        input->end_matched++;
        if (matched < strlen(PASTE_END))
            return KEY_IGNORED;
        input->place = INPUT_GROUND;
        return KEYNAME_PASTE;
    }
    /* It was not the end. */
    for (size_t i = 1; i < matched; i++)
        keep_character(input, PASTE_END[i - 1]);
    input->end_matched = key == KEYNAME_ESC;
    if (key != KEY_IGNORED && key != KEYNAME_ESC && key < KEYNAME_FIRST)
        keep_character(input, key);
    return KEY_IGNORED;
}

bool input_is_pasting(const struct input *input)
{
    return input->place == INPUT_PASTE;
}

void input_end_paste(struct input *input)
{
    input->place = INPUT_GROUND;
    input->paste_given_up = true;
}

/* What no sequence holds: a control character, or a key with a name. */
static bool breaks_off(const struct input *input, int key)
{
    bool is_byte = key >= KEYNAME_SPACE && key < KEYNAME_FIRST;
    bool ends_string = key == KEYNAME_ESC || key == 0x07;
    return input->place != INPUT_OLD_MOUSE && !is_byte && !ends_string && key != KEY_IGNORED;
}

/* One key further in a sequence; gives the key back when it does not belong to it. */
static int in_sequence(struct input *input, int key)
{
    enum input_place place = input->place;
    bool is_strange = breaks_off(input, key);
    if (!is_strange && place != INPUT_SS3 && place != INPUT_OLD_MOUSE)
        hear(input, key);
    input->place = INPUT_GROUND;
    if (++input->swallowed > STRING_MAX || is_strange)
        return key;
    switch (place) {
    case INPUT_CSI:
        if (key == 'M' && input->swallowed == 1) {
            input->mouse_left = OLD_MOUSE_BYTES;
            input->place = INPUT_OLD_MOUSE;
            return KEY_IGNORED;
        }
        if (key >= 0x20 && key <= 0x3f) {
            input->place = INPUT_CSI;
            if (input->swallowed < sizeof input->report)
                input->report[input->swallowed - 1] = (char)key, input->report[input->swallowed] = '\0';
        }
        if (key == '~' && strcmp(input->report, "200") == 0) {
            begin_paste(input);
            return KEY_IGNORED;
        }
        return key == 'M' && input->mouse ? mouse_key(input) : key < 0x7f ? KEY_IGNORED : key;
    case INPUT_DCS:
        /* DA3 and XTVERSION; anything else is Alt-P and a further key */
        if (key != '>' && key != '!')
            return key;
        input->place = INPUT_STRING;
        return KEY_IGNORED;
    case INPUT_APC:
        /* kitty's graphics; anything else is Alt-_ and a further key */
        if (key != 'G')
            return key;
        input->place = INPUT_STRING;
        return KEY_IGNORED;
    case INPUT_OSC:
        /* the background; anything else is Alt-] and a further key */
        if (key != '1')
            return key;
        input->place = INPUT_STRING;
        return KEY_IGNORED;
    case INPUT_OLD_MOUSE:
        input->place = --input->mouse_left > 0 ? INPUT_OLD_MOUSE : INPUT_GROUND;
        return KEY_IGNORED;
    case INPUT_STRING:
        input->place = key == KEYNAME_ESC ? INPUT_STRING_ESCAPE : key == 0x07 ? INPUT_GROUND : INPUT_STRING;
        return KEY_IGNORED;
    default: /* the last of SS3, and the backslash of a string's end */
        return key < 0x7f ? KEY_IGNORED : key;
    }
}

static void end_what_paused(struct input *input, int64_t now)
{
    if (input->place != INPUT_PASTE && input->heard_at && now - input->heard_at > SEQUENCE_PAUSE_MS)
        input->place = INPUT_GROUND;
    input->heard_at = now;
}

int input_key(struct input *input, int64_t now)
{
    if (input->paste_given_up) {
        input->paste_given_up = false;
        return KEYNAME_PASTE;
    }
    for (int dropped = 0; dropped < DROPPED_MAX; dropped++) {
        int key = next_key(input);
        if (key == KEYNAME_NONE)
            return key;
        end_what_paused(input, now);
        if (input->place == INPUT_PASTE)
            key = in_paste(input, key);
        else if (input->place != INPUT_GROUND)
            key = in_sequence(input, key);
        else if (key == KEYNAME_ESC)
            key = after_escape(input);
        if (key != KEY_IGNORED)
            return key;
    }
    return KEYNAME_NONE;
}
