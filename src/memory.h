/* SPDX-License-Identifier: MIT
 * What the operator said of each terminal, kept in a file from one day to the next.
 *
 * One answer a line, "yes sextants XTerm(379) 41;379;0 xterm-256color": yes or no, the ability, the terminal's identity.
 * Lines that begin with '#' are comments. A later line wins over an earlier one.
 */
#ifndef SCANDECK_MEMORY_H
#define SCANDECK_MEMORY_H

#include <stdbool.h>
#include <stddef.h>

#include "qr/mode.h"

/* The oldest answers go when there are more lines. */
#define MEMORY_LINES_MAX 200
#define MEMORY_BYTES_MAX ((size_t)64 * 1024)
/* Sentences of memory_load and memory_put fit into this. */
#define MEMORY_WHY_MAX 512

struct memory {
    char *path;   /* of the file, whether it is there, can be read, or not; NULL = there is no place for one */
    char **lines; /* as they stand in the file, without their ends; owned */
    size_t count;
};

/* Reads $XDG_STATE_HOME/scandeck/terminals, or ~/.local/state/scandeck/terminals; that there is none is fine. False,
 * with a sentence in `why`, when nothing can be remembered. True with a sentence when there are lines that make no sense: they
 * stay. memory_free in any case. */
bool memory_load(struct memory *memory, char *why, size_t why_size);
void memory_free(struct memory *memory);

/* True when there is an answer, then in *can. */
bool memory_find(const struct memory *memory, const char *identity, enum qr_ability ability, bool *can);

/* Remembers an answer, in the file too, which is read again before: another scandeck may have written it. The directory
 * is made (0700), the file (0600) replaced whole. False, with a sentence in `why`, when it could not be kept: that may be
 * what memory_load said, or have been mended since. */
bool memory_put(struct memory *memory, const char *identity, enum qr_ability ability, bool can, char *why,
                size_t why_size);

#endif
