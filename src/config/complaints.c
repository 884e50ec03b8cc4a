/* SPDX-License-Identifier: MIT
 * Complaints: kept with their line, sorted when all are there.
 */
#include "config/complaints.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/redact.h"
#include "core/text.h"

void complain(struct complaints *complaints, unsigned line, const char *format, ...)
{
    char text[COMPLAINT_BYTES_MAX];
    size_t at = complaints->count++;
    if (at >= COMPLAINTS_KEPT_MAX)
        return;
    va_list arguments;
    va_start(arguments, format);
    text_vformat(text, sizeof text, format, arguments);
    va_end(arguments);
    redact(text, NULL);
    complaints->kept[at] = (struct complaint){line, strdup(text)};
}

/* Insertion keeps complaints about one line in the order they were made; qsort need not. */
static void sort_by_line(struct complaint *items, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        struct complaint moving = items[i];
        size_t j = i;
        for (; j > 0 && items[j - 1].line > moving.line; j--)
            items[j] = items[j - 1];
        items[j] = moving;
    }
}

void complaints_hand_over(struct complaints *complaints, const char *place, struct config_errors *errors)
{
    size_t kept = complaints->count < COMPLAINTS_KEPT_MAX ? complaints->count : COMPLAINTS_KEPT_MAX;
    sort_by_line(complaints->kept, kept);
    for (size_t i = 0; i < kept; i++) {
        struct complaint *it = &complaints->kept[i];
        const char *text = it->text ? it->text : "memory is out";
        if (it->line)
            config_errors_add(errors, "%s:%u: %s", place, it->line, text);
        else
            config_errors_add(errors, "%s: %s", place, text);
        free(it->text);
    }
    if (complaints->count > kept)
        config_errors_add(errors, "%s: and %zu more", place, complaints->count - kept);
    complaints->count = 0;
}

void config_errors_add(struct config_errors *errors, const char *format, ...)
{
    char *text = NULL, *joined = NULL;
    va_list arguments;
    va_start(arguments, format);
    int length = vasprintf(&text, format, arguments);
    va_end(arguments);
    errors->count++;
    if (length < 0)
        return;
    redact(text, NULL);
    if (asprintf(&joined, "%s%s\n", errors->text ? errors->text : "", text) >= 0) {
        free(errors->text);
        errors->text = joined;
    }
    free(text);
}

void config_errors_free(struct config_errors *errors)
{
    free(errors->text);
    *errors = (struct config_errors){NULL, 0};
}
