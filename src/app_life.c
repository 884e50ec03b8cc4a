/* SPDX-License-Identifier: MIT
 * The app's birth and its end.
 */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app_state.h"
#include "core/text.h"
#include "net/lack.h"

/* A big fleet's first checks are spread: so many ms between two. */
#define FIRST_CHECK_GAP_MS 10
/* Without an instance: loop, signals, network, log. Where libuv gets none for its signals it aborts without a word. */
#define FILES_LEAST 16
/* How long closing may take at the end. */
#define DRAIN_MS 2000

/* One without a token is never asked for anything. */
static void fail_link(struct instance *it, const char *reason)
{
    it->link.phase = PHASE_NO_TOKEN;
    text_copy(it->link.reason, sizeof it->link.reason, reason);
}

static void begin_link(struct app *app, struct instance *it, int64_t first_check_at)
{
    char text[WIRE_TEXT_MAX], where[48] = "";
    link_init(&it->link, &app->limits, it->token ? first_check_at : INT64_MAX, (uint32_t)(uv_hrtime() ^ (it->tag * 2654435761u)));
    if (it->line)
        snprintf(where, sizeof where, " (line %u of the configuration)", it->line);
    snprintf(text, sizeof text, "no token%s: %s", where, it->problem ? it->problem : "none given");
    if (!it->token)
        fail_link(it, text);
}

void app_begin_instance(struct app *app, struct instance *instance, int64_t first_check_at)
{
    begin_link(app, instance, first_check_at);
    app->changed = true;
}

void app_configure(struct app *app, const struct config *config)
{
    app->limits.renewals = config->renewals;
    app->limits.poll_ms = (int64_t)config->poll * 1000;
}

/* A recorded fleet goes on as it began. */
static void start_recorded(struct app *app, const struct transcript *transcript)
{
    for (size_t i = 0; i < app->fleet.count; i++) {
        const struct transcript_instance *from = &transcript->instances[i];
        struct instance *it = app->fleet.items[i];
        link_init(&it->link, &transcript->limits, from->check_at, from->seed);
        if (it->token)
            continue;
        fail_link(it, "no token");
        app_note(app, LOG_ERROR, it->label, it->link.reason);
    }
}

static void start_links(struct app *app, const struct app_options *options)
{
    app->limits.tries = options->tries;
    app_configure(app, options->config);
    for (size_t i = 0; i < app->fleet.count; i++) {
        struct instance *it = app->fleet.items[i];
        begin_link(app, it, options->poll ? app_now(app) + (int64_t)i * FIRST_CHECK_GAP_MS : INT64_MAX);
        if (!it->token)
            app_note(app, LOG_ERROR, it->label, it->link.reason);
    }
}

static bool make_net(struct app *app, const struct app_options *options, bool *users_fault, char *why, size_t why_size)
{
    const char *ca_file = options->config->ca_file;
    const struct net_options net = {.loop = &app->loop, .ca_file = ca_file, .on_event = app_on_net, .on_log = app_on_net_log,
                                    .owner = app};
    *users_fault = !net_may_trust(ca_file, why, why_size);
    app->net = *users_fault ? NULL : net_new(&net, why, why_size);
    return app->net != NULL;
}

/* The client's context comes before the simulator's: creating it decides where libwebsockets logs to. */
static bool make_demo(struct app *app, const struct app_options *options, bool *users_fault, char *why, size_t why_size)
{
    const struct sim_options sim = {&app->loop, options->demo_speed, options->demo_instances};
    if (!make_net(app, options, users_fault, why, why_size))
        return false;
    app->sim = sim_new(&sim, why, why_size);
    return app->sim && enlist_sim(&app->fleet, app->sim, &options->names, users_fault, why, why_size);
}

/* Tokens come before the network: token commands get the environment as the operator has it. */
static bool make_real(struct app *app, const struct app_options *options, bool *users_fault, char *why, size_t why_size)
{
    return enlist_config(&app->fleet, options->config, &options->names, &app->loop, &app->stopped, users_fault, why,
                         why_size) &&
           make_net(app, options, users_fault, why, why_size);
}

static bool make_fleet(struct app *app, const struct app_options *options, bool *users_fault, char *why, size_t why_size)
{
    if (app->replay)
        return enlist_transcript(&app->fleet, options->transcript);
    return (options->demo ? make_demo : make_real)(app, options, users_fault, why, why_size);
}

static bool open_log(struct app *app, const struct app_options *options, bool *users_fault, char *why, size_t why_size)
{
    const struct config *config = options->config;
    const struct logfile_options file = {.path = options->log_file ? options->log_file : config->log_file,
                                         .json = config->log_format == CONFIG_LOG_JSON,
                                         .bytes_max = (size_t)config->log_size * 1000000};
    app->log = log_new();
    if (!app->log || !file.path)
        return app->log != NULL;
    app->logfile = logfile_open(&file, why, why_size);
    *users_fault = !app->logfile;
    return app->logfile != NULL;
}

static struct app *new_app(const struct app_options *options)
{
    struct app *app = calloc(1, sizeof *app);
    if (!app || uv_loop_init(&app->loop) != 0) {
        free(app);
        return NULL;
    }
    app->replay = options->transcript != NULL;
    app->speed = options->demo || app->replay ? options->demo_speed : 1;
    app->started_ns = app_clock_ns();
    app->wake_at = INT64_MAX;
    app->changed = true;
    uv_timer_init(&app->loop, &app->timer);
    app->timer.data = app;
    for (size_t i = 0; i < sizeof app->ends / sizeof *app->ends; i++) {
        uv_signal_init(&app->loop, &app->ends[i]);
        app->ends[i].data = app;
    }
    app_watch_end_signals(app, true);
    return app;
}

struct app *app_new(const struct app_options *options, bool *users_fault, char *why, size_t why_size)
{
    int lack = lack_of_files(FILES_LEAST);
    lack_words(why, why_size, lack ? lack : ENOMEM);
    *users_fault = false;
    struct app *app = lack ? NULL : new_app(options);
    if (!app)
        return NULL;
    bool ok = open_log(app, options, users_fault, why, why_size) && make_fleet(app, options, users_fault, why, why_size);
    if (ok && app->replay)
        start_recorded(app, options->transcript);
    else if (ok)
        start_links(app, options);
    else
        app_free(&app, 1);
    return app;
}

static void on_late(uv_timer_t *timer)
{
    *(bool *)timer->data = true;
}

/* Runs the loop until nothing is left to close. False when that takes too long: a name lookup that hangs in its thread
 * can't be cancelled, and nobody wants to wait for it. */
static bool drain(struct app *app)
{
    bool late = false;
    app->timer.data = &late;
    uv_timer_start(&app->timer, on_late, DRAIN_MS, 0);
    uv_unref((uv_handle_t *)&app->timer);
    while (!late && uv_run(&app->loop, UV_RUN_ONCE) != 0)
        continue;
    return !late;
}

void app_free(struct app **where, int code)
{
    struct app *app = *where;
    if (!app)
        return;
    if (app->net)
        net_shutdown(app->net);
    if (app->sim)
        sim_shutdown(app->sim);
    for (size_t i = 0; i < sizeof app->ends / sizeof *app->ends; i++)
        uv_close((uv_handle_t *)&app->ends[i], NULL);
    bool drained = drain(app);
    fleet_free(&app->fleet);
    log_free(&app->log);
    logfile_close(&app->logfile);
    *where = NULL;
    /* exit() would join the thread in which the lookup hangs. */
    if (!drained) {
        fflush(NULL);
        _exit(code);
    }
    if (app->net)
        net_finish(&app->net);
    if (app->sim)
        sim_finish(&app->sim);
    uv_close((uv_handle_t *)&app->timer, NULL);
    uv_run(&app->loop, UV_RUN_DEFAULT);
    uv_loop_close(&app->loop);
    free(app);
}
