/* SPDX-License-Identifier: MIT
 * Tokens that a file gives as such and that stand in it a second time, where they would be shown: as a label, in an address, in the
 * name of a file.
 */
#ifndef SCANDECK_CONFIG_EXPOSED_H
#define SCANDECK_CONFIG_EXPOSED_H

#include <stddef.h>

#include "config/complaints.h"

/* Complains of each line besides "token = ..." that holds one of the file's tokens of 16 bytes or more in any letter case, and
 * blanks the tokens, of REDACT_LEAST bytes or more, in all complaints, whoever made them. Costs no square where lines are many. */
void exposed_check(const char *text, size_t len, struct complaints *complaints);

#endif
