/* SPDX-License-Identifier: MIT
 * A picture at half its size.
 */
#ifndef SCANDECK_QR_SHRINK_H
#define SCANDECK_QR_SHRINK_H

#include "qr/view.h"

/* Each pixel of the new picture is the mean of four; an odd last row or column is left out. Sets the view's pixels and
 * its size, and returns the pixels, which the caller frees; NULL when memory is out, and the view is as it was. */
uint8_t *shrink(struct view *view);

#endif
