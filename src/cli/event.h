/* SPDX-License-Identifier: MIT
 * Reports as JSON lines: the events that scripts read (design, section 5).
 */
#ifndef SCANDECK_CLI_EVENT_H
#define SCANDECK_CLI_EVENT_H

#include <stdbool.h>

#include "core/fleet.h"
#include "viewer.h"

/* Prints one JSON object and a line end to stdout, and flushes. `viewer` holds the code of a REPORT_CODE (else NULL);
 * its payload goes out only `with_payload`. False when stdout takes no more. */
bool event_print(const struct instance *instance, const struct link_effect *report, const struct viewer *viewer,
                 bool with_payload);
/* The same for the `state` event of `scandeck status`: with the account and the reason. */
bool event_print_status(const struct instance *instance);

#endif
