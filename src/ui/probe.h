/* SPDX-License-Identifier: MIT
 * Asks the terminal who it is and what it can, before ncurses owns it.
 */
#ifndef SCANDECK_UI_PROBE_H
#define SCANDECK_UI_PROBE_H

#include <stdbool.h>

#include "ui/answer.h"

struct probe_wishes {
    /* First write one character of UTF-8 at the line's begin to see how many columns that takes, and wipe the line:
     * answer.cursor_column is 2 where it was one character. */
    bool charset;
    bool background; /* of use where there are no colours */
};

/* Asks the terminal behind `fd` (open for both, O_NONBLOCK) for DA2, XTVERSION, its cells' size and DA1; then, where that
 * is safe, for its background and for kitty's graphics.
 *
 * Waits until DA1 is there, a second at most each time; as soon as somebody types, 200 ms at most. A terminal that did
 * not answer is not asked again. What was typed meanwhile is in answer.typed. */
void probe_terminal(int fd, const char *term, struct probe_wishes wishes, struct answer *out);

#endif
