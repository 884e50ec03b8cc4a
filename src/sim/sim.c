/* SPDX-License-Identifier: MIT
 * The simulator's public side: its birth, its list of instances, the scanning phone and its end.
 */
#include "sim/sim.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "sim/house.h"
#include "sim/roster.h"
#include "sim/serve.h"
#include "sim/visit.h"

#define INSTANCES_MAX 1000
#define SUSPENSION_S (20 * 3600)

static void release(struct sim *sim)
{
    free(sim->actors);
    free(sim);
}

static struct sim *furnished(const struct sim_options *options)
{
    struct sim *sim = calloc(1, sizeof *sim);
    if (!sim)
        return NULL;
    sim->loop = options->loop;
    sim->speed = options->speed > 1 ? options->speed : 1;
    sim->suspended_until = (int64_t)time(NULL) + SUSPENSION_S;
    sim->count = options->instances < INSTANCES_MAX ? options->instances : INSTANCES_MAX;
    sim->actors = calloc(sim->count ? sim->count : 1, sizeof *sim->actors);
    if (!sim->actors) {
        release(sim);
        return NULL;
    }
    for (size_t i = 0; i < sim->count; i++)
        roster_enter(&sim->actors[i], i);
    return sim;
}

struct sim *sim_new(const struct sim_options *options, char *why, size_t why_size)
{
    struct sim *sim = furnished(options);
    if (!sim) {
        snprintf(why, why_size, "the simulator is out of memory");
        return NULL;
    }
    house_start_clock(sim);
    if (serve_start(sim, why, why_size))
        return sim;
    sim_shutdown(sim);
    while (uv_run(sim->loop, UV_RUN_NOWAIT) && sim->context)
        continue;
    sim_finish(&sim);
    return NULL;
}

uint16_t sim_port(const struct sim *sim)
{
    return sim->port;
}

size_t sim_count(const struct sim *sim)
{
    return sim->count;
}

void sim_describe(const struct sim *sim, size_t index, struct sim_instance *out)
{
    const struct actor *actor = &sim->actors[index];
    *out = (struct sim_instance){.fate = actor->born->name, .does = actor->born->does, .autolink = actor->autolink};
    memcpy(out->label, actor->label, sizeof out->label);
    memcpy(out->id, actor->id, sizeof out->id);
    memcpy(out->token, actor->token, sizeof out->token);
}

bool sim_scan(struct sim *sim, const char *id)
{
    for (struct visit *visit = sim->visits; visit; visit = visit->next)
        if (strcmp(visit->actor->id, id) == 0 && visit_scan(sim, visit))
            return true;
    struct actor *actor = house_find(sim, id);
    return actor && actor_answer(actor, house_now(sim));
}

void sim_shutdown(struct sim *sim)
{
    if (uv_is_closing((uv_handle_t *)&sim->timer))
        return;
    uv_close((uv_handle_t *)&sim->timer, NULL);
    if (sim->context)
        lws_context_destroy(sim->context);
}

void sim_finish(struct sim **sim)
{
    if (!*sim)
        return;
    if ((*sim)->context)
        lws_context_destroy((*sim)->context);
    release(*sim);
    *sim = NULL;
}
