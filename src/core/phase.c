/* SPDX-License-Identifier: MIT */
#include "core/phase.h"

static const struct {
    const char *words;
    const char *mark;
    const char *ascii;
    enum phase_group group;
    const char *meaning;
} phases[PHASE_COUNT] = {
#define PHASE_ROW(id, words, mark, ascii, group, meaning) [id] = {words, mark, ascii, PHASE_GROUP_##group, meaning},
    PHASE_TABLE(PHASE_ROW)
#undef PHASE_ROW
};

static const struct {
    const char *one, *several;
    enum phase sign;
} groups[PHASE_GROUP_COUNT] = {
#define GROUP_ROW(id, one, several, phase) [PHASE_GROUP_##id] = {one, several, phase},
    PHASE_GROUP_TABLE(GROUP_ROW)
#undef GROUP_ROW
};

const char *phase_words(enum phase phase)
{
    return phases[phase].words;
}

const char *phase_meaning(enum phase phase)
{
    return phases[phase].meaning;
}

const char *phase_mark(enum phase phase, int ascii)
{
    return ascii ? phases[phase].ascii : phases[phase].mark;
}

enum phase_group phase_group(enum phase phase)
{
    return phases[phase].group;
}

const char *phase_group_word(enum phase_group group, size_t count)
{
    return count == 1 ? groups[group].one : groups[group].several;
}

enum phase phase_group_sign(enum phase_group group)
{
    return groups[group].sign;
}
