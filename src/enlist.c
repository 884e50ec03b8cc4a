/* SPDX-License-Identifier: MIT */
#include "enlist.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "config/secret.h"
#include "core/text.h"

/* In place of a token; too short to be blanked in texts. */
#define NO_TOKEN "-"
/* Of a name on the command line: more than any label has, so that none matches one that was cut. */
#define NAME_BYTES_MAX 256

/* NULL when memory is out. */
static struct instance *add_instance(struct fleet *fleet, const char *label, const char *id)
{
    struct instance *it = fleet_add(fleet);
    if (!it)
        return NULL;
    it->label = strdup(label);
    it->id = strdup(id);
    return it->label && it->id ? it : NULL;
}

/* A label goes before an id: what looks like an id may be the label of another instance. */
static bool is_label(const struct fleet *fleet, const char *name)
{
    for (size_t i = 0; i < fleet->count; i++)
        if (strcmp(fleet->items[i]->label, name) == 0)
            return true;
    return false;
}

static bool is_meant(const struct fleet *fleet, const char *name, const struct instance *it)
{
    return strcmp(name, it->label) == 0 || (strcmp(name, it->id) == 0 && !is_label(fleet, name));
}

static bool copy_sim(struct fleet *fleet, const struct sim *sim, char *why, size_t why_size)
{
    char url[64];
    snprintf(url, sizeof url, "http://127.0.0.1:%u", sim_port(sim));
    for (size_t i = 0; i < sim_count(sim); i++) {
        struct sim_instance told;
        sim_describe(sim, i, &told);
        struct instance *it = add_instance(fleet, told.label, told.id);
        if (it)
            it->token = strdup(told.token);
        if (!it || !it->token ||
            !endpoint_parse(&it->endpoint, url, why, why_size))
            return false;
    }
    return true;
}

static bool copy_config(struct fleet *fleet, const struct config *config)
{
    for (size_t i = 0; i < config->instance_count; i++) {
        struct instance *it = add_instance(fleet, config->instances[i].label, config->instances[i].id);
        if (!it)
            return false;
        it->line = config->instances[i].line;
        it->endpoint = config->instances[i].endpoint;
    }
    return true;
}

/* As labels are, so that one copied from the configuration is found whatever is in it. */
static void clean_name(char name[NAME_BYTES_MAX], const char *given)
{
    text_clean(name, NAME_BYTES_MAX, given, strlen(given), NULL);
}

/* Each name must mean one instance, and no more. */
static bool names_are_clear(const struct fleet *fleet, const struct enlist_names *names, char *why, size_t why_size)
{
    for (size_t n = 0; n < names->count; n++) {
        size_t meant = 0;
        char name[NAME_BYTES_MAX];
        clean_name(name, names->items[n]);
        for (size_t i = 0; i < fleet->count; i++)
            meant += is_meant(fleet, name, fleet->items[i]);
        if (meant == 1)
            continue;
        if (meant == 0)
            snprintf(why, why_size, "there is no instance '%s'", name);
        else
            snprintf(why, why_size, "%zu instances have the id '%s': say which by its label", meant, name);
        return false;
    }
    return true;
}

static bool is_named(const struct fleet *fleet, const struct enlist_names *names, const struct instance *it)
{
    char name[NAME_BYTES_MAX];
    for (size_t n = 0; n < names->count; n++) {
        clean_name(name, names->items[n]);
        if (is_meant(fleet, name, it))
            return true;
    }
    return names->items == NULL;
}

/* The others are dropped before their tokens are asked for: each may cost a passphrase. */
static void keep_named(struct fleet *fleet, const struct enlist_names *names)
{
    for (size_t i = fleet->count; i-- > 0;)
        if (!is_named(fleet, names, fleet->items[i]))
            fleet->items[i]->leaving = true;
    for (size_t i = fleet->count; i-- > 0;)
        if (fleet->items[i]->leaving)
            fleet_remove(fleet, fleet->items[i]);
}

/* The part of the configuration that the fleet was made of; both are in the order of the file. */
static bool config_of_fleet(struct config *out, const struct config *config, const struct fleet *fleet)
{
    *out = *config;
    out->instance_count = fleet->count;
    out->instances = calloc(fleet->count + 1, sizeof *out->instances);
    for (size_t i = 0, from = 0; out->instances && i < fleet->count; from++)
        if (config->instances[from].line == fleet->items[i]->line)
            out->instances[i++] = config->instances[from];
    return out->instances != NULL;
}

static bool fetch_tokens(struct fleet *fleet, const struct config *config, uv_loop_t *loop, const bool *stop)
{
    struct config wanted;
    struct secret_result *results = calloc(fleet->count + 1, sizeof *results);
    bool ok = results && config_of_fleet(&wanted, config, fleet);
    if (ok) {
        ok = secret_fetch_all(&wanted, loop, results, stop);
        free(wanted.instances);
    }
    for (size_t i = 0; ok && i < fleet->count; i++) {
        fleet->items[i]->token = results[i].token;
        fleet->items[i]->problem = results[i].problem;
        results[i].token = results[i].problem = NULL;
    }
    if (results)
        secret_results_free(results, fleet->count);
    free(results);
    return ok;
}

bool enlist_sim(struct fleet *fleet, const struct sim *sim, const struct enlist_names *names, bool *users_fault, char *why,
                size_t why_size)
{
    *users_fault = false;
    if (!copy_sim(fleet, sim, why, why_size))
        return false;
    *users_fault = !names_are_clear(fleet, names, why, why_size);
    if (!*users_fault)
        keep_named(fleet, names);
    return !*users_fault;
}

bool enlist_config(struct fleet *fleet, const struct config *config, const struct enlist_names *names, uv_loop_t *loop,
                   const bool *stop, bool *users_fault, char *why, size_t why_size)
{
    *users_fault = false;
    if (!copy_config(fleet, config))
        return false;
    *users_fault = !names_are_clear(fleet, names, why, why_size);
    if (*users_fault)
        return false;
    keep_named(fleet, names);
    return fetch_tokens(fleet, config, loop, stop);
}

bool enlist_transcript(struct fleet *fleet, const struct transcript *transcript)
{
    for (size_t i = 0; i < transcript->instance_count; i++) {
        const struct transcript_instance *from = &transcript->instances[i];
        struct instance *it = add_instance(fleet, from->label, from->id);
        if (!it)
            return false;
        it->endpoint = from->endpoint;
        it->token = from->no_token ? NULL : strdup(NO_TOKEN);
        if (!from->no_token && !it->token)
            return false;
    }
    return true;
}
