/* SPDX-License-Identifier: MIT
 * Pictures in kitty's graphics protocol, which others speak too.
 */
#ifndef SCANDECK_QR_KITTY_H
#define SCANDECK_QR_KITTY_H

#include <stdbool.h>
#include <stdio.h>

#include "qr/code.h"

/* The number that the program's one picture has in the terminal. */
#define KITTY_PICTURE "23629"

/* Takes the picture and its data away. */
#define KITTY_ERASE "\033_Ga=d,d=I,i=" KITTY_PICTURE ",q=2\033\\"

/* A picture that fills the drawing's cells, sent as a PNG; the terminal answers nothing. False when memory is out. */
bool kitty_write(FILE *out, const struct qr_drawing *drawing);

#endif
