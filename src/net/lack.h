/* SPDX-License-Identifier: MIT
 * What this machine has run out of, told as that and not as the peer's fault.
 */
#ifndef SCANDECK_NET_LACK_H
#define SCANDECK_NET_LACK_H

#include <stddef.h>

#define LACK_FILES_MAX 16

/* The errno that keeps this process from opening so many more descriptors (LACK_FILES_MAX at most); 0 = it can. Libraries
 * lose the errno, so it is tried. */
int lack_of_files(unsigned wanted);
/* A sentence: "no file descriptors left: `ulimit -n` is 40". */
void lack_words(char *dst, size_t size, int error);

#endif
