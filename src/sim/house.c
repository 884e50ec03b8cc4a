/* SPDX-License-Identifier: MIT
 * The simulated clock: one timer for all websockets.
 */
#include "sim/house.h"

#include <string.h>

#include "sim/visit.h"

int64_t house_now(const struct sim *sim)
{
    return (int64_t)((double)(uv_now(sim->loop) - sim->began) * sim->speed);
}

static bool is_waiting(const struct visit *visit)
{
    return !visit->ready && visit->step->say != SAY_NO_MORE;
}

static void on_timer(uv_timer_t *timer)
{
    struct sim *sim = timer->data;
    const int64_t now = house_now(sim);
    struct visit *next;
    for (struct visit *visit = sim->visits; visit; visit = next) {
        next = visit->next; /* the visit may end in the call */
        if (is_waiting(visit) && visit->due <= now)
            visit_prompt(visit);
    }
    house_arm(sim);
}

void house_arm(struct sim *sim)
{
    int64_t first = INT64_MAX;
    if (uv_is_closing((uv_handle_t *)&sim->timer))
        return;
    for (const struct visit *visit = sim->visits; visit; visit = visit->next)
        if (is_waiting(visit) && visit->due < first)
            first = visit->due;
    if (first == INT64_MAX) {
        uv_timer_stop(&sim->timer);
        return;
    }
    const int64_t left = first - house_now(sim);
    uv_timer_start(&sim->timer, on_timer, left > 0 ? (uint64_t)((double)left / sim->speed) + 1 : 0, 0);
}

void house_start_clock(struct sim *sim)
{
    uv_timer_init(sim->loop, &sim->timer);
    sim->timer.data = sim;
    uv_update_time(sim->loop);
    sim->began = uv_now(sim->loop);
}

struct actor *house_find(struct sim *sim, const char *id)
{
    for (size_t i = 0; i < sim->count; i++)
        if (strcmp(sim->actors[i].id, id) == 0)
            return &sim->actors[i];
    return NULL;
}
