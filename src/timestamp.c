/* SPDX-License-Identifier: MIT */
#include "timestamp.h"

#include <stdio.h>
#include <time.h>

int64_t timestamp_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

void timestamp_format(char *dst, size_t size, int64_t unix_ms)
{
    time_t seconds = (time_t)(unix_ms / 1000);
    struct tm utc;
    gmtime_r(&seconds, &utc);
    size_t n = strftime(dst, size, "%Y-%m-%dT%H:%M:%S", &utc);
    snprintf(dst + n, size - n, ".%03dZ", (int)(unix_ms % 1000));
}
