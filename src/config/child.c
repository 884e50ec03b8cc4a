/* SPDX-License-Identifier: MIT */
#include "config/child.h"

#include <ctype.h>
#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#define FIRST_OWN 3
#define DESCRIPTORS_MOST 65536 /* looked at where neither the kernel nor /proc helps */
#define CLOSE_ON_EXEC (1u << 2) /* CLOSE_RANGE_CLOEXEC, of Linux 5.11 */
#define PATH_BYTES 280 /* /proc/NAME/environ */
#define ENVIRONMENT_MAX ((size_t)1 << 20)

extern char **environ;

static void seal(int fd)
{
    int flags = fcntl(fd, F_GETFD);
    if (flags >= 0 && !(flags & FD_CLOEXEC))
        (void)fcntl(fd, F_SETFD, flags | FD_CLOEXEC);
}

static bool seal_by_kernel(void)
{
#ifdef SYS_close_range
    return syscall(SYS_close_range, FIRST_OWN, ~0u, CLOSE_ON_EXEC) == 0;
#else
    return false;
#endif
}

static bool seal_listed(void)
{
    DIR *folder = opendir("/proc/self/fd");
    if (!folder)
        return false;
    for (struct dirent *entry; (entry = readdir(folder));)
        if (isdigit((unsigned char)entry->d_name[0]) && atoi(entry->d_name) >= FIRST_OWN)
            seal(atoi(entry->d_name));
    closedir(folder);
    return true;
}

/* libwebsockets 4.3 opens a netlink socket without close-on-exec. */
static void seal_descriptors(void)
{
    if (seal_by_kernel() || seal_listed())
        return;
    long most = sysconf(_SC_OPEN_MAX);
    for (int fd = FIRST_OWN; fd < (most > 0 && most < DESCRIPTORS_MOST ? (int)most : DESCRIPTORS_MOST); fd++)
        seal(fd);
}

/* An array of our own, of strings that are not. */
static char **make_environment(char **from, const struct child_hidden *hidden, const char *mark)
{
    size_t count = 0, kept = 0;
    while (from[count])
        count++;
    char **out = calloc(count + 2, sizeof *out);
    for (size_t i = 0; out && i < count; i++)
        if (!child_is_hidden(hidden, from[i]))
            out[kept++] = from[i];
    if (out && mark)
        out[kept] = (char *)mark;
    return out;
}

int child_spawn(uv_loop_t *loop, uv_process_t *process, const uv_process_options_t *options, const struct child_hidden *hidden,
                const char *mark)
{
    uv_process_options_t sealed = *options;
    sealed.env = make_environment(options->env ? options->env : environ, hidden, mark);
    if (!sealed.env) {
        /* As a failed uv_spawn does, it leaves a handle to close. */
        sealed.file = "";
        sealed.env = (char *[]){NULL};
        (void)uv_spawn(loop, process, &sealed);
        return UV_ENOMEM;
    }
    seal_descriptors();
    int failed = uv_spawn(loop, process, &sealed);
    free(sealed.env);
    return failed;
}

/* Whether the process began with this variable; its children have it too. */
static bool is_marked(const char *pid, const char *mark)
{
    char path[PATH_BYTES], *all = malloc(ENVIRONMENT_MAX);
    snprintf(path, sizeof path, "/proc/%s/environ", pid);
    FILE *file = all ? fopen(path, "re") : NULL;
    size_t len = file ? fread(all, 1, ENVIRONMENT_MAX - 1, file) : 0, size = strlen(mark) + 1;
    bool found = false;
    if (file)
        fclose(file);
    if (all)
        all[len] = '\0';
    for (size_t at = 0; all && at < len && !found; at += strlen(all + at) + 1)
        found = len - at + 1 >= size && memcmp(all + at, mark, size) == 0;
    free(all);
    return found;
}

void child_signal(const char *mark, int child, int number)
{
    DIR *folder = opendir("/proc");
    for (struct dirent *entry; folder && (entry = readdir(folder));)
        if (isdigit((unsigned char)entry->d_name[0]) && atoi(entry->d_name) != getpid() && is_marked(entry->d_name, mark))
            (void)kill((pid_t)atoi(entry->d_name), number);
    if (folder)
        closedir(folder);
    if (child > 0)
        (void)kill(child, number);
}
