/* SPDX-License-Identifier: MIT */
#include "reload.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/settings.h"
#include "config/complaints.h"
#include "config/diff.h"
#include "config/file.h"
#include "config/secret.h"
#include "config/watch.h"
#include "core/text.h"

#define PATH_BYTES_MAX 4096
/* A changed instance is asked for its state when its old socket and call have surely ended. */
#define FIRST_CHECK_MS 2500

struct reload {
    struct app *app;
    struct config *config; /* in force */
    const struct cli_request *request;
    reload_fn *changed;
    void *owner;
    char path[PATH_BYTES_MAX];
    struct watch watch;
    struct config fresh;  /* while tokens are fetched for it */
    struct config wanted; /* of .fresh those whose tokens are fetched; borrows from it */
    struct secret_result *results;
    struct secret_fetch *fetch; /* token commands that run */
    bool busy, again, down;
    bool faulty; /* as it was read last */
    bool touched; /* an instance came, changed, or went */
};

static void read_again(struct reload *reload);

static void note(struct reload *reload, enum log_level level, const char *text)
{
    app_note(reload->app, level, "", text);
}

/* Each complaint is a line: "FILE:14: unknown option". */
static void note_complaints(struct reload *reload, char *lines)
{
    char *rest = lines;
    for (char *line; (line = strsep(&rest, "\n"));)
        if (*line)
            note(reload, LOG_ERROR, line);
    note(reload, LOG_ERROR, "the configuration has mistakes: the one before stays in force");
}

static struct instance *running(const struct reload *reload, const char *label)
{
    const struct fleet *fleet = app_fleet(reload->app);
    for (size_t i = 0; i < fleet->count; i++)
        if (!fleet->items[i]->leaving && strcmp(fleet->items[i]->label, label) == 0)
            return fleet->items[i];
    return NULL;
}

/* The one that goes on as this one; NULL when it is new. */
static struct instance *running_before(const struct reload *reload, const struct config_instance *instance)
{
    const struct config_instance *before = diff_before(reload->config, &reload->fresh, instance);
    return before ? running(reload, before->label) : NULL;
}

static bool has_changed(const struct reload *reload, const struct config_instance *instance)
{
    enum diff_kind kind = diff_kind_of(reload->config, &reload->fresh, instance);
    return kind == DIFF_CHANGED || kind == DIFF_NEW;
}

/* Also of those whose token could not be had: the file may have been touched because that was mended. */
static bool needs_token(const struct reload *reload, const struct config_instance *instance)
{
    const struct instance *it = running_before(reload, instance);
    return !it || !it->token || has_changed(reload, instance);
}

static void add_instance(struct reload *reload, const struct config_instance *from, struct secret_result *secret,
                         const struct instance *before)
{
    struct instance *it = fleet_add(app_fleet(reload->app));
    char text[WIRE_TEXT_MAX];
    if (!it)
        return;
    it->label = strdup(from->label);
    it->id = strdup(from->id);
    if (!it->label || !it->id) {
        fleet_remove(app_fleet(reload->app), it);
        return;
    }
    it->line = from->line;
    it->endpoint = from->endpoint;
    it->marked = before && before->marked;
    it->token = secret->token;
    it->problem = secret->problem;
    secret->token = secret->problem = NULL;
    reload->touched = true;
    app_begin_instance(reload->app, it, app_now(reload->app) + FIRST_CHECK_MS);
    text_format(text, sizeof text, "%s in the configuration%s%s", before ? "changed" : "new", it->problem ? ", but without a token: " : "",
             it->problem ? it->problem : "");
    app_note(reload->app, it->problem ? LOG_ERROR : LOG_INFO, it->label, text);
}

static void dismiss(struct reload *reload, struct instance *it)
{
    reload->touched = true;
    app_dismiss(reload->app, it);
}

static void dismiss_the_rest(struct reload *reload)
{
    const struct fleet *fleet = app_fleet(reload->app);
    for (size_t i = 0; i < fleet->count; i++)
        if (!fleet->items[i]->leaving && !diff_find(&reload->fresh, fleet->items[i]->label))
            dismiss(reload, fleet->items[i]);
}

/* Another label is no reason to close a socket. */
static void rename_instances(struct reload *reload)
{
    for (size_t i = 0; i < reload->fresh.instance_count; i++) {
        const struct config_instance *to = &reload->fresh.instances[i];
        char text[WIRE_TEXT_MAX];
        if (diff_kind_of(reload->config, &reload->fresh, to) != DIFF_RENAMED)
            continue;
        struct instance *it = running_before(reload, to);
        char *label = strdup(to->label);
        if (!it || !label) {
            free(label);
            continue;
        }
        text_format(text, sizeof text, "was called %s until now", it->label);
        app_note(reload->app, LOG_INFO, label, text);
        free(it->label);
        it->label = label;
        reload->touched = true;
    }
}

/* One that had no token until now. */
static void give_token(struct reload *reload, struct instance *it, struct secret_result *secret)
{
    if (!secret->token)
        return;
    free(it->problem);
    it->problem = NULL;
    it->token = secret->token;
    secret->token = NULL;
    reload->touched = true;
    app_begin_instance(reload->app, it, app_now(reload->app));
    app_note(reload->app, LOG_INFO, it->label, "has its token now");
}

/* One that changed goes, and comes as a new one. */
static void bring_in(struct reload *reload)
{
    for (size_t i = 0; i < reload->wanted.instance_count; i++) {
        const struct config_instance *instance = &reload->wanted.instances[i];
        struct instance *before = running_before(reload, instance);
        if (before && !has_changed(reload, instance)) {
            give_token(reload, before, &reload->results[i]);
            continue;
        }
        if (before)
            dismiss(reload, before);
        add_instance(reload, instance, &reload->results[i], before);
    }
}

static int by_line(const void *a, const void *b)
{
    const struct instance *x = *(struct instance *const *)a, *y = *(struct instance *const *)b;
    return (x->line > y->line) - (x->line < y->line);
}

/* Limits that hold for all, lines as they are now, and the order of the file. */
static void update_all(struct reload *reload)
{
    struct fleet *fleet = app_fleet(reload->app);
    for (size_t i = 0; i < fleet->count; i++) {
        const struct config_instance *now = diff_find(&reload->fresh, fleet->items[i]->label);
        fleet->items[i]->link.limits.renewals = reload->fresh.renewals;
        fleet->items[i]->link.limits.poll_ms = (int64_t)reload->fresh.poll * 1000;
        if (now)
            fleet->items[i]->line = now->line;
    }
    qsort(fleet->items, fleet->count, sizeof *fleet->items, by_line);
}

static void forget_fetch(struct reload *reload)
{
    if (reload->results)
        secret_results_free(reload->results, reload->wanted.instance_count);
    free(reload->results);
    free(reload->wanted.instances);
    reload->results = NULL;
    reload->wanted.instances = NULL;
    reload->busy = false;
}

static void append_name(char *names, size_t size, const char *name)
{
    size_t used = strlen(names);
    snprintf(names + used, size - used, "%s%s", used ? ", " : "", name);
}

/* An editor that was left without a change is not worth a line. */
static void note_changes(struct reload *reload)
{
    char names[512], later[512], text[600];
    diff_settings(names, sizeof names, reload->config, &reload->fresh, SETTING_AT_ONCE);
    diff_settings(later, sizeof later, reload->config, &reload->fresh, SETTING_AT_START);
    if (diff_keys(reload->config, &reload->fresh))
        append_name(names, sizeof names, "[keys]");
    if (diff_styles(reload->config, &reload->fresh))
        append_name(names, sizeof names, "[theme]");
    snprintf(text, sizeof text, "the configuration was read again%s%s", *names ? ": " : "", names);
    if (reload->faulty || reload->touched || *names || *later)
        note(reload, LOG_INFO, text);
    snprintf(text, sizeof text, "%s: this counts from the next start", later);
    if (*later)
        note(reload, LOG_WARN, text);
    reload->faulty = reload->touched = false;
}

static void on_tokens(void *owner)
{
    struct reload *reload = owner;
    if (reload->down) {
        forget_fetch(reload);
        config_free(&reload->fresh);
        return;
    }
    bring_in(reload);
    rename_instances(reload);
    dismiss_the_rest(reload);
    update_all(reload);
    forget_fetch(reload);
    note_changes(reload);
    config_free(reload->config);
    *reload->config = reload->fresh;
    reload->fresh = (struct config){0};
    app_configure(reload->app, reload->config);
    reload->changed(reload->owner, reload->config);
    if (reload->again)
        read_again(reload);
}

/* Some editors and programs put the new file there a while after they took the old one away. */
static bool is_gone(struct reload *reload)
{
    if (access(reload->path, F_OK) == 0 || errno != ENOENT)
        return false;
    reload->faulty = true;
    note(reload, LOG_WARN, "the configuration file is gone: what it said stays in force");
    return true;
}

static bool choose_wanted(struct reload *reload)
{
    struct config *wanted = &reload->wanted;
    *wanted = reload->fresh;
    wanted->instance_count = 0;
    wanted->instances = calloc(reload->fresh.instance_count + 1, sizeof *wanted->instances);
    for (size_t i = 0; wanted->instances && i < reload->fresh.instance_count; i++)
        if (needs_token(reload, &reload->fresh.instances[i]))
            wanted->instances[wanted->instance_count++] = reload->fresh.instances[i];
    reload->results = calloc(wanted->instance_count + 1, sizeof *reload->results);
    return wanted->instances && reload->results;
}

static void read_again(struct reload *reload)
{
    struct config_errors errors = {0};
    reload->again = reload->busy;
    if (reload->busy || reload->down || is_gone(reload))
        return;
    if (!settings_load(&reload->fresh, reload->request, &errors)) {
        reload->faulty = true;
        note_complaints(reload, errors.text ? errors.text : "");
        config_keep_hidden(reload->config, &reload->fresh);
        config_free(&reload->fresh);
        config_errors_free(&errors);
        return;
    }
    config_keep_hidden(&reload->fresh, reload->config);
    reload->busy = true;
    if (choose_wanted(reload) &&
        secret_fetch_start(&reload->wanted, app_loop(reload->app), reload->results, on_tokens, reload, &reload->fetch))
        return;
    note(reload, LOG_ERROR, "memory is out");
    forget_fetch(reload);
    config_free(&reload->fresh);
}

static void on_changed(void *owner)
{
    read_again(owner);
}

static void on_tell(void *owner, const char *text)
{
    note(owner, LOG_WARN, text);
}

struct reload *reload_new(struct app *app, struct config *config, const struct cli_request *request, reload_fn *changed,
                          void *owner)
{
    struct reload *reload = calloc(1, sizeof *reload);
    if (!reload || request->demo || !settings_path(reload->path, sizeof reload->path, request) || file_is_stream(reload->path)) {
        free(reload);
        return NULL;
    }
    reload->app = app;
    reload->config = config;
    reload->request = request;
    reload->changed = changed;
    reload->owner = owner;
    static const struct watch_calls calls = {.changed = on_changed, .tell = on_tell};
    watch_open(&reload->watch, app_loop(app), reload->path, &calls, reload);
    return reload;
}

const struct config *reload_config(const struct reload *reload)
{
    return reload->config;
}

const char *reload_path(const struct reload *reload)
{
    return reload->path;
}

void reload_now(struct reload *reload)
{
    watch_poke(&reload->watch);
}

void reload_shutdown(struct reload *reload)
{
    reload->down = true;
    watch_close(&reload->watch);
    if (reload->fetch)
        secret_stop(reload->fetch);
}

bool reload_is_busy(const struct reload *reload)
{
    return reload->busy;
}

void reload_free(struct reload **reload)
{
    if (*reload)
        watch_free(&(*reload)->watch);
    free(*reload);
    *reload = NULL;
}
