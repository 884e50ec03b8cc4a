/* SPDX-License-Identifier: MIT
 * Moments as the log file and the JSON events write them.
 */
#ifndef SCANDECK_TIMESTAMP_H
#define SCANDECK_TIMESTAMP_H

#include <stddef.h>
#include <stdint.h>

/* Now by the wall clock, ms since 1970. */
int64_t timestamp_now(void);
/* A moment as RFC 3339 in UTC, to the millisecond; dst of 32 bytes is enough. */
void timestamp_format(char *dst, size_t size, int64_t unix_ms);

#endif
