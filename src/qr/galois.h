/* SPDX-License-Identifier: MIT
 * The field of 256 elements of QR codes: x^8 + x^4 + x^3 + x^2 + 1, generator 2.
 */
#ifndef SCANDECK_QR_GALOIS_H
#define SCANDECK_QR_GALOIS_H

#include <stdint.h>

/* Powers of the generator, twice over so that a sum of two logarithms needs no reduction, then zeros: the logarithm of
 * 0 is 512, hence a product with 0 comes out as 0 without a branch. */
extern const uint8_t galois_exp[1025];
extern const uint16_t galois_log[256];

static inline uint8_t galois_multiply(uint8_t a, uint8_t b)
{
    return galois_exp[galois_log[a] + galois_log[b]];
}

/* b must not be 0. */
static inline uint8_t galois_divide(uint8_t a, uint8_t b)
{
    return galois_exp[galois_log[a] + 255 - galois_log[b]];
}

#endif
