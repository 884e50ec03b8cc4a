/* SPDX-License-Identifier: MIT
 * Reads small texts whole: configuration and token files, which may hold secrets, transcripts, the memory.
 */
#ifndef SCANDECK_CONFIG_FILE_H
#define SCANDECK_CONFIG_FILE_H

#include <stdbool.h>
#include <stddef.h>

struct file_content {
    char *text; /* NUL-terminated; owned */
    size_t len;
    bool others_may_read; /* its group, or everybody; never so of a stream */
    bool missing;         /* on failure: there is no such file */
};

/* What may be read: a file alone, or also what a pipe gives (a named one, `<(command)`, standard input as "-"). */
enum file_kind { FILE_REGULAR, FILE_OR_STREAM };

/* Reads at most `most` bytes of UTF-8 from a regular file or a link to one. A byte order mark at the start is left out; UTF-16 and UTF-32
 * are failures that say so. A stream has FILE_PATIENCE_MS for each piece. On failure writes half a sentence, to stand behind the file's
 * name, to `why`, and returns false. */
bool file_read(struct file_content *out, const char *path, enum file_kind kind, size_t most, char *why, size_t why_size);

#define FILE_PATIENCE_MS 30000

/* Whether what it names can be read only once. */
bool file_is_stream(const char *path);
/* Whether it is one of the names of standard input: "-", "/dev/stdin". */
bool file_is_standard_input(const char *path);
/* The bytes of the byte order mark at the start of a text; 0 = there is none. */
size_t file_mark(const char *text, size_t len);

/* Wipes and frees. */
void file_content_free(struct file_content *content);

/* A copy of `path` with a leading "~/" replaced by $HOME; NULL when memory is out. Owned by the caller. */
char *file_expand_home(const char *path);
/* The same of a name that stands in a file in `folder`: a relative one counts from there. NULL or "": from the working directory. */
char *file_resolve(const char *path, const char *folder);

#endif
