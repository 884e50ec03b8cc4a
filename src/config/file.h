/* SPDX-License-Identifier: MIT
 * Reads small files whole: configuration and token files, which may hold secrets.
 */
#ifndef SCANDECK_CONFIG_FILE_H
#define SCANDECK_CONFIG_FILE_H

#include <stdbool.h>
#include <stddef.h>

struct file_content {
    char *text; /* NUL-terminated; owned */
    size_t len;
    bool others_may_read; /* its group, or everybody */
    bool missing;         /* on failure: there is no such file */
};

/* Reads a regular file (or a link to one) of at most `most` bytes. On failure writes half a sentence, to stand behind
 * the file's name, to `why`, and returns false. */
bool file_read(struct file_content *out, const char *path, size_t most, char *why, size_t why_size);

/* Wipes and frees. */
void file_content_free(struct file_content *content);

/* A copy of `path` with a leading "~/" replaced by $HOME; NULL when memory is out. Owned by the caller. */
char *file_expand_home(const char *path);

#endif
