/* SPDX-License-Identifier: MIT
 * Times in words.
 */
#ifndef SCANDECK_UI_CLOCK_WORDS_H
#define SCANDECK_UI_CLOCK_WORDS_H

#include <stddef.h>
#include <stdint.h>

/* Seconds left, rounded up: a code with 1 ms to live shows 1. */
int64_t clock_seconds(int64_t ms);
/* "8 s", "6 min", "3 h": how long something lasts already. */
void clock_span(char *dst, size_t size, int64_t ms);
/* "12:04:19", local time; `unix_ms` as in struct log_line. */
void clock_of_day(char *dst, size_t size, int64_t unix_ms);
/* "2026-08-01 12:04", local time. */
void clock_date(char *dst, size_t size, int64_t unix_s);

#endif
