/* SPDX-License-Identifier: MIT
 * The fit advisor: when a code is not drawn, what its mode needs and what would fit instead. No ncurses here.
 */
#ifndef SCANDECK_UI_ADVISE_H
#define SCANDECK_UI_ADVISE_H

#include <stddef.h>

#include "ui/layout.h"
#include "ui/ui.h"

struct advise_request {
    struct layout_request layout;       /* for which no mode was found */
    const struct ui_ability *abilities; /* QR_ABILITY_COUNT of them */
    const char *mode_key, *zoom_key;    /* names of the keys; "" = there is none */
};

/* One line: "half blocks need 65x32, this window has 80x24: wide sextants fit (65x21), press m". */
void advise_fit(char *dst, size_t size, const struct advise_request *request);
/* The smallest window in which the wished mode, or the first of the ladder, fits beside the panels. False when the
 * terminal cannot show it at all. */
bool advise_window(const struct advise_request *request, int *columns, int *rows);

#endif
