/* SPDX-License-Identifier: MIT
 * Where the machines' clock stands in calendar time. In the demo and in a replay that clock runs faster: spans are told by it,
 * dates never.
 */
#ifndef SCANDECK_CORE_CALENDAR_H
#define SCANDECK_CORE_CALENDAR_H

#include <stdint.h>

struct calendar {
    int64_t now;      /* ms, the clock of struct link */
    int64_t unix_now; /* seconds, at the same moment */
    double speed;     /* ms of that clock in a true ms; at least 1 */
};

/* Seconds since 1970 of a moment of the machines' clock. */
static inline int64_t calendar_unix(const struct calendar *calendar, int64_t at)
{
    return calendar->unix_now - (int64_t)((double)(calendar->now - at) / calendar->speed / 1000);
}

#endif
