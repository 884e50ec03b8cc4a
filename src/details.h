/* SPDX-License-Identifier: MIT
 * All that is known of an instance, as the text of a page.
 */
#ifndef SCANDECK_DETAILS_H
#define SCANDECK_DETAILS_H

#include "core/fleet.h"

/* `now` in ms of the linking machines, `unix_now` in seconds at the same moment. Lines that begin with "# " are headings. */
void details_write(char *dst, size_t size, const struct instance *instance, int64_t now, int64_t unix_now);

#endif
