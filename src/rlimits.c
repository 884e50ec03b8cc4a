/* SPDX-License-Identifier: MIT */
#include "rlimits.h"

#include <sys/resource.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif

/* libwebsockets takes 16 bytes for each descriptor that the process may have: "unlimited" would be gigabytes. */
#define FILES_MAX ((rlim_t)65536)

void rlimits_raise_files(void)
{
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0)
        return;
    limit.rlim_cur = limit.rlim_max < FILES_MAX ? limit.rlim_max : FILES_MAX;
    (void)setrlimit(RLIMIT_NOFILE, &limit);
}

void rlimits_keep_memory_private(void)
{
    const struct rlimit none = {0, 0};
    (void)setrlimit(RLIMIT_CORE, &none);
#if defined(__linux__) && !defined(__SANITIZE_ADDRESS__)
    (void)prctl(PR_SET_DUMPABLE, 0);
#endif
}
