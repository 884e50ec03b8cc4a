/* SPDX-License-Identifier: MIT
 * Which actions do something now: what may be named to the operator. No ncurses here.
 */
#ifndef SCANDECK_UI_OFFER_H
#define SCANDECK_UI_OFFER_H

#include "ui/ui.h"

/* Why an action is off as long as the program runs: "read-only", "replay"; NULL when it is not. */
const char *offer_why_off(const struct ui_model *model, enum action action);
/* Whether the action does for this instance what its name says, now. Actions that are about no instance do, unless they are
 * off. */
bool offer_works(const struct ui_model *model, const struct instance *instance, enum action action);

#define OFFER_KEY_MAX 16

/* The name of the first key that the action has. False, and "", when it has none. */
bool offer_key(const struct ui_model *model, enum action action, char name[OFFER_KEY_MAX]);

#endif
