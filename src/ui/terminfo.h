/* SPDX-License-Identifier: MIT
 * What terminfo says, for those who run without a screen.
 */
#ifndef SCANDECK_UI_TERMINFO_H
#define SCANDECK_UI_TERMINFO_H

/* How many colours $TERM has: 0 = none, -1 = TERM is not known on this machine. */
int terminfo_colors(int fd);

#endif
