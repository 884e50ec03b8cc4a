/* SPDX-License-Identifier: MIT */
#include "config/diff.h"

#include <string.h>

const struct config_instance *diff_find(const struct config *config, const char *label)
{
    for (size_t i = 0; i < config->instance_count; i++)
        if (strcmp(config->instances[i].label, label) == 0)
            return &config->instances[i];
    return NULL;
}

static bool same_place(const struct endpoint *a, const struct endpoint *b)
{
    return a->tls == b->tls && a->port == b->port && strcmp(a->host, b->host) == 0 && strcmp(a->prefix, b->prefix) == 0;
}

static bool same_secret(const struct config_instance *a, const struct config_instance *b)
{
    return a->secret_kind == b->secret_kind && strcmp(a->secret ? a->secret : "", b->secret ? b->secret : "") == 0;
}

enum diff_kind diff_kind_of(const struct config *old, const struct config_instance *instance)
{
    const struct config_instance *before = diff_find(old, instance->label);
    if (!before)
        return DIFF_NEW;
    bool same = strcmp(before->id, instance->id) == 0 && same_place(&before->endpoint, &instance->endpoint) &&
                same_secret(before, instance);
    return same ? DIFF_SAME : DIFF_CHANGED;
}
