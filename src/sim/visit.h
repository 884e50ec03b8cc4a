/* SPDX-License-Identifier: MIT
 * One open scanqrcode websocket: it plays the script of its instance.
 */
#ifndef SCANDECK_SIM_VISIT_H
#define SCANDECK_SIM_VISIT_H

#include <stdbool.h>

#include "sim/house.h"

void visit_begin(struct sim *sim, struct visit *visit, struct lws *wsi, struct actor *actor);
/* Its step is due: called from the clock, outside of any lws callback. The visit may be gone afterwards. */
void visit_prompt(struct visit *visit);
/* lws can write now. Returns what the lws callback returns: -1 ends the connection. */
int visit_write(struct sim *sim, struct visit *visit);
void visit_end(struct sim *sim, struct visit *visit);

/* A phone scans what this websocket shows. False when it shows no living code. */
bool visit_scan(struct sim *sim, struct visit *visit);

#endif
