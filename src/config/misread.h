/* SPDX-License-Identifier: MIT
 * What people write who have another format in mind, or the vendor's names: hints for complaints.
 */
#ifndef SCANDECK_CONFIG_MISREAD_H
#define SCANDECK_CONFIG_MISREAD_H

#include <stdbool.h>
#include <stddef.h>

#include "config/complaints.h"
#include "config/lines.h"
#include "config/setting.h"

/* What the text as a whole is instead of a configuration (JSON, a certificate): a sentence; NULL = it may be one. */
const char *misread_text(const char *text, size_t len);
/* For the name of an option that is not known: " (did you mean 'id'?)" or "". */
void misread_name(char *dst, size_t size, const char *name);
/* For a line without an equals sign: the same of "id 7103000001". */
void misread_line(char *dst, size_t size, const struct line *line);
/* For a section that is not known: " (did you mean [instance shop]?)" and the like. `name` is what stands in the brackets. */
void misread_section(char *dst, size_t size, const struct line *name);
/* What stands around or behind a value and does not belong to it: half a sentence; NULL = nothing. */
const char *misread_value(enum setting setting, const char *value);
/* Complains of "name = value" in [keys] or [theme], which was refused because of `why`, with that hint behind it. */
void misread_complain(struct complaints *complaints, unsigned line, const char *name, const char *why, const char *value);
/* The same for a value that was refused anyhow: what may belong to a value is a hint then. */
const char *misread_refused(enum setting setting, const char *value);
/* Whether it begins with a quote that nothing closes. */
bool misread_is_half_quoted(struct line text);
/* The text between two quotes of a kind; the text itself where there are none. */
struct line misread_unquoted(struct line text);

#endif
