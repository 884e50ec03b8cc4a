/* SPDX-License-Identifier: MIT
 * The program's heart: owns the loop, the network, the simulator, the fleet and the log; turns network events into
 * steps of the linking machines and carries their effects out. The console and the headless commands sit on top.
 */
#ifndef SCANDECK_APP_H
#define SCANDECK_APP_H

#include <stdbool.h>
#include <stdint.h>
#include <uv.h>

#include "config/config.h"
#include "core/fleet.h"
#include "core/log.h"
#include "enlist.h"
#include "net/net.h"

struct app;

/* What app_run returns after SIGINT, SIGTERM, SIGHUP, SIGQUIT. */
#define APP_INTERRUPTED 130

/* Called for each report before it goes to the log; may rewrite report->text. */
typedef void app_report_fn(void *owner, struct instance *instance, struct link_effect *report);
/* Called once per turn of the loop, after events were applied. `changed`: something on screen may be old. */
typedef void app_turn_fn(void *owner, bool changed);
/* Called before an instance that left the configuration is freed. */
typedef void app_gone_fn(void *owner, struct instance *instance);

/* Who wants to hear what; each may be NULL. */
struct app_hooks {
    app_report_fn *on_report;
    app_turn_fn *on_turn;
    app_gone_fn *on_gone;
    void *owner;
};

/* Called after each step but those of time, before its effects: `news` is what came from the network as it came, NULL for
 * the operator's orders and what failed here. */
typedef void app_event_fn(void *owner, int64_t now, const struct instance *instance, const struct link_event *event,
                          const struct net_event *news);

struct app_tap {
    app_event_fn *on_event;
    void *owner;
};

/* What feeds a replay instead of the network and the operator. */
struct app_player {
    int64_t (*next_at)(void *owner); /* app_now of what comes next; INT64_MAX = nothing more */
    void (*play)(void *owner);       /* feeds it, with app_play_news and app_play_order */
    void *owner;
};

struct app_options {
    const struct config *config;
    bool demo; /* the fleet is the simulator's, the clock runs `demo_speed` times faster, in a replay too */
    double demo_speed;
    size_t demo_instances;
    struct enlist_names names; /* only these instances */
    unsigned tries;       /* struct link_limits */
    bool poll;            /* ask for every state at the start and then and again; otherwise the caller feeds events */
    const struct transcript *transcript; /* a replay: no network, the fleet is this one's; NULL = none */
    const char *log_file; /* lines are appended to it, instead of the configuration's; NULL = that one */
};

/* NULL on failure, with a sentence in `why`. `users_fault` tells whether something that the operator wrote is wrong (a
 * name, the log file, ca_file), and not the machine. */
struct app *app_new(const struct app_options *options, bool *users_fault, char *why, size_t why_size);
/* Closes sockets properly and frees everything. Where a hanging name lookup can't be waited for, it ends the process at
 * once with `code` instead of returning. */
void app_free(struct app **app, int code);

void app_set_hooks(struct app *app, const struct app_hooks *hooks);
/* Runs until app_stop; returns the code given there. */
int app_run(struct app *app);
void app_stop(struct app *app, int code);

uv_loop_t *app_loop(struct app *app);
struct fleet *app_fleet(struct app *app);
struct log *app_log(struct app *app);
/* ms, monotonic, going on while the machine sleeps, never 0; the clock of struct link. */
int64_t app_now(const struct app *app);
/* How many times faster that clock runs than the day's. */
double app_speed(const struct app *app);
/* on_turn is called at this time of app_now at the latest; INT64_MAX = no wish. Holds until set again. */
void app_wake_at(struct app *app, int64_t at);

/* Whether this is a replay, which takes no orders. */
bool app_is_replay(const struct app *app);
/* What the operator wants of an instance: LINK_EV_LINK … LINK_EV_REBOOT. False when it has no token, or in a replay. */
bool app_command(struct app *app, struct instance *instance, enum link_event_kind kind);
/* The same for an order that brings more with it. */
bool app_order(struct app *app, struct instance *instance, const struct link_event *order);
/* Begins a new instance, whose data are complete: its state is asked for at `first_check_at`. */
void app_begin_instance(struct app *app, struct instance *instance, int64_t first_check_at);
/* Other settings are in force, for what begins from now on. */
void app_configure(struct app *app, const struct config *config);
/* Who hears of every event besides; one at most. */
void app_set_tap(struct app *app, const struct app_tap *tap);
/* Replay: feeds what was recorded. While it plays, app_now is the time that it asked for. */
void app_set_player(struct app *app, const struct app_player *player);
void app_play_news(struct app *app, const struct net_event *news);
void app_play_order(struct app *app, struct instance *instance, const struct link_event *order);
/* Replay: the clock stands still from this time on. */
void app_stop_clock(struct app *app, int64_t at);
/* The instance is no longer wanted: its socket is closed, and it goes when nothing of it is under way. */
void app_dismiss(struct app *app, struct instance *instance);
/* Starts linking what the demo shows by itself; returns how many. */
size_t app_demo_autolink(struct app *app);
/* Demo: a phone scans the code this instance shows. */
bool app_demo_scan(struct app *app, const struct instance *instance);
/* Whether it was stopped, perhaps before it ran; *code is then that of app_stop. */
bool app_is_stopped(const struct app *app, int *code);
/* Whether lines are missing in the log file. */
bool app_log_lost(const struct app *app);
/* Adds a line of the program's own to the log; `text` is cleaned already. No token that is known, and nothing that looks like
 * one, comes into the log. */
void app_note(struct app *app, enum log_level level, const char *label, const char *text);
/* Whether SIGINT, SIGTERM, SIGHUP and SIGQUIT end app_run (so it is from the start), or the process as they do by default. */
void app_watch_end_signals(struct app *app, bool watch);

#endif
