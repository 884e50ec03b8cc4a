/* SPDX-License-Identifier: MIT
 * Draws a payload as the PNG that the service sends: RGBA, 4 pixels a module, a first IDAT of 2 bytes.
 */
#ifndef SCANDECK_SIM_PNGMAKER_H
#define SCANDECK_SIM_PNGMAKER_H

#include <stddef.h>

#define PNGMAKER_SCALE 4  /* pixels a module */
#define PNGMAKER_MARGIN 4 /* modules */

/* Level M, smallest version. Returns the file in memory that the caller frees, or NULL when the payload
 * does not fit a code or memory is out. */
unsigned char *pngmaker_draw(const char *payload, size_t *len);

/* Ruins a picture of pngmaker_draw in the middle of its pixels, so that a checksum fails. */
void pngmaker_damage(unsigned char *png, size_t len);

#endif
