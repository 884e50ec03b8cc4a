/* SPDX-License-Identifier: MIT
 * Inside the app: what its parts share. app.c turns the loop, app_feed.c feeds the machines and carries their effects out,
 * app_life.c builds it and ends it.
 */
#ifndef SCANDECK_APP_STATE_H
#define SCANDECK_APP_STATE_H

#include "app.h"
#include "logfile.h"
#include "net/net.h"
#include "sim/sim.h"

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
    int code;
    struct app_hooks hooks;
    struct app_tap tap;
    struct app_player player;
    bool replay;
    int64_t held_at;    /* the clock stands at this time; 0 = it goes */
    int64_t stopped_at; /* and from this time on for good; 0 = not yet */
};

/* ns of the clock that goes on while the machine sleeps. */
int64_t app_clock_ns(void);
/* One step of an instance's machine; `news` is what the network said, NULL = nothing. */
void app_feed(struct app *app, struct instance *instance, const struct link_event *event, const struct net_event *news);
/* What the network says, and what libwebsockets logs; `owner` is the app. */
void app_on_net(void *owner, const struct net_event *news);
void app_on_net_log(void *owner, const char *line);

#endif
