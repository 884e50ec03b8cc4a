/* SPDX-License-Identifier: MIT */
#include "app.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "core/text.h"
#include "logfile.h"
#include "net/net.h"
#include "sim/sim.h"
#include "timestamp.h"

/* A big fleet's first checks are spread: so many ms between two. */
#define FIRST_CHECK_GAP_MS 10
/* How long closing may take at the end. */
#define DRAIN_MS 2000
/* While a code may be on show, its age is looked at this often at least: a timer stands still in a machine that sleeps. */
#define SESSION_LOOK_MS 1000
/* Longer than any line of libwebsockets: tokens are looked for before the log cuts it. */
#define LWS_LINE_MAX 4096

struct app {
    uv_loop_t loop;
    uv_timer_t timer;
    uv_signal_t ends[4];
    struct net *net;
    struct sim *sim; /* NULL outside the demo */
    struct fleet fleet;
    struct log *log;
    struct logfile *logfile;
    struct link_limits limits; /* of instances that begin */
    double speed;
    int64_t started_ns;
    int64_t wake_at;
    bool changed;
    bool stopped;
    bool log_lost;
    int code;
    struct app_hooks hooks;
    struct app_tap tap;
    struct app_player player;
    bool replay;
    int64_t held_at;    /* the clock stands at this time; 0 = it goes */
    int64_t stopped_at; /* and from this time on for good; 0 = not yet */
};

/* A code dies while a laptop sleeps: its clock must not stand still then, as CLOCK_MONOTONIC does on Linux. */
#ifdef CLOCK_BOOTTIME
#define APP_CLOCK CLOCK_BOOTTIME
#else
#define APP_CLOCK CLOCK_MONOTONIC
#endif

static int64_t clock_ns(void)
{
    struct timespec now;
    clock_gettime(APP_CLOCK, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

int64_t app_now(const struct app *app)
{
    if (app->held_at)
        return app->held_at;
    return 1 + (int64_t)((double)(clock_ns() - app->started_ns) / 1e6 * app->speed);
}

/* Real ms for a span of the app's clock, rounded up. */
static uint64_t real_ms(const struct app *app, int64_t span)
{
    return span <= 0 ? 0 : (uint64_t)((double)span / app->speed) + 1;
}

void app_note(struct app *app, enum log_level level, const char *label, const char *text)
{
    log_add(app->log, timestamp_now(), level, label, text);
    app->changed = true;
    if (logfile_write(app->logfile, log_line(app->log, 0)))
        return;
    /* A full disk must not stop the linking, but nobody may believe in a record that is not there. */
    app->log_lost = true;
    log_add(app->log, timestamp_now(), LOG_ERROR, "", "the log file cannot be written any more");
}

static void feed(struct app *app, struct instance *instance, const struct link_event *event, const struct net_event *news);

static void feed_failure(struct app *app, struct instance *instance, enum link_event_kind kind, enum method method)
{
    const struct link_event event = {.kind = kind, .method = method, .text = "the connection could not be begun"};
    feed(app, instance, &event, NULL);
}

static void report(struct app *app, struct instance *instance, struct link_effect *effect)
{
    if (app->hooks.on_report)
        app->hooks.on_report(app->hooks.owner, instance, effect);
    app_note(app, effect->level, instance->label, effect->text);
}

static void carry_out(struct app *app, struct instance *it, struct link_effect *effect)
{
    if (app->replay && effect->kind != LINK_FX_REPORT)
        return;
    switch (effect->kind) {
    case LINK_FX_CONNECT:
        if (!net_open(app->net, it->tag, &it->endpoint, it->id, it->token))
            feed_failure(app, it, LINK_EV_FAILED, METHOD_COUNT);
        break;
    case LINK_FX_CLOSE:
        net_close(app->net, it->tag);
        break;
    case LINK_FX_CALL:
        if (!net_call(app->net, it->tag, &it->endpoint, it->id, it->token, effect->method,
                      effect->text[0] ? effect->text : NULL))
            feed_failure(app, it, LINK_EV_CALL_FAILED, effect->method);
        break;
    case LINK_FX_REPORT:
        report(app, it, effect);
        break;
    }
}

/* One step of an instance's machine. A dead code is dropped at once: nobody may scan it. */
static void feed(struct app *app, struct instance *it, const struct link_event *event, const struct net_event *news)
{
    struct link_effects effects;
    int64_t now = app_now(app);
    link_step(&it->link, event, now, &effects);
    if (app->tap.on_event && event->kind != LINK_EV_TICK)
        app->tap.on_event(app->tap.owner, now, it, event, news);
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
    feed(app, it, &event, news);
    wire_frame_free(&frame);
}

/* A picture is kept only while it is asked for; the same one again is left as it is. */
static bool keep_polled_code(struct instance *it, const struct wire_frame *frame)
{
    if (frame->kind != WIRE_CODE || !link_is_polled(&it->link) ||
        (it->code && it->code_len == frame->code_len && memcmp(it->code, frame->code, frame->code_len) == 0))
        return false;
    instance_set_code(it, frame->code, frame->code_len);
    return true;
}

static void feed_polled(struct app *app, struct instance *it, const struct net_event *news, struct link_event *event)
{
    struct wire_frame frame;
    wire_read_frame(&frame, news->data, news->len, it->token);
    event->frame = &frame;
    bool kept = keep_polled_code(it, &frame);
    feed(app, it, event, news);
    if (kept)
        frame.code = NULL;
    wire_frame_free(&frame);
}

static void feed_reply(struct app *app, struct instance *it, const struct net_event *news)
{
    struct wire_reply reply;
    wire_read_reply(&reply, news->method, news->status, news->data, news->len, it->token);
    struct link_event event = {.kind = LINK_EV_REPLY, .method = news->method, .reply = &reply};
    if (it->details && it->details->awaited & 1u << news->method)
        wire_read_details(it->details, news->method, &reply, news->data, news->len, it->token);
    if (news->method == METHOD_QR && reply.outcome == WIRE_OK)
        feed_polled(app, it, news, &event);
    else
        feed(app, it, &event, news);
    explicit_bzero(reply.pairing, sizeof reply.pairing);
}

static void on_net(void *owner, const struct net_event *news)
{
    static const enum link_event_kind kinds[] = {
        [NET_OPEN] = LINK_EV_OPEN,       [NET_FRAME] = LINK_EV_FRAME,   [NET_TOO_LARGE] = LINK_EV_TOO_LARGE,
        [NET_REFUSED] = LINK_EV_REFUSED, [NET_FAILED] = LINK_EV_FAILED, [NET_CLOSED] = LINK_EV_CLOSED,
        [NET_REPLY] = LINK_EV_REPLY,     [NET_CALL_FAILED] = LINK_EV_CALL_FAILED,
    };
    struct app *app = owner;
    struct instance *it = fleet_by_tag(&app->fleet, news->tag);
    if (!it)
        return;
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
    if (news->kind == NET_CALL_FAILED && it->details && it->details->awaited & 1u << news->method)
        wire_fail_details(it->details, news->method, text);
    feed(app, it, &event, news);
}

/* libwebsockets' own words may quote anything, so every token is looked for in them. */
static void on_net_log(void *owner, const char *line)
{
    struct app *app = owner;
    char text[LWS_LINE_MAX];
    text_clean(text, sizeof text, line, strlen(line), NULL);
    for (size_t i = 0; i < app->fleet.count; i++)
        if (app->fleet.items[i]->token)
            text_redact(text, app->fleet.items[i]->token);
    app_note(app, LOG_WARN, "", text);
}

/* Ticks of an instance are fed until none of its clocks is due; one step fires one clock. */
static void tick_due(struct app *app)
{
    const struct link_event tick = {.kind = LINK_EV_TICK};
    int64_t now = app_now(app);
    for (size_t i = 0; i < app->fleet.count; i++)
        for (int round = 0; round < 4 && !app->fleet.items[i]->leaving &&
                            link_deadline(&app->fleet.items[i]->link) <= now; round++)
            feed(app, app->fleet.items[i], &tick, NULL);
}

static int64_t next_play(const struct app *app)
{
    return app->player.next_at && !app->stopped_at ? app->player.next_at(app->player.owner) : INT64_MAX;
}

/* However late the timer is: what was recorded comes at its own time, with what was due before it done. */
static void play_due(struct app *app)
{
    int64_t now = app_now(app);
    for (int64_t at; (at = next_play(app)) <= now; app->held_at = app->stopped_at) {
        app->held_at = at;
        tick_due(app);
        app->player.play(app->player.owner);
    }
    app->held_at = app->stopped_at ? app->stopped_at : now;
    tick_due(app);
    app->held_at = app->stopped_at;
}

/* Older libuv fires timers before it waits, and would then wait on for others, for ever if there is none. */
static void on_timer(uv_timer_t *timer)
{
    struct app *app = timer->data;
    (app->replay ? play_due : tick_due)(app);
    if (app_now(app) >= app->wake_at)
        app->changed = true;
    uv_stop(&app->loop);
}

static void set_timer(struct app *app)
{
    int64_t now = app_now(app), look = now + SESSION_LOOK_MS, next = next_play(app);
    int64_t deadline = next < app->wake_at ? next : app->wake_at;
    for (size_t i = 0; i < app->fleet.count; i++) {
        const struct link *link = &app->fleet.items[i]->link;
        if (app->fleet.items[i]->leaving)
            continue;
        int64_t at = link_deadline(link);
        if (link_has_code(link) && look < at)
            at = look;
        deadline = at < deadline ? at : deadline;
    }
    if (deadline == INT64_MAX) {
        uv_timer_stop(&app->timer);
        return;
    }
    uv_update_time(&app->loop);
    uv_timer_start(&app->timer, on_timer, real_ms(app, deadline - now), 0);
}

static void on_end_signal(uv_signal_t *handle, int number)
{
    (void)number;
    app_stop(handle->data, APP_INTERRUPTED);
}

void app_watch_end_signals(struct app *app, bool watch)
{
    static const int numbers[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        if (watch)
            uv_signal_start(&app->ends[i], on_end_signal, numbers[i]);
        else
            uv_signal_stop(&app->ends[i]);
    }
}

void app_set_hooks(struct app *app, const struct app_hooks *hooks)
{
    app->hooks = *hooks;
}

static bool is_under_way(const struct link *link)
{
    return link->socket != LINK_SOCKET_NONE || link->in_flight >= 0;
}

/* One that only changed comes back under its label. */
static bool has_successor(const struct app *app, const struct instance *it)
{
    for (size_t i = 0; i < app->fleet.count; i++)
        if (app->fleet.items[i] != it && strcmp(app->fleet.items[i]->label, it->label) == 0)
            return true;
    return false;
}

/* Frees the instances that are no longer wanted, as soon as the network has nothing more to say about them. */
static void let_leave(struct app *app)
{
    for (size_t i = app->fleet.count; i-- > 0;) {
        struct instance *it = app->fleet.items[i];
        if (!it->leaving || is_under_way(&it->link))
            continue;
        if (app->hooks.on_gone)
            app->hooks.on_gone(app->hooks.owner, it);
        if (!has_successor(app, it))
            app_note(app, LOG_INFO, it->label, "is no longer in the configuration");
        fleet_remove(&app->fleet, it);
    }
}

int app_run(struct app *app)
{
    while (!app->stopped) {
        let_leave(app);
        if (app->hooks.on_turn)
            app->hooks.on_turn(app->hooks.owner, app->changed);
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

bool app_log_lost(const struct app *app)
{
    return app->log_lost;
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

static bool take_order(struct app *app, struct instance *instance, const struct link_event *order)
{
    if (!instance->token || instance->leaving)
        return false;
    if (order->kind == LINK_EV_DETAILS && !instance_await_details(instance))
        return false;
    feed(app, instance, order, NULL);
    return true;
}

bool app_is_replay(const struct app *app)
{
    return app->replay;
}

bool app_order(struct app *app, struct instance *instance, const struct link_event *order)
{
    return !app->replay && take_order(app, instance, order);
}

void app_set_tap(struct app *app, const struct app_tap *tap)
{
    app->tap = *tap;
}

void app_set_player(struct app *app, const struct app_player *player)
{
    app->player = *player;
}

void app_play_news(struct app *app, const struct net_event *news)
{
    on_net(app, news);
}

void app_play_order(struct app *app, struct instance *instance, const struct link_event *order)
{
    take_order(app, instance, order);
}

void app_stop_clock(struct app *app, int64_t at)
{
    app->held_at = app->stopped_at = at;
}

bool app_command(struct app *app, struct instance *instance, enum link_event_kind kind)
{
    return app_order(app, instance, &(struct link_event){.kind = kind});
}

void app_dismiss(struct app *app, struct instance *instance)
{
    if (instance->token)
        app_command(app, instance, LINK_EV_STOP);
    instance->leaving = true;
    app->changed = true;
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

/* One without a token is never asked for anything. */
static void fail_link(struct instance *it, const char *reason)
{
    it->link.phase = PHASE_ERROR;
    text_copy(it->link.reason, sizeof it->link.reason, reason);
}

static void begin_link(struct app *app, struct instance *it, int64_t first_check_at)
{
    char text[WIRE_TEXT_MAX];
    link_init(&it->link, &app->limits, it->token ? first_check_at : INT64_MAX, (uint32_t)(uv_hrtime() ^ (it->tag * 2654435761u)));
    snprintf(text, sizeof text, "no token: %s", it->problem ? it->problem : "none given");
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
    const struct net_options net = {&app->loop, options->config->ca_file, on_net, on_net_log, app};
    app->net = net_new(&net, why, why_size);
    *users_fault = !app->net && options->config->ca_file;
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
    return enlist_config(&app->fleet, options->config, &options->names, &app->loop, users_fault, why, why_size) &&
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
    app->started_ns = clock_ns();
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
    struct app *app = new_app(options);
    snprintf(why, why_size, "out of memory");
    *users_fault = false;
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
