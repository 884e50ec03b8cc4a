/* SPDX-License-Identifier: MIT
 * `scandeck link` on a terminal: one screen, drawn in place, on which nothing stays.
 */
#ifndef SCANDECK_CLI_LINK_SCREEN_H
#define SCANDECK_CLI_LINK_SCREEN_H

#include <stdbool.h>
#include <uv.h>

#include "config/config.h"
#include "viewer.h"

struct link_screen;

/* NULL where standard output is no terminal, or one that cannot move its cursor: then codes are printed. Asks the terminal
 * what it can, and takes it: a stop (Ctrl-Z) gives it back, and SIGCONT takes it again, both by `loop`, which ends its wait for
 * them, for keys and for another window. */
struct link_screen *link_screen_open(const struct config *config, uv_loop_t *loop);

/* Takes what the operator answered, and what the terminal told late; to be called in each turn of the loop, before drawing. Other
 * keys, and pastes, are dropped. False when the terminal is gone. */
bool link_screen_listen(struct link_screen *screen);

/* Whether, as last drawn, the operator, who alone sees it, is asked whether the terminal draws the glyphs without which a code has
 * no room in it: where that is neither known nor remembered, and no other mode fits. */
bool link_screen_asks(const struct link_screen *screen);

/* Draws what has changed: the instance's code, in the best mode that fits and proves, its clocks, and `news`, or the
 * question. Never waits for a terminal that takes no output. */
void link_screen_draw(struct link_screen *screen, const struct instance *instance, struct viewer *viewer, int64_t now,
                      const char *news);

/* Erases all that was drawn, and gives back the screen that was there before. False when the terminal takes no output. NULL is
 * fine. */
bool link_screen_close(struct link_screen *screen);

#endif
