/* SPDX-License-Identifier: MIT
 * All that is known of an instance, as the text of a page.
 */
#ifndef SCANDECK_DETAILS_H
#define SCANDECK_DETAILS_H

#include "core/fleet.h"
#include "ui/clock_words.h"

/* Lines that begin with "# " are headings. */
void details_write(char *dst, size_t size, const struct instance *instance, const struct clock_pair *clocks);

#endif
