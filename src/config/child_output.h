/* SPDX-License-Identifier: MIT
 * What a short program prints, waited for.
 */
#ifndef SCANDECK_CONFIG_CHILD_OUTPUT_H
#define SCANDECK_CONFIG_CHILD_OUTPUT_H

#include <stdbool.h>
#include <stddef.h>

/* Runs the program (found by PATH) with this environment, without input, and its standard error to nowhere; child.h says with
 * which descriptors. Its output goes into `dst`, as a string. False when it cannot be run, ends with another status than 0, prints
 * more than that holds, or takes longer than `patience_ms`: then it is killed. */
bool child_output(char *const argv[], char *const environment[], unsigned patience_ms, char *dst, size_t size);

#endif
