/* SPDX-License-Identifier: MIT
 * What terminfo says, for those who run without a screen.
 */
#ifndef SCANDECK_UI_TERMINFO_H
#define SCANDECK_UI_TERMINFO_H

/* The entry that a terminal of this name is driven by: its own, else one that stands in for it. Newer terminals bring names
 * that a machine which is reached through SSH has never heard of. NULL: there is none. Points to `term` or to a constant. */
const char *terminfo_entry(int fd, const char *term);
/* How many colours an entry has: 0 = none, -1 = there is no such entry (or `entry` is NULL). */
int terminfo_colors(int fd, const char *entry);

#endif
