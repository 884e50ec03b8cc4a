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

/* Two clocks at one moment: the machines', which a demo has faster, and the day's. */
struct clock_pair {
    int64_t now;      /* ms */
    int64_t unix_now; /* seconds */
    double speed;     /* ms of .now per ms of the day */
};

/* A moment of the machines' clock as clock_date has it. */
void clock_date_of(char *dst, size_t size, const struct clock_pair *clocks, int64_t at);

#endif
