/* SPDX-License-Identifier: MIT */
#include "net/lack.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

int lack_of_files(unsigned wanted)
{
    int files[LACK_FILES_MAX], error = 0;
    unsigned count = 0;
    while (count < wanted && count < LACK_FILES_MAX && !error) {
        files[count] = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        if (files[count] < 0)
            error = errno;
        else
            count++;
    }
    while (count > 0)
        (void)close(files[--count]);
    return error;
}

void lack_words(char *dst, size_t size, int error)
{
    struct rlimit limit;
    if (error == EMFILE && getrlimit(RLIMIT_NOFILE, &limit) == 0)
        (void)snprintf(dst, size, "no file descriptors left: `ulimit -n` is %llu", (unsigned long long)limit.rlim_cur);
    else if (error == ENFILE)
        (void)snprintf(dst, size, "no file descriptors left on this machine");
    else if (error == ENOMEM)
        (void)snprintf(dst, size, "out of memory");
    else
        (void)snprintf(dst, size, "no socket can be opened: %s", strerror(error));
}
