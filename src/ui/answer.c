/* SPDX-License-Identifier: MIT */
#include "ui/answer.h"

#include <stdio.h>
#include <string.h>

#include "core/text.h"

#define ESC 0x1b
#define BEL 0x07
#define NUMBER_MAX 999999
/* DA1 numbers a VT220 61 or 62, later ones higher; before that, 4 meant another thing than sixel. */
#define VT220 61
#define ATTRIBUTE_SIXEL 4
#define ATTRIBUTES_MAX 32
#define BACKGROUND_BEGIN "11;rgb:"
#define HEX_DIGITS_MAX 4
#define FULL 0xffffu

void answer_init(struct answer *answer)
{
    memset(answer, 0, sizeof *answer);
}

static void keep_typed(struct answer *answer, unsigned char byte)
{
    if (answer->typed_len < sizeof answer->typed)
        answer->typed[answer->typed_len++] = byte;
}

static void begin(struct answer *answer, enum answer_place place)
{
    answer->place = place;
    answer->text_len = 0;
    answer->text[0] = '\0';
}

static void keep_text(struct answer *answer, unsigned char byte)
{
    if (answer->text_len + 1 < sizeof answer->text) {
        answer->text[answer->text_len] = byte >= 0x20 && byte < 0x7f ? (char)byte : '?';
        answer->text[answer->text_len + 1] = '\0';
    }
    if (answer->text_len < sizeof answer->text)
        answer->text_len++;
}

static bool text_is_whole(const struct answer *answer)
{
    return answer->text_len < sizeof answer->text;
}

static void return_sequence(struct answer *answer, char introducer)
{
    keep_typed(answer, ESC);
    keep_typed(answer, (unsigned char)introducer);
    for (size_t i = 0; answer->text[i]; i++)
        keep_typed(answer, (unsigned char)answer->text[i]);
}

size_t answer_numbers(const char *text, unsigned *numbers, size_t most)
{
    size_t count = 0;
    while (count < most && *text >= '0' && *text <= '9') {
        unsigned number = 0;
        for (; *text >= '0' && *text <= '9'; text++) {
            number = number * 10 + (unsigned)(*text - '0');
            number = number > NUMBER_MAX ? NUMBER_MAX : number;
        }
        numbers[count++] = number;
        text += *text == ';';
    }
    return count;
}

bool answer_announces_sixel(const struct answer *answer)
{
    unsigned numbers[ATTRIBUTES_MAX];
    size_t count = answer_numbers(answer->attributes, numbers, ATTRIBUTES_MAX);
    for (size_t i = 1; i < count && numbers[0] >= VT220; i++)
        if (numbers[i] == ATTRIBUTE_SIXEL)
            return true;
    return false;
}

/* CSI 6 ; height ; width t */
static void take_cell_size(struct answer *answer)
{
    unsigned numbers[4];
    if (answer_numbers(answer->text, numbers, 4) != 3 || numbers[1] == 0 || numbers[1] > ANSWER_CELL_MAX ||
        numbers[2] == 0 || numbers[2] > ANSWER_CELL_MAX)
        return;
    answer->cell_height = (int)numbers[1];
    answer->cell_width = (int)numbers[2];
}

/* CSI row ; column R */
static void take_cursor(struct answer *answer)
{
    unsigned numbers[3];
    if (answer_numbers(answer->text, numbers, 3) == 2)
        answer->column[answer->next_sign] = (int)numbers[1];
    answer->next_sign++;
}

/* The text of a sequence, which begins with the `mark` that only answers have, without that and its last letter. */
static void copy_inside(char dst[ANSWER_TEXT_MAX], const struct answer *answer)
{
    dst[0] = '\0';
    if (text_is_whole(answer))
        text_copy_part(dst, ANSWER_TEXT_MAX, answer->text + 1, answer->text_len - 2);
}

static void end_csi(struct answer *answer, unsigned char last)
{
    char first = answer->text[0];
    if (last == 'c' && first == '?') {
        copy_inside(answer->attributes, answer);
        answer->complete = true;
        answer->end_sign = answer->next_sign; /* what was not answered before the fence never will be */
    } else if (last == 'c' && first == '>')
        copy_inside(answer->device, answer);
    else if (last == 't' && first == '6' && answer->text[1] == ';')
        take_cell_size(answer);
    else if (last == 'R' && answer->next_sign < answer->end_sign)
        take_cursor(answer);
    else
        return_sequence(answer, '[');
    begin(answer, ANSWER_GROUND);
}

/* Only answers begin like this, no key does. */
static bool is_answer_csi(const struct answer *answer)
{
    return answer->text[0] == '>' || answer->text[0] == '?';
}

static void feed_csi(struct answer *answer, unsigned char byte)
{
    if (byte >= 0x20 && byte < 0x7f) {
        keep_text(answer, byte);
        if (byte > 0x3f)
            end_csi(answer, byte);
        return;
    }
    if (!is_answer_csi(answer))
        return_sequence(answer, '[');
    begin(answer, byte == ESC ? ANSWER_ESCAPE : ANSWER_GROUND);
    if (byte != ESC)
        keep_typed(answer, byte);
}

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* One to four hex digits, "f" as much as "ffff", as a part of FULL. Returns what follows them, NULL where there are
 * none or more. */
static const char *read_part(const char *text, unsigned *part)
{
    unsigned value = 0, most = 0;
    int digits = 0;
    for (; hex_digit(*text) >= 0; text++, digits++) {
        if (digits == HEX_DIGITS_MAX)
            return NULL;
        value = value * 16 + (unsigned)hex_digit(*text);
        most = most * 16 + 15;
    }
    *part = most > 0 ? value * FULL / most : 0;
    return most > 0 ? text : NULL;
}

/* "11;rgb:ffff/ffff/ffff". Green is most of what an eye, and a camera, takes for brightness. */
static void take_background(struct answer *answer)
{
    static const unsigned weights[] = {2126, 7152, 722};
    static const char ends[] = {'/', '/', '\0'};
    const char *text = answer->text + strlen(BACKGROUND_BEGIN);
    unsigned sum = 0;
    for (int i = 0; i < 3; i++) {
        unsigned part;
        text = read_part(text, &part);
        if (!text || *text != ends[i])
            return;
        text += *text == '/';
        sum += part * weights[i];
    }
    answer->background = sum > FULL * 10000u / 2 ? ANSWER_BACKGROUND_LIGHT : ANSWER_BACKGROUND_DARK;
}

static void end_string(struct answer *answer)
{
    if (text_is_whole(answer) && answer->introducer == 'P' && strncmp(answer->text, ">|", 2) == 0)
        snprintf(answer->version, sizeof answer->version, "%s", answer->text + 2);
    if (answer->introducer == '_' && strcmp(answer->text, "Gi=31;OK") == 0)
        answer->kitty_graphics = true;
    if (text_is_whole(answer) && answer->introducer == ']' &&
        strncmp(answer->text, BACKGROUND_BEGIN, strlen(BACKGROUND_BEGIN)) == 0)
        take_background(answer);
    begin(answer, ANSWER_GROUND);
}

static void feed_escape(struct answer *answer, unsigned char byte)
{
    if (byte == '[')
        begin(answer, ANSWER_CSI);
    else if (byte == 'P' || byte == '_' || byte == ']') {
        answer->introducer = (char)byte;
        begin(answer, ANSWER_STRING);
    } else {
        keep_typed(answer, ESC);
        begin(answer, byte == ESC ? ANSWER_ESCAPE : ANSWER_GROUND);
        if (byte != ESC)
            keep_typed(answer, byte);
    }
}

/* Answers go on with these; Alt-P, Alt-_ and Alt-] begin like them. */
static bool begins_answer(char introducer, unsigned char byte)
{
    return introducer == 'P' ? byte == '>' || byte == '!' : byte == (introducer == ']' ? '1' : 'G');
}

static void feed_string(struct answer *answer, unsigned char byte)
{
    if (answer->text_len == 0 && !begins_answer(answer->introducer, byte)) {
        return_sequence(answer, answer->introducer);
        begin(answer, byte == ESC ? ANSWER_ESCAPE : ANSWER_GROUND);
        if (byte != ESC)
            keep_typed(answer, byte);
    } else if (byte == ESC)
        answer->place = ANSWER_STRING_ESCAPE;
    else if (byte == BEL)
        end_string(answer);
    else
        keep_text(answer, byte);
}

static void feed_byte(struct answer *answer, unsigned char byte)
{
    switch (answer->place) {
    case ANSWER_GROUND:
        if (byte == ESC)
            begin(answer, ANSWER_ESCAPE);
        else
            keep_typed(answer, byte);
        break;
    case ANSWER_ESCAPE:
        feed_escape(answer, byte);
        break;
    case ANSWER_CSI:
        feed_csi(answer, byte);
        break;
    case ANSWER_STRING:
        feed_string(answer, byte);
        break;
    case ANSWER_STRING_ESCAPE:
        /* Any other sequence ends a string that was left open. */
        if (byte == '\\')
            end_string(answer);
        else
            feed_escape(answer, byte);
        break;
    }
}

void answer_feed(struct answer *answer, const unsigned char *bytes, size_t len)
{
    for (size_t i = 0; i < len; i++)
        feed_byte(answer, bytes[i]);
}

void answer_finish(struct answer *answer)
{
    bool is_answer = answer->place == ANSWER_STRING_ESCAPE ||
                     (answer->place == ANSWER_STRING && answer->text_len > 0) ||
                     (answer->place == ANSWER_CSI && is_answer_csi(answer));
    if (is_answer)
        return;
    if (answer->place == ANSWER_ESCAPE)
        keep_typed(answer, ESC);
    else if (answer->place == ANSWER_CSI)
        return_sequence(answer, '[');
    else if (answer->place == ANSWER_STRING)
        return_sequence(answer, answer->introducer);
    begin(answer, ANSWER_GROUND);
}
