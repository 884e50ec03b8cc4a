/* SPDX-License-Identifier: MIT
 * Keys from the configuration, tried on a key map.
 */
#include "config/bindings.h"

#include <stdlib.h>
#include <string.h>

#include "config/misread.h"
#include "core/keymap.h"
#include "core/suggest.h"
#include "core/text.h"

#define SHOWN_MAX 64
#define WHY_MAX 200

static void refuse_action(const char *action, unsigned line, struct complaints *complaints)
{
    char shown[SHOWN_MAX], hint[SHOWN_MAX];
    const char *names[ACTION_COUNT];
    for (size_t i = 0; i < ACTION_COUNT; i++)
        names[i] = action_info((enum action)i)->name;
    text_clean(shown, sizeof shown, action, strlen(action), NULL);
    suggest_words(hint, sizeof hint, action, names, ACTION_COUNT);
    complain(complaints, line, "unknown action '%s'%s", shown, hint);
}

static const struct config_key *find(const struct config *config, const char *action)
{
    for (size_t i = 0; i < config->key_count; i++)
        if (strcmp(config->keys[i].action, action) == 0)
            return &config->keys[i];
    return NULL;
}

static bool add(struct config *config, const char *action, const char *keys, unsigned line)
{
    struct config_key *more = reallocarray(config->keys, config->key_count + 1, sizeof *more);
    if (!more)
        return false;
    config->keys = more;
    struct config_key key = {strdup(action), strdup(keys), line};
    if (!key.action || !key.keys) {
        free(key.action);
        free(key.keys);
        return false;
    }
    config->keys[config->key_count++] = key;
    return true;
}

void bindings_take(struct config *config, const char *action, const char *keys, unsigned line,
                   struct complaints *complaints)
{
    const struct config_key *first = find(config, action);
    if (action_find(action) == ACTION_NONE)
        refuse_action(action, line, complaints);
    else if (first)
        complain(complaints, line, "%s stands here a second time; first in line %u", action, first->line);
    else if (!*keys)
        complain(complaints, line, "%s has no key", action);
    else if (!add(config, action, keys, line))
        complain(complaints, line, "memory is out");
}

/* Binds what can be bound of keys[from…] and moves it to the front; returns where the unbound ones begin. */
static size_t bind_some(struct config *config, size_t from, struct keymap *map)
{
    char why[WHY_MAX];
    for (size_t i = from; i < config->key_count; i++) {
        struct config_key key = config->keys[i];
        if (!keymap_bind(map, key.action, key.keys, why, sizeof why))
            continue;
        memmove(&config->keys[from + 1], &config->keys[from], (i - from) * sizeof key);
        config->keys[from++] = key;
    }
    return from;
}

void bindings_check(struct config *config, struct complaints *complaints)
{
    struct keymap map;
    char why[WHY_MAX];
    keymap_init(&map);
    size_t bound = 0, before;
    do {
        before = bound;
        bound = bind_some(config, bound, &map);
    } while (bound > before && bound < config->key_count);
    for (size_t i = bound; i < config->key_count; i++)
        if (!keymap_bind(&map, config->keys[i].action, config->keys[i].keys, why, sizeof why))
            misread_complain(complaints, config->keys[i].line, config->keys[i].action, why, config->keys[i].keys);
}

void bindings_make_keymap(struct keymap *map, const struct config *config)
{
    char why[WHY_MAX];
    keymap_init(map);
    for (size_t i = 0; i < config->key_count; i++)
        keymap_bind(map, config->keys[i].action, config->keys[i].keys, why, sizeof why);
}
