/* SPDX-License-Identifier: MIT */
#include "app.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "config/secret.h"
#include "core/text.h"
#include "logfile.h"
#include "net/net.h"
#include "sim/sim.h"

/* A big fleet's first checks are spread: so many ms between two. */
#define FIRST_CHECK_GAP_MS 10
/* How long closing may take at the end. */
#define DRAIN_MS 2000

struct app {
    uv_loop_t loop;
    uv_timer_t timer;
    uv_signal_t ends[3];
    struct net *net;
    struct sim *sim; /* NULL outside the demo */
    struct fleet fleet;
    struct log *log;
    struct logfile *logfile;
    double speed;
    uint64_t started_ns;
    int64_t wake_at;
    bool changed;
    bool stopped;
    int code;
    app_report_fn *on_report;
    app_turn_fn *on_turn;
    void *owner;
};

int64_t app_now(const struct app *app)
{
    uint64_t elapsed = uv_hrtime() - app->started_ns;
    return 1 + (int64_t)((double)elapsed / 1e6 * app->speed);
}

uint64_t app_real_ms(const struct app *app, int64_t span)
{
    return span <= 0 ? 0 : (uint64_t)((double)span / app->speed) + 1;
}

static int64_t unix_ms(void)
{
    uv_timeval64_t now;
    uv_gettimeofday(&now);
    return now.tv_sec * 1000 + now.tv_usec / 1000;
}

void app_note(struct app *app, enum log_level level, const char *label, const char *text)
{
    log_add(app->log, unix_ms(), level, label, text);
    logfile_write(app->logfile, log_line(app->log, 0));
    app->changed = true;
}

static void feed(struct app *app, struct instance *instance, const struct link_event *event);

static unsigned tag_of(const struct app *app, const struct instance *instance)
{
    return (unsigned)(instance - app->fleet.items);
}

static void feed_failure(struct app *app, struct instance *instance, enum link_event_kind kind, enum method method)
{
    const struct link_event event = {.kind = kind, .method = method, .text = "out of memory"};
    feed(app, instance, &event);
}

static void report(struct app *app, struct instance *instance, struct link_effect *effect)
{
    if (app->on_report)
        app->on_report(app->owner, instance, effect);
    app_note(app, effect->level, instance->label, effect->text);
}

static void carry_out(struct app *app, struct instance *it, struct link_effect *effect)
{
    unsigned tag = tag_of(app, it);
    switch (effect->kind) {
    case LINK_FX_CONNECT:
        if (!net_open(app->net, tag, &it->endpoint, it->id, it->token))
            feed_failure(app, it, LINK_EV_FAILED, METHOD_COUNT);
        break;
    case LINK_FX_CLOSE:
        net_close(app->net, tag);
        break;
    case LINK_FX_CALL:
        if (!net_call(app->net, tag, &it->endpoint, it->id, it->token, effect->method))
            feed_failure(app, it, LINK_EV_CALL_FAILED, effect->method);
        break;
    case LINK_FX_REPORT:
        report(app, it, effect);
        break;
    }
}

/* One step of an instance's machine. A dead code is dropped at once: nobody may scan it. */
static void feed(struct app *app, struct instance *it, const struct link_event *event)
{
    struct link_effects effects;
    link_step(&it->link, event, app_now(app), &effects);
    if (!link_has_code(&it->link) && it->code)
        instance_set_code(it, NULL, 0);
    for (size_t i = 0; i < effects.count; i++)
        carry_out(app, it, &effects.item[i]);
    app->changed = true;
}

/* The picture is kept before the step, so that whoever hears of the new code finds it. */
static void feed_frame(struct app *app, struct instance *it, const struct net_event *news)
{
    struct wire_frame frame;
    wire_read_frame(&frame, news->data, news->len, it->token);
    if (frame.kind == WIRE_CODE && it->link.socket == LINK_SOCKET_OPEN) {
        instance_set_code(it, frame.code, frame.code_len);
        frame.code = NULL;
    }
    const struct link_event event = {.kind = LINK_EV_FRAME, .frame = &frame};
    feed(app, it, &event);
    wire_frame_free(&frame);
}

static void feed_reply(struct app *app, struct instance *it, const struct net_event *news)
{
    struct wire_reply reply;
    wire_read_reply(&reply, news->method, news->status, news->data, news->len, it->token);
    const struct link_event event = {.kind = LINK_EV_REPLY, .method = news->method, .reply = &reply};
    feed(app, it, &event);
}

static void on_net(void *owner, const struct net_event *news)
{
    static const enum link_event_kind kinds[] = {
        [NET_OPEN] = LINK_EV_OPEN,       [NET_FRAME] = LINK_EV_FRAME,   [NET_TOO_LARGE] = LINK_EV_TOO_LARGE,
        [NET_REFUSED] = LINK_EV_REFUSED, [NET_FAILED] = LINK_EV_FAILED, [NET_CLOSED] = LINK_EV_CLOSED,
        [NET_REPLY] = LINK_EV_REPLY,     [NET_CALL_FAILED] = LINK_EV_CALL_FAILED,
    };
    struct app *app = owner;
    struct instance *it = &app->fleet.items[news->tag];
    if (news->kind == NET_FRAME) {
        feed_frame(app, it, news);
        return;
    }
    if (news->kind == NET_REPLY) {
        feed_reply(app, it, news);
        return;
    }
    char text[WIRE_TEXT_MAX];
    text_clean(text, sizeof text, news->data ? news->data : "", news->data ? news->len : 0, it->token);
    const struct link_event event = {
        .kind = kinds[news->kind], .method = news->method, .status = news->status, .text = text};
    feed(app, it, &event);
}

/* libwebsockets' own words may quote anything, so every token is looked for in them. */
static void on_net_log(void *owner, const char *line)
{
    struct app *app = owner;
    char text[LOG_TEXT_MAX];
    text_clean(text, sizeof text, line, strlen(line), NULL);
    for (size_t i = 0; i < app->fleet.count; i++)
        if (app->fleet.items[i].token)
            text_redact(text, app->fleet.items[i].token);
    app_note(app, LOG_WARN, "", text);
}

/* Ticks of an instance are fed until none of its clocks is due; one step fires one clock. */
static void tick_due(struct app *app)
{
    const struct link_event tick = {.kind = LINK_EV_TICK};
    int64_t now = app_now(app);
    for (size_t i = 0; i < app->fleet.count; i++)
        for (int round = 0; round < 4 && link_deadline(&app->fleet.items[i].link) <= now; round++)
            feed(app, &app->fleet.items[i], &tick);
}

static void on_timer(uv_timer_t *timer)
{
    struct app *app = timer->data;
    tick_due(app);
    if (app_now(app) >= app->wake_at)
        app->changed = true;
}

static void set_timer(struct app *app)
{
    int64_t deadline = app->wake_at;
    for (size_t i = 0; i < app->fleet.count; i++) {
        int64_t at = link_deadline(&app->fleet.items[i].link);
        deadline = at < deadline ? at : deadline;
    }
    if (deadline == INT64_MAX) {
        uv_timer_stop(&app->timer);
        return;
    }
    uv_update_time(&app->loop);
    uv_timer_start(&app->timer, on_timer, app_real_ms(app, deadline - app_now(app)), 0);
}

static void on_end_signal(uv_signal_t *handle, int number)
{
    (void)number;
    app_stop(handle->data, APP_INTERRUPTED);
}

static void watch_end_signals(struct app *app)
{
    static const int numbers[] = {SIGINT, SIGTERM, SIGHUP};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        uv_signal_init(&app->loop, &app->ends[i]);
        app->ends[i].data = app;
        uv_signal_start(&app->ends[i], on_end_signal, numbers[i]);
    }
}

void app_set_hooks(struct app *app, app_report_fn *on_report, app_turn_fn *on_turn, void *owner)
{
    app->on_report = on_report;
    app->on_turn = on_turn;
    app->owner = owner;
}

int app_run(struct app *app)
{
    while (!app->stopped) {
        if (app->on_turn)
            app->on_turn(app->owner, app->changed);
        app->changed = false;
        if (app->stopped)
            break;
        set_timer(app);
        uv_run(&app->loop, UV_RUN_ONCE);
    }
    return app->code;
}

void app_stop(struct app *app, int code)
{
    app->stopped = true;
    app->code = code;
}

uv_loop_t *app_loop(struct app *app)
{
    return &app->loop;
}

struct fleet *app_fleet(struct app *app)
{
    return &app->fleet;
}

struct log *app_log(struct app *app)
{
    return app->log;
}

void app_wake_at(struct app *app, int64_t at)
{
    app->wake_at = at;
}

bool app_command(struct app *app, struct instance *instance, enum link_event_kind kind)
{
    if (!instance->token)
        return false;
    const struct link_event event = {.kind = kind};
    feed(app, instance, &event);
    return true;
}

void app_demo_autolink(struct app *app)
{
    for (size_t i = 0; app->sim && i < sim_count(app->sim); i++) {
        struct sim_instance told;
        sim_describe(app->sim, i, &told);
        struct instance *it = fleet_find(&app->fleet, told.id);
        if (told.autolink && it)
            app_command(app, it, LINK_EV_LINK);
    }
}

bool app_demo_scan(struct app *app, const struct instance *instance)
{
    return app->sim && sim_scan(app->sim, instance->id);
}

/* Building it. */

static bool add_instance(struct instance *it, const char *label, const char *id)
{
    it->label = strdup(label);
    it->id = strdup(id);
    return it->label && it->id;
}

static bool is_named(const struct app_options *options, const char *label, const char *id)
{
    for (size_t i = 0; i < options->name_count; i++)
        if (strcmp(options->names[i], label) == 0 || strcmp(options->names[i], id) == 0)
            return true;
    return options->names == NULL;
}

/* In the demo the whole fleet exists at the service, but only the named instances are ours. */
static bool fleet_from_sim(struct app *app, const struct app_options *options, char *why, size_t why_size)
{
    char url[64];
    snprintf(url, sizeof url, "http://127.0.0.1:%u", sim_port(app->sim));
    if (!fleet_init(&app->fleet, sim_count(app->sim)))
        return false;
    app->fleet.count = 0;
    for (size_t i = 0; i < sim_count(app->sim); i++) {
        struct sim_instance told;
        sim_describe(app->sim, i, &told);
        if (!is_named(options, told.label, told.id))
            continue;
        struct instance *it = &app->fleet.items[app->fleet.count++];
        it->token = strdup(told.token);
        if (!add_instance(it, told.label, told.id) || !it->token ||
            !endpoint_parse(&it->endpoint, url, why, why_size))
            return false;
    }
    return true;
}

/* Asks only for the tokens that are needed: each may cost a passphrase. */
static bool fetch_tokens(struct app *app, const struct config *wanted)
{
    struct secret_result *results = calloc(wanted->instance_count + 1, sizeof *results);
    bool ok = results && secret_fetch_all(wanted, &app->loop, results);
    for (size_t i = 0; ok && i < wanted->instance_count; i++) {
        struct instance *it = &app->fleet.items[i];
        it->token = results[i].token;
        it->problem = results[i].problem;
        results[i].token = results[i].problem = NULL;
    }
    if (results)
        secret_results_free(results, wanted->instance_count);
    free(results);
    return ok;
}

static bool fleet_from_config(struct app *app, const struct app_options *options)
{
    const struct config *config = options->config;
    struct config wanted = *config;
    wanted.instance_count = 0;
    wanted.instances = calloc(config->instance_count + 1, sizeof *wanted.instances);
    bool ok = wanted.instances != NULL;
    for (size_t i = 0; ok && i < config->instance_count; i++)
        if (is_named(options, config->instances[i].label, config->instances[i].id))
            wanted.instances[wanted.instance_count++] = config->instances[i];
    ok = ok && fleet_init(&app->fleet, wanted.instance_count);
    for (size_t i = 0; ok && i < wanted.instance_count; i++) {
        struct instance *it = &app->fleet.items[i];
        ok = add_instance(it, wanted.instances[i].label, wanted.instances[i].id);
        it->line = wanted.instances[i].line;
        it->endpoint = wanted.instances[i].endpoint;
    }
    ok = ok && fetch_tokens(app, &wanted);
    free(wanted.instances);
    return ok;
}

static bool all_found(const struct app *app, const struct app_options *options, char *why, size_t why_size)
{
    for (size_t i = 0; i < options->name_count; i++) {
        char name[LOG_LABEL_MAX];
        if (fleet_find(&app->fleet, options->names[i]))
            continue;
        text_clean(name, sizeof name, options->names[i], strlen(options->names[i]), NULL);
        snprintf(why, why_size, "there is no instance '%s'", name);
        return false;
    }
    return true;
}

static void start_links(struct app *app, const struct app_options *options)
{
    const struct link_limits limits = {
        .renewals = options->config->renewals, .tries = options->tries, .poll_ms = (int64_t)options->config->poll * 1000};
    for (size_t i = 0; i < app->fleet.count; i++) {
        struct instance *it = &app->fleet.items[i];
        int64_t first = options->poll ? app_now(app) + (int64_t)i * FIRST_CHECK_GAP_MS : INT64_MAX;
        link_init(&it->link, &limits, it->token ? first : INT64_MAX, (uint32_t)(uv_hrtime() ^ (i * 2654435761u)));
        if (it->token)
            continue;
        it->link.phase = PHASE_ERROR;
        snprintf(it->link.reason, sizeof it->link.reason, "no token: %s", it->problem ? it->problem : "none given");
        app_note(app, LOG_ERROR, it->label, it->link.reason);
    }
}

static bool make_fleet(struct app *app, const struct app_options *options, bool *wrong_name, char *why, size_t why_size)
{
    snprintf(why, why_size, "out of memory");
    if (options->demo) {
        const struct sim_options sim = {&app->loop, options->demo_speed, options->demo_instances};
        app->sim = sim_new(&sim, why, why_size);
        if (!app->sim || !fleet_from_sim(app, options, why, why_size))
            return false;
    } else if (!fleet_from_config(app, options)) {
        return false;
    }
    bool found = all_found(app, options, why, why_size);
    if (wrong_name)
        *wrong_name = !found;
    return found;
}

struct app *app_new(const struct app_options *options, bool *wrong_name, char *why, size_t why_size)
{
    struct app *app = calloc(1, sizeof *app);
    if (!app || uv_loop_init(&app->loop) != 0) {
        free(app);
        snprintf(why, why_size, "out of memory");
        return NULL;
    }
    app->speed = options->demo ? options->demo_speed : 1;
    app->started_ns = uv_hrtime();
    app->wake_at = INT64_MAX;
    app->changed = true;
    uv_timer_init(&app->loop, &app->timer);
    app->timer.data = app;
    watch_end_signals(app);
    app->log = log_new();
    const struct net_options net = {&app->loop, options->config->ca_file, on_net, on_net_log, app};
    bool ok = app->log && (!options->log_file || (app->logfile = logfile_open(options->log_file, why, why_size)));
    /* The client's context comes first: creating it decides where libwebsockets logs to. */
    ok = ok && (app->net = net_new(&net, why, why_size)) && make_fleet(app, options, wrong_name, why, why_size);
    if (ok)
        start_links(app, options);
    else
        app_free(&app);
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

void app_free(struct app **where)
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
    /* What a hanging lookup still points to must stay; the process ends soon. */
    if (!drained)
        return;
    if (app->net)
        net_finish(&app->net);
    if (app->sim)
        sim_finish(&app->sim);
    uv_close((uv_handle_t *)&app->timer, NULL);
    uv_run(&app->loop, UV_RUN_DEFAULT);
    uv_loop_close(&app->loop);
    free(app);
}
