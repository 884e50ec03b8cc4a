/* SPDX-License-Identifier: MIT
 * Twins are neighbours once sorted: thousands of instances cost no square.
 */
#include "config/unique.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

static int by_line(const struct config_instance *a, const struct config_instance *b)
{
    return (a->line > b->line) - (a->line < b->line);
}

static int compare_labels(const struct config_instance *a, const struct config_instance *b)
{
    return strcmp(a->label, b->label);
}

static int compare_places(const struct config_instance *a, const struct config_instance *b)
{
    int order = strcmp(a->id ? a->id : "", b->id ? b->id : "");
    if (order == 0)
        order = strcasecmp(a->endpoint.host, b->endpoint.host);
    if (order == 0)
        order = (a->endpoint.port > b->endpoint.port) - (a->endpoint.port < b->endpoint.port);
    return order != 0 ? order : strcmp(a->endpoint.prefix, b->endpoint.prefix);
}

static int sort_labels(const void *a, const void *b)
{
    const struct config_instance *const *x = a, *const *y = b;
    int order = compare_labels(*x, *y);
    return order != 0 ? order : by_line(*x, *y);
}

static int sort_places(const void *a, const void *b)
{
    const struct config_instance *const *x = a, *const *y = b;
    int order = compare_places(*x, *y);
    return order != 0 ? order : by_line(*x, *y);
}

static void complain_of_labels(const struct config_instance **sorted, size_t count, struct complaints *complaints)
{
    for (size_t i = 1; i < count; i++) {
        const struct config_instance *first = sorted[i - 1], *second = sorted[i];
        if (*second->label && compare_labels(first, second) == 0)
            complain(complaints, second->line, "the label '%s' is taken by the instance in line %u", second->label,
                     first->line);
    }
}

static void complain_of_places(const struct config_instance **sorted, size_t count, struct complaints *complaints)
{
    for (size_t i = 1; i < count; i++) {
        const struct config_instance *first = sorted[i - 1], *second = sorted[i];
        if (second->id && compare_places(first, second) == 0)
            complain(complaints, second->line, "instance %s of %s stands in line %u already", second->id,
                     second->endpoint.host, first->line);
    }
}

void unique_check(const struct config *config, struct complaints *complaints)
{
    size_t count = config->instance_count;
    const struct config_instance **sorted = calloc(count + 1, sizeof *sorted);
    if (!sorted) {
        complain(complaints, 0, "memory is out");
        return;
    }
    for (size_t i = 0; i < count; i++)
        sorted[i] = &config->instances[i];
    qsort(sorted, count, sizeof *sorted, sort_labels);
    complain_of_labels(sorted, count, complaints);
    qsort(sorted, count, sizeof *sorted, sort_places);
    complain_of_places(sorted, count, complaints);
    free(sorted);
}
