/* SPDX-License-Identifier: MIT */
#include "ui/answer.h"

#include <stdio.h>
#include <string.h>

#define ESC 0x1b
#define BEL 0x07

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

static void return_sequence(struct answer *answer, const char *introducer)
{
    for (; *introducer; introducer++)
        keep_typed(answer, (unsigned char)*introducer);
    for (size_t i = 0; answer->text[i]; i++)
        keep_typed(answer, (unsigned char)answer->text[i]);
}

static void end_csi(struct answer *answer)
{
    size_t len = strlen(answer->text);
    bool attributes = len > 1 && text_is_whole(answer) && answer->text[len - 1] == 'c';
    if (attributes && answer->text[0] == '?')
        answer->complete = true;
    else if (attributes && answer->text[0] == '>')
        snprintf(answer->device, sizeof answer->device, "%.*s", (int)(len - 2), answer->text + 1);
    else
        return_sequence(answer, "\033[");
    begin(answer, ANSWER_GROUND);
}

static void end_dcs(struct answer *answer)
{
    if (text_is_whole(answer) && strncmp(answer->text, ">|", 2) == 0)
        snprintf(answer->version, sizeof answer->version, "%s", answer->text + 2);
    begin(answer, ANSWER_GROUND);
}

static void feed_escape(struct answer *answer, unsigned char byte)
{
    if (byte == '[')
        begin(answer, ANSWER_CSI);
    else if (byte == 'P')
        begin(answer, ANSWER_DCS);
    else {
        keep_typed(answer, ESC);
        begin(answer, byte == ESC ? ANSWER_ESCAPE : ANSWER_GROUND);
        if (byte != ESC)
            keep_typed(answer, byte);
    }
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
        keep_text(answer, byte);
        if (byte < 0x20 || byte > 0x3f)
            end_csi(answer);
        break;
    case ANSWER_DCS:
        if (byte == ESC)
            answer->place = ANSWER_DCS_ESCAPE;
        else if (byte == BEL)
            end_dcs(answer);
        else
            keep_text(answer, byte);
        break;
    case ANSWER_DCS_ESCAPE:
        end_dcs(answer);
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
    if (answer->place == ANSWER_ESCAPE)
        keep_typed(answer, ESC);
    else if (answer->place == ANSWER_CSI && answer->text[0] != '>' && answer->text[0] != '?')
        return_sequence(answer, "\033[");
    begin(answer, ANSWER_GROUND);
}

/* By XTVERSION; seen drawing, or by their own threads (terminals.md 3). */
static bool version_draws(const char *version)
{
    static const char *const drawers[] = {"kitty(", "foot(", "VTE(", "Konsole", "WezTerm", "ghostty", "contour"};
    for (size_t i = 0; i < sizeof drawers / sizeof drawers[0]; i++)
        if (strncmp(version, drawers[i], strlen(drawers[i])) == 0)
            return true;
    return false;
}

/* By DA2, of those that hide their XTVERSION: first number, least and most second one, and the third. */
static bool device_draws(const char *device)
{
    static const struct {
        unsigned first, least, most, third;
    } drawers[] = {
        {1, 4000, 4000, 0},      /* kitty: its third number is a version */
        {65, 7000, 99999, 0},    /* VTE 0.70 */
        {61, 7000, 99999, 0},
        {0, 2400, 9999, 1},      /* alacritty 0.14; PuTTY is 0;136;0 */
    };
    unsigned first, second, third;
    if (sscanf(device, "%5u;%6u;%5u", &first, &second, &third) != 3)
        return false;
    for (size_t i = 0; i < sizeof drawers / sizeof drawers[0]; i++)
        if (first == drawers[i].first && second >= drawers[i].least && second <= drawers[i].most &&
            (drawers[i].third == 0 || third == drawers[i].third))
            return true;
    return false;
}

/* "VTE(6800)" and older left sextants to the font. */
static bool is_old_vte(const char *version)
{
    unsigned number;
    return sscanf(version, "VTE(%6u", &number) == 1 && number < 7000;
}

bool answer_draws_sextants(const struct answer *answer)
{
    if (answer->version[0])
        return version_draws(answer->version) && !is_old_vte(answer->version);
    return device_draws(answer->device);
}

void answer_name(const struct answer *answer, char *dst, size_t size)
{
    unsigned first = 0, second = 0;
    int numbers = sscanf(answer->device, "%5u;%6u", &first, &second);
    if (answer->version[0])
        snprintf(dst, size, "%s", answer->version);
    else if (numbers == 2 && (first == 65 || first == 61) && second >= 2000)
        snprintf(dst, size, "VTE(%u)", second);
    else if (numbers == 2 && first == 1 && second == 4000)
        snprintf(dst, size, "kitty");
    else
        snprintf(dst, size, "unknown");
}
