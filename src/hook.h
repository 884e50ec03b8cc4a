/* SPDX-License-Identifier: MIT
 * The operator's program that is run when something happens: without a shell, with little in its environment, not for long.
 */
#ifndef SCANDECK_HOOK_H
#define SCANDECK_HOOK_H

#include <stdbool.h>
#include <uv.h>

#include "config/child_hidden.h"
#include "core/fleet.h"

#define HOOK_AT_ONCE 4   /* runs at a time */
#define HOOK_WAITING 64  /* behind them; what comes then is not run, and the log says so */
#define HOOK_MS 10000    /* then it is ended, */
#define HOOK_KILL_MS 2000 /* and killed so much later */
#define HOOK_LINES 20    /* of its output go to the log */

struct hooks;

/* A line for the log about a run. */
typedef void hook_note_fn(void *owner, enum log_level level, const char *label, const char *text);

struct hooks *hooks_new(uv_loop_t *loop, hook_note_fn *note, void *owner);
/* Which program is run from now on; NULL = none. `hidden` stays the caller's and must live as long as programs are run. */
void hooks_set_program(struct hooks *hooks, const char *program, const struct child_hidden *hidden);
/* Runs the program for this event, when its turn comes. Its environment is PATH, HOME, LANG, LC_ALL, TZ and SCANDECK_EVENT,
 * SCANDECK_INSTANCE, SCANDECK_ID, SCANDECK_PHASE, SCANDECK_PHONE; nothing else of ours, for some of that may be a token. */
void hooks_run(struct hooks *hooks, const char *event, const struct instance *instance);
/* Ends what runs. The caller runs the loop until it is idle, then hooks_free. */
void hooks_shutdown(struct hooks *hooks);
void hooks_free(struct hooks **hooks);

#endif
