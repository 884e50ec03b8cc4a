/* SPDX-License-Identifier: MIT */
#include "ui/clock_words.h"

#include <stdbool.h>
#include <stdio.h>
#include <time.h>

int64_t clock_seconds(int64_t ms)
{
    return ms > 0 ? (ms + 999) / 1000 : 0;
}

void clock_span(char *dst, size_t size, int64_t ms)
{
    int64_t s = ms > 0 ? ms / 1000 : 0;
    if (s < 120)
        snprintf(dst, size, "%lld s", (long long)s);
    else if (s < 7200)
        snprintf(dst, size, "%lld min", (long long)(s / 60));
    else
        snprintf(dst, size, "%lld h", (long long)(s / 3600));
}

static bool local_time(struct tm *parts, int64_t unix_s)
{
    time_t t = (time_t)unix_s;
    return localtime_r(&t, parts) != NULL;
}

void clock_of_day(char *dst, size_t size, int64_t unix_ms)
{
    struct tm t;
    if (!local_time(&t, unix_ms / 1000) || strftime(dst, size, "%H:%M:%S", &t) == 0)
        dst[0] = '\0';
}

void clock_date(char *dst, size_t size, int64_t unix_s)
{
    struct tm t;
    if (!local_time(&t, unix_s) || strftime(dst, size, "%Y-%m-%d %H:%M", &t) == 0)
        dst[0] = '\0';
}

void clock_date_of(char *dst, size_t size, const struct clock_pair *clocks, int64_t at)
{
    clock_date(dst, size, clocks->unix_now - (int64_t)((double)(clocks->now - at) / clocks->speed) / 1000);
}
