/* SPDX-License-Identifier: MIT */
#include "qr/reed_solomon.h"

#include <stdbool.h>
#include <string.h>

#include "qr/galois.h"

#define TERMS (REED_SOLOMON_CHECKS_MAX + 1)

/* Syndrome i is the block's polynomial at the i-th power of the generator. False when all are 0. */
static bool syndromes_of(uint8_t *syndromes, const uint8_t *block, int len, int checks)
{
    memset(syndromes, 0, (size_t)checks);
    for (int at = 0; at < len; at++) {
        for (int i = 0; i < checks; i++)
            syndromes[i] = (uint8_t)(galois_exp[galois_log[syndromes[i]] + i] ^ block[at]);
    }
    uint8_t any = 0;
    for (int i = 0; i < checks; i++)
        any |= syndromes[i];
    return any != 0;
}

/* to += factor * x^shift * from */
static void add_scaled(uint8_t to[TERMS], const uint8_t from[TERMS], uint8_t factor, int shift)
{
    for (int i = 0; i + shift < TERMS; i++)
        to[i + shift] ^= galois_multiply(from[i], factor);
}

/* Berlekamp and Massey: the shortest recurrence that makes the syndromes. Returns its length. */
static int locator_of(uint8_t locator[TERMS], const uint8_t *syndromes, int checks)
{
    uint8_t previous[TERMS] = {1}, saved[TERMS];
    uint8_t previous_discrepancy = 1;
    int length = 0, since = 1;
    memset(locator, 0, TERMS);
    locator[0] = 1;
    for (int n = 0; n < checks; n++, since++) {
        uint8_t discrepancy = 0;
        for (int i = 0; i <= length; i++)
            discrepancy ^= galois_multiply(locator[i], syndromes[n - i]);
        if (discrepancy == 0)
            continue;
        memcpy(saved, locator, TERMS);
        add_scaled(locator, previous, galois_divide(discrepancy, previous_discrepancy), since);
        if (2 * length > n)
            continue;
        length = n + 1 - length;
        memcpy(previous, saved, TERMS);
        previous_discrepancy = discrepancy;
        since = 0;
    }
    return length;
}

static uint8_t evaluate(const uint8_t *terms, int count, int power)
{
    uint8_t sum = 0;
    for (int i = count - 1; i >= 0; i--)
        sum = (uint8_t)(galois_exp[galois_log[sum] + power] ^ terms[i]);
    return sum;
}

/* Chien: the places, as powers counted from the block's end, where the locator says an error is. */
static int roots_of(int places[TERMS], const uint8_t locator[TERMS], int errors, int len)
{
    int found = 0;
    for (int power = 0; power < len && found < errors; power++) {
        if (evaluate(locator, errors + 1, (255 - power) % 255) == 0)
            places[found++] = power;
    }
    return found;
}

/* Forney: what is wrong at a place. The locator has as many different roots as its degree, so that none is a root of
 * its derivative, by which is divided. */
static uint8_t magnitude_at(int power, const uint8_t locator[TERMS], int errors, const uint8_t evaluator[TERMS])
{
    int inverse = (255 - power) % 255;
    uint8_t derivative[TERMS] = {0};
    for (int i = 1; i <= errors; i += 2)
        derivative[i - 1] = locator[i];
    uint8_t above = galois_multiply(evaluate(evaluator, errors, inverse), galois_exp[power]);
    return galois_divide(above, evaluate(derivative, errors, inverse));
}

static void evaluator_of(uint8_t evaluator[TERMS], const uint8_t *syndromes, const uint8_t locator[TERMS], int errors)
{
    memset(evaluator, 0, TERMS);
    for (int i = 0; i < errors; i++) {
        for (int j = 0; j <= i; j++)
            evaluator[i] ^= galois_multiply(syndromes[i - j], locator[j]);
    }
}

int reed_solomon_mend(uint8_t *block, int len, int checks, int mendable)
{
    uint8_t syndromes[TERMS], locator[TERMS], evaluator[TERMS];
    int places[TERMS];
    if (!syndromes_of(syndromes, block, len, checks))
        return 0;
    int errors = locator_of(locator, syndromes, checks);
    if (errors > mendable || roots_of(places, locator, errors, len) != errors)
        return -1;
    evaluator_of(evaluator, syndromes, locator, errors);
    for (int i = 0; i < errors; i++)
        block[len - 1 - places[i]] ^= magnitude_at(places[i], locator, errors, evaluator);
    return errors;
}
