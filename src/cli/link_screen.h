/* SPDX-License-Identifier: MIT
 * `scandeck link` on a terminal: one screen, drawn in place, on which nothing stays.
 */
#ifndef SCANDECK_CLI_LINK_SCREEN_H
#define SCANDECK_CLI_LINK_SCREEN_H

#include <stdbool.h>

#include "config/config.h"
#include "viewer.h"

struct link_screen;

/* NULL where standard output is no terminal, or one that cannot move its cursor: then codes are printed. Asks the terminal
 * what it can. */
struct link_screen *link_screen_open(const struct config *config);

/* Asks the operator, who alone sees it, whether the terminal draws the glyphs without which a code has no room in it, unless
 * that is known or remembered. False when that was answered with Ctrl-C, or a signal came, which stays pending. */
bool link_screen_ask(struct link_screen *screen);

/* Draws what has changed: the instance's code, in the best mode that fits and proves, its clocks, and `news`. Never waits for
 * a terminal that takes no output. */
void link_screen_draw(struct link_screen *screen, const struct instance *instance, struct viewer *viewer, int64_t now,
                      const char *news);

/* Erases all that was drawn, and gives back the screen that was there before. False when the terminal takes no output. NULL is
 * fine. */
bool link_screen_close(struct link_screen *screen);

#endif
