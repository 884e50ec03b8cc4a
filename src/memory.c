/* SPDX-License-Identifier: MIT */
#include "memory.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "config/file.h"
#include "core/text.h"

#define SHOWN_MAX 256
#define REASON_MAX 128

/* `what` is "answers are" or "the answer is". The file is named, cleaned, where there is one. */
static bool complain(const struct memory *memory, const char *what, const char *reason, char *why, size_t why_size)
{
    char shown[SHOWN_MAX] = "";
    if (memory->path)
        text_clean(shown, sizeof shown, memory->path, strlen(memory->path), NULL);
    snprintf(why, why_size, "%s not remembered: %s%s%s", what, shown, memory->path ? ": " : "", reason);
    return false;
}

static bool make_path(struct memory *memory, char *reason, size_t size)
{
    const char *base = getenv("XDG_STATE_HOME"), *home = getenv("HOME");
    bool is_given = base && *base == '/'; /* the XDG rules: a relative one is to be ignored */
    if (!is_given && (!home || *home != '/')) {
        snprintf(reason, size, "neither XDG_STATE_HOME nor HOME is set");
        return false;
    }
    if (is_given ? asprintf(&memory->path, "%s/scandeck/terminals", base) >= 0
                 : asprintf(&memory->path, "%s/.local/state/scandeck/terminals", home) >= 0)
        return true;
    memory->path = NULL;
    snprintf(reason, size, "memory is out");
    return false;
}

/* The parts of "yes sextants IDENTITY"; false when it is none. */
static bool read_line(const char *line, bool *can, enum qr_ability *ability, const char **identity)
{
    *can = strncmp(line, "yes ", 4) == 0;
    if (!*can && strncmp(line, "no ", 3) != 0)
        return false;
    line += *can ? 4 : 3;
    for (int i = 0; i < QR_ABILITY_COUNT; i++) {
        const char *name = qr_ability_info((enum qr_ability)i)->name;
        size_t len = strlen(name);
        if (strncmp(line, name, len) != 0 || line[len] != ' ' || !line[len + 1])
            continue;
        *ability = (enum qr_ability)i;
        *identity = line + len + 1;
        return true;
    }
    return false;
}

static bool is_comment(const char *line)
{
    return !*line || *line == '#';
}

static bool answers(const char *line, const char *identity, enum qr_ability ability, bool *can)
{
    enum qr_ability of;
    const char *whose;
    return read_line(line, can, &of, &whose) && of == ability && strcmp(whose, identity) == 0;
}

bool memory_find(const struct memory *memory, const char *identity, enum qr_ability ability, bool *can)
{
    for (size_t i = memory->count; i > 0; i--)
        if (answers(memory->lines[i - 1], identity, ability, can))
            return true;
    return false;
}

static void forget_lines(struct memory *memory)
{
    for (size_t i = 0; i < memory->count; i++)
        free(memory->lines[i]);
    free(memory->lines);
    memory->lines = NULL;
    memory->count = 0;
}

void memory_free(struct memory *memory)
{
    forget_lines(memory);
    free(memory->path);
    *memory = (struct memory){0};
}

static bool add_line(struct memory *memory, const char *text, size_t len)
{
    char **grown = realloc(memory->lines, (memory->count + 1) * sizeof *grown);
    char *line = strndup(text, len);
    if (grown)
        memory->lines = grown;
    if (!grown || !line) {
        free(line);
        return false;
    }
    memory->lines[memory->count++] = line;
    return true;
}

static void remove_line(struct memory *memory, size_t at)
{
    free(memory->lines[at]);
    memory->count--;
    memmove(memory->lines + at, memory->lines + at + 1, (memory->count - at) * sizeof *memory->lines);
}

/* Not a link, and nobody else's: what stands there decides how codes are drawn. */
static bool is_ours(const char *path, char *reason, size_t size)
{
    struct stat status;
    bool is_there = lstat(path, &status) == 0;
    if (is_there && S_ISREG(status.st_mode) && status.st_uid == geteuid())
        return true;
    if (!is_there && errno == ENOENT)
        return true;
    snprintf(reason, size, "%s",
             !is_there                  ? strerror(errno)
             : !S_ISREG(status.st_mode) ? "it is no regular file"
                                        : "it belongs to somebody else");
    return false;
}

static bool split(struct memory *memory, const char *text, size_t len)
{
    while (len > 0) {
        const char *end = memchr(text, '\n', len);
        size_t line = end ? (size_t)(end - text) : len, took = line + (end != NULL);
        if (!add_line(memory, text, line))
            return false;
        text += took;
        len -= took;
    }
    return true;
}

/* Reads the file anew into memory->lines. */
static bool read_lines(struct memory *memory, char *reason, size_t size)
{
    struct file_content content;
    char half[REASON_MAX - 32];
    forget_lines(memory);
    if (!is_ours(memory->path, reason, size))
        return false;
    if (!file_read(&content, memory->path, FILE_REGULAR, MEMORY_BYTES_MAX, half, sizeof half)) {
        if (content.missing)
            return true;
        snprintf(reason, size, "it %s", half);
        return false;
    }
    bool is_text = !memchr(content.text, '\0', content.len), ok = is_text && split(memory, content.text, content.len);
    file_content_free(&content);
    if (ok)
        return true;
    forget_lines(memory);
    snprintf(reason, size, "%s", is_text ? "memory is out" : "it is no text");
    return false;
}

/* Names the first line that makes no sense, and counts the others. */
static void check_lines(const struct memory *memory, char *why, size_t why_size)
{
    size_t first = 0, bad = 0;
    for (size_t i = 0; i < memory->count; i++) {
        enum qr_ability ability;
        const char *identity;
        bool can;
        if (is_comment(memory->lines[i]) || read_line(memory->lines[i], &can, &ability, &identity))
            continue;
        if (bad++ == 0)
            first = i + 1;
    }
    char shown[SHOWN_MAX];
    if (bad == 0)
        return;
    text_clean(shown, sizeof shown, memory->path, strlen(memory->path), NULL);
    int used = snprintf(why, why_size, "%s:%zu: not understood; a line is 'yes' or 'no', an ability and a terminal",
                        shown, first);
    if (bad > 1 && used > 0 && (size_t)used < why_size)
        snprintf(why + used, why_size - (size_t)used, " (%zu more such lines)", bad - 1);
}

bool memory_load(struct memory *memory, char *why, size_t why_size)
{
    char reason[REASON_MAX];
    *memory = (struct memory){0};
    *why = '\0';
    if (!make_path(memory, reason, sizeof reason) || !read_lines(memory, reason, sizeof reason))
        return complain(memory, "answers are", reason, why, why_size);
    check_lines(memory, why, why_size);
    return true;
}

static size_t bytes_of(const struct memory *memory)
{
    size_t bytes = 0;
    for (size_t i = 0; i < memory->count; i++)
        bytes += strlen(memory->lines[i]) + 1;
    return bytes;
}

/* The oldest answer goes; where there is none, the oldest line. */
static void make_room(struct memory *memory)
{
    while (memory->count > MEMORY_LINES_MAX || (memory->count > 0 && bytes_of(memory) > MEMORY_BYTES_MAX)) {
        size_t at = 0;
        while (at + 1 < memory->count && is_comment(memory->lines[at]))
            at++;
        remove_line(memory, at + 1 < memory->count ? at : 0);
    }
}

static bool add_answer(struct memory *memory, const char *identity, enum qr_ability ability, bool can)
{
    char *line;
    bool before;
    for (size_t i = memory->count; i > 0; i--)
        if (answers(memory->lines[i - 1], identity, ability, &before))
            remove_line(memory, i - 1);
    if (asprintf(&line, "%s %s %s", can ? "yes" : "no", qr_ability_info(ability)->name, identity) < 0)
        return false;
    bool ok = add_line(memory, line, strlen(line));
    free(line);
    make_room(memory);
    return ok;
}

/* Every directory on the way to the file. */
static bool make_directories(char *path)
{
    for (char *slash = strchr(path + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        bool ok = mkdir(path, 0700) == 0 || errno == EEXIST;
        *slash = '/';
        if (!ok)
            return false;
    }
    return true;
}

static bool write_lines(const struct memory *memory, int fd)
{
    FILE *file = fdopen(fd, "w");
    if (!file) {
        close(fd);
        return false;
    }
    for (size_t i = 0; i < memory->count; i++)
        fprintf(file, "%s\n", memory->lines[i]);
    bool ok = !ferror(file);
    return fclose(file) == 0 && ok;
}

/* Written beside it and renamed: whoever reads finds the old file or the new one, each whole. */
static bool replace_file(const struct memory *memory)
{
    char *beside;
    if (asprintf(&beside, "%s.XXXXXX", memory->path) < 0)
        return false;
    int fd = make_directories(beside) ? mkostemp(beside, O_CLOEXEC) : -1;
    bool ok = fd >= 0 && write_lines(memory, fd) && rename(beside, memory->path) == 0;
    int error = errno;
    if (fd >= 0 && !ok)
        unlink(beside);
    free(beside);
    errno = error;
    return ok;
}

static bool keep(struct memory *memory, const char *identity, enum qr_ability ability, bool can, char *reason, size_t size)
{
    if (!memory->path && !make_path(memory, reason, size))
        return false;
    if (!read_lines(memory, reason, size))
        return false;
    bool is_added = add_answer(memory, identity, ability, can);
    if (is_added && replace_file(memory))
        return true;
    snprintf(reason, size, "%s", is_added ? strerror(errno) : "memory is out");
    return false;
}

bool memory_put(struct memory *memory, const char *identity, enum qr_ability ability, bool can, char *why,
                size_t why_size)
{
    char reason[REASON_MAX];
    return keep(memory, identity, ability, can, reason, sizeof reason) ||
           complain(memory, "the answer is", reason, why, why_size);
}
