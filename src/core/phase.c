/* SPDX-License-Identifier: MIT */
#include "core/phase.h"

static const struct {
    const char *words;
    const char *mark;
    const char *ascii;
} phases[PHASE_COUNT] = {
#define PHASE_ROW(id, words, mark, ascii) [id] = {words, mark, ascii},
    PHASE_TABLE(PHASE_ROW)
#undef PHASE_ROW
};

const char *phase_words(enum phase phase)
{
    return phases[phase].words;
}

const char *phase_mark(enum phase phase, int ascii)
{
    return ascii ? phases[phase].ascii : phases[phase].mark;
}
