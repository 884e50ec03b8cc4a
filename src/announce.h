/* SPDX-License-Identifier: MIT
 * Tells the operator who looks elsewhere: by bell, desktop notification, and hook.
 */
#ifndef SCANDECK_ANNOUNCE_H
#define SCANDECK_ANNOUNCE_H

#include "config/config.h"
#include "hook.h"
#include "ui/ui.h"

struct announce {
    struct hooks *hooks; /* borrowed; NULL = none */
    unsigned bell, notify; /* a bit for each enum occasion */
    enum notify_how how;
    unsigned count[OCCASION_COUNT]; /* since the last notification */
    char label[LOG_LABEL_MAX]; /* of the newest of them */
    bool ring;
    int64_t told_at; /* real ms */
};

/* Takes the settings over. */
void announce_configure(struct announce *announce, const struct config *config);
/* What an instance's machine reported, after its step. */
void announce_report(struct announce *announce, struct instance *instance, const struct link_effect *report);
/* Whether something waits to be told by the terminal. */
bool announce_has_news(const struct announce *announce);
/* Rings and notifies, once a second at most: a thousand events are one bell. Returns the real ms at which it wants to be called
 * again, 0 = no wish. */
int64_t announce_turn(struct announce *announce, struct ui *ui, int64_t now);

#endif
