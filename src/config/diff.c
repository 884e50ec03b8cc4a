/* SPDX-License-Identifier: MIT */
#include "config/diff.h"

#include <stdio.h>
#include <string.h>

#include "config/bindings.h"

const struct config_instance *diff_find(const struct config *config, const char *label)
{
    for (size_t i = 0; i < config->instance_count; i++)
        if (strcmp(config->instances[i].label, label) == 0)
            return &config->instances[i];
    return NULL;
}

static bool same_place(const struct config_instance *one, const struct config_instance *other)
{
    const struct endpoint *a = &one->endpoint, *b = &other->endpoint;
    return strcmp(one->id, other->id) == 0 && a->tls == b->tls && a->port == b->port && strcmp(a->host, b->host) == 0 &&
           strcmp(a->prefix, b->prefix) == 0;
}

static bool same_secret(const struct config_instance *a, const struct config_instance *b)
{
    return a->secret_kind == b->secret_kind && strcmp(a->secret ? a->secret : "", b->secret ? b->secret : "") == 0;
}

const struct config_instance *diff_before(const struct config *old, const struct config *fresh,
                                          const struct config_instance *instance)
{
    const struct config_instance *before = diff_find(old, instance->label);
    for (size_t i = 0; !before && i < old->instance_count; i++)
        if (same_place(&old->instances[i], instance))
            return diff_find(fresh, old->instances[i].label) ? NULL : &old->instances[i];
    return before;
}

enum diff_kind diff_kind_of(const struct config *old, const struct config *fresh, const struct config_instance *instance)
{
    const struct config_instance *before = diff_before(old, fresh, instance);
    if (!before)
        return DIFF_NEW;
    if (!same_place(before, instance) || !same_secret(before, instance))
        return DIFF_CHANGED;
    return strcmp(before->label, instance->label) == 0 ? DIFF_SAME : DIFF_RENAMED;
}

static bool same_setting(const struct config *old, const struct config *fresh, enum setting setting)
{
    char before[SETTING_VALUE_MAX], now[SETTING_VALUE_MAX];
    setting_value(before, sizeof before, old, setting);
    setting_value(now, sizeof now, fresh, setting);
    return strcmp(before, now) == 0;
}

void diff_settings(char *dst, size_t size, const struct config *old, const struct config *fresh, enum setting_when when)
{
    size_t used = 0;
    dst[0] = '\0';
    for (enum setting i = 0; i < SETTING_COUNT && used < size; i++)
        if (setting_info(i)->when == when && !same_setting(old, fresh, i))
            used += (size_t)snprintf(dst + used, size - used, "%s%s", used ? ", " : "", setting_info(i)->name);
}

bool diff_keys(const struct config *old, const struct config *fresh)
{
    struct keymap before, now;
    bindings_make_keymap(&before, old);
    bindings_make_keymap(&now, fresh);
    return memcmp(&before, &now, sizeof now) != 0;
}

bool diff_styles(const struct config *old, const struct config *fresh)
{
    for (int i = 0; i < THEME_ROLE_COUNT; i++) {
        const struct style *before = &old->styles[i], *now = &fresh->styles[i];
        if (!old->styled[i] != !fresh->styled[i] ||
            (fresh->styled[i] && (before->color != now->color || before->attributes != now->attributes)))
            return true;
    }
    return false;
}
