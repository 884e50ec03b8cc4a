/* SPDX-License-Identifier: MIT
 * Gathers what is wrong with a file while it is read, and writes it out in the file's order.
 */
#ifndef SCANDECK_CONFIG_COMPLAINTS_H
#define SCANDECK_CONFIG_COMPLAINTS_H

#include <stdbool.h>
#include <stddef.h>

#include "config/config.h"

/* A file of nonsense is not worth more lines than these; the rest is counted. */
#define COMPLAINTS_KEPT_MAX 100
#define COMPLAINT_BYTES_MAX 512

struct complaint {
    unsigned line; /* 0 = the file as a whole */
    char *text;
};

struct complaints {
    struct complaint kept[COMPLAINTS_KEPT_MAX];
    size_t count; /* made, kept or not */
};

/* Adds one sentence (printf-like); every value in it is cleaned already, and no secret is kept in it. */
void complain(struct complaints *complaints, unsigned line, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Appends "place:line: sentence" for each to *errors, by line, and frees what was gathered. `place` is cleaned. */
void complaints_hand_over(struct complaints *complaints, const char *place, struct config_errors *errors);

/* Appends one complaint of several lines at most; counts as one. */
void config_errors_add(struct config_errors *errors, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
