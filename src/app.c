/* SPDX-License-Identifier: MIT */
#include "app.h"

#include <signal.h>
#include <string.h>
#include <time.h>

#include "app_state.h"
#include "core/redact.h"
#include "core/text.h"
#include "timestamp.h"

/* While a code may be on show, its age is looked at this often at least: a timer stands still in a machine that sleeps. */
#define SESSION_LOOK_MS 1000
/* Longer than any line of libwebsockets: tokens are looked for before the log cuts it. */
#define NOTE_MAX 4096
#define TOKEN_HEAD 8 /* characters of a token by which it is noticed */
#define NEWS_MAX 160
/* A code dies while a laptop sleeps: its clock must not stand still then, as CLOCK_MONOTONIC does on Linux. */
#ifdef CLOCK_BOOTTIME
#define APP_CLOCK CLOCK_BOOTTIME
#else
#define APP_CLOCK CLOCK_MONOTONIC
#endif

int64_t app_clock_ns(void)
{
    struct timespec now;
    clock_gettime(APP_CLOCK, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

int64_t app_now(const struct app *app)
{
    if (app->held_at)
        return app->held_at;
    return 1 + (int64_t)((double)(app_clock_ns() - app->started_ns) / 1e6 * app->speed);
}

double app_speed(const struct app *app)
{
    return app->speed;
}

/* Real ms for a span of the app's clock, rounded up. */
static uint64_t real_ms(const struct app *app, int64_t span)
{
    return span <= 0 ? 0 : (uint64_t)((double)span / app->speed) + 1;
}

/* A thousand whole searches would take longer than a line is worth, and a hostile service could make that seconds. Its own token
 * may come back in any form; another one comes from this machine, as it is. */
static bool may_hold(const char *text, const char *label, const struct instance *it)
{
    char head[TOKEN_HEAD + 1];
    text_copy(head, sizeof head, it->token);
    return strcmp(label, it->label) == 0 || strcasestr(text, head);
}

void app_note(struct app *app, enum log_level level, const char *label, const char *text)
{
    char safe[NOTE_MAX];
    text_copy(safe, sizeof safe, text);
    for (size_t i = 0; i < app->fleet.count; i++)
        if (app->fleet.items[i]->token && may_hold(safe, label, app->fleet.items[i]))
            redact_known(safe, app->fleet.items[i]->token);
    redact(safe, NULL);
    log_add(app->log, timestamp_now(), level, label, safe);
    app->changed = true;
    char why[NEWS_MAX];
    enum logfile_news news = logfile_write(app->logfile, log_line(app->log, 0), why, sizeof why);
    /* A full disk must not stop the linking, but nobody may believe in a record that is not there. */
    if (news != LOGFILE_AS_BEFORE)
        log_add(app->log, timestamp_now(), news == LOGFILE_LOST ? LOG_ERROR : LOG_WARN, "", why);
}

/* Ticks of an instance are fed until none of its clocks is due; one step fires one clock. */
static void tick_due(struct app *app)
{
    const struct link_event tick = {.kind = LINK_EV_TICK};
    int64_t now = app_now(app);
    for (size_t i = 0; i < app->fleet.count; i++)
        for (int round = 0; round < 4 && !app->fleet.items[i]->leaving &&
                            link_deadline(&app->fleet.items[i]->link) <= now; round++)
            app_feed(app, app->fleet.items[i], &tick, NULL);
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

/* One that only changed comes back under its label, before the old one is gone. */
static bool has_namesake(const struct app *app, const struct instance *it)
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
        if (!has_namesake(app, it))
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

bool app_is_stopped(const struct app *app, int *code)
{
    if (app->stopped)
        *code = app->code;
    return app->stopped;
}

bool app_log_lost(const struct app *app)
{
    return logfile_missing(app->logfile) > 0;
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
    /* Two sockets of one instance must never be open: the old one is closed first. */
    if (!instance->token || instance->leaving || has_namesake(app, instance))
        return false;
    if (order->kind == LINK_EV_DETAILS && !instance_await_details(instance))
        return false;
    app_feed(app, instance, order, NULL);
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
    app_on_net(app, news);
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

size_t app_demo_autolink(struct app *app)
{
    size_t begun = 0;
    for (size_t i = 0; app->sim && i < sim_count(app->sim); i++) {
        struct sim_instance told;
        sim_describe(app->sim, i, &told);
        struct instance *it = fleet_find(&app->fleet, told.id);
        if (told.autolink && it)
            begun += app_command(app, it, LINK_EV_LINK);
    }
    return begun;
}

bool app_demo_scan(struct app *app, const struct instance *instance)
{
    return app->sim && sim_scan(app->sim, instance->id);
}
