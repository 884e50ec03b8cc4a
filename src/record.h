/* SPDX-License-Identifier: MIT
 * Writes a transcript while the program runs.
 */
#ifndef SCANDECK_RECORD_H
#define SCANDECK_RECORD_H

#include <stdbool.h>
#include <stddef.h>

#include "app.h"

struct record;

/* Makes the file, which must not exist yet, readable by its owner alone, and begins to record; the app must not have run
 * yet. NULL with a sentence in `why` on failure. */
struct record *record_open(struct app *app, const char *path, char *why, size_t why_size);
/* Before the app is freed; NULL is fine. False when the file is not whole. */
bool record_close(struct record **record);

#endif
