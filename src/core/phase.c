/* SPDX-License-Identifier: MIT */
#include "core/phase.h"

static const struct {
    const char *words;
    const char *mark;
    const char *ascii;
    const char *meaning;
} phases[PHASE_COUNT] = {
#define PHASE_ROW(id, words, mark, ascii, meaning) [id] = {words, mark, ascii, meaning},
    PHASE_TABLE(PHASE_ROW)
#undef PHASE_ROW
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
