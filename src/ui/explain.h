/* SPDX-License-Identifier: MIT
 * What stands in the code's place: what the phase means, and what the operator can do about it. No ncurses here.
 */
#ifndef SCANDECK_UI_EXPLAIN_H
#define SCANDECK_UI_EXPLAIN_H

#include <stddef.h>

#include "ui/layout.h"
#include "ui/ui.h"

#define EXPLAIN_MAX 2048

/* An instance's phase; paragraphs separated by '\n'. NULL: why there is none. */
void explain_phase(char *dst, size_t size, const struct ui_model *model, const struct instance *instance);
/* A code lives, but no drawing of it fits: what is needed, what there is, what helps. */
void explain_no_room(char *dst, size_t size, const struct ui_model *model, const struct layout_request *request,
                     const struct ui_ability *abilities);
/* The window is smaller than the console. */
void explain_too_small(char *dst, size_t size, const struct ui_model *model, const struct layout *layout, int columns,
                       int rows);

#endif
