/* SPDX-License-Identifier: MIT
 * Limits of the process, set once at its start.
 */
#ifndef SCANDECK_RLIMITS_H
#define SCANDECK_RLIMITS_H

/* As many descriptors as the hard limit gives: a thousand instances need more than the usual 1024. Children inherit it. */
void rlimits_raise_files(void);
/* Tokens live in this process' memory: no core file, and no other process of the user may look. */
void rlimits_keep_memory_private(void);

#endif
