/* SPDX-License-Identifier: MIT
 * Plays a transcript in the app: what was recorded comes again at its times, and the machines are checked by it.
 */
#ifndef SCANDECK_REPLAY_H
#define SCANDECK_REPLAY_H

#include <stddef.h>

#include "app.h"
#include "core/transcript.h"

struct replay;

/* NULL with a sentence in `why` on failure. */
struct replay *replay_read(const char *path, char *why, size_t why_size);
/* For app_options. */
const struct transcript *replay_transcript(const struct replay *replay);
/* Begins to play in an app that was made from that transcript. */
void replay_start(struct replay *replay, struct app *app);
/* After the app is freed; NULL is fine. */
void replay_free(struct replay **replay);

#endif
